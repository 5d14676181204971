/** Finds the packages that may differ between two lockfiles, so that of the old tree only those have to be listed. */
import type { Inventory, Need, PackageInstance } from '#model/inventory'
import { identityOf } from './instance.ts'
import type { DraftNode } from './draft-graph.ts'
import { plannedInstances, plannedInventory } from './locked-inventory.ts'
import type { LockedPlan } from './locked-inventory.ts'
import { needsOf } from './manifest-fields.ts'
import type { Reach } from './reach.ts'

/** The tree that another one is compared with. */
export interface ComparedTree {
  lockfileSha256: string
  /** Real names of packages of which anything that is compared may differ; all others are the same in both trees. */
  mayDiffer: (name: string) => boolean
  /** Locations of linked folders that say something else of their licence than before, outside of their package.json. */
  changedFolders: ReadonlySet<string>
  /** Every instance of those packages in the old tree. */
  differing: readonly PackageInstance[]
  /** What stands at a place of the old tree asks for, as far as something answers there. */
  neededAt: (location: string) => Need[]
  /** Everything of the old tree. Takes as long as reading another lockfile. */
  whole: () => Inventory
}

/** Compares an old tree with a new one, of which it shares what is the same; what lies in folders the lockfiles do not tell. */
export function comparedTree(
  old: LockedPlan,
  now: LockedPlan,
  changedFolders: ReadonlySet<string>,
): ComparedTree {
  let inventory: Inventory | undefined
  const names = differingNames(old, now)
  const mayDiffer = (name: string): boolean => names?.has(name) !== false
  const nodes = [...old.graph.nodes.values()].filter((node) => mayDiffer(nameOf(node, old)))
  return {
    lockfileSha256: old.lockfileSha256,
    mayDiffer,
    changedFolders,
    differing: plannedInstances(old, nodes),
    neededAt: (location) => needsOf(old.graph.edges.get(location) ?? []),
    whole: () => (inventory ??= plannedInventory(old)),
  }
}

/** The same tree for whoever compares more than lockfiles hold, and so has to look at every package. */
export function comparedWholly(tree: ComparedTree): ComparedTree {
  return { ...tree, mayDiffer: () => true, differing: tree.whole().instances }
}

/** Undefined where whatever nobody asks for may belong to another package of the project. */
function differingNames(old: LockedPlan, now: LockedPlan): Set<string> | undefined {
  const [before, after] = [old.graph, now.graph]
  if (before.firstParty.size !== after.firstParty.size) return undefined
  for (const location of before.firstParty) if (!after.firstParty.has(location)) return undefined
  const names = new Set<string>()
  for (const [location, node] of before.nodes) {
    const other = after.nodes.get(location)
    if (other === node && isTheSame(node, old, now)) continue
    names.add(nameOf(node, old))
    if (other !== undefined) names.add(nameOf(other, now))
  }
  for (const [location, node] of after.nodes) if (!before.nodes.has(location)) names.add(nameOf(node, now))
  return names
}

/** Whether a node of both graphs is the same instance in all that is compared. What a tarball carries is so only with it. */
function isTheSame({ location, disk, lock }: DraftNode, old: LockedPlan, now: LockedPlan): boolean {
  if (disk?.role !== 'installed' || lock === undefined) return false
  if (old.carriers.has(location) || now.carriers.has(location)) return false
  return (
    isSameReach(old.reach.get(location), now.reach.get(location)) &&
    isSameList(old.owners.get(location), now.owners.get(location)) &&
    isSameList(old.specs.get(location), now.specs.get(location))
  )
}

function isSameReach(a: Reach | undefined, b: Reach | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && isSameList(a.kinds, b.kinds))
}

function isSameList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === b) return true
  return a !== undefined && b?.length === a.length && a.every((value, at) => value === b[at])
}

function nameOf(node: DraftNode, { lockfile }: LockedPlan): string {
  return identityOf(node, lockfile).name
}
