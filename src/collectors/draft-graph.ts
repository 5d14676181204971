/** Joins lockfile and disk into one graph: which package stands where, and what each dependency resolves to. */
import type { Declared } from './manifest-fields.ts'
import type { DiskPackage, DiskTree } from './package-files.ts'
import type { LockEntry, Lockfile } from './package-lock.ts'
import type { DraftEdge, Graph } from './reach.ts'
import { isLocation, lookUp } from './tree-location.ts'

/** One place of the tree, with what lockfile and disk say of it. */
export interface DraftNode {
  location: string
  disk?: DiskPackage
  lock?: LockEntry
  /** A link that leads outside the project: it is there, and nothing of it is read. */
  outside: boolean
}

/** A dependency of an installed package that no installed package answers. */
export interface Unresolved {
  from: string
  declared: Declared
  /** Where the lockfile says it should be, if it says so. */
  expected?: string
}

/** Everything that follows from lockfile and disk before anything is judged about it. */
export interface DraftGraph extends Graph {
  edges: Map<string, DraftEdge[]>
  nodes: Map<string, DraftNode>
  unresolved: Unresolved[]
}

/** Finds the location of what is installed at a place, following links; undefined when nothing is. */
export type FindInstalled = (place: string) => string | undefined

/** The places where something is installed, links followed. */
export function installedPlaces({ packages, links, outside }: DiskTree): FindInstalled {
  return (place) => (packages.has(place) || outside.has(place) ? place : links.get(place))
}

/** Builds the graph. Packages that are only in the lockfile are nodes too, so that what is missing can be named. */
export function draftGraph(disk: DiskTree, lockfile: Lockfile | undefined): DraftGraph {
  const nodes = new Map<string, DraftNode>()
  for (const [location, found] of disk.packages)
    nodes.set(location, { location, disk: found, outside: false })
  for (const location of disk.outside.keys()) nodes.set(location, { location, outside: true })
  for (const [location, lock] of lockfile?.entries ?? []) {
    const node = nodes.get(location)
    if (node) node.lock = lock
    else nodes.set(location, { location, lock, outside: false })
  }
  const installed = installedPlaces(disk)
  const planned = (place: string): string | undefined => {
    const target = lockfile?.links.get(place)
    const linked = target !== undefined && isLocation(target) && nodes.has(target) ? target : undefined
    return installed(place) ?? (nodes.has(place) ? place : linked)
  }
  const graph: DraftGraph = { nodes, edges: new Map(), unresolved: [], firstParty: firstPartyOf(disk) }
  for (const node of nodes.values()) addEdges(graph, node, planned, installed)
  return graph
}

function firstPartyOf({ packages }: DiskTree): Set<string> {
  const own = [...packages.values()].filter(({ role }) => role === 'root' || role === 'workspace')
  return new Set(own.map(({ location }) => location))
}

function addEdges(
  graph: DraftGraph,
  node: DraftNode,
  planned: FindInstalled,
  installed: FindInstalled,
): void {
  const from = node.location
  const onDisk = node.disk?.manifest.declared ?? []
  const names = new Set(onDisk.map(({ name }) => name))
  // The registry's manifest may ask for more than the tarball's package.json; more edges mean more labels, never fewer.
  const onlyInLock = graph.firstParty.has(from)
    ? []
    : (node.lock?.declared ?? []).filter(({ name }) => !names.has(name))
  const edges: DraftEdge[] = []
  const connect = (declared: Declared, isOnDisk: boolean): void => {
    const goal = lookUp(from, declared.name, planned)
    const actual = node.disk ? lookUp(from, declared.name, installed) : undefined
    for (const to of new Set([goal, actual])) if (to !== undefined) edges.push({ from, to, ...declared })
    if (isOnDisk && node.disk && actual === undefined) {
      graph.unresolved.push({ from, declared, ...(goal === undefined ? {} : { expected: goal }) })
    }
  }
  for (const declared of onDisk) connect(declared, true)
  for (const declared of onlyInLock) connect(declared, false)
  if (edges.length > 0) graph.edges.set(from, edges)
}
