/** Joins lockfile and disk into one graph: which package stands where, and what each dependency resolves to. */
import type { Declared } from './manifest-fields.ts'
import type { DiskPackage, DiskTree } from './package-files.ts'
import type { LockEntry, Lockfile } from './lockfile.ts'
import type { DraftEdge, Graph } from './reach.ts'
import { createLookUp } from './look-up.ts'
import type { LookUp } from './look-up.ts'
import { sharedEdges } from './shared-graph.ts'

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
}

/** Everything that follows from lockfile and disk before anything is judged about it. */
export interface DraftGraph extends Graph {
  edges: Map<string, DraftEdge[]>
  nodes: Map<string, DraftNode>
  unresolved: Unresolved[]
}

/** A graph, and what it was made of. */
export interface GraphSource {
  graph: DraftGraph
  disk: DiskTree
  lockfile: Lockfile
}

/**
 * Builds the graph. Packages that are only in the lockfile are nodes too, so that what is missing can be named. Nodes
 * and edges that are the same in `like` are taken over from there.
 */
export function draftGraph(disk: DiskTree, lockfile: Lockfile | undefined, like?: GraphSource): DraftGraph {
  const nodes = new Map<string, DraftNode>()
  for (const [location, found] of disk.packages) {
    const known = like?.graph.nodes.get(location)
    const isSame = known?.disk === found && known.lock === lockfile?.entries.get(location)
    nodes.set(location, isSame && !known.outside ? known : { location, disk: found, outside: false })
  }
  for (const location of disk.outside.keys()) nodes.set(location, { location, outside: true })
  for (const [location, lock] of lockfile?.entries ?? []) {
    const node = nodes.get(location)
    if (node === undefined) nodes.set(location, { location, lock, outside: false })
    else if (node.lock !== lock) node.lock = lock
  }
  const graph: DraftGraph = { nodes, edges: new Map(), unresolved: [], firstParty: firstPartyOf(disk) }
  const shared = like && lockfile && sharedEdges({ graph, disk, lockfile }, like)
  let find: LookUp<DraftNode> | undefined
  for (const node of nodes.values()) {
    if (shared?.(node, graph) === true) continue
    addEdges(graph, node, (find ??= createLookUp(placesOf(nodes, disk, lockfile))))
  }
  return graph
}

/** Every place with its node, links followed. What is on disk comes last: it replaces what is only planned. */
function* placesOf(
  nodes: ReadonlyMap<string, DraftNode>,
  disk: DiskTree,
  lockfile: Lockfile | undefined,
): Generator<readonly [place: string, node: DraftNode]> {
  for (const [place, target] of lockfile?.links ?? []) {
    const node = nodes.get(target)
    if (node) yield [place, node]
  }
  yield* nodes
  for (const [place, target] of disk.links) {
    const node = nodes.get(target)
    if (node) yield [place, node]
  }
}

/** Whether something stands at a node's place on disk. */
export function isInstalled(node: DraftNode): boolean {
  return node.disk !== undefined || node.outside
}

function firstPartyOf({ packages }: DiskTree): Set<string> {
  const own = [...packages.values()].filter(({ role }) => role === 'root' || role === 'workspace')
  return new Set(own.map(({ location }) => location))
}

function addEdges(graph: DraftGraph, node: DraftNode, find: LookUp<DraftNode>): void {
  const from = node.location
  const onDisk = node.disk?.manifest.declared ?? []
  // The registry's manifest may ask for more than the tarball's package.json; more edges mean more labels, never fewer.
  const inLock = graph.firstParty.has(from) ? [] : (node.lock?.declared ?? [])
  const names = inLock.length === 0 ? undefined : new Set(onDisk.map(({ name }) => name))
  const onlyInLock = names ? inLock.filter(({ name }) => !names.has(name)) : []
  const edges: DraftEdge[] = []
  const connect = (declared: Declared, isOnDisk: boolean): void => {
    const { name, spec, kind, optional } = declared
    const goal = find(from, name)
    const actual = node.disk && (goal && isInstalled(goal) ? goal : find(from, name, isInstalled))
    if (goal) edges.push({ from, to: goal.location, name, spec, kind, optional })
    if (actual && actual !== goal) edges.push({ from, to: actual.location, name, spec, kind, optional })
    if (isOnDisk && node.disk && !actual) graph.unresolved.push({ from, declared })
  }
  for (const declared of onDisk) connect(declared, true)
  for (const declared of onlyInLock) connect(declared, false)
  if (edges.length > 0) graph.edges.set(from, edges)
}
