/** Which ranges and tags a package is asked for by: what its dependents declare, or what the root's `overrides` put in their place. */
import { join } from 'node:path'
import satisfies from 'semver/functions/satisfies.js'
import { specRange, specSource } from '#collectors/dependency-spec'
import { isRecord, own, parseJsonText } from '#collectors/json-text'
import { overrideSpecs } from '#collectors/sources'
import type { DiskReader } from '#disk/disk'
import type { Inventory } from '#model/inventory'
import { addTo } from '#model/lists-by-key'
import type { PackageReport } from '#model/run-report'

/** Specs by package name. */
type Overrides = ReadonlyMap<string, readonly string[]>

/** What the overrides of the root's package.json ask for; nothing where there are none that can be read. */
export function readOverrides(disk: DiskReader, project: string): Overrides {
  const file = disk.file(join(project, 'package.json'))
  const parsed = file.ok ? parseJsonText(file.bytes.toString('utf8')) : undefined
  const root = parsed?.ok === true && isRecord(parsed.value) ? parsed.value : {}
  const declared = ['devDependencies', 'optionalDependencies', 'dependencies'].flatMap((key) => {
    const specs = own(root, key)
    return isRecord(specs) ? Object.entries(specs) : []
  })
  const specs = declared.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return overrideSpecs(own(root, 'overrides'), new Map(specs))
}

/**
 * Tells the specs of a package, without the names of aliases, in all places where it lies. An override counts where the
 * version that is there answers to it: others are for other places.
 */
export function createDeclaredSpecs(
  { edges }: Pick<Inventory, 'edges'>,
  overrides: Overrides,
): (found: Pick<PackageReport, 'name' | 'version' | 'locations'>) => string[] {
  const specsAt = new Map<string, string[]>()
  for (const { to, spec } of edges) {
    // Whoever asks for a folder or a repository and gets a registry's package is no party to its ranges.
    if (specSource(spec) === 'registry') addTo(specsAt, to, specRange(spec))
  }
  return ({ name, version, locations }) => {
    const instead = (overrides.get(name) ?? [])
      .filter((spec) => specSource(spec) === 'registry')
      .map(specRange)
      .filter((range) => satisfies(version, range))
    if (instead.length > 0) return [...new Set(instead)]
    return [...new Set(locations.flatMap((location) => specsAt.get(location) ?? []))]
  }
}
