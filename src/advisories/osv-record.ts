/** Reads one record of OSV's database, as far as it is about the packages of a run. */
import type { AdvisorySeverity } from '#model/audit'
import { addTo } from '#model/lists-by-key'
import { addressOf, idsIn, isAdvisoryId, own, severityOf, titleOf } from './advisory.ts'
import type { Advisory, Affected } from './advisory.ts'
import { baseScore, severityOfScore } from './cvss.ts'
import { intervalsOf } from './osv-events.ts'

/** More than any record has; what has more is not read. */
const MAX_AFFECTED = 20_000
const MAX_EVENTS = 5000
const MAX_VERSIONS = 50_000
/** Types of ranges that are about versions. */
const VERSION_RANGES: ReadonlySet<unknown> = new Set(['SEMVER', 'ECOSYSTEM'])

/** What came of a record. */
export interface OsvRecord {
  /** When it was last changed, epoch milliseconds; undefined where it does not say. */
  modified?: number
  /** Whether it is about any npm package. */
  npm: boolean
  advisories: Advisory[]
  /** Why nothing or not all of it could be read. */
  problem?: {
    /** Its id as far as it has one. */
    id: string | undefined
    /** The packages of the run that it is about; undefined if nobody can say. */
    names: string[] | undefined
  }
}

/** Reads a record; `wanted` are the names of the run's packages, `now` is in epoch milliseconds. */
export function readOsvRecord(record: unknown, wanted: ReadonlySet<string>, now: number): OsvRecord {
  const id = own(record, 'id')
  const changed = timeOf(own(record, 'modified'))
  const modified = changed !== undefined && changed <= now ? { modified: changed } : {}
  const entries = own(record, 'affected') ?? []
  if (!isAdvisoryId(id) || !Array.isArray(entries) || entries.length > MAX_AFFECTED) {
    const problem = { id: isAdvisoryId(id) ? id : undefined, names: undefined }
    return { ...modified, npm: false, advisories: [], problem }
  }
  const packages = entries.filter((entry) => own(own(entry, 'package'), 'ecosystem') === 'npm')
  const npm = packages.length > 0
  const withdrawn = timeOf(own(record, 'withdrawn'))
  if (withdrawn !== undefined && withdrawn <= now) return { ...modified, npm, advisories: [] }

  const byName = new Map<string, unknown[]>()
  for (const entry of packages) {
    const name = own(own(entry, 'package'), 'name')
    if (typeof name !== 'string' || !wanted.has(name)) continue
    addTo(byName, name, entry)
  }
  const advisories: Advisory[] = []
  const unread: string[] = []
  for (const [name, about] of byName) {
    const affected = affectedOf(about)
    if (affected === undefined) unread.push(name)
    else advisories.push(advisoryOf(record, { id, name, about, affected }))
  }
  return { ...modified, npm, advisories, ...(unread.length > 0 && { problem: { id, names: unread } }) }
}

function advisoryOf(
  record: unknown,
  { id, name, about, affected }: { id: string; name: string; about: unknown[]; affected: Affected },
): Advisory {
  const url = referenceOf(own(record, 'references'))
  return {
    id,
    aliases: idsIn(own(record, 'aliases'), id),
    name,
    title: titleOf(own(record, 'summary')) || titleOf(own(record, 'details')),
    severity: severityIn(record, about),
    affected,
    ...(url !== undefined && { url }),
    source: 'osv',
  }
}

/** What all entries of one package affect together; undefined if any of it cannot be read. */
function affectedOf(entries: readonly unknown[]): Affected | undefined {
  const affected: Affected = { intervals: [], versions: [] }
  let events = 0
  for (const entry of entries) {
    const versions = own(entry, 'versions') ?? []
    const ranges = own(entry, 'ranges') ?? []
    if (!Array.isArray(versions) || !versions.every((version) => typeof version === 'string'))
      return undefined
    if (!Array.isArray(ranges) || ranges.length > MAX_EVENTS) return undefined
    const counting = ranges.filter((range) => VERSION_RANGES.has(own(range, 'type')))
    // Commits alone say nothing of a version.
    if (counting.length === 0 && versions.length === 0) return undefined
    for (const range of counting) {
      const said = own(range, 'events')
      events += Array.isArray(said) ? said.length : 0
      const intervals = events > MAX_EVENTS ? undefined : intervalsOf(said)
      if (intervals === undefined) return undefined
      affected.intervals.push(...intervals)
    }
    // Asked before, because a call takes only so many arguments.
    if (affected.versions.length + versions.length > MAX_VERSIONS) return undefined
    affected.versions.push(...versions)
  }
  return affected
}

/** What the database says after somebody has looked, else the worst of the vectors that can be reckoned with. */
function severityIn(record: unknown, about: readonly unknown[]): AdvisorySeverity | null {
  const said = severityOf(own(own(record, 'database_specific'), 'severity'))
  if (said !== null) return said
  const scores = [record, ...about].flatMap((holder) => {
    const vectors = own(holder, 'severity')
    return (Array.isArray(vectors) ? vectors.slice(0, 20) : []).flatMap((vector) => {
      const score = own(vector, 'score')
      return (typeof score === 'string' ? baseScore(score) : undefined) ?? []
    })
  })
  return scores.length === 0 ? null : severityOfScore(scores.reduce((a, b) => Math.max(a, b)))
}

/** The page of the advisory itself, else the first page there is. */
function referenceOf(references: unknown): string | undefined {
  const known: unknown[] = Array.isArray(references) ? references.slice(0, 100) : []
  const pages = known.filter((reference) => own(reference, 'type') === 'ADVISORY')
  return [...pages, ...known]
    .map((reference) => addressOf(own(reference, 'url')))
    .find((url) => url !== undefined)
}

/** Epoch milliseconds of an RFC 3339 time; undefined for anything else. */
function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]{5,20}(?:Z|[+-]\d\d:\d\d)$/.test(value))
    return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}
