/** Names what a lockfile leaves open: what package.json asks for and it does not have, and what its packages lack. */
import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import type { TreeProblem } from '#model/inventory'
import { packageId } from '#model/package-id'
import { aliasedName, specRange, specSource } from './dependency-spec.ts'
import type { DraftGraph, Unresolved } from './draft-graph.ts'
import type { DiskTree } from './package-files.ts'
import type { DraftEdge } from './reach.ts'
import { plainlyHolds } from './plain-range.ts'
import { overrideSpecs } from './sources.ts'
import { below } from './tree-location.ts'
import { pathFinder } from './tree-problems.ts'

/** Where package.json and lockfile are out of step, by npm's own rule for `npm ci`, and what is missing below. */
export function lockedProblems(
  graph: DraftGraph,
  disk: Pick<DiskTree, 'overrides'>,
  lockfile: string,
): TreeProblem[] {
  const overridden = overrideSpecs(disk.overrides, new Map())
  let finder: ReturnType<typeof pathFinder> | undefined
  const pathTo = (location: string): string[] => (finder ??= pathFinder(graph))(location)
  const problems = graph.unresolved.flatMap((entry) => {
    const problem = missing(graph, entry, lockfile)
    return problem === undefined ? [] : [{ ...problem, path: pathTo(entry.from) }]
  })
  for (const from of graph.firstParty) {
    for (const edge of graph.edges.get(from) ?? []) {
      if (edge.kind === 'peer' || overridden.has(edge.name)) continue
      const found = unmet(graph, edge)
      if (found === undefined) continue
      problems.push({
        type: 'out-of-step',
        package: edge.name,
        message: `${manifestOf(from)} asks for ${edge.name}@${edge.spec}, ${lockfile} has ${found}.`,
        fix: OUT_OF_STEP,
        path: pathTo(from),
      })
    }
  }
  return problems
}

const OUT_OF_STEP = 'Bring the lockfile up to date with `npm install`, and commit it.'

function missing(
  { firstParty, edges }: DraftGraph,
  { from, declared }: Unresolved,
  lockfile: string,
): Omit<TreeProblem, 'path'> | undefined {
  const { name, spec, kind, optional } = declared
  // What a carrier for other systems brings along is listed, and planned on none.
  if (edges.get(from)?.some((edge) => edge.name === name) === true) return undefined
  const asked = `${name}@${spec}`
  if (firstParty.has(from) && kind !== 'peer') {
    const message = `${manifestOf(from)} asks for ${asked}, which ${lockfile} does not have.`
    return { type: 'out-of-step', package: name, message, fix: OUT_OF_STEP }
  }
  if (optional) return undefined
  const peer = kind === 'peer'
  return {
    type: peer ? 'missing-peer' : 'missing',
    package: name,
    message: `${from || 'The project'} needs ${peer ? 'the peer ' : ''}${asked}, which ${lockfile} does not have.`,
    fix: peer ? `Add ${name} to the project, if it is used.` : OUT_OF_STEP,
  }
}

/** What stands in the place of something else; undefined for what is asked for, and for what nobody here can tell. */
function unmet({ nodes }: DraftGraph, { to, name, spec }: DraftEdge): string | undefined {
  const node = nodes.get(to)
  // Only an archive, a repository or a folder can say whether it is what such a spec means.
  if (node?.lock === undefined || node.disk?.role !== 'installed' || specSource(spec) !== 'registry')
    return undefined
  const { lock } = node
  const id = packageId(lock.name, lock.version)
  const { resolved = '' } = lock
  if (resolved !== '' && !/^https?:/i.test(resolved)) return id
  if (lock.name !== (aliasedName(spec) ?? name)) return id
  const range = specRange(spec)
  if (plainlyHolds(range, lock.version)) return undefined
  if (validRange(range, true) === null || lock.version === '') return undefined
  return satisfies(lock.version, range, { loose: true }) ? undefined : id
}

function manifestOf(location: string): string {
  return below(location, 'package.json')
}
