/** Joins lockfile and disk into one graph: which package stands where, and what each dependency resolves to. */
import type { Declared } from './manifest-fields.ts'
import type { DiskPackage, DiskTree } from './package-files.ts'
import type { LockEntry, Lockfile } from './package-lock.ts'
import type { DraftEdge, Graph } from './reach.ts'
import { createLookUp } from './look-up.ts'
import type { LookUp } from './look-up.ts'
import { isLocation } from './tree-location.ts'

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
  const installed = [
    ...[...disk.packages.keys(), ...disk.outside.keys()].map((place) => [place, place] as const),
    ...disk.links,
  ]
  const linked = [...(lockfile?.links ?? [])].filter(([, target]) => isLocation(target) && nodes.has(target))
  // What is on disk comes last and wins over what is only planned for the same place.
  const planned = [...linked, ...[...nodes.keys()].map((place) => [place, place] as const), ...disk.links]
  const graph: DraftGraph = { nodes, edges: new Map(), unresolved: [], firstParty: firstPartyOf(disk) }
  const find = { planned: createLookUp(planned), installed: createLookUp(installed) }
  for (const node of nodes.values()) addEdges(graph, node, find)
  return graph
}

function firstPartyOf({ packages }: DiskTree): Set<string> {
  const own = [...packages.values()].filter(({ role }) => role === 'root' || role === 'workspace')
  return new Set(own.map(({ location }) => location))
}

function addEdges(graph: DraftGraph, node: DraftNode, find: Record<'planned' | 'installed', LookUp>): void {
  const from = node.location
  const onDisk = node.disk?.manifest.declared ?? []
  // The registry's manifest may ask for more than the tarball's package.json; more edges mean more labels, never fewer.
  const onlyInLock = graph.firstParty.has(from)
    ? []
    : (node.lock?.declared ?? []).filter(({ name }) => !onDisk.some((declared) => declared.name === name))
  const edges: DraftEdge[] = []
  const connect = (declared: Declared, isOnDisk: boolean): void => {
    const { name, spec, kind, optional } = declared
    const goal = find.planned(from, name)
    const actual = node.disk ? find.installed(from, name) : undefined
    if (goal !== undefined) edges.push({ from, to: goal, name, spec, kind, optional })
    if (actual !== undefined && actual !== goal) edges.push({ from, to: actual, name, spec, kind, optional })
    if (isOnDisk && node.disk && actual === undefined) {
      graph.unresolved.push({ from, declared, ...(goal === undefined ? {} : { expected: goal }) })
    }
  }
  for (const declared of onDisk) connect(declared, true)
  for (const declared of onlyInLock) connect(declared, false)
  if (edges.length > 0) graph.edges.set(from, edges)
}
