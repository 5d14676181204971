/** What a lockfile alone tells: the packages that `npm ci` would install, as if they lay on disk already. */
import type { PackageInstance } from '#model/inventory'
import { carriersIn } from './carrier.ts'
import { aliasedName, specRange, specSource } from './dependency-spec.ts'
import { draftGraph } from './draft-graph.ts'
import type { DraftGraph, DraftNode } from './draft-graph.ts'
import { instanceOf } from './instance.ts'
import type { Lockfile } from './lockfile.ts'
import { plannedTree } from './planned-tree.ts'
import type { OwnManifests } from './planned-tree.ts'
import { specsByTarget } from './graph-edges.ts'

/** A dependency that the root or a workspace declares and a package of a registry answers. */
export interface DirectDependency {
  /** Real name, never an alias. */
  name: string
  /** The version that is locked for it. */
  version: string
  /** The range or tag that is declared, without the name of an alias. */
  spec: string
}

/** The tree that a lockfile promises. Nobody has confirmed it: good for knowing what to ask, and for nothing else. */
export interface LockedTree {
  instances: PackageInstance[]
  /** In the order of the lockfile. */
  direct: DirectDependency[]
}

/** Makes the tree by the same rules as the one on disk; without the root's package.json by the lockfile's copy of it. */
export function lockedTree(lockfile: Lockfile, manifests: OwnManifests): LockedTree {
  const disk = plannedTree(lockfile, manifests)
  const graph = draftGraph(disk, lockfile)
  const specs = specsByTarget(graph, disk)
  const context = {
    graph,
    lockfile,
    disk,
    reached: undefined,
    owners: new Map<string, string[]>(),
    carriers: carriersIn(graph, lockfile),
    specsOf: ({ location }: { location: string }) => specs.get(location) ?? [],
  }
  const instances: PackageInstance[] = []
  for (const node of graph.nodes.values()) if (isPlace(node)) instances.push(instanceOf(node, context))
  return { instances, direct: directDependencies(graph, instances) }
}

/** Something lies there on some system: what is planned, or what a left out carrier brings along. */
function isPlace({ disk, outside, lock }: DraftNode): boolean {
  return disk !== undefined || outside || lock?.inBundle === true
}

function directDependencies(graph: DraftGraph, instances: readonly PackageInstance[]): DirectDependency[] {
  const fromRegistry = new Map(
    instances.filter(({ source }) => source === 'registry').map((instance) => [instance.location, instance]),
  )
  const direct: DirectDependency[] = []
  for (const own of graph.firstParty) {
    for (const { to, name, spec } of graph.edges.get(own) ?? []) {
      const target = fromRegistry.get(to)
      // Whatever else a folder holds is no newer version of what was asked for.
      if (target === undefined || specSource(spec) !== 'registry') continue
      if (target.name !== (aliasedName(spec) ?? name)) continue
      direct.push({ name: target.name, version: target.version, spec: specRange(spec) })
    }
  }
  return direct
}
