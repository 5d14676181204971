/** Takes over from the graph of one lockfile what holds in that of another: a change leaves most of a tree as it was. */
import { addTo } from '#model/lists-by-key'
import type { DraftGraph, DraftNode, GraphSource, Unresolved } from './draft-graph.ts'
import type { DraftEdge } from './reach.ts'

const FOLDER = 'node_modules/'

/** Puts the edges of a node into a graph, if they are those of the other graph; false if somebody has to look them up. */
export type ShareEdges = (node: DraftNode, graph: DraftGraph) => boolean

/**
 * Edges of nodes that are the same object in both graphs, and that ask for no name of which a place came or went.
 * Undefined where that cannot be told by names.
 */
export function sharedEdges(source: GraphSource, like: GraphSource): ShareEdges | undefined {
  if (!isSameMap(source.disk.links, like.disk.links)) return undefined
  if (!isSameMap(source.lockfile.links, like.lockfile.links)) return undefined
  const moved = movedNames(source, like)
  const open = new Map<string, Unresolved[]>()
  for (const entry of like.graph.unresolved) addTo(open, entry.from, entry)
  const asksForMoved = ({ disk, lock }: DraftNode): boolean =>
    moved.size > 0 &&
    [disk?.manifest.declared, lock?.declared].some((list) => list?.some(({ name }) => moved.has(name)))
  return (node, graph) => {
    const { location } = node
    if (like.graph.nodes.get(location) !== node || asksForMoved(node)) return false
    const edges = like.graph.edges.get(location)
    if (edges !== undefined) graph.edges.set(location, edges)
    for (const entry of open.get(location) ?? []) graph.unresolved.push(entry)
    return true
  }
}

/** Whether every dependency of a graph leads where it leads in the other one, in the same kind. */
export function leadsSameWays(graph: DraftGraph, like: DraftGraph): boolean {
  if (graph.edges.size !== like.edges.size || !isSameSet(graph.firstParty, like.firstParty)) return false
  for (const [from, edges] of graph.edges) {
    const known = like.edges.get(from)
    if (known !== edges && (known === undefined || !isSameWays(edges, known))) return false
  }
  return true
}

/** Names in some node_modules folder behind which something else stands, or nothing any more. */
function movedNames({ graph, lockfile }: GraphSource, like: GraphSource): Set<string> {
  const moved = new Set<string>()
  for (const [location, node] of graph.nodes)
    if (!isSamePlace(node, like.graph.nodes.get(location))) moved.add(nameAt(location))
  for (const location of like.graph.nodes.keys()) if (!graph.nodes.has(location)) moved.add(nameAt(location))
  for (const [place, target] of lockfile.links)
    if (!isSamePlace(graph.nodes.get(target), like.graph.nodes.get(target))) moved.add(nameAt(place))
  return moved
}

/** What a look-up asks of a place. */
function isSamePlace(a: DraftNode | undefined, b: DraftNode | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined) return false
  return (a.disk === undefined) === (b.disk === undefined) && a.outside === b.outside
}

/** The name that a place answers to. */
function nameAt(place: string): string {
  const at = place.lastIndexOf(FOLDER)
  return at === -1 ? place : place.slice(at + FOLDER.length)
}

function isSameWays(a: readonly DraftEdge[], b: readonly DraftEdge[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ to, kind, optional }, at) => {
      const other = b[at]
      return to === other?.to && kind === other.kind && optional === other.optional
    })
  )
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value))
}

function isSameMap(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value)
}
