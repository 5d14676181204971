/** What every section of the page needs: the report, its packages by id, and where each finding stands on the page. */
import type { Finding } from '#model/finding'
import type { LicenseFamily } from '#model/license-family'
import type { PackageReport, RunReport } from '#model/run-report'

/** The context of one page. */
export interface PageContext {
  report: RunReport
  /** Gives the family of a licence; absent where nobody knows families. */
  licenseFamily: ((license: string) => LicenseFamily) | undefined
  packageOf: (id: string | undefined) => PackageReport | undefined
  /** Fragment of the page at which a finding stands, such as `f12`; undefined for one of another run. */
  anchorOf: (finding: Finding) => string | undefined
  /** Whether the run that this one is compared with did not have it. */
  isNew: (finding: Finding) => boolean
}

/** Prepares the context. */
export function pageContext(report: RunReport, licenseFamily: PageContext['licenseFamily']): PageContext {
  const packages = new Map(report.packages.map((entry) => [entry.id, entry]))
  const anchors = new Map(report.findings.map((finding, at) => [finding, `f${at + 1}`]))
  const fresh = new Set(report.audit?.comparison?.newFindings)
  return {
    report,
    licenseFamily,
    packageOf: (id) => (id === undefined ? undefined : packages.get(id)),
    anchorOf: (finding) => anchors.get(finding),
    isNew: ({ fingerprint }) => fresh.has(fingerprint),
  }
}
