/** The matchers: what a test may ask of a selection. Their failure text is the terminal report's. */
import { createAllowSet } from '#license/allow-set'
import { evaluate } from '#license/evaluate'
import { parseExpression } from '#license/expression'
import { doubtfulFiles } from '#model/package-doubt'
import type { PackageReport, RunReport } from '#model/run-report'
import { runVerdict } from '#policy/judge-run'
import { namesOf } from '#reporters/claim-text'
import { display } from '#reporters/display'
import { terminalReport } from '#reporters/terminal'
import type { Selection } from './selection.ts'

/** What Vitest wants of a matcher. */
export interface MatcherResult {
  pass: boolean
  message: () => string
}

const STYLE = { width: 100, color: false, quiet: false }

/** Every selected package satisfies the policy, and the run could check all that it had to. */
export async function toSatisfyPolicy(selection: Selection): Promise<MatcherResult> {
  const { report, packages } = await selection.resolve()
  const narrowed = narrowReport(report, packages)
  refuseIncomplete(narrowed)
  return {
    pass: narrowed.verdict === 'pass',
    message: () => terminalReport(narrowed, STYLE),
  }
}

/**
 * Every witness of every selected package names a licence that this list allows, whatever the policy says. A package
 * whose licence is not known never matches.
 */
export async function toHaveLicensesIn(selection: Selection, allowed: string[]): Promise<MatcherResult> {
  const { report, packages } = await selection.resolve()
  refuseIncomplete(narrowReport(report, packages))
  const allow = createAllowSet(allowed, 'in the list')
  const outside = packages.filter((entry) => !licensesIn(entry, allow))
  return {
    pass: outside.length === 0,
    message: () =>
      [
        `${selection.description}: ${outside.length} of ${packages.length} packages have a licence outside [${allowed.join(', ')}]`,
        ...outside.map(
          (entry) => `  ${display(entry.id)}  ${display(licencesOf(entry).join(' / ') || 'unknown')}`,
        ),
      ].join('\n'),
  }
}

/** The report as if the tree had only these packages; what concerns the whole run stays. */
function narrowReport(report: RunReport, packages: PackageReport[]): RunReport {
  const ids = new Set(packages.map((entry) => entry.id))
  const findings = report.findings.filter(
    ({ package: id }) => id === undefined || ids.has(id) || !isListed(report, id),
  )
  const incomplete = packages.filter((entry) => entry.verdict === 'incomplete').length
  return {
    ...report,
    packages,
    findings,
    verdict: runVerdict(
      packages.map((entry) => entry.verdict),
      findings,
    ),
    coverage: {
      ...report.coverage,
      total: packages.length,
      judged: packages.length - incomplete,
      omitted: 0,
      incomplete,
      notInstalled: report.coverage.notInstalled.filter((id) => ids.has(id)),
    },
  }
}

function isListed(report: RunReport, id: string): boolean {
  return report.packages.some((entry) => entry.id === id)
}

/** Thrown and not answered, so that `.not` cannot turn "could not check" into a pass. */
function refuseIncomplete(report: RunReport): void {
  if (report.verdict === 'incomplete') throw new Error(terminalReport(report, STYLE))
}

function licensesIn(entry: PackageReport, allow: ReturnType<typeof createAllowSet>): boolean {
  const licenses = licencesOf(entry)
  return (
    licenses.length > 0 &&
    licenses.every((license) => {
      const parsed = parseExpression(license)
      return parsed.ok && evaluate(parsed.expression, [allow], 'not in the list').allowed
    })
  )
}

/** What a claim states; of a text that serves several ids each of them. A family is no licence, and in no list. */
function licensesOfClaim({ license, text }: PackageReport['claims'][number]): string[] {
  if (text === undefined || text.choice === true) return license === undefined ? [] : [license]
  return [...text.licenses.flat(), ...namesOf(text)]
}

/** The concluded expression, or each of those in conflict; none when the licence is unknown. */
function licencesOf(entry: PackageReport): string[] {
  if (entry.conclusion === 'unknown' || doubtfulFiles(entry).length > 0) return []
  if (entry.license !== null) return [entry.license]
  const own = entry.claims.filter(({ witness, text }) => witness !== 'lockfile' && text?.role !== 'bundled')
  return [...new Set(own.flatMap(licensesOfClaim))]
}
