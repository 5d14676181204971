/** The report as annotations of GitHub: the findings where they are, within the number that GitHub shows of a step. */
import type { Finding } from '#model/finding'
import type { RunReport } from '#model/run-report'
import { coverageLine, costLine } from './coverage.ts'
import { cut } from './display.ts'
import { partKnown } from './known-text.ts'
import { placeOf, worstFirst } from './places.ts'
import type { ReportStyle } from './reporter.ts'
import { verdictLine } from './terminal.ts'
import { annotationCommand } from './workflow-command.ts'
import type { Annotation } from './workflow-command.ts'

/** GitHub shows ten annotations of a level for one step and drops the rest without a word. */
const MAX_OF_A_LEVEL = 10
/** Longest text of one; GitHub cuts at 64 KB. */
const MAX_MESSAGE = 4000

/** One command a line, then verdict, coverage and cost as plain text for whoever reads the log. */
export function githubReport(report: RunReport, style: Pick<ReportStyle, 'folder'>): string {
  const all = worstFirst(partKnown(report.findings).others).map((finding) => annotationOf(finding, style))
  const lines = (['error', 'warning'] as const).flatMap((level) =>
    withinLimit(all.filter((entry) => entry.level === level)),
  )
  if (report.verdict !== 'pass' && !all.some(({ level }) => level === 'error')) {
    lines.unshift({ level: 'error', title: 'depgate', message: verdictLine(report) })
  }
  return [
    ...lines.map((entry) => annotationCommand(entry)),
    `depgate  ${verdictLine(report)}`,
    coverageLine(report),
    costLine(report),
    '',
  ].join('\n')
}

function annotationOf(finding: Finding, style: Pick<ReportStyle, 'folder'>): Annotation {
  const { rule, severity, path, fix, package: id } = finding
  const parts = [finding.message]
  if (path.length > 1) parts.push(`path: ${path.join(' > ')}`)
  if (fix !== undefined) parts.push(`fix: ${fix}`)
  return {
    level: severity === 'deny' ? 'error' : 'warning',
    title: id === undefined ? rule : `${rule}  ${id}`,
    message: cut(parts.join('\n'), MAX_MESSAGE),
    ...placeOf(finding, style),
  }
}

/** The last of ten says how many there are beyond it. */
function withinLimit(annotations: Annotation[]): Annotation[] {
  const [first] = annotations
  if (first === undefined || annotations.length <= MAX_OF_A_LEVEL) return annotations
  const shown = annotations.slice(0, MAX_OF_A_LEVEL - 1)
  const left = annotations.length - shown.length
  const message = `${left} more that GitHub would not show: the job summary and the JSON report have them.`
  return [...shown, { level: first.level, title: `and ${left} more`, message }]
}
