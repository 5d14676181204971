/** Says whether a version is affected, by semver precedence, and writes what is affected as a range. */
import compare from 'semver/functions/compare.js'
import parse from 'semver/functions/parse.js'
import satisfies from 'semver/functions/satisfies.js'
import Range from 'semver/classes/range.js'
import type SemVer from 'semver/classes/semver.js'
import type { Affected, Interval } from './advisory.ts'

/** Longest npm range that is read: semver takes seconds for one of 100 KB. */
export const MAX_RANGE = 4096
/** Longest range that is written. */
const MAX_WRITTEN = 1000
/** How npm reads ranges of advisories. */
const AS_NPM = { includePrerelease: true, loose: true }

/** Whether a version is affected. */
export function isAffected({ intervals, versions, range }: Affected, version: string): boolean {
  if (versions.includes(version)) return true
  if (range !== undefined && satisfies(version, range, AS_NPM)) return true
  return parse(version) !== null && intervals.some((interval) => isIn(interval, version))
}

/** Whether a version is in an interval. Both must be versions. */
function isIn({ from, below, upTo }: Interval, version: string): boolean {
  return (
    (from === undefined || compare(version, from) >= 0) &&
    (below === undefined || compare(version, below) < 0) &&
    (upTo === undefined || compare(version, upTo) <= 0)
  )
}

/** What is affected as an npm range; of a very long one the part that holds for a version. */
export function rangeText({ intervals, versions, range }: Affected, version: string): string {
  const whole = [...intervals.map(intervalText), ...versions, ...(range === undefined ? [] : [range])].join(
    ' || ',
  )
  if (whole.length <= MAX_WRITTEN) return whole
  if (versions.includes(version)) return version
  const one = intervals.find((interval) => isIn(interval, version))
  return one === undefined ? version : intervalText(one)
}

function intervalText({ from, below, upTo }: Interval): string {
  const parts = [
    ...(from === undefined ? [] : [`>=${from}`]),
    ...(below === undefined ? [] : [`<${below}`]),
    ...(upTo === undefined ? [] : [`<=${upTo}`]),
  ]
  return parts.length === 0 ? '*' : parts.join(' ')
}

/** Versions at which something that is affected ends: each may be one that is not. */
export function endsOf({ intervals, range }: Affected): string[] {
  const ends = intervals.flatMap(({ below }) => (below === undefined ? [] : [below]))
  if (range === undefined) return ends
  const comparators = new Range(range, AS_NPM).set.flat()
  return [
    ...ends,
    ...comparators.flatMap(({ operator, semver }) => (operator === '<' ? [semver.version] : [])),
  ]
}

/** Whether a text is an npm range that can be read in no time. */
export function isReadableRange(text: string): boolean {
  if (text.trim() === '' || text.length > MAX_RANGE) return false
  try {
    return new Range(text, AS_NPM).set.length > 0
  } catch {
    return false
  }
}

/** The lowest of some versions after `version` that nothing affects; pre-releases are no fix. */
export function lowestUnaffected(
  affected: readonly Affected[],
  version: string,
  candidates: readonly string[],
): string | undefined {
  const later = candidates
    .flatMap((candidate) => parse(candidate) ?? [])
    .filter((candidate) => candidate.prerelease.length === 0 && candidate.compare(version) > 0)
    .toSorted(compare)
  const isInInterval = sweep(affected.flatMap(({ intervals }) => intervals))
  const others = affected.map(({ versions, range }) => ({ versions: new Set(versions), range }))
  return later.find(
    (candidate) =>
      !isInInterval(candidate) &&
      !others.some(
        ({ versions, range }) =>
          versions.has(candidate.version) || (range !== undefined && satisfies(candidate, range, AS_NPM)),
      ),
  )?.version
}

/** Says of versions, asked in ascending order, whether they are in any interval: there may be thousands of both. */
function sweep(intervals: readonly Interval[]): (version: SemVer) => boolean {
  const ascending = intervals
    .map(({ from, below, upTo }) => ({
      from: from === undefined ? undefined : parse(from),
      end: parse(below ?? upTo),
      // What has no end goes on; what ends with a version has it in it.
      isOpen: below === undefined && upTo === undefined,
      least: below === undefined ? 0 : 1,
    }))
    .toSorted((a, b) =>
      a.from && b.from ? compare(a.from, b.from) : Number(Boolean(a.from)) - Number(Boolean(b.from)),
    )
  let at = 0
  let reach: { end: SemVer; least: number } | 'open' | undefined
  return (version) => {
    for (let next = ascending[at]; next !== undefined; next = ascending[++at]) {
      if (next.from && next.from.compare(version) > 0) break
      if (next.isOpen) reach = 'open'
      else if (reach !== 'open' && next.end !== null && isFurther(next, reach))
        reach = { end: next.end, least: next.least }
    }
    if (reach === undefined || reach === 'open') return reach === 'open'
    return reach.end.compare(version) >= reach.least
  }
}

function isFurther(
  { end, least }: { end: SemVer | null; least: number },
  reach: { end: SemVer; least: number } | undefined,
): boolean {
  if (end === null || reach === undefined) return end !== null
  const order = end.compare(reach.end)
  return order > 0 || (order === 0 && least < reach.least)
}
