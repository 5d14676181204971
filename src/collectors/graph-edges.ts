/** What the edges of a draft tell: which packages depend on which, and by which specs they were asked for. */
import type { Inventory, PackageInstance } from '#model/inventory'
import { isPlainSpec } from './dependency-spec.ts'
import type { DraftGraph } from './draft-graph.ts'
import type { DiskTree } from './package-files.ts'
import { overrideSpecs } from './sources.ts'

/** The specs that say more than a range: addresses, folders, repositories, aliases. Most packages have none. */
export function specsByTarget(
  graph: DraftGraph,
  disk: Pick<DiskTree, 'packages' | 'overrides'>,
): Map<string, string[]> {
  const declared = disk.packages.get('')?.manifest.declared ?? []
  const overrides = overrideSpecs(disk.overrides, new Map(declared.map(({ name, spec }) => [name, spec])))
  const telling = new Map<string, boolean>()
  // Sets, because overrides and edges of one name can both be many.
  const specs = new Map<string, Set<string>>()
  const note = (to: string, spec: string): void => {
    const tells = telling.get(spec) ?? !isPlainSpec(spec)
    telling.set(spec, tells)
    if (!tells) return
    const known = specs.get(to)
    if (known) known.add(spec)
    else specs.set(to, new Set([spec]))
  }
  for (const edges of graph.edges.values()) {
    for (const { to, name, spec } of edges) {
      note(to, spec)
      for (const override of overrides.get(name) ?? []) note(to, override)
    }
  }
  return new Map([...specs].map(([to, asked]) => [to, [...asked]]))
}

/** The edges among the listed packages, sorted by from, name and to, because the instances are sorted already. */
export function edgesBetween(graph: DraftGraph, instances: readonly PackageInstance[]): Inventory['edges'] {
  const listed = new Set(instances.map(({ location }) => location))
  const edges: Inventory['edges'] = []
  for (const { location } of instances) {
    const own = graph.edges.get(location)?.filter(({ to }) => listed.has(to)) ?? []
    own.sort((a, b) => compare(a.name, b.name) || compare(a.to, b.to))
    for (const { from, to, name, spec, kind } of own) edges.push({ from, to, name, spec, kind })
  }
  return edges
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
