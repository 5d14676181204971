/** Entries of the policy and its baseline that end soon: what they let through today will be a finding then. */
import { identityKey } from '#model/baseline'
import type { LapsingEntry } from '#model/audit'
import type { Finding } from '#model/finding'
import type { Policy } from '#model/policy'
import { identityOf, identityText } from './baseline.ts'

/** How far ahead is looked, in days. */
const WITHIN_DAYS = 30
const DAY_MS = 86_400_000

/**
 * Those that end within 30 days, the day itself included, sorted by day and subject; what has ended already is a finding.
 * `findings` say what an entry of the baseline is about. `now` is epoch milliseconds.
 */
export function lapsingEntries(
  { licenses, advisories, baseline }: Pick<Policy, 'licenses' | 'advisories' | 'baseline'>,
  findings: readonly Finding[],
  now: number,
): LapsingEntry[] {
  const said = new Map<string, string>()
  for (const finding of findings) {
    const identity = finding.known && identityOf(finding)
    if (identity) said.set(identityKey(identity), finding.message)
  }
  const all: LapsingEntry[] = licenses.exceptions.map(({ package: { text }, expires, reason, owner }) => ({
    kind: 'exception' as const,
    subject: text,
    expires,
    daysLeft: daysUntil(expires, now),
    reason,
    owner,
  }))
  for (const { id, package: spec, expires, reason } of advisories.ignore) {
    const subject = spec === undefined ? id : `${id} for ${spec.text}`
    all.push({ kind: 'advisory', subject, expires, daysLeft: daysUntil(expires, now), reason })
  }
  for (const entry of baseline.entries) {
    if (entry.expires === undefined) continue
    const subject = said.get(identityKey(entry)) ?? identityText(entry)
    const { expires, reason } = entry
    all.push({ kind: 'baseline', subject, expires, daysLeft: daysUntil(expires, now), reason })
  }
  return all
    .filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= WITHIN_DAYS)
    .toSorted((a, b) => compare(a.expires, b.expires) || compare(a.subject, b.subject))
}

/** Whole days from today in UTC; negative for a day that is over. */
function daysUntil(day: string, now: number): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS) - Math.floor(now / DAY_MS)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
