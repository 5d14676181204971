/** What `depgate baseline` says: which findings are accepted now, which could be, and which never can. */
import type { BaselineEntry, KnownIdentity } from '#model/baseline'
import type { Finding } from '#model/finding'
import { count } from '#reporters/coverage'
import { display } from '#reporters/display'

/** Lines of a list that are shown; the file has all of them. */
const SHOWN = 12

/** What was written into a file, entry by entry, and what it means. */
export function writtenText(file: string, entries: readonly BaselineEntry[], dryRun: boolean): string {
  const heading = dryRun
    ? `Nothing is written (--dry-run). ${file} would accept:`
    : `Written to ${file}: ${count(entries.length, 'finding')}, accepted for now:`
  return `${heading}\n${listed(entries)}\nThis changes what the policy lets through: have it reviewed, and committed with the policy.\n`
}

/** One line an entry. */
export function listed(entries: readonly KnownIdentity[]): string {
  const lines = entries
    .slice(0, SHOWN)
    .map(
      ({ rule, package: name, license, subject }) =>
        `  ${[rule, display(name ?? ''), display(license ?? subject ?? '', 120)].filter((part) => part !== '').join('  ')}`,
    )
  if (entries.length > SHOWN) lines.push(`  and ${entries.length - SHOWN} more`)
  return `${lines.join('\n')}\n`
}

/** New findings, each with the words that mean it. */
export function howToAdd(
  knowable: readonly { identity: KnownIdentity; findings: readonly Pick<Finding, 'fingerprint'>[] }[],
): string {
  if (knowable.length === 0) return ''
  const lines = knowable
    .slice(0, SHOWN)
    .map(
      ({ identity: { rule, package: name }, findings: [first] }) =>
        `  depgate baseline --add ${name === undefined ? (first?.fingerprint.slice(0, 12) ?? '') : `${rule}:${display(name)}`} --reason "…" --expires <date>`,
    )
  if (knowable.length > SHOWN) lines.push(`  and ${knowable.length - SHOWN} more`)
  return `New, so the run fails; better than to accept one is to fix it, or an exception with an owner:\n${lines.join('\n')}\n`
}

/** Denials that no baseline may know. */
export function notKnowable(others: readonly Finding[]): string {
  if (others.length === 0) return ''
  const lines = others.slice(0, SHOWN).map(({ rule, message }) => `  ${rule}  ${display(message, 200)}`)
  if (others.length > SHOWN) lines.push(`  and ${others.length - SHOWN} more`)
  return `No baseline can know these, so the run goes on failing until they are dealt with:\n${lines.join('\n')}\n`
}
