/** How many packages of each family of licences there are, what ships and what only development needs apart. */
import { LICENSE_FAMILIES } from '#model/license-family'
import type { LicenseFamily } from '#model/license-family'
import type { PackageReport } from '#model/run-report'
import { licenseText } from './list.ts'
import { isProprietary } from './sbom-licenses.ts'

/** Packages of one family. */
export interface FamilyCounts {
  shipped: number
  development: number
  /** How many packages there are under each licence. */
  licenses: Map<string, number>
}

/** The counts of every family that has a package, in the order of {@link LICENSE_FAMILIES}. */
export function familyCounts(
  packages: readonly PackageReport[],
  licenseFamily: (license: string) => LicenseFamily,
): Map<LicenseFamily, FamilyCounts> {
  const found = new Map<LicenseFamily, FamilyCounts>()
  for (const entry of packages) {
    const family = familyOfPackage(entry, licenseFamily)
    const counts = found.get(family) ?? { shipped: 0, development: 0, licenses: new Map<string, number>() }
    counts[isShipped(entry) ? 'shipped' : 'development'] += 1
    const license = licenseText(entry)
    counts.licenses.set(license, (counts.licenses.get(license) ?? 0) + 1)
    found.set(family, counts)
  }
  return new Map(
    LICENSE_FAMILIES.flatMap((family) => {
      const counts = found.get(family)
      return counts === undefined ? [] : [[family, counts]]
    }),
  )
}

/** The family of a package. Where witnesses differ, each of their licences has to be kept: together they are one expression. */
export function familyOfPackage(
  entry: PackageReport,
  licenseFamily: (license: string) => LicenseFamily,
): LicenseFamily {
  const { license, conclusion, claims } = entry
  if (license !== null) return licenseFamily(license)
  if (isProprietary(entry)) return 'other'
  if (conclusion !== 'conflict') return 'unknown'
  const said = new Set(
    claims.flatMap(({ witness, license: named, text }) =>
      witness === 'lockfile' || text?.role === 'bundled' || named === undefined ? [] : [named],
    ),
  )
  if (said.size === 0) return 'unknown'
  return licenseFamily([...said].map((expression) => `(${expression})`).join(' AND '))
}

/** Whether a package is part of what is passed on, as far as its kinds say. */
function isShipped({ kinds }: PackageReport): boolean {
  return kinds.length === 0 || kinds.some((kind) => kind !== 'dev')
}
