/** On which grounds a package may be used: the lists of its kinds, and the exceptions made for it. */
import { createAllowSet } from '#license/allow-set'
import type { AllowSet } from '#license/allow-set'
import { evaluate } from '#license/evaluate'
import type { Expression } from '#license/expression'
import type { LeafDecision } from '#model/claim'
import { matchesSpec } from '#model/package-spec'
import type { Exception, Policy } from '#model/policy'
import type { ReadLicense } from './hearing.ts'
import type { PackageFacts } from './package-facts.ts'

/** An exception that means a certain package. */
export interface MatchingException {
  /** Index in the policy's list. */
  index: number
  exception: Exception
  allow: AllowSet
}

/** What counts for one package. */
export interface Grounds {
  lists: AllowSet[]
  /** Why a licence outside the lists is refused, as a clause. */
  refused: string
  active: MatchingException[]
  lapsed: MatchingException[]
  /** What was weighed on these grounds before, by printed licence: most packages share grounds and licence. */
  known: Map<string, Weighing>
}

/** An expression weighed on certain grounds. */
export interface Weighing {
  allowed: boolean
  leaves: LeafDecision[]
  /** The exceptions it needed. */
  needed: MatchingException[]
}

/** The word that an exception may allow although it is no licence. */
export const UNLICENSED = 'UNLICENSED'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Whether an exception has passed its date: it holds through that day in UTC. */
export function isLapsed({ expires }: Pick<Exception, 'expires'>, now: number): boolean {
  return !DAY.test(expires) || new Date(now).toISOString().slice(0, 10) > expires
}

/** Reads a policy's lists once; gives the grounds of each package. */
export function createGrounds(policy: Policy, now: number): (facts: PackageFacts) => Grounds {
  const { allow, scopes, exceptions } = policy.licenses
  const general = createAllowSet(allow, 'in licenses.allow')
  const development = createAllowSet(scopes.dev, 'in licenses.scopes.dev.allow')
  const known = exceptions.map((exception, index) => ({
    index,
    exception,
    allow: createAllowSet(exception.allow, `exception "${exception.package.text}"`),
    lapsed: isLapsed(exception, now),
  }))
  const anyKind = listsOnly([general], 'not in licenses.allow')
  const devOnly = listsOnly([general, development], 'not in licenses.allow or licenses.scopes.dev.allow')
  return ({ name, version, kinds }) => {
    // The development list only adds: a package that is reached in any other way too must pass without it.
    const grounds = kinds.length > 0 && kinds.every((kind) => kind === 'dev') ? devOnly : anyKind
    const matching = known.filter((entry) => matchesSpec(entry.exception.package, name, version))
    if (matching.length === 0) return grounds
    return {
      ...grounds,
      active: matching.filter((entry) => !entry.lapsed),
      lapsed: matching.filter((entry) => entry.lapsed),
      known: new Map(),
    }
  }
}

function listsOnly(lists: AllowSet[], refused: string): Grounds {
  return { lists, refused, active: [], lapsed: [], known: new Map() }
}

/** Weighs a licence, with exceptions only where the lists do not suffice. */
export function weigh({ license, expression }: ReadLicense, grounds: Grounds): Weighing {
  const before = grounds.known.get(license)
  if (before !== undefined) return before
  const weighing = weighAnew(expression, grounds)
  grounds.known.set(license, weighing)
  return weighing
}

function weighAnew(expression: Expression, grounds: Grounds): Weighing {
  const plain = evaluate(expression, grounds.lists, grounds.refused)
  if (plain.allowed || grounds.active.length === 0) {
    return { allowed: plain.allowed, leaves: plain.leaves, needed: [] }
  }
  const sets = [...grounds.lists, ...grounds.active.map((entry) => entry.allow)]
  const { allowed, leaves, covering } = evaluate(expression, sets, grounds.refused)
  return { allowed, leaves, needed: grounds.active.filter((entry) => covering.has(entry.allow)) }
}

/** The lapsed exceptions with which a refused expression would still pass. */
export function lapsedFor(expression: Expression, grounds: Grounds): MatchingException[] {
  const exceptions = [...grounds.active, ...grounds.lapsed].map((entry) => entry.allow)
  const { allowed, covering } = evaluate(expression, [...grounds.lists, ...exceptions], grounds.refused)
  return allowed ? grounds.lapsed.filter((entry) => covering.has(entry.allow)) : []
}

/** Those of some exceptions that allow UNLICENSED. */
export function allowingUnlicensed(exceptions: readonly MatchingException[]): MatchingException[] {
  return exceptions.filter(({ exception }) => exception.allow.includes(UNLICENSED))
}
