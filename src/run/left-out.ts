/** Finds what a package needs and the lockfile leaves out, or lists as optional: it would be judged as if fewer needed it. */
import { createLookUp } from '#collectors/look-up'
import type { LookUp } from '#collectors/look-up'
import type { DependencyKind, Edge, Inventory, Need, PackageInstance } from '#model/inventory'

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
  let listed: Listed | undefined
  const isListed = (from: string, { name, kind }: Need): boolean => {
    const { asAny, asMore } = (listed ??= listedIn(edges))
    return (kind === 'optional' ? asAny : asMore).has(listKeyOf({ from, name }))
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

/** What the entries of a lockfile list: as anything, and as more than optional. */
interface Listed {
  asAny: ReadonlySet<string>
  asMore: ReadonlySet<string>
}

function listedIn(edges: Inventory['edges']): Listed {
  const asMore = edges.filter(({ kind }) => kind !== 'optional')
  return { asAny: new Set(edges.map(listKeyOf)), asMore: new Set(asMore.map(listKeyOf)) }
}

function listKeyOf({ from, name }: Pick<Edge, 'from' | 'name'>): string {
  return `${from}\n${name}`
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
