/** Makes the draft inventory out of lockfile and disk: what npm still has to confirm. */
import type { Inventory, PackageInstance, TreeProblem } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { carriersIn } from './carrier.ts'
import { draftGraph, isInstalled } from './draft-graph.ts'
import type { DraftGraph, DraftNode } from './draft-graph.ts'
import { edgesBetween, specsByTarget } from './graph-edges.ts'
import { instanceOf } from './instance.ts'
import type { DiskTree } from './package-files.ts'
import { TWO_LOCKFILES } from './lockfile-on-disk.ts'
import type { FoundLockfile } from './lockfile-on-disk.ts'
import { reachedBy, reachFrom } from './reach.ts'
import type { Reach } from './reach.ts'
import { treeDifferences, treeMismatch } from './tree-differences.ts'
import { edgeKey, missingDependencies, unreachedProblem } from './tree-problems.ts'

/** What lockfile and disk say together. */
export interface TreeDraft {
  inventory: Inventory
  /** Place of each link in node_modules to the location it leads to. */
  links: Map<string, string>
  /** Dependencies known to be answered by nothing on disk, see `edgeKey`: named in the problems, optional or omitted. */
  absent: Set<string>
  /** Keys of the project's own .npmrc, to name them if npm's word differs. */
  npmrcKeys: string[]
  /** What the inventory was made of, to tell whether npm has to be asked about it. */
  graph: DraftGraph
  /** The root's `overrides`, as parsed. */
  overrides: unknown
  /** Texts of the lockfile that npm hides in node_modules, and of the project's .npmrc. */
  hidden?: string
  npmrc?: string
}

/** What the draft is made of. */
export interface TreeInput {
  disk: DiskTree
  found?: FoundLockfile
  /** Development dependencies may be missing. */
  omitDev: boolean
  npmrcKeys: string[]
  hidden?: string
  npmrc?: string
}

/** Joins lockfile and disk. Fails with `not-installed` or, where the two disagree, with `tree-mismatch`. */
export function draftTree(input: TreeInput): Outcome<TreeDraft> {
  const { disk, found, omitDev } = input
  const lockfile = found?.lockfile
  const graph = draftGraph(disk, lockfile)
  if (!disk.hasNodeModules && needsPackages(graph, omitDev)) {
    return fail('not-installed', 'package.json declares dependencies, but there is no node_modules folder.', {
      fix: 'Install them with `npm ci`. If this folder is a workspace, run depgate in the root folder with --workspace.',
    })
  }
  const reach = reachFrom(graph, graph.firstParty)
  const strays = [...graph.nodes.values()].filter((node) => isInstalled(node) && !reach.has(node.location))
  const fromStrays = reachFrom(
    graph,
    strays.map(({ location }) => location),
  )
  const specs = specsByTarget(graph, disk)
  const specsOf = (node: DraftNode): readonly string[] => specs.get(node.location) ?? []

  const missing = missingDependencies(graph, reach, { omitDev, hasLockfile: lockfile !== undefined })
  const differences = [
    ...disk.differences,
    ...treeDifferences(graph, disk, lockfile, specsOf),
    ...missing.differences,
    ...[...graph.nodes.values()]
      .filter((node) => !isInstalled(node) && !reach.has(node.location) && !fromStrays.has(node.location))
      .map(({ location }) => `${location}: in the lockfile, but not on disk, and nothing asks for it`),
  ]
  if (differences.length > 0) {
    return {
      ok: false,
      failure: treeMismatch(differences, lockfile ? 'Lockfile and disk' : 'The files on disk', []),
    }
  }

  const owners = reachedBy(graph)
  const carriers = carriersIn(graph, lockfile)
  const instances: PackageInstance[] = []
  const problems: TreeProblem[] = found ? (found.isTwice ? [TWO_LOCKFILES] : []) : [NO_LOCKFILE]
  for (const node of graph.nodes.values()) {
    const reached = reach.get(node.location)
    if (!isInstalled(node) && !isLeftOut(reached, omitDev)) continue
    const instance = instanceOf(node, { graph, lockfile, disk, carriers, reached, owners, specsOf })
    instances.push(instance)
    if (instance.extraneous) problems.push(unreachedProblem(instance, reached !== undefined))
  }
  instances.sort((a, b) => compare(a.location, b.location))
  const root = disk.packages.get('')?.manifest
  return ok({
    inventory: {
      root: { name: root?.name ?? '', version: root?.version ?? '' },
      instances,
      edges: edgesBetween(graph, instances),
      problems: [...problems, ...missing.problems],
      ...(found && { lockfileSha256: found.lockfileSha256, lockfile: found.lockfileName }),
    },
    links: disk.links,
    absent: new Set(graph.unresolved.map(({ from, declared }) => edgeKey(from, declared.name))),
    npmrcKeys: input.npmrcKeys,
    graph,
    overrides: disk.overrides,
    ...(input.hidden !== undefined && { hidden: input.hidden }),
    ...(input.npmrc !== undefined && { npmrc: input.npmrc }),
  })
}

const NO_LOCKFILE: TreeProblem = {
  type: 'no-lockfile',
  message: 'There is no package-lock.json, so the integrity of the installed packages is not checked.',
  fix: 'Write one with `npm install --package-lock-only` and commit it.',
}

/**
 * A package of the lockfile that may be absent: optional or a peer on every path (a project's own .npmrc can leave
 * either out), or for development where that is omitted. It is listed all the same, so that the registry speaks for it.
 */
function isLeftOut(reached: Reach | undefined, omitDev: boolean): boolean {
  if (reached === undefined) return false
  return !reached.required || reached.onlyPeer || (reached.onlyDevOrPeer && omitDev)
}

function needsPackages(graph: DraftGraph, omitDev: boolean): boolean {
  return [...graph.firstParty].some((location) =>
    graph.nodes
      .get(location)
      ?.disk?.manifest.declared.some(
        ({ kind, optional }) => !optional && kind !== 'peer' && !(kind === 'dev' && omitDev),
      ),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
