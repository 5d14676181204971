/** Walks the dependency graph: over which kinds of paths each package is reached, and from which of our own packages. */
import type { DependencyKind } from '#model/inventory'
import { DEPENDENCY_KINDS } from '#model/inventory'

/** A dependency of the draft tree, with what the inventory's edge does not keep. */
export interface DraftEdge {
  from: string
  to: string
  name: string
  spec: string
  kind: DependencyKind
  /** Nobody misses the target if it is not there. */
  optional: boolean
}

/** Edges by the location that declares them, and the locations of root and workspaces: enough to find paths. */
export interface PathGraph {
  edges: ReadonlyMap<string, readonly { to: string; kind: DependencyKind }[]>
  firstParty: ReadonlySet<string>
}

/** Where walks start and which packages are the project's own. */
export interface Graph {
  /** Edges by the location that declares them. */
  edges: ReadonlyMap<string, readonly DraftEdge[]>
  /** Locations of root and workspaces. */
  firstParty: ReadonlySet<string>
}

// One bit each for what a path has met so far; a state is the sum, a set of states is a number with a bit a state.
const DEV = 1
const OPTIONAL = 2
const PEER = 4
const SPARED = 8
const STATES = 16

/** How a package is reached, over all paths. */
export interface Reach {
  kinds: readonly DependencyKind[]
  /** Some path without any optional edge leads to it. */
  required: boolean
  /** All such paths pass a peer edge. */
  onlyPeer: boolean
  /** All such paths begin at a development dependency. */
  onlyDev: boolean
  /** Each of such paths begins at a development dependency or passes a peer edge. */
  onlyDevOrPeer: boolean
}

/** How each location is reached from `starts`; what is not reached is not in the map. Iterative, cycles are harmless. */
export function reachFrom(graph: Graph, starts: Iterable<string>): Map<string, Reach> {
  const seen = new Map<string, number>()
  // Two lists instead of one of pairs: large trees pass here a hundred thousand times.
  const locations: string[] = []
  const states: number[] = []
  const enter = (location: string, state: number): void => {
    const known = seen.get(location) ?? 0
    if ((known & (1 << state)) !== 0) return
    seen.set(location, known | (1 << state))
    locations.push(location)
    states.push(state)
  }
  for (const start of starts) {
    for (const edge of graph.edges.get(start) ?? [])
      enter(edge.to, stateAfter(0, edge, graph.firstParty.has(start)))
  }
  for (let location = locations.pop(); location !== undefined; location = locations.pop()) {
    const state = states.pop() ?? 0
    for (const edge of graph.edges.get(location) ?? []) {
      if (edge.kind === 'dev' && graph.firstParty.has(location)) continue
      enter(edge.to, stateAfter(state, edge, false))
    }
  }
  // Thousands of packages share a handful of sets of states.
  const known = new Map<number, Reach>()
  const reach = new Map<string, Reach>()
  for (const [location, set] of seen) {
    const same = known.get(set) ?? reachOf(set)
    known.set(set, same)
    reach.set(location, same)
  }
  return reach
}

function stateAfter(state: number, edge: DraftEdge, begins: boolean): number {
  // Development dependencies of a linked folder are followed under the label of the path so far.
  if (edge.kind === 'dev') return begins ? state | DEV : state
  if (edge.kind === 'optional') return state | OPTIONAL | SPARED
  if (edge.kind === 'peer') return state | PEER | (edge.optional ? SPARED : 0)
  return state
}

function reachOf(states: number): Reach {
  const kinds = new Set<DependencyKind>()
  const reach = { required: false, onlyPeer: true, onlyDev: true, onlyDevOrPeer: true }
  for (let state = 0; state < STATES; state += 1) {
    if ((states & (1 << state)) === 0) continue
    kinds.add(labelOf(state))
    if ((state & SPARED) !== 0) continue
    reach.required = true
    if ((state & PEER) === 0) reach.onlyPeer = false
    if ((state & DEV) === 0) reach.onlyDev = false
    if ((state & (DEV | PEER)) === 0) reach.onlyDevOrPeer = false
  }
  return { kinds: DEPENDENCY_KINDS.filter((kind) => kinds.has(kind)), ...reach }
}

function labelOf(state: number): DependencyKind {
  if ((state & DEV) !== 0) return 'dev'
  if ((state & OPTIONAL) !== 0) return 'optional'
  return (state & PEER) === 0 ? 'production' : 'peer'
}

/** The project's own packages that reach each location, as the inventory lists them (`.` for the root), sorted. */
export function reachedBy(graph: PathGraph): Map<string, string[]> {
  const owners = new Map<string, string[]>()
  for (const start of [...graph.firstParty].toSorted()) {
    for (const location of predecessors(graph, start).keys()) {
      const known = owners.get(location)
      if (known) known.push(start || '.')
      else owners.set(location, [start || '.'])
    }
  }
  return owners
}

/** Breadth first from one of the project's own packages: each location reached, with the one before it. */
export function predecessors(graph: PathGraph, start: string): Map<string, string | undefined> {
  const before = new Map<string, string | undefined>([[start, undefined]])
  const queue = [start]
  for (let at = 0; at < queue.length; at += 1) {
    const location = queue[at] ?? ''
    for (const edge of graph.edges.get(location) ?? []) {
      if (before.has(edge.to)) continue
      if (edge.kind === 'dev' && location !== start && graph.firstParty.has(location)) continue
      before.set(edge.to, location)
      queue.push(edge.to)
    }
  }
  return before
}
