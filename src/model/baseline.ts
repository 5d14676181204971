/** The baseline: findings that are accepted for now, each named by what stays the same over versions and runs. */
import type { Location, RuleId } from './finding.ts'

/** Raised whenever a reader of older baselines would misread a newer one. */
export const BASELINE_SCHEMA_VERSION = 1

/**
 * The rules whose findings a baseline may know, and what names such a finding besides its rule: package and licence, the
 * package alone, or the subject, which says whose imports are meant. All other rules are about evidence, origin or the policy itself: there a name does not hold still.
 */
export const KNOWABLE = {
  'license-not-allowed': 'license',
  'license-by-use': 'license',
  'license-unknown': 'license',
  'license-conflict': 'license',
  'license-text-unknown': 'license',
  'bundled-license-not-allowed': 'license',
  'license-text-missing': 'package',
  'package-deprecated': 'package',
  'package-duplicate': 'package',
  'import-undeclared': 'subject',
  'import-unresolved': 'subject',
  'import-cycle': 'subject',
  'import-banned': 'subject',
  'layer-breached': 'subject',
  'dev-in-production': 'subject',
  'production-could-be-dev': 'subject',
  'type-only-in-production': 'subject',
  'dependency-unused': 'subject',
  'dependency-misplaced': 'subject',
} as const satisfies Partial<Record<RuleId, 'license' | 'package' | 'subject'>>

/** The id of a rule whose findings may be known. */
export type KnowableRule = keyof typeof KNOWABLE

/** The ids of those rules. */
export const KNOWABLE_RULES: readonly KnowableRule[] = Object.keys(KNOWABLE).filter(isKnowable)

/** Whether a baseline may know findings of a rule. */
export function isKnowable(rule: string): rule is KnowableRule {
  return Object.hasOwn(KNOWABLE, rule)
}

/** What a finding is, whatever the version and the run. */
export interface KnownIdentity {
  rule: KnowableRule
  /** Name of the package, without its version; absent only where a subject names the finding. */
  package?: string
  /** The licence that is objected to, as {@link Finding.license} has it; absent where the package alone names it. */
  license?: string
  /** As {@link Finding.subject} has it; absent where package and licence name it. */
  subject?: string
}

/** One accepted finding. */
export interface BaselineEntry extends KnownIdentity {
  /** The day on which it was accepted, `YYYY-MM-DD`. */
  since: string
  reason: string
  /** Last day on which it holds, `YYYY-MM-DD`, in UTC; absent for as long as the finding stays. */
  expires?: string
}

/** An entry and where it stands. */
export type PlacedEntry = BaselineEntry & { location: Location }

/** One text for each identity, with which entries are found and sorted: by package, then rule, then licence or subject. */
export function identityKey({ rule, package: name = '', license, subject }: KnownIdentity): string {
  return `${name}\n${rule}\n${license ?? ''}${subject === undefined ? '' : `\n${subject}`}`
}

/** Entries in the order of the file. */
export function sortEntries<Entry extends KnownIdentity>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => {
    const [left, right] = [identityKey(a), identityKey(b)]
    return left === right ? 0 : left < right ? -1 : 1
  })
}
