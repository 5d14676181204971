/** Plans what `fetch` asks for: never more than lockfile, declared ranges and the tag `latest` name. */
import gt from 'semver/functions/gt.js'
import maxSatisfying from 'semver/ranges/max-satisfying.js'
import validRange from 'semver/ranges/valid.js'
import type { DirectDependency } from '#collectors/collect'
import { isExactVersion, isPackageName, packageId } from '#model/package-id'
import type { Offer } from '#registry/packument-versions'
import { compareText } from './packages.ts'
import type { PackageGroup } from './packages.ts'

/** One version to ask for. */
export interface AheadVersion {
  name: string
  version: string
}

/** The first of a list, and how many are beyond them. */
export interface Bounded<T> {
  wanted: T[]
  beyond: number
}

/** Those that a registry answers for, by name or by the name of the package that carries them. */
export function askedGroups(groups: readonly PackageGroup[]): PackageGroup[] {
  return groups.filter(({ source }) => source === 'registry' || source === 'bundled')
}

/** A name whose versions have to be listed, with what is declared of it. */
export interface LookUp {
  name: string
  /** Distinct, at most {@link MAX_SPECS}. */
  dependencies: DirectDependency[]
}

/** What the versions of one name mean for whoever depends on it. */
export interface Upgrades {
  /** The newest version in each declared range. */
  inRange: AheadVersion[]
  /** The version tagged `latest`, where it is newer than what is locked. */
  latest: AheadVersion[]
}

/** Most ranges of one name that are compared with its versions, of which there can be tens of thousands. */
const MAX_SPECS = 8

/** In how many of the kept runs each name has moved. */
export type Moves = ReadonlyMap<string, number>

/** In fewer of the kept runs it may have been chance. */
const OFTEN = 2

/** What is locked of packages that nobody declares and that have moved often, as if each caret of them were declared. */
export function restless(
  groups: readonly Pick<PackageGroup, 'name' | 'version' | 'source'>[],
  direct: readonly DirectDependency[],
  moves: Moves,
): DirectDependency[] {
  const declared = new Set(direct.map(({ name }) => name))
  return groups
    .filter(
      ({ name, source }) => source === 'registry' && !declared.has(name) && (moves.get(name) ?? 0) >= OFTEN,
    )
    .map(({ name, version }) => ({ name, version, spec: `^${version}` }))
}

/** The names to look up, at most so many: those that have moved in most runs first, then by name. */
export function lookUps(
  direct: readonly DirectDependency[],
  most: number,
  moves: Moves = new Map(),
): Bounded<LookUp> {
  const byName = new Map<string, Map<string, DirectDependency>>()
  for (const dependency of direct) {
    if (!isPackageName(dependency.name)) continue
    const known = byName.get(dependency.name) ?? new Map<string, DirectDependency>()
    byName.set(dependency.name, known)
    if (known.size < MAX_SPECS) known.set(`${dependency.version} ${dependency.spec}`, dependency)
  }
  const all = [...byName].toSorted(([a], [b]) => byMoves(moves, a, b) || compareText(a, b))
  return bounded(
    all.map(([name, dependencies]) => ({ name, dependencies: [...dependencies.values()] })),
    most,
  )
}

/** What an upgrade of one name would bring. */
export function upgradesOf({ name, dependencies }: LookUp, offer: Offer): Upgrades {
  const found = (pick: (dependency: DirectDependency, offer: Offer) => string | undefined): AheadVersion[] =>
    dependencies.flatMap((dependency) => {
      const version = pick(dependency, offer)
      return version === undefined ? [] : [{ name, version }]
    })
  return { inRange: found(newestInRange), latest: found(newerLatest) }
}

/**
 * All upgrades once, sorted, without what is `locked` (ids). Where not all can be had, those in range go first, and of
 * them those that have moved in most runs.
 */
export function selectAhead(
  upgrades: readonly Upgrades[],
  locked: ReadonlySet<string>,
  most: number,
  moves: Moves = new Map(),
): Bounded<AheadVersion> {
  const known = new Set(locked)
  const isNew = ({ name, version }: AheadVersion): boolean => {
    const id = packageId(name, version)
    if (known.has(id)) return false
    known.add(id)
    return true
  }
  const first = (a: AheadVersion, b: AheadVersion): number => byMoves(moves, a.name, b.name) || byId(a, b)
  const inRange = upgrades.flatMap((each) => each.inRange).filter(isNew)
  const latest = upgrades.flatMap((each) => each.latest).filter(isNew)
  const { wanted, beyond } = bounded([...inRange.toSorted(first), ...latest.toSorted(first)], most)
  return { wanted: wanted.toSorted(byId), beyond }
}

/** A spec that is no range is a tag. */
function newestInRange({ spec }: DirectDependency, { versions, tags }: Offer): string | undefined {
  if (validRange(spec) === null) return tags.get(spec)
  return maxSatisfying([...versions], spec) ?? undefined
}

function newerLatest({ version }: DirectDependency, { tags }: Offer): string | undefined {
  const latest = tags.get('latest')
  return latest !== undefined && isExactVersion(version) && isNewer(latest, version) ? latest : undefined
}

/** Some texts look like versions and are none to semver, such as those with leading zeros. */
function isNewer(version: string, than: string): boolean {
  try {
    return gt(version, than)
  } catch {
    return false
  }
}

function byMoves(moves: Moves, a: string, b: string): number {
  return (moves.get(b) ?? 0) - (moves.get(a) ?? 0)
}

function byId(a: AheadVersion, b: AheadVersion): number {
  return compareText(packageId(a.name, a.version), packageId(b.name, b.version))
}

function bounded<T>(all: T[], most: number): Bounded<T> {
  return { wanted: all.slice(0, most), beyond: Math.max(0, all.length - most) }
}
