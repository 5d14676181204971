/** Paths from the project's own packages down to a package, for findings and for `explain`. */
import type { DependencyKind, Edge, Inventory, PackageInstance } from '#model/inventory'
import { packageId } from '#model/package-id'
import { predecessors } from './reach.ts'
import type { PathGraph } from './reach.ts'

/** Most steps `allPaths` takes, whatever the tree: it ends in milliseconds even where paths are exponentially many. */
const MAX_STEPS = 2_000_000

/** The id a path shows for an instance; one of our own without name or version is shown by what it has. */
export function pathId({ name, version, location, source }: PackageInstance): string {
  if (source !== 'root' && source !== 'workspace') return packageId(name, version)
  const shown = name === '' ? location || '.' : name
  return version === '' ? shown : packageId(shown, version)
}

/**
 * For each location, or each of those that are wanted, one shortest path of ids from each root or workspace that reaches
 * it, that one first.
 */
export function shortestPaths(inventory: Inventory, wanted?: Iterable<string>): Map<string, string[][]> {
  const graph = graphOf(inventory)
  const places = new Map(inventory.instances.map((instance) => [instance.location, instance]))
  const paths = new Map<string, string[][]>()
  for (const start of graph.firstParty) {
    const before = predecessors(graph, start)
    const known = new Map<string, string[]>()
    for (const location of wanted ?? before.keys()) {
      if (location === start || !before.has(location)) continue
      const path = pathTo(location, { before, places, known })
      const all = paths.get(location)
      if (all) all.push(path)
      else paths.set(location, [path])
    }
  }
  return paths
}

/** Where a walk went, what stands there, and the paths that were made of it already. */
interface Walk {
  before: ReadonlyMap<string, string | undefined>
  places: ReadonlyMap<string, PackageInstance>
  known: Map<string, string[]>
}

/** Not recursive: a chain of packages may be longer than any stack. */
function pathTo(location: string, { before, places, known }: Walk): string[] {
  const open: string[] = []
  let at: string | undefined = location
  for (; at !== undefined && !known.has(at); at = before.get(at)) open.push(at)
  let path = at === undefined ? [] : (known.get(at) ?? [])
  for (const place of open.toReversed()) {
    const instance = places.get(place)
    path = path.concat(instance ? pathId(instance) : place)
    known.set(place, path)
  }
  return path
}

/**
 * Up to `limit` paths of ids from the roots to any instance of a package, the shortest found first. Walks upwards from
 * the package, never twice through the same place on one path.
 */
export function allPaths(inventory: Inventory, id: string, limit: number): string[][] {
  const instances = new Map(inventory.instances.map((instance) => [instance.location, instance]))
  const upwards = new Map<string, Edge[]>()
  for (const edge of inventory.edges) {
    const known = upwards.get(edge.to)
    if (known) known.push(edge)
    else upwards.set(edge.to, [edge])
  }
  const found: string[][] = []
  let steps = 0
  let level: Chain[] = inventory.instances
    .filter((instance) => pathId(instance) === id)
    .map(({ location }) => ({ location, below: undefined, kind: undefined }))
  while (level.length > 0 && found.length < limit && steps < MAX_STEPS) {
    const next: Chain[] = []
    for (const chain of level) {
      const source = instances.get(chain.location)?.source
      const own = source === 'root' || source === 'workspace'
      if (own && chain.below && found.length < limit) keepNew(found, idsOf(chain, instances))
      // What one of our own packages needs for its development is no concern of the packages above it.
      if (own && chain.kind === 'dev') continue
      for (const edge of upwards.get(chain.location) ?? []) {
        if (steps >= MAX_STEPS) break
        const seen = places(chain)
        steps += seen.length
        if (!seen.includes(edge.from)) next.push({ location: edge.from, below: chain, kind: edge.kind })
      }
    }
    level = next
  }
  return found
}

/** A path under construction, from its upper end down. */
interface Chain {
  location: string
  below: Chain | undefined
  /** Kind of the edge that leads to `below`. */
  kind: DependencyKind | undefined
}

/** A dependency that is declared in two kinds leads along the same path twice. */
function keepNew(found: string[][], path: string[]): void {
  const isKnown = found.some(
    (known) => known.length === path.length && known.every((id, at) => id === path[at]),
  )
  if (!isKnown) found.push(path)
}

function places(chain: Chain): string[] {
  const all: string[] = []
  for (let at: Chain | undefined = chain; at; at = at.below) all.push(at.location)
  return all
}

function idsOf(chain: Chain, instances: ReadonlyMap<string, PackageInstance>): string[] {
  return places(chain).map((location) => {
    const instance = instances.get(location)
    return instance ? pathId(instance) : location
  })
}

function graphOf(inventory: Inventory): PathGraph {
  const edges = new Map<string, Edge[]>()
  for (const edge of inventory.edges) {
    const known = edges.get(edge.from)
    if (known) known.push(edge)
    else edges.set(edge.from, [edge])
  }
  const own = inventory.instances.filter(({ source }) => source === 'root' || source === 'workspace')
  return { edges, firstParty: new Set(own.map(({ location }) => location)) }
}
