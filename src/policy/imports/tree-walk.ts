/** Walks over the dependencies of packages, from those that something starts with. */
import type { Inventory, PackageInstance } from '#model/inventory'
import { addTo } from '#model/lists-by-key'

/** What each package brings along wherever it is installed, by location. */
export type Dependencies = ReadonlyMap<string, readonly string[]>

/** What each package brings along; of the project's own, what it brings along for others. */
export function dependenciesOf({ edges }: Pick<Inventory, 'edges'>): Dependencies {
  const below = new Map<string, string[]>()
  for (const { from, to, kind } of edges) {
    if (kind !== 'dev') addTo(below, from, to)
  }
  return below
}

/** How a place is reached: by what, and whether that leads there itself. */
export interface Reached<From> {
  at: From
  direct: boolean
}

/** The first start by which each place is reached; those that are starts themselves before what they bring along. */
export function reachFrom<From>(
  starts: readonly (readonly [string, From])[],
  below: Dependencies,
): ReadonlyMap<string, Reached<From>> {
  const reached = new Map<string, Reached<From>>()
  for (const [location, at] of starts) if (!reached.has(location)) reached.set(location, { at, direct: true })
  // A map is walked through in the order in which it grows.
  for (const [location, { at }] of reached) {
    for (const to of below.get(location) ?? []) if (!reached.has(to)) reached.set(to, { at, direct: false })
  }
  return reached
}

/** The project's own packages, by location with `''` for the root. */
export function ownLocations(instances: readonly PackageInstance[]): ReadonlySet<string> {
  return new Set(
    instances.flatMap(({ location, source }) =>
      source === 'root' || source === 'workspace' ? [location] : [],
    ),
  )
}
