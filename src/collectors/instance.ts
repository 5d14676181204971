/** Turns one node of the draft graph into the instance the inventory lists. */
import type { DependencyKind, PackageInstance, SourceType } from '#model/inventory'
import type { Carriers } from './carrier.ts'
import type { DraftGraph, DraftNode } from './draft-graph.ts'
import type { DiskTree } from './package-files.ts'
import type { Lockfile } from './lockfile.ts'
import type { Reach } from './reach.ts'
import { usableVersion } from './same-version.ts'
import { sourceOf, webOrigin, withoutCredentials } from './sources.ts'
import { otherTarball } from './tarball-path.ts'
import { folderName, parentOf } from './tree-location.ts'

/** What an instance is made of, besides its node. */
export interface InstanceContext {
  graph: DraftGraph
  lockfile: Lockfile | undefined
  disk: DiskTree
  carriers: Carriers
  /** How it is reached; undefined for what nothing asks for. */
  reached: Reach | undefined
  /** The project's own packages that reach each location. */
  owners: ReadonlyMap<string, string[]>
  /** Whether what stands in its place is a package.json that declares something, and no note of a lockfile. Default: yes. */
  isManifest?: (node: DraftNode) => boolean
  /** What the dependencies that resolve to a package ask for, where that is more than a range. */
  specsOf: (node: DraftNode) => readonly string[]
}

/** Builds the instance. Name and version are those that lockfile and disk agree on. */
export function instanceOf(node: DraftNode, context: InstanceContext): PackageInstance {
  const { location, lock } = node
  const { graph, lockfile, disk, reached, owners } = context
  const own = graph.firstParty.has(location)
  const { source, carrier } = originOf(node, context)
  const unlisted = lockfile !== undefined && node.disk?.role === 'installed' && !lock
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
  if (carrier) instance.carrier = identityOf(carrier, lockfile)
  if (lock?.integrity !== undefined) instance.integrity = lock.integrity
  if (source === 'registry') {
    const origin = webOrigin(lock?.resolved ?? '')
    if (origin !== undefined) instance.addressed = origin
    const other = otherTarball(lock?.resolved ?? '', instance)
    if (other !== undefined) instance.misaddressed = other
  }
  if (node.disk && context.isManifest?.(node) !== false) instance.declared = node.disk.manifest.license
  if (failure) instance.unreadable = failure
  if (lock?.license !== undefined) instance.noted = lock.license
  if (lock?.line !== undefined) instance.line = lock.line
  return instance
}

/** Where it came from. What a git repository or a folder carries comes from there too; a registry can only confirm its own. */
function originOf(
  node: DraftNode,
  context: InstanceContext,
): { source: SourceType; carrier?: DraftNode | undefined } {
  const role = node.outside ? 'link' : node.disk?.role
  const owner = context.carriers.get(node.location)
  const own = sourceOf({ role, lock: node.lock, specs: context.specsOf(node) })
  if (owner === undefined) return { source: own }
  const origin = originOf(owner, context)
  // A carried package that this platform leaves out has no copy to judge: then a registry is the only witness.
  if (role === undefined)
    return { source: own, ...(origin.source === 'registry' && { carrier: origin.carrier ?? owner }) }
  return origin.source === 'registry' ? { source: 'bundled', carrier: owner } : origin
}

/** Name and version of what stands at a node. */
export function identityOf(
  { location, disk, lock }: DraftNode,
  lockfile: Lockfile | undefined,
): { name: string; version: string } {
  if (disk?.role === 'installed' && lock)
    return { name: lock.name, version: lock.version || usableVersion(disk.manifest.version ?? '') }
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

/** The root or workspace in whose folder something lies that nothing asks for. */
function hostOf(location: string, graph: DraftGraph): string {
  let folder = location
  while (folder !== '' && !graph.firstParty.has(folder)) folder = parentOf(folder)
  return folder || '.'
}
