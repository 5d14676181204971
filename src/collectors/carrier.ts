/** Finds the package whose tarball is said to hold another one: who that is, the registry has to confirm. */
import type { DraftGraph, DraftNode } from './draft-graph.ts'
import type { Lockfile } from './lockfile.ts'
import { folderName } from './tree-location.ts'

/** The package above that says it carries this one in its own tarball: a flag in the lockfile alone says nothing. */
export function carrierOf(
  { location, lock }: DraftNode,
  graph: DraftGraph,
  lockfile: Lockfile | undefined,
): DraftNode | undefined {
  if (lockfile && !lock?.inBundle) return undefined
  for (
    let child = location, owner = ownerOf(child);
    owner !== undefined;
    child = owner, owner = ownerOf(child)
  ) {
    const node = graph.nodes.get(owner)
    const bundled = (node?.disk?.manifest ?? node?.lock)?.bundled
    // What lies in a folder of the project, or in one that is linked, was put there by npm and not by a tarball.
    const isFolder = node?.disk !== undefined && node.disk.role !== 'installed'
    if (node === undefined || node.outside || isFolder || bundled === undefined) continue
    if (lockfile || bundled === true || bundled.includes(folderName(child))) return node
  }
  return undefined
}

/** The package whose node_modules folder holds a location; undefined in the project's own. */
function ownerOf(location: string): string | undefined {
  const at = location.lastIndexOf('/node_modules/')
  return at === -1 ? undefined : location.slice(0, at)
}
