/** Rule: several versions of one package in the tree. */
import compareBuild from 'semver/functions/compare-build.js'
import valid from 'semver/functions/valid.js'
import type { Finding } from '#model/finding'
import type { Inventory } from '#model/inventory'
import { addTo } from '#model/lists-by-key'
import { packageId } from '#model/package-id'
import type { RuleSeverity } from '#model/policy'
import type { PackageReport } from '#model/run-report'
import { raise } from '../make-finding.ts'

/** Dependents that are named for each version. */
const SHOWN = 3

/** What the rule has to know of a judged package; the project's own are never among them. */
export type PackageInTree = Pick<PackageReport, 'name' | 'version' | 'locations'>

/** One finding for each name, with its versions in order and who brings each of them in. */
export function duplicates(
  packages: readonly PackageInTree[],
  { instances, edges, lockfile }: Pick<Inventory, 'instances' | 'edges' | 'lockfile'>,
  severity: RuleSeverity,
): Finding[] {
  if (severity === 'off') return []
  const several = [...byName(packages)].filter(([, versions]) => versions.size > 1)
  if (several.length === 0) return []
  const ids = new Map(instances.map(({ location, name, version }) => [location, packageId(name, version)]))
  const dependents = new Map<string, Set<string>>()
  for (const { from, to } of edges) {
    const id = ids.get(from)
    if (id !== undefined) dependents.set(to, (dependents.get(to) ?? new Set()).add(id))
  }
  return several.flatMap(([name, versions]) => {
    const sorted = [...versions].toSorted(([a], [b]) => byVersion(a, b))
    return raise('package-duplicate', severity, {
      package: name,
      subject: sorted.map(([version]) => version).join('\n'),
      message: `${name} is in the tree in ${sorted.length} versions: ${sorted.map(([version]) => version).join(', ')}`,
      fix: `Run npm dedupe; where that does not help, update what asks for the older version.`,
      details: sorted.map(([version, locations]) => {
        const who = [
          ...new Set(locations.flatMap((location) => [...(dependents.get(location) ?? [])])),
        ].toSorted()
        return `${version} is asked for by ${list(who)}`
      }),
      ...(lockfile !== undefined && { location: { file: lockfile } }),
    })
  })
}

/** Oldest first; what is no version comes last. */
function byVersion(a: string, b: string): number {
  const known = [valid(a), valid(b)] as const
  if (known[0] !== null && known[1] !== null) return compareBuild(known[0], known[1])
  if (known[0] !== known[1]) return known[0] === null ? 1 : -1
  return a < b ? -1 : 1
}

/** Locations of each version of each name. */
function byName(packages: readonly PackageInTree[]): Map<string, Map<string, string[]>> {
  const names = new Map<string, Map<string, string[]>>()
  for (const { name, version, locations } of packages) {
    const versions = names.get(name) ?? new Map<string, string[]>()
    for (const location of locations) addTo(versions, version, location)
    names.set(name, versions)
  }
  return names
}

function list(who: readonly string[]): string {
  if (who.length === 0) return 'nothing that is left in the tree'
  const more = who.length - SHOWN
  return `${who.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
