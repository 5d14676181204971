/** On which grounds a package may be used: the lists of its kinds, and the exceptions made for it. */
import { createAllowSet } from '#license/allow-set'
import type { AllowSet } from '#license/allow-set'
import { evaluate } from '#license/evaluate'
import { printLeaf } from '#license/expression'
import type { Expression } from '#license/expression'
import type { LeafDecision } from '#model/claim'
import { matchesSpec } from '#model/package-spec'
import type { Exception, Policy } from '#model/policy'
import { createAllowLists } from './allow-lists.ts'
import type { CountingLists } from './allow-lists.ts'
import type { ReadLicense } from './hearing.ts'
import type { PackageFacts } from './package-facts.ts'

/** An exception that means a certain package. */
export interface MatchingException {
  /** Index in the policy's list. */
  index: number
  exception: Exception
  allow: AllowSet
}

/** What decides which lists and exceptions count for a package. */
export type GroundsFor = Pick<PackageFacts, 'name' | 'version' | 'kinds' | 'workspaces' | 'use'>

/** What counts for one package. */
export interface Grounds extends CountingLists {
  active: MatchingException[]
  lapsed: MatchingException[]
  /**
   * What was weighed on these grounds before: most packages share grounds and licence, and a reader gives the same
   * expression for the same licence. Not by its print: a text that serves several ids is named by one of them.
   */
  known: Map<Expression, Weighing>
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
export function createGrounds(policy: Policy, now: number): (facts: GroundsFor) => Grounds {
  const listsOf = createAllowLists(policy.licenses)
  // Packages that share their lists share what was weighed on them.
  const plain = new Map<CountingLists, Grounds>()
  const known = policy.licenses.exceptions.map((exception, index) => ({
    index,
    exception,
    allow: createAllowSet(exception.allow, `exception "${exception.package.text}"`),
    lapsed: isLapsed(exception, now),
  }))
  return (facts) => {
    const counting = listsOf(facts)
    const grounds = plain.get(counting) ?? { ...counting, active: [], lapsed: [], known: new Map() }
    plain.set(counting, grounds)
    const matching = known.filter((entry) => matchesSpec(entry.exception.package, facts.name, facts.version))
    if (matching.length === 0) return grounds
    return {
      ...grounds,
      active: matching.filter((entry) => !entry.lapsed),
      lapsed: matching.filter((entry) => entry.lapsed),
      known: new Map(),
    }
  }
}

/** Weighs a licence, with exceptions only where the lists do not suffice. */
export function weigh({ expression }: Pick<ReadLicense, 'expression'>, grounds: Grounds): Weighing {
  const before = grounds.known.get(expression)
  if (before !== undefined) return before
  const weighing = weighAnew(expression, grounds)
  grounds.known.set(expression, weighing)
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

/**
 * The exceptions with which an expression passes by a licence of somebody's own (`LicenseRef-*`), or none if it is made of
 * nothing else: such a licence has a text that nobody else knows. Undefined where it does not pass so. One more licence in a
 * list never takes such a way away.
 */
export function restingOnOwn(
  expression: Expression,
  { lists, active, refused }: Grounds,
): MatchingException[] | undefined {
  const sets = [...lists, ...active.map((entry) => entry.allow)]
  const { leaves, covering } = evaluate(expression, sets, refused)
  if (leaves.every(({ leaf }) => isOwn(leaf))) return []
  const allowed = new Set(leaves.filter((leaf) => leaf.allowed).map(({ leaf }) => leaf))
  if (wayThrough(expression, allowed) !== 'own') return undefined
  return active.filter((entry) => covering.has(entry.allow))
}

/** Whether allowed leaves satisfy an expression, and whether they can do so with a licence of somebody's own among them. */
function wayThrough(expression: Expression, allowed: ReadonlySet<string>): 'own' | 'plain' | undefined {
  if (expression.type === 'leaf') {
    const leaf = printLeaf(expression)
    if (!allowed.has(leaf)) return undefined
    return isOwn(leaf) ? 'own' : 'plain'
  }
  const ways = expression.parts.map((part) => wayThrough(part, allowed))
  if (expression.type === 'and' && ways.includes(undefined)) return undefined
  return ways.find((way) => way === 'own') ?? ways.find((way) => way === 'plain')
}

function isOwn(leaf: string): boolean {
  return leaf.includes('LicenseRef-')
}

/** Whether an expression would be allowed if nothing of the package shipped. */
export function isAllowedUnshipped(
  expression: Expression,
  { lists, active, withheld, refused }: Grounds,
): boolean {
  if (withheld === undefined) return false
  return evaluate(expression, [...lists, withheld, ...active.map((entry) => entry.allow)], refused).allowed
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
