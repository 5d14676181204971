/** Finds the files that import each other in circles: knots of files, and the shortest way round in each. */
import { components } from '#import-graph/components'
import { isFollowedAtOnce } from '#import-graph/edges'
import { targetPath } from '#model/import-target'
import type { SourceFile } from '#model/imports'

/** Files of which each reaches each other. */
export interface Knot {
  /** Paths, sorted. */
  files: string[]
  /** The shortest way round, from the first of its files in the alphabet; each file imports the next, the last the first. */
  cycle: string[]
}

/** All knots, in the order in which their first files stand. */
export function findKnots(files: readonly SourceFile[]): Knot[] {
  const known = new Set(files.map(({ path }) => path))
  const edges = new Map(
    files.map(({ path, imports }) => {
      const targets = imports.filter(isFollowedAtOnce).flatMap((site) => targetPath(site.target) ?? [])
      return [path, [...new Set(targets.filter((to) => known.has(to)))].toSorted()] as const
    }),
  )
  const next = (path: string): readonly string[] => edges.get(path) ?? []
  const knots = components(edges.keys(), next)
    .map((members) => members.toSorted())
    .filter((members) => members.length > 1 || members.every((path) => next(path).includes(path)))
  const byFirst = new Map(knots.map((members) => [members[0], members]))
  return files.flatMap(({ path }) => {
    const members = byFirst.get(path)
    return members === undefined ? [] : [{ files: members, cycle: shortestCycle(members, next) }]
  })
}

/** What a file leads to. */
type Next = (path: string) => readonly string[]

/** Files that are visited at most to find a shorter way: in a knot of thousands any short way will do. */
const MAX_VISITS = 500_000

/**
 * Of several the one that is found from the first file, so that it begins with the first of its files. Whoever has found a
 * short one looks no further than that.
 */
function shortestCycle(members: readonly string[], next: Next): string[] {
  const inside = new Set(members)
  let best: string[] = []
  let visits = 0
  for (const start of members) {
    const way = cycleThrough(start, { inside, next, shorterThan: best.length || Infinity })
    if (way.cycle !== undefined) best = way.cycle
    visits += way.visits
    if (best.length <= 2 || visits > MAX_VISITS) break
  }
  return best
}

function cycleThrough(
  start: string,
  { inside, next, shorterThan }: { inside: ReadonlySet<string>; next: Next; shorterThan: number },
): { cycle?: string[]; visits: number } {
  const from = new Map<string, string>()
  let level = new Set([start])
  for (let length = 1; length < shorterThan && level.size > 0; length++) {
    const further = new Set<string>()
    for (const node of level) {
      for (const target of next(node)) {
        if (target === start) return { cycle: wayTo(node, from), visits: from.size }
        if (!inside.has(target) || from.has(target)) continue
        from.set(target, node)
        further.add(target)
      }
    }
    level = further
  }
  return { visits: from.size }
}

function wayTo(end: string, from: ReadonlyMap<string, string>): string[] {
  const way: string[] = []
  for (let node: string | undefined = end; node !== undefined; node = from.get(node)) way.push(node)
  return way.toReversed()
}
