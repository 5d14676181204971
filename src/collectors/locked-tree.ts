/** What a lockfile alone tells: the packages that `npm ci` would install, as if they lay on disk already. */
import type { PackageInstance } from '#model/inventory'
import { aliasedName, specSource } from './dependency-spec.ts'
import { draftGraph } from './draft-graph.ts'
import type { DraftGraph } from './draft-graph.ts'
import { instanceOf } from './instance.ts'
import type { DiskPackage, DiskTree, FolderRole } from './package-files.ts'
import type { LockEntry, Lockfile } from './lockfile.ts'
import { specsByTarget } from './tree.ts'
import { parentOf } from './tree-location.ts'

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

/** Makes the tree by the same rules as the one on disk. `overrides` are those of the root's package.json, as parsed. */
export function lockedTree(lockfile: Lockfile, overrides: unknown): LockedTree {
  const disk: DiskTree = {
    packages: new Map(),
    links: new Map(),
    outside: new Map(),
    hasNodeModules: true,
    overrides,
    differences: [],
  }
  for (const entry of lockfile.entries.values()) {
    const role = roleOf(entry.location)
    if (role !== undefined && !mayBeLeftOut(entry, lockfile))
      disk.packages.set(entry.location, planned(entry, role))
  }
  const graph = draftGraph(disk, lockfile)
  const specs = specsByTarget(graph, disk)
  const context = {
    graph,
    lockfile,
    disk,
    reached: undefined,
    owners: new Map<string, string[]>(),
    specsOf: ({ location }: { location: string }) => specs.get(location) ?? [],
  }
  const instances: PackageInstance[] = []
  for (const node of graph.nodes.values())
    if (roleOf(node.location) !== undefined) instances.push(instanceOf(node, context))
  return { instances, direct: directDependencies(graph, instances) }
}

/** What npm would make of an entry's place; undefined for one where no package can lie. */
function roleOf(location: string): FolderRole | undefined {
  if (location === '') return 'root'
  if (!location.split('/').includes('node_modules')) return 'workspace'
  return /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^@/][^/]*$/.test(location) ? 'installed' : undefined
}

/** A carried package is not there where its carrier is for another system; then a registry has to speak for it. */
function mayBeLeftOut(entry: LockEntry, { entries }: Lockfile): boolean {
  if (!entry.inBundle) return false
  for (let at = entry.location; at !== ''; at = parentOf(at))
    if (entries.get(at)?.limited === true) return true
  return false
}

function planned({ location, name, version, declared, bundled }: LockEntry, role: FolderRole): DiskPackage {
  return { location, role, manifest: { name, version, license: {}, declared, ...(bundled && { bundled }) } }
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
      direct.push({ name: target.name, version: target.version, spec: rangeOf(spec) })
    }
  }
  return direct
}

/** `^1` of `npm:real@^1` and of `^1`; empty where only a name was written. */
function rangeOf(spec: string): string {
  const text = spec.trim()
  if (!text.startsWith('npm:')) return text
  const at = text.indexOf('@', 'npm:'.length + 1)
  return at === -1 ? '' : text.slice(at + 1)
}
