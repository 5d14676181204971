/** Finds the releases that an update of an installed version leads to: within the ranges, the major version, at all. */
import Range from 'semver/classes/range.js'
import type SemVer from 'semver/classes/semver.js'
import major from 'semver/functions/major.js'
import validRange from 'semver/ranges/valid.js'
import type { ReleaseStep } from '#model/audit'
import type { Releases } from '#model/release'

/** Longest spec worth comparing with every version; real ones are a tenth of it. */
const MAX_SPEC_LENGTH = 256

/**
 * The later version that each step leads to; absent where it leads nowhere. `specs` are all that ask for the package,
 * `later` the versions after the installed one in the order of semver.
 */
export function releaseSteps(
  installed: string,
  specs: readonly string[],
  { later, tags }: { later: readonly SemVer[]; tags: Releases['tags'] },
): Map<ReleaseStep, string> {
  const from = major(installed)
  const accepted = specs.map((spec) => acceptedBy(spec, tags))
  const inRange = (version: SemVer): boolean =>
    accepted.length > 0 && accepted.every((accepts) => accepts(version))
  const steps: [ReleaseStep, SemVer | undefined][] = [
    ['range', later.findLast(inRange)],
    ['minor', later.findLast((version) => version.major === from)],
    ['major', later.at(-1)],
  ]
  return new Map(steps.flatMap(([step, version]) => (version === undefined ? [] : [[step, version.raw]])))
}

/** What npm would take for a spec: what is in a range, or what a tag names. */
function acceptedBy(spec: string, tags: Releases['tags']): (version: SemVer) => boolean {
  if (spec.length > MAX_SPEC_LENGTH) return () => false
  if (validRange(spec) === null) return ({ raw }) => raw === tags.get(spec)
  const range = new Range(spec)
  return (version) => range.test(version)
}
