/** Compares two trees package by package: what is new, gone, in another version, or the same with something else about it. */
import compareBuild from 'semver/functions/compare-build.js'
import valid from 'semver/functions/valid.js'
import type { ChangedAspect, ChangeType } from '#model/change'
import { addTo } from '#model/lists-by-key'
import { packageId } from '#model/package-id'
import { compareText } from './packages.ts'
import type { PackageGroup } from './packages.ts'

/** One package on both sides of a change; at least one of them is there. */
export interface GroupChange {
  type: ChangeType
  name: string
  before?: PackageGroup
  after?: PackageGroup
  /** Sorted; the licence is not among them, because a lockfile knows none, and the use only if whoever asks tells it. */
  differs: ChangedAspect[]
}

/** What is to be known of a package beyond the lockfiles. */
export interface BeyondLockfiles {
  /** Whether it ships now and did not before. */
  beganToShip?: ((before: PackageGroup, after: PackageGroup) => boolean) | undefined
  /** Whether its files say something else of its licence than before. */
  saysOther?: (after: PackageGroup) => boolean
}

/**
 * What is different, sorted by name and version. Of a name in several versions those that came and went are paired,
 * highest first.
 */
export function changesBetween(
  before: readonly PackageGroup[],
  after: readonly PackageGroup[],
  { beganToShip, saysOther }: BeyondLockfiles = {},
): GroupChange[] {
  const [old, now] = [byName(before), byName(after)]
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted(compareText)
  const compare: Compare = (one, other) => {
    const differs = new Set(differences(one, other))
    if (beganToShip?.(one, other) === true) differs.add('use')
    if (saysOther?.(other) === true) differs.add('source')
    return [...differs].toSorted(compareText)
  }
  return names.flatMap((name) => changesOf(name, old.get(name) ?? [], now.get(name) ?? [], compare))
}

type Compare = (before: PackageGroup, after: PackageGroup) => ChangedAspect[]

/** Hashes that are on one side only, of an algorithm that both sides have; undefined if there are none. */
export function integrityChange(
  before: PackageGroup,
  after: PackageGroup,
): { before: string[]; after: string[] } | undefined {
  const [old, now] = [byAlgorithm(before.integrity), byAlgorithm(after.integrity)]
  for (const [algorithm, hashes] of now) {
    const known = old.get(algorithm)
    if (known !== undefined && hashes.some((hash) => !known.includes(hash)))
      return { before: known, after: hashes }
  }
  return undefined
}

function changesOf(
  name: string,
  before: readonly PackageGroup[],
  after: readonly PackageGroup[],
  differing: Compare,
): GroupChange[] {
  const gone = [...before]
  const came: PackageGroup[] = []
  const changes: GroupChange[] = []
  for (const group of after) {
    const same = gone.findIndex((other) => other.version === group.version && hasSameOrigin(other, group))
    const twin = same === -1 ? gone.findIndex(({ version }) => version === group.version) : same
    const [old] = twin === -1 ? [] : gone.splice(twin, 1)
    if (old === undefined) {
      came.push(group)
      continue
    }
    const differs = differing(old, group)
    if (differs.length > 0) changes.push({ type: 'changed', name, before: old, after: group, differs })
  }
  gone.sort(highestFirst)
  came.sort(highestFirst)
  for (const [index, group] of came.entries()) {
    const old = gone[index]
    changes.push(
      old === undefined
        ? { type: 'added', name, after: group, differs: [] }
        : { type: 'updated', name, before: old, after: group, differs: differing(old, group) },
    )
  }
  for (const group of gone.slice(came.length)) {
    changes.push({ type: 'removed', name, before: group, differs: [] })
  }
  return changes.toSorted((a, b) => compareText(versionOf(a), versionOf(b)))
}

function differences(before: PackageGroup, after: PackageGroup): ChangedAspect[] {
  const differs: ChangedAspect[] = []
  const isSameVersion = before.version === after.version
  if (isSameVersion && !isSameList(before.integrity, after.integrity)) differs.push('integrity')
  if (!isSameList(before.kinds, after.kinds)) differs.push('kinds')
  if (!hasSameOrigin(before, after)) differs.push('source')
  if (!isSameVersion) differs.push('version')
  // In another workspace another scope of the policy may judge.
  if (!isSameList(before.workspaces, after.workspaces)) differs.push('workspaces')
  return differs
}

/** Same kind of source, the same hosts that the lockfile names, the same tarballs that carry it, and in folders the same word on it. */
function hasSameOrigin(before: PackageGroup, after: PackageGroup): boolean {
  return before.source === after.source && isSameList(origins(before), origins(after))
}

function origins({ source, version, instances }: PackageGroup): string[] {
  const all = instances.map(({ addressed, resolved, carrier, declared }) => {
    // A folder of the project changes without a trace in the lockfile.
    if (source === 'link') return JSON.stringify([resolved, declared])
    // Nothing else says which bytes those are: another carrier may bring others under the same name and version.
    if (carrier !== undefined) return packageId(carrier.name, carrier.version)
    // An address outside of a registry names its version; what it is without it, the source says.
    return source === 'registry' ? (addressed ?? '') : (resolved ?? '').replaceAll(version, '')
  })
  return [...new Set(all)].toSorted(compareText)
}

function byName(groups: readonly PackageGroup[]): Map<string, PackageGroup[]> {
  const names = new Map<string, PackageGroup[]>()
  for (const group of groups) {
    const known = names.get(group.name)
    if (known === undefined) names.set(group.name, [group])
    else known.push(group)
  }
  return names
}

function byAlgorithm(hashes: readonly string[]): Map<string, string[]> {
  const algorithms = new Map<string, string[]>()
  for (const hash of hashes) {
    addTo(algorithms, hash.slice(0, Math.max(0, hash.indexOf('-'))), hash)
  }
  return algorithms
}

function highestFirst(a: PackageGroup, b: PackageGroup): number {
  if (valid(a.version) !== null && valid(b.version) !== null) return compareBuild(b.version, a.version)
  return compareText(b.version, a.version)
}

function versionOf({ before, after }: GroupChange): string {
  return (after ?? before)?.version ?? ''
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
