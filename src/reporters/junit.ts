/** The report as JUnit XML: one test case a package, and one a rule for what concerns the project as a whole. */
import type { Finding } from '#model/finding'
import { addTo } from '#model/lists-by-key'
import type { PackageReport, RunReport } from '#model/run-report'
import { coverageLine } from './coverage.ts'
import { displayLines } from './display.ts'
import { placeOf } from './places.ts'
import type { ReportStyle } from './reporter.ts'
import { verdictLine } from './terminal.ts'
import { xmlAttributes, xmlText } from './xml-text.ts'

/** Longest text of one failure, in lines. */
const MAX_LINES = 60

type Outcome = 'failure' | 'error' | 'passed'

interface Case {
  outcome: Outcome
  xml: string
}

/** The whole document, as the XSD of Jenkins has it. */
export function junitReport(report: RunReport, style: Pick<ReportStyle, 'folder'>): string {
  const byPackage = new Map<string, Finding[]>()
  const known = new Set(report.packages.map(({ id }) => id))
  const others = new Map<string, Finding[]>()
  for (const finding of report.findings) {
    const { package: id, rule } = finding
    if (id !== undefined && known.has(id)) addTo(byPackage, id, finding)
    else addTo(others, id === undefined ? rule : `${rule} ${id}`, finding)
  }
  const seconds = (report.run.durationMs / 1000).toFixed(3)
  const packages = report.packages.map((entry) =>
    testCase(entry.id, classOf(entry), byPackage.get(entry.id) ?? [], entry.verdict, style),
  )
  const project = [...others].map(([name, findings]) =>
    testCase(name, 'depgate.project', findings, 'pass', style),
  )
  if (report.verdict !== 'pass' && ![...project, ...packages].some(({ outcome }) => outcome !== 'passed')) {
    project.push(failedRun(verdictLine(report)))
  }
  if (project.length === 0) project.push(testCase('policy and tree', 'depgate.project', [], 'pass', style))
  const suites = [
    suite('depgate: project', project, report, [verdictLine(report), coverageLine(report)]),
    suite('depgate: packages', packages, report, []),
  ]
  const totals = countsOf([...project, ...packages])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: 'depgate', time: seconds, ...totals })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(name: string, cases: Case[], { run, inputs, tool }: RunReport, says: string[]): string {
  const properties = {
    project: inputs.project,
    version: tool.version,
    run: run.id,
    command: run.command,
    policy: inputs.policySha256 ?? 'none',
    lockfile: inputs.lockfileSha256 ?? 'none',
  }
  return [
    `  <testsuite${xmlAttributes({ name, ...countsOf(cases), skipped: 0, time: '0', timestamp: run.startedAt.slice(0, 19) })}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([key, value]) => `      <property${xmlAttributes({ name: key, value })}/>`,
    ),
    '    </properties>',
    ...cases.map(({ xml }) => xml),
    ...(says.length === 0
      ? []
      : [`    <system-out>${says.map((line) => xmlText(line)).join('\n')}</system-out>`]),
    '  </testsuite>',
  ].join('\n')
}

function countsOf(cases: Case[]): { tests: number; failures: number; errors: number } {
  const having = (outcome: Outcome): number => cases.filter((entry) => entry.outcome === outcome).length
  return { tests: cases.length, failures: having('failure'), errors: having('error') }
}

/** One failure a case, because most viewers show no more; what could not be checked is an error. */
function testCase(
  name: string,
  classname: string,
  findings: Finding[],
  verdict: PackageReport['verdict'],
  style: Pick<ReportStyle, 'folder'>,
): Case {
  const bad = findings.filter(({ severity }) => severity === 'deny')
  const warnings = findings.filter(({ severity }) => severity === 'warn')
  const verdicts = [verdict, ...bad.map((finding) => finding.verdict)]
  const outcome = verdicts.some((entry) => entry === 'violation' || entry === 'unknown')
    ? 'failure'
    : bad.length > 0 || verdict === 'incomplete'
      ? 'error'
      : 'passed'
  const open = `    <testcase${xmlAttributes({ name: name === '' ? 'unnamed' : name, classname, time: '0' })}`
  const inner: string[] = []
  if (outcome !== 'passed') {
    const [first] = bad
    const message = first === undefined ? `verdict: ${verdict}` : messageOf(first, bad.length)
    const attributes = xmlAttributes({ type: first?.rule ?? verdict, message })
    inner.push(`      <${outcome}${attributes}>${textOf(bad, style)}</${outcome}>`)
  }
  if (warnings.length > 0) inner.push(`      <system-out>${textOf(warnings, style)}</system-out>`)
  const xml = inner.length === 0 ? `${open}/>` : [`${open}>`, ...inner, '    </testcase>'].join('\n')
  return { outcome, xml }
}

/** A run that fails without a finding is no green list either. */
function failedRun(message: string): Case {
  const open = `    <testcase${xmlAttributes({ name: 'verdict', classname: 'depgate.project', time: '0' })}>`
  const inner = `      <failure${xmlAttributes({ type: 'verdict', message })}>${xmlText(message)}</failure>`
  return { outcome: 'failure', xml: [open, inner, '    </testcase>'].join('\n') }
}

function messageOf({ message }: Finding, number: number): string {
  return number > 1 ? `${message} (and ${number - 1} more)` : message
}

function textOf(findings: Finding[], style: Pick<ReportStyle, 'folder'>): string {
  const lines = findings.flatMap((finding) => {
    const { file, line } = placeOf(finding, style)
    return [
      `${finding.rule}: ${finding.message}`,
      ...(finding.path.length > 1 ? [`path: ${finding.path.join(' > ')}`] : []),
      `at: ${file}:${line}`,
      ...(finding.details ?? []).map((detail) => `- ${detail}`),
      ...(finding.fix === undefined ? [] : ['fix:', ...displayLines(finding.fix)]),
    ]
  })
  const left = lines.length - MAX_LINES
  const shown = left > 0 ? [...lines.slice(0, MAX_LINES), `and ${left} more lines`] : lines
  return shown.map((line) => xmlText(line)).join('\n')
}

function classOf({ kinds }: PackageReport): string {
  return `depgate.packages.${kinds[0] ?? 'other'}`
}
