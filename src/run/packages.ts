/** Folds the instances of an inventory into packages, and sorts out which of them this run judges. */
import { pathId } from '#collectors/paths'
import { DEPENDENCY_KINDS } from '#model/inventory'
import type { DependencyKind, Inventory, PackageInstance, SourceType } from '#model/inventory'
import { packageId } from '#model/package-id'
import type { FirstPartyPackage } from '#model/run-report'

/** All instances of one package version that came from the same source. */
export interface PackageGroup {
  id: string
  name: string
  version: string
  source: SourceType
  instances: PackageInstance[]
  kinds: DependencyKind[]
  workspaces: string[]
  /** True if at least one instance is on disk. */
  installed: boolean
  /** Ids of the packages its dependencies resolve to, sorted. */
  dependencies: string[]
  /** Subresource integrities in the lockfile, one hash each, sorted. */
  integrity: string[]
}

/** Which part of the tree is asked for. */
export interface Narrowing {
  omitDev: boolean
  /** Locations of workspaces, `.` for the root; empty for all. */
  workspaces: string[]
  /** Whether the policy counts a package as the project's own. */
  isFirstParty: (instance: PackageInstance) => boolean
}

/** The packages of a tree, each in exactly one of three places. */
export interface SelectedPackages {
  /** Sorted by id, then source. */
  judged: PackageGroup[]
  omitted: number
  firstParty: FirstPartyPackage[]
}

/** The part of an inventory that packages are folded from. */
type ListedPackages = { [key in 'instances' | 'edges']: Readonly<Inventory[key]> }

/** Folds and selects; every instance that is wanted ends up judged, omitted or first-party. */
export function selectPackages(
  inventory: ListedPackages,
  narrowing: Narrowing,
  isWanted: (instance: PackageInstance) => boolean = () => true,
): SelectedPackages {
  const groups = new Map<string, PackageGroup>()
  const firstParty: FirstPartyPackage[] = []
  const wanted = inventory.instances.filter(isWanted)
  const targets = dependencyTargets(inventory, wanted)
  for (const instance of wanted) {
    const because = firstPartyReason(instance, narrowing)
    if (because !== undefined) {
      firstParty.push({
        name: instance.name,
        version: instance.version,
        location: instance.location || '.',
        because,
        dependencies: dependencyIds([instance], targets),
      })
      continue
    }
    const key = groupKey(instance)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, newGroup(instance))
    else addInstance(group, instance)
  }
  const judged: PackageGroup[] = []
  let omitted = 0
  for (const group of groups.values()) {
    const kept = narrow(group, narrowing)
    if (kept === undefined) {
      omitted += 1
      continue
    }
    kept.dependencies = dependencyIds(kept.instances, targets)
    kept.integrity = integrities(kept.instances)
    judged.push(kept)
  }
  judged.sort((a, b) => compareText(groupKeyOf(a), groupKeyOf(b)))
  return { judged, omitted, firstParty }
}

/** Compares by code units, so that an order never depends on a locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** For each location that is wanted the ids its dependencies resolve to; an id is one string, however many edges lead to it. */
function dependencyTargets(
  { instances, edges }: ListedPackages,
  wanted: readonly PackageInstance[],
): Map<string, string[]> {
  const targets = new Map(wanted.map(({ location }): [string, string[]] => [location, []]))
  const places = new Map(instances.map((instance) => [instance.location, instance]))
  const ids = new Map<string, string>()
  for (const { from, to } of edges) {
    const own = targets.get(from)
    const target = own && places.get(to)
    if (own === undefined || target === undefined) continue
    const id = ids.get(to) ?? pathId(target)
    ids.set(to, id)
    own.push(id)
  }
  return targets
}

function dependencyIds(instances: PackageInstance[], targets: Map<string, string[]>): string[] {
  const all = new Set<string>()
  for (const { location } of instances) for (const id of targets.get(location) ?? []) all.add(id)
  return [...all].toSorted(compareText)
}

function integrities(instances: PackageInstance[]): string[] {
  const all = instances.flatMap(({ integrity }) => integrity?.split(/\s+/) ?? [])
  return [...new Set(all)].filter((hash) => hash !== '').toSorted(compareText)
}

function firstPartyReason(
  instance: PackageInstance,
  narrowing: Narrowing,
): FirstPartyPackage['because'] | undefined {
  if (instance.source === 'root' || instance.source === 'workspace') return instance.source
  return narrowing.isFirstParty(instance) ? 'policy' : undefined
}

/** The same name and version from git and from the registry are two packages; a registry's addresses are one. */
function groupKey(instance: PackageInstance): string {
  const origin = instance.source === 'registry' ? '' : (instance.resolved ?? '')
  // Not the id: an empty name with an odd version would share that of a package in a scope.
  return `${instance.name}\n${instance.version}\n${instance.source}\n${origin}`
}

function groupKeyOf(group: PackageGroup): string {
  const first = group.instances[0]
  return first === undefined ? group.id : groupKey(first)
}

function newGroup(instance: PackageInstance): PackageGroup {
  return {
    id: packageId(instance.name, instance.version),
    name: instance.name,
    version: instance.version,
    source: instance.source,
    instances: [instance],
    kinds: instance.kinds,
    workspaces: instance.workspaces,
    installed: instance.installed,
    dependencies: [],
    integrity: [],
  }
}

function addInstance(group: PackageGroup, instance: PackageInstance): void {
  group.instances.push(instance)
  group.kinds = DEPENDENCY_KINDS.filter((kind) => group.kinds.includes(kind) || instance.kinds.includes(kind))
  group.workspaces = [...new Set([...group.workspaces, ...instance.workspaces])].toSorted(compareText)
  group.installed ||= instance.installed
}

/** The group without the kinds left out on request, or nothing if no kind or no asked-for workspace remains. */
function narrow(group: PackageGroup, narrowing: Narrowing): PackageGroup | undefined {
  const kinds = narrowing.omitDev ? group.kinds.filter((kind) => kind !== 'dev') : group.kinds
  if (kinds.length === 0 && group.kinds.length > 0) return undefined
  if (narrowing.workspaces.length > 0) {
    if (!group.workspaces.some((workspace) => narrowing.workspaces.includes(workspace))) return undefined
  }
  return { ...group, kinds }
}
