/** Which releases of a package matter to whoever has some versions of it: those and the later ones that count. */
import compare from 'semver/functions/compare.js'
import parse from 'semver/functions/parse.js'

/** From which version on releases matter, and whether pre-releases do. */
export interface ReleaseCover {
  since: string
  preReleases: boolean
}

/** The cover for installed versions: pre-releases count where one is installed. Undefined where semver knows none of them. */
export function coverOf(installed: readonly string[]): ReleaseCover | undefined {
  const known = installed.filter((version) => parse(version) !== null)
  const [since] = known.toSorted(compare)
  return since === undefined ? undefined : { since, preReleases: known.some(isPreRelease) }
}

/** Whether what one cover holds is enough for another. */
export function covers(one: ReleaseCover, other: ReleaseCover): boolean {
  return compare(one.since, other.since) <= 0 && (one.preReleases || !other.preReleases)
}

/** Whether a release belongs to a cover. */
export function isCovered(version: string, { since, preReleases }: ReleaseCover): boolean {
  return compare(version, since) >= 0 && (preReleases || !isPreRelease(version))
}

/** Whether a version comes before the release that it is named after. */
export function isPreRelease(version: string): boolean {
  return (parse(version)?.prerelease.length ?? 0) > 0
}
