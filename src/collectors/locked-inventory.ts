/** The inventory that a lockfile alone gives: all that it plans, for every system, without a look at any disk. */
import { createHash } from 'node:crypto'
import type { Inventory, PackageInstance, TreeProblem } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { ok } from '#model/outcome'
import { carriersIn } from './carrier.ts'
import type { Carriers } from './carrier.ts'
import { draftGraph } from './draft-graph.ts'
import type { DraftGraph, DraftNode } from './draft-graph.ts'
import { instanceOf } from './instance.ts'
import { lockedProblems } from './locked-problems.ts'
import { lockfileRefusal } from './lockfile-text.ts'
import type { Lockfile } from './lockfile.ts'
import { readPackageLock } from './package-lock.ts'
import { isForSomeSystems, parseManifests, plannedTree } from './planned-tree.ts'
import type { OwnManifests } from './planned-tree.ts'
import type { DiskTree } from './package-files.ts'
import { reachedBy, reachFrom } from './reach.ts'
import type { Reach } from './reach.ts'
import { leadsSameWays } from './shared-graph.ts'
import { edgesBetween, specsByTarget } from './graph-edges.ts'

/** The texts that an inventory is made of. */
export interface LockfileInput {
  /** The lockfile, with its name in the project. */
  lockfile: { name: string; text: string }
  /** Text of the root's package.json. */
  manifest: string
  /**
   * Texts of further package.json files of the project, by location: workspaces, and folders that are linked. For those
   * that are not here counts what the lockfile says of them, which from version 2 on is a copy.
   */
  manifests?: Iterable<readonly [location: string, text: string]>
}

/**
 * The inventory of a lockfile, the same on every system. `installed` is false for what only some systems install: an
 * optional package, with what it carries, that says for which. Whatever the lockfile lists is in it; what package.json
 * and lockfile disagree on is among the problems. Fails with `lockfile-unreadable`, `too-many-packages`,
 * `project-unreadable` or `package-json-unreadable`.
 */
export function inventoryFromLockfile({
  lockfile: { name, text },
  manifest,
  manifests = [],
}: LockfileInput): Outcome<Inventory> {
  const read = readPackageLock(text, name)
  if (!read.ok) return read
  const own = parseManifests(manifest, manifests)
  if (!own.ok) return own
  const lockfileSha256 = createHash('sha256').update(text).digest('hex')
  return lockedInventory({ lockfile: read.value, lockfileName: name, lockfileSha256 }, own.value)
}

/** A lockfile that was read, with its name in the project and the sha256 (hex) of the file. */
export interface NamedLockfile {
  lockfile: Lockfile
  lockfileName: string
  lockfileSha256: string
  /** What was noticed while it was looked for. */
  noticed?: TreeProblem[]
}

/** What follows from a lockfile before any single package of it is looked at. */
export interface LockedPlan extends NamedLockfile {
  manifests: OwnManifests
  disk: DiskTree
  graph: DraftGraph
  reach: ReadonlyMap<string, Reach>
  /** The project's own packages that reach each location. */
  owners: ReadonlyMap<string, string[]>
  carriers: Carriers
  /** What is asked of each location, where that is more than a range. */
  specs: ReadonlyMap<string, string[]>
}

/** The same, of what was read and parsed already. */
export function lockedInventory(found: NamedLockfile, manifests: OwnManifests): Outcome<Inventory> {
  const plan = lockedPlan(found, manifests)
  return plan.ok ? ok(plannedInventory(plan.value)) : plan
}

/** The plan; with `like` another one whose lockfile shares entries with this one, of which whatever holds here is taken over. */
export function lockedPlan(
  found: NamedLockfile,
  manifests: OwnManifests,
  like?: LockedPlan,
): Outcome<LockedPlan> {
  const { lockfile, lockfileName } = found
  const disk = plannedTree(lockfile, manifests, like)
  const [difference] = disk.differences
  if (difference !== undefined) return lockfileRefusal(lockfileName, `cannot be followed: ${difference}`)
  const graph = draftGraph(disk, lockfile, like)
  const isLike = like !== undefined && leadsSameWays(graph, like.graph)
  return ok({
    ...found,
    manifests,
    disk,
    graph,
    reach: isLike ? like.reach : reachFrom(graph, graph.firstParty),
    owners: isLike ? like.owners : reachedBy(graph),
    carriers: carriersIn(graph, lockfile),
    specs: specsByTarget(graph, disk),
  })
}

/** Everything that was planned. */
export function plannedInventory(plan: LockedPlan): Inventory {
  const { graph, disk, lockfile, lockfileSha256, lockfileName, noticed = [] } = plan
  const instances = plannedInstances(plan, graph.nodes.values())
  const root = disk.packages.get('')?.manifest
  return {
    root: { name: root?.name ?? '', version: root?.version ?? '' },
    instances,
    edges: edgesBetween(graph, instances),
    problems: [...noticed, ...unaskedProblems(instances, plan), ...lockedProblems(graph, disk, lockfileName)],
    lockfileSha256,
    lockfile: lockfileName,
    ...(lockfile.lockfileVersion === 1 && { withoutPeers: true }),
  }
}

/** The instances of some nodes of a plan, sorted by location. */
export function plannedInstances(
  { lockfile, manifests, disk, graph, reach, owners, carriers, specs }: LockedPlan,
  nodes: Iterable<DraftNode>,
): PackageInstance[] {
  const specsOf = ({ location }: DraftNode): readonly string[] => specs.get(location) ?? []
  // What the lockfile notes is a hint; only a package.json declares.
  const isManifest = ({ location }: DraftNode): boolean => location === '' || manifests.folders.has(location)
  const instances: PackageInstance[] = []
  for (const node of nodes) {
    const reached = reach.get(node.location)
    const context = { graph, lockfile, disk, reached, owners, carriers, isManifest, specsOf }
    const instance = instanceOf(node, context)
    instance.installed = isEverywhere(node, reached, lockfile)
    instances.push(instance)
  }
  return instances.toSorted((a, b) => (a.location < b.location ? -1 : 1))
}

/** Judged as production, like all that nobody is known to ask for; but somebody does ask for a peer of version 1. */
function unaskedProblems(
  instances: readonly PackageInstance[],
  { graph, lockfileName }: LockedPlan,
): TreeProblem[] {
  const strays = new Map(instances.filter(({ extraneous }) => extraneous).map((at) => [at.location, at]))
  if (strays.size === 0) return []
  return [...graph.nodes.values()].flatMap(({ location, lock }) => {
    const stray = lock?.peer === true ? undefined : strays.get(location)
    return stray === undefined ? [] : [unasked(stray, lockfileName)]
  })
}

/** A package that is needed is installed, whatever systems it names: npm refuses all others. */
function isEverywhere(node: DraftNode, reached: Reach | undefined, lockfile: Lockfile): boolean {
  return reached?.required === true || !isForSomeSystems(node, lockfile)
}

function unasked({ name, version, location }: PackageInstance, lockfile: string): TreeProblem {
  const id = `${name}@${version}`
  return {
    type: 'extraneous',
    package: id,
    message: `${id} is in ${lockfile}, but nothing asks for it (${location}).`,
    fix: 'Bring the lockfile up to date with `npm install`.',
  }
}
