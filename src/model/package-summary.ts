/** What a short report has to know of packages, so that nobody goes through thousands of them for a few. */
import type { Finding, Verdict } from './finding.ts'
import type { PackageReport, RunReport } from './run-report.ts'

/** How many packages have each verdict, how many of them are known, and those that findings name, in the order of the report. */
export interface PackageSummary {
  verdicts: Record<Verdict, number>
  /** Packages that pass only because the baseline knows what is said against them. */
  known: number
  named: readonly PackageReport[]
}

const SUMMARY = Symbol('package summary')

/** A report that may know its summary by itself. */
type Summarised = RunReport & { readonly [SUMMARY]?: PackageSummary }

/** Summarises packages. */
export function summarise(packages: readonly PackageReport[], findings: readonly Finding[]): PackageSummary {
  const verdicts: PackageSummary['verdicts'] = { pass: 0, violation: 0, unknown: 0, incomplete: 0 }
  let known = 0
  for (const entry of packages) {
    verdicts[entry.verdict] += 1
    if (entry.known === true) known += 1
  }
  const ids = new Set(findings.map((finding) => finding.package))
  return { verdicts, known, named: packages.filter(({ id }) => ids.has(id)) }
}

/** The summary of a report: the one it was given, else one made of its packages. */
export function summaryOf(report: Summarised): PackageSummary {
  return report[SUMMARY] ?? summarise(report.packages, report.findings)
}

/** Gives a report a summary of its packages, which may then be made only when somebody looks at them. */
export function withSummary(report: RunReport, summary: PackageSummary): RunReport {
  return Object.defineProperty(report, SUMMARY, { value: summary })
}
