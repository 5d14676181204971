/** What is used by being there: dependencies that installed packages ask for as their peers. */
import type { Inventory, PackageInstance } from '#model/inventory'
import { ownLocations } from './tree-walk.ts'

/**
 * `location\nname`, with `.` for the root, of what an own package declares and an installed package asks for as its
 * peer; `isAsking` leaves out packages whose wishes do not matter.
 */
export function wantedPeers(
  { instances, edges }: Pick<Inventory, 'instances' | 'edges'>,
  isAsking: (instance: PackageInstance) => boolean = () => true,
): ReadonlySet<string> {
  const own = ownLocations(instances)
  const asking = new Set(instances.filter(isAsking).map(({ location }) => location))
  const wanted = new Set(
    edges.flatMap(({ from, to, kind }) =>
      kind === 'peer' && !own.has(from) && asking.has(from) ? [to] : [],
    ),
  )
  return new Set(
    edges.flatMap(({ from, to, name }) =>
      own.has(from) && wanted.has(to) ? [`${from === '' ? '.' : from}\n${name}`] : [],
    ),
  )
}
