/** Reads the ranges of an OSV record: events in any order become intervals of versions. */
import compare from 'semver/functions/compare.js'
import parse from 'semver/functions/parse.js'
import { own } from './advisory.ts'
import type { Interval } from './advisory.ts'

type Kind = 'introduced' | 'fixed' | 'last_affected'

interface Event {
  kind: Kind
  /** Undefined for the beginning of all versions. */
  version: string | undefined
}

/** What ends something goes before what begins it at the same version: that version counts as affected. */
const ORDER: Record<Kind, number> = { fixed: 0, last_affected: 1, introduced: 2 }

/** The intervals of one range's `events`; undefined if they cannot be read. */
export function intervalsOf(events: unknown): Interval[] | undefined {
  if (!Array.isArray(events)) return undefined
  const read = events.map(eventOf)
  if (read.includes(undefined)) return undefined
  const sorted = read
    .filter((event) => event !== undefined && event !== 'limit')
    .toSorted((a, b) => compareVersions(a.version, b.version) || ORDER[a.kind] - ORDER[b.kind])
  const intervals: Interval[] = []
  let open: Interval | undefined
  for (const { kind, version } of sorted) {
    if (kind === 'introduced') open ??= version === undefined ? {} : { from: version }
    else if (open !== undefined && version !== undefined) {
      intervals.push(kind === 'fixed' ? { ...open, below: version } : { ...open, upTo: version })
      open = undefined
    }
  }
  return open === undefined ? intervals : [...intervals, open]
}

/** One event; `limit` is about commits only. */
function eventOf(value: unknown): Event | 'limit' | undefined {
  for (const kind of ['introduced', 'fixed', 'last_affected'] as const) {
    const said = own(value, kind)
    if (said === undefined) continue
    if (said === '0' && kind === 'introduced') return { kind, version: undefined }
    const version = versionOf(said)
    return version === undefined ? undefined : { kind, version }
  }
  return own(value, 'limit') === undefined ? undefined : 'limit'
}

/** A version; some records leave zeros at the end away. */
function versionOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const padded = /^\d+$/.test(value) ? `${value}.0.0` : /^\d+\.\d+$/.test(value) ? `${value}.0` : value
  return parse(padded)?.version
}

function compareVersions(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  return compare(a, b)
}
