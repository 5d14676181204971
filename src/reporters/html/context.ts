/** What every section of the page needs: the report, its packages by id, and where each finding stands on the page. */
import type { Finding } from '#model/finding'
import type { LicenseFamily } from '#model/license-family'
import type { PackageReport, RunReport } from '#model/run-report'

/** The context of one page. */
export interface PageContext {
  report: RunReport
  /** Absent where nobody knows families. */
  familyOf: ((entry: PackageReport) => LicenseFamily) | undefined
  packageOf: (id: string | undefined) => PackageReport | undefined
  /** Fragment of the page at which a finding stands, such as `f12`; undefined for one of another run. */
  anchorOf: (finding: Finding) => string | undefined
  /** Whether the run that this one is compared with did not have it. */
  isNew: (finding: Finding) => boolean
}

/** Prepares the context. */
export function pageContext(
  report: RunReport,
  licenseFamily: ((license: string) => LicenseFamily) | undefined,
): PageContext {
  const packages = new Map(report.packages.map((entry) => [entry.id, entry]))
  const anchors = new Map(report.findings.map((finding, at) => [finding, `f${at + 1}`]))
  const fresh = new Set(report.audit?.comparison?.newFindings)
  return {
    report,
    familyOf: licenseFamily && ((entry) => familyOfPackage(entry, licenseFamily)),
    packageOf: (id) => (id === undefined ? undefined : packages.get(id)),
    anchorOf: (finding) => anchors.get(finding),
    isNew: ({ fingerprint }) => fresh.has(fingerprint),
  }
}

/** Where witnesses differ, each of their licences has to be kept: together they are one expression. */
function familyOfPackage(
  { license, conclusion, claims }: PackageReport,
  licenseFamily: (license: string) => LicenseFamily,
): LicenseFamily {
  if (license !== null) return licenseFamily(license)
  if (conclusion !== 'conflict') return 'unknown'
  const said = new Set(
    claims.flatMap(({ witness, license: named, text }) =>
      witness === 'lockfile' || text?.role === 'bundled' || named === undefined ? [] : [named],
    ),
  )
  if (said.size === 0) return 'unknown'
  return licenseFamily([...said].map((expression) => `(${expression})`).join(' AND '))
}
