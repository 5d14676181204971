/** The report for people: what is wrong, why, how it got there, what to do; the coverage last. */
import type { Finding } from '#model/finding'
import { summaryOf } from '#model/package-summary'
import type { RunReport } from '#model/run-report'
import { auditLines } from './audit-text.ts'
import { changeLines } from './change-text.ts'
import { costLine, count, coverageLine, notInstalledNames, whereNot } from './coverage.ts'
import { display } from './display.ts'
import { findingLines, groupFindings } from './finding-text.ts'
import { knownLines, partKnown } from './known-text.ts'
import type { ReportStyle } from './reporter.ts'
import { painter, wrap } from './text-layout.ts'

/** The whole report as text for a terminal of the given width. */
export function terminalReport(report: RunReport, style: ReportStyle): string {
  const paint = painter(style.color)
  const headline = paint(report.verdict === 'pass' ? 'green' : 'red', verdictLine(report))
  const lines = [
    `${paint('bold', 'depgate')}  ${headline}`,
    '',
    ...(style.quiet ? [] : toldLines(report, style)),
    ...wrap(coverageLine(report), style.width),
  ]
  if (!style.quiet && report.coverage.notInstalled.length > 0) {
    lines.push(...wrap(`${whereNot(report.inputs)}: ${notInstalledNames(report, 3)}`, style.width))
  }
  lines.push(paint('dim', costLine(report)))
  return `${lines.join('\n')}\n`
}

/** All that there is to tell besides the verdict. */
function toldLines(report: RunReport, style: ReportStyle): string[] {
  const notes = report.warnings.flatMap(({ message }) => [
    ...wrap(`note: ${display(message)}`, style.width),
    '',
  ])
  const change = report.change === undefined ? [] : changeLines(report.change, style)
  return [...change, ...auditLines(report, style), ...findingBlocks(report, style), ...notes]
}

/** The answer in one sentence; a run that could not check says so first. */
export function verdictLine(report: RunReport): string {
  const { judged, total, incomplete } = report.coverage
  const { verdicts, known } = summaryOf(report)
  switch (report.verdict) {
    case 'pass':
      if (judged === 0) {
        const what = report.change === undefined ? 'there is no dependency' : 'the change brings nothing'
        return `pass: ${what} to judge`
      }
      if (known > 0) {
        return `pass: ${judged - known} of ${count(judged, 'package')} may be used, the other ${known} ${known === 1 ? 'is' : 'are'} known to the baseline`
      }
      return `pass: ${judged === 1 ? 'the 1 package' : `all ${judged} packages`} may be used`
    case 'violation':
      return verdicts.violation > 0
        ? `violation: ${verdicts.violation} of ${count(total, 'package')} may not be used`
        : 'violation: the policy is not met'
    case 'unknown':
      return verdicts.unknown > 0
        ? `unknown: nobody can say whether ${verdicts.unknown} of ${count(total, 'package')} may be used`
        : 'unknown: nobody can say whether the policy is met'
    case 'incomplete':
      if (total === 0) return 'could not check: there is no tree to trust'
      return incomplete > 0
        ? `could not check: ${incomplete} of ${count(total, 'package')} not judged`
        : 'could not check: the tree is not complete or not confirmed'
  }
}

function findingBlocks(report: RunReport, style: ReportStyle): string[] {
  const packages = new Map(summaryOf(report).named.map((entry) => [entry.id, entry]))
  const context = {
    paint: painter(style.color),
    width: style.width,
    packageOf: (finding: Finding) => packages.get(finding.package ?? ''),
  }
  const { known, others } = partKnown(report.findings)
  const blocks = groupFindings(others).map((group) => findingLines(group, context))
  const accepted = knownLines(known, context)
  return [...blocks, ...(accepted.length > 0 ? [accepted] : [])].flatMap((block) => block.concat(''))
}
