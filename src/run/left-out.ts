/** Finds what a package needs and the lockfile leaves out, or lists as optional: it would be judged as if fewer needed it. */
import { createLookUp } from '#collectors/look-up'
import type { LookUp } from '#collectors/look-up'
import type { DependencyKind, Inventory, Need, PackageInstance } from '#model/inventory'

/** A tree as a lockfile has it. */
export interface PlannedPlaces {
  /** What stands at a place. */
  instanceAt: (location: string) => PackageInstance | undefined
  /** The first need of what stands at a place that the lockfile does not list as such, but answers with something that fewer need. */
  leftOut: (holder: PackageInstance, needs: readonly Need[]) => PackageInstance | undefined
}

/** Nothing is listed before it is first asked. */
export function plannedPlaces({
  instances,
  edges,
  withoutPeers,
}: Pick<Inventory, 'instances' | 'edges' | 'withoutPeers'>): PlannedPlaces {
  let places: Map<string, PackageInstance> | undefined
  const instanceAt: PlannedPlaces['instanceAt'] = (location) =>
    (places ??= new Map(instances.map((instance) => [instance.location, instance]))).get(location)
  let listed: ReadonlySet<string> | undefined
  const isListed = (from: string, { name, kind }: Need): boolean => {
    listed ??= new Set(edges.map((edge) => listKey(edge.from, edge.name, edge.kind)))
    return listed.has(listKey(from, name, kind))
  }
  let find: LookUp<PackageInstance> | undefined
  return {
    instanceAt,
    leftOut(holder, needs) {
      for (const need of needs) {
        const { name, kind } = need
        if ((kind === 'peer' && withoutPeers === true) || isListed(holder.location, need)) continue
        find ??= createLookUp(instances.map((instance) => [instance.location, instance]))
        const answer = find(holder.location, name)
        if (answer !== undefined && !isNeededLike(answer, holder, kind)) return answer
      }
      return undefined
    },
  }
}

/** Whatever is listed asks for as much as any need does, but for what is listed as optional. */
function listKey(from: string, name: string, kind: DependencyKind): string {
  return `${from}\n${name}\n${kind === 'optional'}`
}

/** Whether a package is judged at least as strictly as it would be, were it known that the holder needs it. */
function isNeededLike(answer: PackageInstance, holder: PackageInstance, kind: Need['kind']): boolean {
  return (
    holder.kinds.every((way) => hasKind(answer, kindThrough(way, kind))) &&
    holder.workspaces.every((workspace) => answer.workspaces.includes(workspace))
  )
}

/** How a package is reached by way of another one: as paths are labelled. */
function kindThrough(way: DependencyKind, kind: Need['kind']): DependencyKind {
  if (way === 'dev') return 'dev'
  if (way === 'optional' || kind === 'optional') return 'optional'
  return way === 'peer' || kind === 'peer' ? 'peer' : 'production'
}

/** To a policy a peer is production. */
function hasKind({ kinds }: PackageInstance, kind: DependencyKind): boolean {
  return (
    kinds.includes(kind) ||
    (kind === 'peer' && kinds.includes('production')) ||
    (kind === 'production' && kinds.includes('peer'))
  )
}
