/** Which allow lists count for a package: the general one, and those of the ways and the workspaces that reach it. */
import { createAllowSet } from '#license/allow-set'
import type { AllowSet } from '#license/allow-set'
import type { DependencyKind } from '#model/inventory'
import type { Policy } from '#model/policy'
import type { PackageFacts } from './package-facts.ts'

/** The lists that count for a package. */
export interface CountingLists {
  lists: AllowSet[]
  /** Why a licence outside of them is refused, as a clause that names each of them. */
  refused: string
  /** The list for what does not ship, where there is one and the package may ship. */
  withheld?: AllowSet
}

/** A list of a scope or of a workspace, with its key in the policy. */
interface NamedList {
  key: string
  entries: readonly string[]
  set: AllowSet
}

/** The scope whose list counts for a kind: a peer is there in production. */
export function scopeOfKind(kind: DependencyKind): keyof Policy['licenses']['scopes'] {
  return kind === 'peer' ? 'production' : kind
}

/** Reads the lists once. Packages that are reached in the same ways get the same object. */
export function createAllowLists({
  allow,
  scopes,
  notShipped,
  workspaces,
}: Pick<Policy['licenses'], 'allow' | 'scopes' | 'notShipped' | 'workspaces'>): (
  facts: Pick<PackageFacts, 'kinds' | 'workspaces' | 'use'>,
) => CountingLists {
  const general = createAllowSet(allow, 'in licenses.allow')
  const ofScope = new Map(
    Object.entries(scopes).map(([scope, entries]) => [
      scope,
      namedList(`licenses.scopes.${scope}.allow`, entries),
    ]),
  )
  const ofWorkspace = new Map(
    workspaces.map(({ workspace, allow: entries }) => [
      workspace,
      namedList(`licenses.workspaces[${JSON.stringify(workspace)}].allow`, entries),
    ]),
  )
  const unshipped = notShipped && namedList('licenses.scopes.notShipped.allow', notShipped)
  const known = new Map<string, CountingLists>()
  return (facts) => {
    const ways = [...new Set(facts.kinds.map(scopeOfKind))]
    const places = [...new Set(facts.workspaces)].filter(() => ofWorkspace.size > 0)
    // Nobody who has not looked may say that something does not ship.
    const mayShip = facts.use?.shipped !== false
    const key = JSON.stringify([ways, places, mayShip])
    const before = known.get(key)
    if (before !== undefined) return before
    const more = [
      every(ways.map((way) => ofScope.get(way))),
      every(places.map((place) => ofWorkspace.get(place))),
      every(mayShip ? [] : [unshipped]),
    ].filter((list) => list !== undefined)
    const lists: CountingLists = {
      ...(mayShip && unshipped && { withheld: unshipped.set }),
      lists: [general, ...more.map(({ set }) => set)],
      refused: `not in ${['licenses.allow', ...more.map(({ key: name }) => name)].join(' or ')}`,
    }
    known.set(key, lists)
    return lists
  }
}

function namedList(key: string, entries: readonly string[]): NamedList {
  return { key, entries, set: createAllowSet(entries, `in ${key}`) }
}

/**
 * What all of some lists allow; undefined where one of them is missing or empty, or there are none. A licence is chosen
 * once for a package, so it must be allowed in every way that reaches it.
 */
function every(lists: readonly (NamedList | undefined)[]): Pick<NamedList, 'key' | 'set'> | undefined {
  const present = lists.filter((list) => list !== undefined && list.entries.length > 0)
  const [first] = present
  if (first === undefined || present.length < lists.length) return undefined
  if (present.length === 1) return first
  const sets = present.flatMap((list) => list?.set ?? [])
  const key = present.map((list) => list?.key).join(' and ')
  return {
    key,
    set: {
      label: `in ${key}`,
      cover: (leaf) => {
        const covers = sets.map((set) => set.cover(leaf))
        return covers.includes(undefined) ? undefined : covers[0]
      },
    },
  }
}
