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

/** A test for whether a release belongs to a cover; versions are those of semver. */
export function coverTest({ since, preReleases }: ReleaseCover): (version: string) => boolean {
  const from = parse(since)
  return (version) => {
    const at = parse(version)
    return (
      at !== null && from !== null && at.compare(from) >= 0 && (preReleases || at.prerelease.length === 0)
    )
  }
}

/** Whether a version comes before the release that it is named after. */
function isPreRelease(version: string): boolean {
  return (parse(version)?.prerelease.length ?? 0) > 0
}
