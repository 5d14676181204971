/** Says whether a version is affected, by semver precedence, and writes what is affected as a range. */
import compare from 'semver/functions/compare.js'
import parse from 'semver/functions/parse.js'
import satisfies from 'semver/functions/satisfies.js'
import Range from 'semver/classes/range.js'
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
    .filter((candidate) => candidate.prerelease.length === 0 && compare(candidate, version) > 0)
    .toSorted(compare)
  const intervals = affected.flatMap((each) => each.intervals)
  const others = affected.map(({ versions, range }) => ({ versions: new Set(versions), range }))
  for (let at = 0; at < later.length; at++) {
    const { version: candidate = '' } = later[at] ?? {}
    const around = intervals.find((interval) => isIn(interval, candidate))
    if (around === undefined) {
      const isListed = others.some(
        ({ versions, range }) =>
          versions.has(candidate) || (range !== undefined && satisfies(candidate, range, AS_NPM)),
      )
      if (!isListed) return candidate
    } else {
      // All of an interval is skipped at once: there may be thousands of both.
      while (at + 1 < later.length && isIn(around, later[at + 1]?.version ?? '')) at++
    }
  }
  return undefined
}
