/** Holds findings against a baseline: which are known, which entries know nothing any more, and what a new one adds. */
import { identityKey, isKnowable, KNOWABLE } from '#model/baseline'
import type { BaselineEntry, KnownIdentity } from '#model/baseline'
import type { Finding } from '#model/finding'
import type { PackageReport } from '#model/run-report'
import { isLapsed } from './grounds.ts'
import { worstVerdict } from './verdict.ts'

/** Findings after a baseline was asked, and the indexes of its entries that mean one of them, lapsed ones too. */
export interface KnownFindings {
  findings: Finding[]
  matched: ReadonlySet<number>
}

/** What names a finding to a baseline; undefined for one that no baseline may know, doubt of any kind among them. */
export function identityOf(finding: Finding): KnownIdentity | undefined {
  const { rule, package: id, license, subject, verdict } = finding
  if (verdict === 'incomplete' || !isKnowable(rule)) return undefined
  if (KNOWABLE[rule] === 'subject') {
    // The name of a package that somebody declares: there is no version in it.
    return subject === undefined ? undefined : { rule, ...(id !== undefined && { package: id }), subject }
  }
  if (id === undefined) return undefined
  const name = nameOf(id)
  if (KNOWABLE[rule] === 'package') return { rule, package: name }
  return license === undefined ? undefined : { rule, package: name, license }
}

/**
 * Marks the findings that the entries know. A denial becomes a warning with `known`; a finding whose entry has lapsed
 * stays what it is and says so. `now` in epoch milliseconds.
 */
export function applyBaseline(
  findings: readonly Finding[],
  entries: readonly BaselineEntry[],
  now: number,
): KnownFindings {
  if (entries.length === 0) return { findings: [...findings], matched: new Set() }
  const byKey = new Map(entries.map((entry, index) => [identityKey(entry), index]))
  const matched = new Set<number>()
  const marked = findings.map((finding) => {
    const identity = identityOf(finding)
    const index = identity && byKey.get(identityKey(identity))
    const entry = index === undefined ? undefined : entries[index]
    if (index === undefined || entry === undefined) return finding
    matched.add(index)
    return mark(finding, entry, now)
  })
  return { findings: marked, matched }
}

function mark(finding: Finding, entry: BaselineEntry, now: number): Finding {
  const { since, reason, expires } = entry
  if (expires !== undefined && isLapsed({ expires }, now)) {
    return { ...finding, message: `${finding.message}; the baseline knew this until ${expires}` }
  }
  return {
    ...finding,
    severity: 'warn',
    verdict: 'pass',
    known: { since, reason, ...(expires !== undefined && { expires }) },
  }
}

/**
 * A package's report once the baseline was asked: it passes where everything that was said against it is known.
 * `findings` are all that name the package, marked.
 */
export function withKnown(entry: PackageReport, findings: readonly Finding[]): PackageReport {
  if (entry.verdict === 'pass' || !findings.some(({ known }) => known !== undefined)) return entry
  // Without a finding that says so, only a package that nobody has judged is incomplete, and that is never known.
  if (entry.verdict === 'incomplete') return entry
  const verdict = worstVerdict(findings)
  return verdict === undefined ? { ...entry, verdict: 'pass', known: true } : { ...entry, verdict }
}

/** An entry that lets more through than before. */
export interface BaselineGrowth<Entry extends BaselineEntry = BaselineEntry> {
  type: 'added' | 'loosened'
  entry: Entry
  /** One sentence. */
  message: string
}

/** What a changed baseline accepts that the one before did not: new entries, and dates that were moved or dropped. */
export function baselineGrowth<Entry extends BaselineEntry>(
  before: readonly BaselineEntry[],
  after: readonly Entry[],
): BaselineGrowth<Entry>[] {
  const old = new Map(before.map((entry) => [identityKey(entry), entry]))
  return after.flatMap((entry): BaselineGrowth<Entry>[] => {
    const was = old.get(identityKey(entry))
    const what = identityText(entry)
    if (was === undefined) {
      return [{ type: 'added', entry, message: `the baseline accepts ${what}, which it did not before` }]
    }
    if (was.expires === undefined || (entry.expires !== undefined && entry.expires <= was.expires)) return []
    const until = entry.expires === undefined ? 'without an end' : `until ${entry.expires}`
    const message = `the baseline accepts ${what} ${until} instead of until ${was.expires}`
    return [{ type: 'loosened', entry, message }]
  })
}

/** `license-not-allowed of foo (AGPL-3.0-only)`. */
export function identityText({ rule, package: name, license, subject }: KnownIdentity): string {
  const more = license ?? subject
  return `${rule}${name === undefined ? '' : ` of ${name}`}${more === undefined ? '' : ` (${more})`}`
}

function nameOf(id: string): string {
  const at = id.lastIndexOf('@')
  return at > 0 ? id.slice(0, at) : id
}
