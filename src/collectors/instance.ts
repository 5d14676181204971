/** Turns one node of the draft graph into the instance the inventory lists. */
import type { DependencyKind, PackageInstance } from '#model/inventory'
import type { DraftGraph, DraftNode } from './draft-graph.ts'
import type { DiskTree } from './package-files.ts'
import type { Lockfile } from './package-lock.ts'
import type { Reach } from './reach.ts'
import { usableVersion } from './same-version.ts'
import { sourceOf, withoutCredentials } from './sources.ts'
import { folderName, parentOf } from './tree-location.ts'

/** What an instance is made of, besides its node. */
export interface InstanceContext {
  graph: DraftGraph
  lockfile: Lockfile | undefined
  disk: DiskTree
  /** How it is reached; undefined for what nothing asks for. */
  reached: Reach | undefined
  /** The project's own packages that reach each location. */
  owners: ReadonlyMap<string, string[]>
  specs: readonly string[]
}

/** Builds the instance. Name and version are those that lockfile and disk agree on. */
export function instanceOf(node: DraftNode, context: InstanceContext): PackageInstance {
  const { location, lock } = node
  const { graph, lockfile, disk, reached, owners } = context
  const own = graph.firstParty.has(location)
  const role = node.outside ? 'link' : node.disk?.role
  // A carried package that this platform leaves out has no copy to judge: then the registry is the only witness.
  const carried = node.disk !== undefined && isCarried(node, context)
  const source = sourceOf({ role, lock, specs: context.specs, carried })
  const unlisted = lockfile !== undefined && role === 'installed' && !lock
  const extraneous = !own && (reached === undefined || unlisted)
  const failure = disk.outside.get(location)
  const instance: PackageInstance = {
    location,
    ...identityOf(node, lockfile),
    source,
    installed: node.disk !== undefined || node.outside,
    extraneous,
    kinds: own ? [] : kindsOf(reached, extraneous),
    workspaces: owners.get(location) ?? [hostOf(location, graph)],
  }
  if (lock?.resolved && source !== 'registry' && source !== 'bundled') {
    instance.resolved = withoutCredentials(lock.resolved)
  }
  if (lock?.integrity !== undefined) instance.integrity = lock.integrity
  if (source === 'registry' && /^https?:/i.test(lock?.resolved ?? '')) instance.addressed = true
  if (node.disk) instance.declared = node.disk.manifest.license
  if (failure) instance.unreadable = failure
  if (lock?.line !== undefined) instance.line = lock.line
  return instance
}

function identityOf({ location, disk, lock }: DraftNode, lockfile: Lockfile | undefined) {
  if (disk?.role === 'installed' && lock) return { name: lock.name, version: lock.version }
  if (disk) {
    const { name, version } = disk.manifest
    return {
      name: name ?? (location === '' ? '' : folderName(location)),
      version: usableVersion(version ?? ''),
    }
  }
  if (lock) return { name: lock.name, version: lock.version }
  const target = lockfile?.links.get(location)
  return (
    (target === undefined ? undefined : lockfile?.outside.get(target)) ?? {
      name: folderName(location),
      version: '',
    }
  )
}

function kindsOf(reached: Reach | undefined, extraneous: boolean): DependencyKind[] {
  const kinds = reached?.kinds ?? []
  return extraneous && !kinds.includes('production') ? ['production', ...kinds] : [...kinds]
}

/** Whether a package came inside the tarball of one above it, which must say so itself: a flag alone is no proof. */
function isCarried({ location, lock }: DraftNode, { graph, lockfile }: InstanceContext): boolean {
  if (lockfile && !lock?.inBundle) return false
  for (
    let child = location, owner = ownerOf(child);
    owner !== undefined;
    child = owner, owner = ownerOf(child)
  ) {
    const node = graph.nodes.get(owner)
    const bundled = (node?.disk?.manifest ?? node?.lock)?.bundled
    if (graph.firstParty.has(owner) || bundled === undefined) continue
    if (lockfile || bundled === true || bundled.includes(folderName(child))) return true
  }
  return false
}

/** The package whose node_modules folder holds a location; undefined in the project's own. */
function ownerOf(location: string): string | undefined {
  const at = location.lastIndexOf('/node_modules/')
  return at === -1 ? undefined : location.slice(0, at)
}

/** The root or workspace in whose folder something lies that nothing asks for. */
function hostOf(location: string, graph: DraftGraph): string {
  let folder = location
  while (folder !== '' && !graph.firstParty.has(folder)) folder = parentOf(folder)
  return folder || '.'
}
