/** Looks ahead for one installed package: which of its later releases carry another licence, and what else is coming. */
import SemVer from 'semver/classes/semver.js'
import parse from 'semver/functions/parse.js'
import { RELEASE_STEPS } from '#model/audit'
import type { ForecastEntry, LaterRelease } from '#model/audit'
import type { ForecastRules } from '#model/policy'
import type { Release, Releases } from '#model/release'
import type { PackageReport } from '#model/run-report'
import type { Outlook } from '#policy/outlook'
import { statementsOf } from '#policy/weigh-release'
import type { WeighedRelease } from '#policy/weigh-release'
import { releaseSteps } from './release-steps.ts'
import { safeRange } from './safe-range.ts'

/** Longest words of a manifest that are shown. */
const MAX_RAW_LENGTH = 200

/** An installed package with all that looking ahead rests on. */
export interface ForecastCase {
  package: PackageReport
  /** The ranges and tags by which it is asked for, in all places where it lies. */
  specs: readonly string[]
  releases: Releases
  /** What a release declares, and whether the policy would allow it for this package. */
  weigh: (release: Release) => WeighedRelease
  rules: Pick<ForecastRules, 'silentAfterMs'>
  /** Epoch milliseconds. */
  now: number
}

interface Weighed {
  at: SemVer
  release: Release
  weighed: WeighedRelease
}

/**
 * Whether a list of releases can be believed: one that says nothing of the licence that the manifest of the installed
 * version has is not the list of all that releases declare.
 */
export function isBelievable({ package: { version, claims }, releases, weigh }: ForecastCase): boolean {
  const installed = releases.list.find((release) => release.version === version)
  if (installed === undefined || !weigh(installed).absent) return true
  return !claims.some(({ witness, license }) => witness === 'registry' && license !== undefined)
}

/** What is coming; undefined where there is nothing to say. */
export function forecastPackage(about: ForecastCase): Outlook | undefined {
  const { package: found, releases, weigh } = about
  const { version } = found
  const installed = releases.list.find((release) => release.version === version)
  const from = parse(version)
  // A lockfile may hold what is no version; nothing comes after it.
  if (from === null) return undefined
  const later = releases.list
    .map((release) => ({ release, at: new SemVer(release.version) }))
    .filter(({ at }) => at.compare(from) > 0)
    .toSorted((a, b) => a.at.compare(b.at) || a.at.compareBuild(b.at))
    .map(({ at, release }): Weighed => ({ at, release, weighed: weigh(release) }))
  const newest = later.at(-1)
  const { relicensed, lasting } = relicensing(about, installed, later)
  const silentSince = silence(about)
  const newestLacks = newest === undefined ? [] : losses(about, installed, newest)
  if (relicensed.steps.length === 0 && silentSince === undefined && newestLacks.length === 0) return undefined
  const [first] = relicensed.steps.length > 0 ? relicensed.versions : []
  const range = first === undefined ? undefined : safeRange(version, relicensed.versions)
  const entry: ForecastEntry = {
    package: found.id,
    license: found.license,
    relicensed: relicensed.steps,
    ...(first !== undefined && { firstRelicensed: first }),
    ...(range !== undefined && { safeRange: range }),
    ...(silentSince !== undefined && { silentSince: new Date(silentSince).toISOString() }),
    newestLacks,
  }
  const { id, name, paths } = found
  return {
    package: { id, name, version, paths },
    entry,
    newest: newest?.release.version ?? version,
    lasting,
  }
}

/** All later versions with another licence in their order, and those of them that a step leads to. */
function relicensing(
  { package: found, specs, releases, weigh }: ForecastCase,
  installed: Release | undefined,
  later: readonly Weighed[],
): { relicensed: { versions: string[]; steps: LaterRelease[] }; lasting: boolean } {
  // What the installed version declares is no change either, where a person or a text has said what it means.
  const same = statementsOf([...(found.license === null ? [] : [found.license]), ...statedLicenses(found)])
  if (installed !== undefined) same.add(weigh(installed).statement)
  if (same.size === 0) return { relicensed: { versions: [], steps: [] }, lasting: false }
  const changed = later.filter(({ weighed }) => !same.has(weighed.statement))
  const steps = releaseSteps(found.version, specs, {
    later: later.map(({ at }) => at),
    tags: releases.tags,
  })
  const led = changed.flatMap(({ release, weighed }): LaterRelease[] => {
    const leading = RELEASE_STEPS.filter((step) => steps.get(step) === release.version)
    return leading.length === 0 ? [] : [laterRelease(release, weighed, leading)]
  })
  const first = changed[0]
  const since = first === undefined ? [] : later.slice(later.indexOf(first))
  return {
    relicensed: { versions: changed.map(({ release }) => release.version), steps: led },
    lasting: new Set(since.map(({ weighed }) => weighed.statement)).size === 1,
  }
}

/** Licences of witnesses that differ are both known already. */
function statedLicenses({ conclusion, claims }: PackageReport): string[] {
  if (conclusion !== 'conflict') return []
  return claims.flatMap(({ witness, license }) =>
    witness !== 'lockfile' && license !== undefined ? [license] : [],
  )
}

function laterRelease(
  { version, license: field, publishedAt, deprecated }: Release,
  { license, absent, allowed }: WeighedRelease,
  steps: LaterRelease['steps'],
): LaterRelease {
  return {
    steps,
    version,
    license,
    ...(license === null && !absent && { raw: shownWords(field.license ?? field.licenses) }),
    ...(publishedAt !== undefined && { publishedAt: new Date(publishedAt).toISOString() }),
    allowed,
    ...(deprecated && { deprecated: true }),
  }
}

function shownWords(raw: unknown): string {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '')
  return text.length > MAX_RAW_LENGTH ? `${text.slice(0, MAX_RAW_LENGTH)}…` : text
}

/** Since when there was no release, if that is too long; nothing where the time of any of them is not known. */
function silence({ releases, rules, now }: ForecastCase): number | undefined {
  const times = releases.list.flatMap(({ publishedAt }) => publishedAt ?? [])
  if (times.length === 0 || times.length < releases.list.length) return undefined
  const latest = times.reduce((a, b) => Math.max(a, b))
  return now - latest > rules.silentAfterMs ? latest : undefined
}

/** What the newest release does not say any more. */
function losses(
  { weigh }: ForecastCase,
  installed: Release | undefined,
  { release, weighed }: Weighed,
): ForecastEntry['newestLacks'] {
  if (installed === undefined) return []
  const lost: ForecastEntry['newestLacks'] = []
  if (installed.repository && !release.repository) lost.push('repository')
  if (weighed.absent && !weigh(installed).absent) lost.push('license')
  return lost
}
