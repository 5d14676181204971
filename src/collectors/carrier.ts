/** Finds the package whose tarball holds another one, by npm's own rule: who that is, the registry has to confirm. */
import type { DraftGraph, DraftNode } from './draft-graph.ts'
import type { Lockfile } from './lockfile.ts'
import { folderName } from './tree-location.ts'

/** The package whose tarball holds what stands at a location; none for what npm fetches by itself. */
export type Carriers = ReadonlyMap<string, DraftNode>

/**
 * The carriers of all that is carried. A package holds what its list names in its own node_modules folder, what these need there,
 * and all that lies below them. npm asks the lockfile for the list, where there is one, and never its flag `inBundle`: one
 * that is set for no reason must not hide what is fetched, and one that is missing must not hide what is not.
 * Without a lockfile only what the lists name counts.
 */
export function carriersIn(graph: DraftGraph, lockfile: Lockfile | undefined): Carriers {
  const holders = [...graph.nodes.values()].filter((node) => namesIn(node, lockfile) !== undefined)
  const carriers = new Map<string, DraftNode>()
  if (holders.length === 0) return carriers
  const children = childrenByOwner(graph)
  // What lies in another's tarball has no say: whoever is nearest to the root comes first.
  holders.sort((a, b) => a.location.length - b.location.length)
  for (const holder of holders) {
    if (carriers.has(holder.location)) continue
    const names = namesIn(holder, lockfile)
    const own = children.get(holder.location) ?? []
    const byPlace = new Map(own.map((child) => [child.location, child]))
    const open = own.filter(({ location }) => names === true || names?.includes(folderName(location)))
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (carriers.has(next.location)) continue
      carriers.set(next.location, holder)
      for (const child of children.get(next.location) ?? []) open.push(child)
      if (lockfile === undefined) continue
      for (const { to } of graph.edges.get(next.location) ?? []) {
        const needed = byPlace.get(to)
        if (needed !== undefined) open.push(needed)
      }
    }
  }
  return carriers
}

/** What a package says that it carries; what lies in a folder of the project, or a linked one, was put there by npm. */
function namesIn(
  { disk, lock, outside }: DraftNode,
  lockfile: Lockfile | undefined,
): string[] | true | undefined {
  if (outside || (disk !== undefined && disk.role !== 'installed')) return undefined
  return lockfile !== undefined && lock !== undefined ? lock.bundled : disk?.manifest.bundled
}

function childrenByOwner({ nodes }: DraftGraph): Map<string, DraftNode[]> {
  const children = new Map<string, DraftNode[]>()
  for (const node of nodes.values()) {
    const owner = ownerOf(node.location)
    if (owner === undefined || !mayBeCarried(node)) continue
    const known = children.get(owner)
    if (known) known.push(node)
    else children.set(owner, [node])
  }
  return children
}

/** Links are made by npm. */
function mayBeCarried({ disk, outside }: DraftNode): boolean {
  return !outside && (disk === undefined || disk.role === 'installed')
}

/** The package whose node_modules folder holds a location; undefined in the project's own. */
function ownerOf(location: string): string | undefined {
  const at = location.lastIndexOf('/node_modules/')
  return at === -1 ? undefined : location.slice(0, at)
}
