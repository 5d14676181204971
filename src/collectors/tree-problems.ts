/** Names what is odd about a tree without making it untrustworthy: missing, extraneous, invalid. */
import type { PackageInstance, TreeProblem } from '#model/inventory'
import { packageId } from '#model/package-id'
import type { DraftGraph, Unresolved } from './draft-graph.ts'
import { predecessors } from './reach.ts'
import type { Reach } from './reach.ts'

/** Key of a dependency in a set: who declares it, and its name. */
export function edgeKey(from: string, name: string): string {
  return `${from}\n${name}`
}

/**
 * Dependencies that nothing on disk answers, as problems; and, as differences, packages of the lockfile in whose place
 * a package further up is found.
 */
export function missingDependencies(
  graph: DraftGraph,
  reach: ReadonlyMap<string, Reach>,
  { omitDev, hasLockfile }: { omitDev: boolean; hasLockfile: boolean },
): { problems: TreeProblem[]; differences: string[] } {
  const excused = ({ from, declared }: Unresolved): boolean => {
    if (declared.optional) return true
    if (!omitDev) return false
    return (declared.kind === 'dev' && graph.firstParty.has(from)) || (reach.get(from)?.onlyDev ?? false)
  }
  // Whatever a platform leaves out is in the lockfile all the same: what is not there was never resolved.
  const unlocked = ({ from, declared }: Unresolved): boolean =>
    hasLockfile &&
    declared.kind === 'optional' &&
    graph.firstParty.has(from) &&
    graph.edges.get(from)?.some(({ name }) => name === declared.name) !== true
  const wanting = graph.unresolved.filter((entry) => unlocked(entry) || !excused(entry))
  const pathTo = wanting.length === 0 ? () => [] : pathFinder(graph)
  const problems = wanting.map(({ from, declared }): TreeProblem => {
    const peer = declared.kind === 'peer'
    const asked = `${declared.name}@${declared.spec}`
    return {
      type: peer ? 'missing-peer' : 'missing',
      package: declared.name,
      message: unlocked({ from, declared })
        ? `${idAt(graph, from)} has the optional dependency ${asked}, which is in neither the lockfile nor node_modules.`
        : `${idAt(graph, from)} needs ${peer ? 'the peer ' : ''}${asked}, which is not installed.`,
      fix: fixFor(declared.name, peer, unlocked({ from, declared })),
      path: pathTo(from),
    }
  })
  return { problems, differences: displaced(graph, reach, omitDev) }
}

function fixFor(name: string, peer: boolean, unlocked: boolean): string {
  if (unlocked) return 'Bring the lockfile up to date with `npm install`.'
  return peer ? `Add ${name} to the project, if it is used.` : 'Install it with `npm ci`.'
}

function displaced(graph: DraftGraph, reach: ReadonlyMap<string, Reach>, omitDev: boolean): string[] {
  const known = new Set(graph.unresolved.map(({ from, declared }) => edgeKey(from, declared.name)))
  const differences = new Map<string, string>()
  for (const [from, edges] of graph.edges) {
    if (!graph.nodes.get(from)?.disk) continue
    for (const { to, name, optional, kind } of edges) {
      const node = graph.nodes.get(to)
      if (!node || node.disk || node.outside || optional || kind === 'peer' || known.has(edgeKey(from, name)))
        continue
      if (omitDev && reach.get(to)?.onlyDev) continue
      differences.set(to, `${to}: in the lockfile, not on disk, and another ${name} is found in its place`)
    }
  }
  return [...differences.values()]
}

/** The problem of a package that is on disk though nothing, or only a package.json, asks for it. */
export function unreachedProblem(
  { name, version, location, source }: PackageInstance,
  asked: boolean,
): TreeProblem {
  const id = packageId(name, version)
  const what = asked ? 'is on disk, but not in the lockfile' : 'is on disk, but nothing asks for it'
  return {
    type: 'extraneous',
    package: id,
    message: `${id} ${what} (${location}).`,
    fix:
      source === 'link'
        ? 'Remove the link, or declare the dependency.'
        : 'Remove it with `npm prune`, or declare it.',
  }
}

/** Finds one shortest path of ids from one of the project's own packages to a location, itself included. */
export function pathFinder(graph: DraftGraph): (location: string) => string[] {
  const searches = [...graph.firstParty].map((start) => predecessors(graph, start))
  return (location) => {
    const before = searches.find((search) => search.has(location))
    if (!before) return []
    const path: string[] = []
    for (let at: string | undefined = location; at !== undefined; at = before.get(at))
      path.push(idAt(graph, at))
    return path.toReversed()
  }
}

function idAt(graph: DraftGraph, location: string): string {
  const node = graph.nodes.get(location)
  const name = node?.disk?.manifest.name ?? node?.lock?.name ?? (location || '.')
  const version = node?.disk?.manifest.version ?? node?.lock?.version ?? ''
  return version === '' ? name : packageId(name, version)
}
