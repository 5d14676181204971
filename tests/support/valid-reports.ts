/** Holds a report in every format against what its readers accept: official schemas where there are any. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import type { RunReport } from '#model/run-report'
import { reportProblem } from '#model/report-shape'
import { FORMATS, loadReporter } from '#reporters/reporter'
import type { Format } from '#reporters/reporter'
import { readSchema, SCHEMAS } from './schemas.ts'
import { isInstalled } from './tools.ts'
import { pageProblems } from './html.ts'
import { prometheusProblems } from './prometheus.ts'
import { readXml } from './xml.ts'

const SCHEMA_FILES: Partial<Record<Format, string>> = {
  sarif: 'sarif-2.1.0.schema.json',
  codeclimate: 'gitlab-code-quality.schema.json',
  spdx: 'spdx-2.3.schema.json',
}

/** What is wrong with the report in any format, with the format's name; empty if nothing is. */
export async function reportProblems(report: RunReport): Promise<string[]> {
  const problems: string[] = []
  for (const format of FORMATS) {
    const reporter = await loadReporter(format)
    const problem = await problemOf(format, reporter(report, { width: 80, color: false, quiet: false }))
    if (problem !== undefined) problems.push(`${format}: ${problem}`)
  }
  return problems
}

async function problemOf(format: Format, text: string): Promise<string | undefined> {
  const file = SCHEMA_FILES[format]
  if (file !== undefined) {
    const validate = readSchema(file)
    return validate(JSON.parse(text)) ? undefined : JSON.stringify(validate.errors?.[0])
  }
  if (format === 'json') return reportProblem(JSON.parse(text))
  if (format === 'cyclonedx') {
    const errors: unknown = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text)
    return errors === null ? undefined : JSON.stringify(errors)
  }
  if (format === 'junit') {
    readXml(text)
    return isInstalled('xmllint', 'libxml2-utils') ? junitProblem(text) : undefined
  }
  if (format === 'html') return pageProblems(text)[0]
  if (format === 'prometheus') return prometheusProblems(text)[0]
  if (format === 'markdown' && text.length > 60_000) return `${text.length} characters`
  return text.endsWith('\n') ? undefined : 'no line break at its end'
}

/** What xmllint has against a document by the schema of Jenkins. */
export function junitProblem(xml: string): string | undefined {
  const schema = resolve(SCHEMAS, 'jenkins-junit.xsd')
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, '-'], {
    input: xml,
    encoding: 'utf8',
  })
  return status === 0 ? undefined : stderr
}
