/** Finds the files that import each other in circles: knots of files, and the shortest way round in each. */
import type { ResolvedImport, SourceFile } from '#model/imports'
import { targetPath } from './import-words.ts'

/** Files of which each reaches each other. */
export interface Knot {
  /** Paths, sorted. */
  files: string[]
  /** The shortest way round, from the first of its files in the alphabet; each file imports the next, the last the first. */
  cycle: string[]
}

/** Whether an import is followed at once, when the program starts: only such imports can close a circle. */
export function isFollowedAtOnce({ form, typeOnly }: Pick<ResolvedImport, 'form' | 'typeOnly'>): boolean {
  return !typeOnly && (form === 'import' || form === 're-export' || form === 'require')
}

/** All knots, sorted by their first file. */
export function findKnots(files: readonly SourceFile[]): Knot[] {
  const known = new Set(files.map(({ path }) => path))
  const edges = new Map(
    files.map(({ path, imports }) => {
      const targets = imports.filter(isFollowedAtOnce).flatMap((site) => targetPath(site) ?? [])
      return [path, [...new Set(targets.filter((to) => known.has(to)))].toSorted()] as const
    }),
  )
  return components(edges)
    .filter(([first = '', ...others]) => others.length > 0 || edges.get(first)?.includes(first) === true)
    .map((members) => ({ files: members, cycle: shortestCycle(members, edges) }))
    .toSorted((a, b) => ((a.files[0] ?? '') < (b.files[0] ?? '') ? -1 : 1))
}

type Edges = ReadonlyMap<string, readonly string[]>

/** Tarjan's strongly connected components, each sorted; with a stack of its own, because chains of imports are long. */
function components(edges: Edges): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  const found: string[][] = []
  for (const root of edges.keys()) {
    if (index.has(root)) continue
    const calls: { node: string; next: number }[] = [{ node: root, next: 0 }]
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { node } = call
      if (call.next === 0) {
        index.set(node, index.size)
        low.set(node, index.get(node) ?? 0)
        open.push(node)
        isOpen.add(node)
      }
      const target = edges.get(node)?.[call.next]
      call.next += 1
      if (target !== undefined) {
        if (!index.has(target)) calls.push({ node: target, next: 0 })
        else if (isOpen.has(target)) lower(low, node, index.get(target))
        continue
      }
      calls.pop()
      const parent = calls.at(-1)
      if (parent !== undefined) lower(low, parent.node, low.get(node))
      if (low.get(node) === index.get(node)) {
        const members = open.splice(open.lastIndexOf(node))
        for (const member of members) isOpen.delete(member)
        found.push(members.toSorted())
      }
    }
  }
  return found
}

function lower(low: Map<string, number>, node: string, to: number | undefined): void {
  low.set(node, Math.min(low.get(node) ?? Infinity, to ?? Infinity))
}

/** Files that are visited at most to find a shorter way: in a knot of thousands any short way will do. */
const MAX_VISITS = 500_000

/** Of several the one that is found from the first file. Whoever has found a short one looks no further than that. */
function shortestCycle(members: readonly string[], edges: Edges): string[] {
  const inside = new Set(members)
  let best: string[] = []
  let visits = 0
  for (const start of members) {
    const way = cycleThrough(start, { inside, edges, shorterThan: best.length || Infinity })
    if (way.cycle !== undefined) best = way.cycle
    visits += way.visits
    if (best.length > 0 && (best.length <= 2 || visits > MAX_VISITS)) break
  }
  const [first] = best.toSorted()
  const at = best.indexOf(first ?? '')
  return [...best.slice(at), ...best.slice(0, at)]
}

function cycleThrough(
  start: string,
  { inside, edges, shorterThan }: { inside: ReadonlySet<string>; edges: Edges; shorterThan: number },
): { cycle?: string[]; visits: number } {
  const from = new Map<string, string>()
  let level = [start]
  for (let length = 1; length < shorterThan && level.length > 0; length++) {
    const next: string[] = []
    for (const node of level) {
      for (const target of edges.get(node) ?? []) {
        if (target === start) return { cycle: wayTo(node, from), visits: from.size + 1 }
        if (!inside.has(target) || from.has(target)) continue
        from.set(target, node)
        next.push(target)
      }
    }
    level = next
  }
  return { visits: from.size + 1 }
}

function wayTo(end: string, from: ReadonlyMap<string, string>): string[] {
  const way: string[] = []
  for (let node: string | undefined = end; node !== undefined; node = from.get(node)) way.push(node)
  return way.toReversed()
}
