/** The list of all packages with their licences, as a table for people. */
import { doubtfulFiles } from '#model/package-doubt'
import type { PackageReport, RunReport } from '#model/run-report'
import { costLine, coverageLine } from './coverage.ts'
import { display } from './display.ts'
import type { ReportStyle } from './reporter.ts'
import { longest, painter, wrap } from './text-layout.ts'

/** Widest a column of ids may get before it is left ragged. */
const MAX_ID_WIDTH = 44

/** One line a package: id, licence (or why there is none), kinds. */
export function packageList(report: RunReport, style: ReportStyle): string {
  const paint = painter(style.color)
  const idWidth = Math.min(MAX_ID_WIDTH, longest(report.packages.map(({ id }) => id)))
  const lines = report.packages.map((entry) => {
    const id = display(entry.id).padEnd(idWidth)
    const license = licenseText(entry)
    const known = entry.license === null ? paint('yellow', license) : license
    return `${id}  ${known}  ${paint('dim', entry.kinds.join(','))}`
  })
  const failures = report.findings.filter((finding) => finding.rule === 'tree-untrusted')
  for (const { message, fix } of failures)
    lines.push(...wrap(display(message), style.width), display(fix ?? ''))
  lines.push('', ...wrap(coverageLine(report), style.width), paint('dim', costLine(report)))
  return `${lines.join('\n')}\n`
}

/** The licence of a package, or in brackets why there is none. */
export function licenseText(entry: PackageReport): string {
  const doubtful = doubtfulFiles(entry)
  if (entry.license !== null) {
    const license = display(entry.license, 120)
    return doubtful.length === 0
      ? license
      : `${license} (but ${display(doubtful.join(', '), 80)} is no known text)`
  }
  if (entry.verdict === 'incomplete') return '(could not check)'
  if (entry.conclusion !== 'conflict') return '(unknown)'
  const own = entry.claims.filter(
    ({ witness, text }) => witness !== 'lockfile' && (text === undefined || text.licenses.length > 0),
  )
  const named = new Set(
    own.filter(({ text }) => text?.role !== 'bundled').map((claim) => claim.license ?? '(none)'),
  )
  return `(conflict: ${[...named].map((license) => display(license, 80)).join(' / ')})`
}
