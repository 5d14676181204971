/** Makes the entries of a baseline out of the findings of a run. */
import { identityKey, sortEntries } from '#model/baseline'
import type { BaselineEntry, KnownIdentity } from '#model/baseline'
import type { Finding } from '#model/finding'
import { identityOf } from './baseline.ts'

/** What a person says about entries. */
export interface Acceptance {
  /** Today, `YYYY-MM-DD`. */
  since: string
  reason: string
  expires?: string
}

/** Denials that a baseline could know, each identity once, and those that none can. */
export function sortDenials(findings: readonly Finding[]): {
  knowable: { identity: KnownIdentity; findings: Finding[] }[]
  others: Finding[]
} {
  const byKey = new Map<string, { identity: KnownIdentity; findings: Finding[] }>()
  const others: Finding[] = []
  for (const finding of findings) {
    if (finding.severity !== 'deny') continue
    const identity = identityOf(finding)
    if (identity === undefined) {
      others.push(finding)
      continue
    }
    const key = identityKey(identity)
    const same = byKey.get(key)
    if (same === undefined) byKey.set(key, { identity, findings: [finding] })
    else same.findings.push(finding)
  }
  return { knowable: [...byKey.values()], others }
}

/** Entries for some findings. */
export function entriesFor(
  identities: readonly KnownIdentity[],
  { since, reason, expires }: Acceptance,
): BaselineEntry[] {
  return identities.map((identity) => ({
    ...identity,
    since,
    reason,
    ...(expires !== undefined && { expires }),
  }))
}

/** The entries with others put in; one of the same identity is replaced. */
export function withEntries(
  entries: readonly BaselineEntry[],
  added: readonly BaselineEntry[],
): BaselineEntry[] {
  const keys = new Set(added.map((entry) => identityKey(entry)))
  return sortEntries([...entries.filter((entry) => !keys.has(identityKey(entry))), ...added])
}

/**
 * Whether somebody who writes `rule:package`, or the beginning of a fingerprint (at least 6 characters), means one of
 * these findings.
 */
export function isMeant(
  wanted: string,
  { identity, findings }: { identity: KnownIdentity; findings: readonly Finding[] },
): boolean {
  if (wanted === `${identity.rule}:${identity.package ?? identity.subject ?? ''}`) return true
  return /^[0-9a-f]{6,32}$/.test(wanted) && findings.some(({ fingerprint }) => fingerprint.startsWith(wanted))
}
