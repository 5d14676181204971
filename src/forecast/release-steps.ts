/** Finds the releases that an update of an installed version leads to: within the ranges, the major version, at all. */
import major from 'semver/functions/major.js'
import satisfies from 'semver/functions/satisfies.js'
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
  { later, tags }: { later: readonly string[]; tags: Releases['tags'] },
): Map<ReleaseStep, string> {
  const accepted = specs.map((spec) => acceptedBy(spec, tags))
  const inRange = (version: string): boolean =>
    accepted.length > 0 && accepted.every((accepts) => accepts(version))
  const steps: [ReleaseStep, string | undefined][] = [
    ['range', later.findLast(inRange)],
    ['minor', later.findLast((version) => major(version) === major(installed))],
    ['major', later.at(-1)],
  ]
  return new Map(steps.filter((step): step is [ReleaseStep, string] => step[1] !== undefined))
}

/** What npm would take for a spec: what is in a range, or what a tag names. */
function acceptedBy(spec: string, tags: Releases['tags']): (version: string) => boolean {
  if (spec.length > MAX_SPEC_LENGTH) return () => false
  if (validRange(spec) === null) return (version) => version === tags.get(spec)
  return (version) => satisfies(version, spec)
}
