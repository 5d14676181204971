/** Rule: a package that the policy bans. */
import valid from 'semver/functions/valid.js'
import type { Finding } from '#model/finding'
import { matchesSpec } from '#model/package-spec'
import type { Ban } from '#model/policy'
import { broughtInBy } from '../exception-snippet.ts'
import { deny } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** One finding for each ban that means the package. */
export function banned({ facts, policy, place }: Case): Finding[] {
  return policy.packages.ban.flatMap((ban) => {
    const { package: spec, reason, use, location } = ban
    const comparable = isComparable(ban, facts.version)
    if (comparable && !matchesSpec(spec, facts.name, facts.version)) return []
    if (!comparable && !matchesSpec({ ...spec, range: '*' }, facts.name, facts.version)) return []
    const instead = use === undefined ? 'Remove what brings it in.' : `Use ${use} instead.`
    const matter = {
      ...about(facts, spec.text),
      fix: `${instead} ${broughtInBy(facts)}. The ban is in packages.ban of ${place.file}${location.line === undefined ? '' : `:${location.line}`}.`,
    }
    return comparable
      ? deny('package-banned', 'violation', { ...matter, message: `${facts.id} is banned: ${reason}` })
      : deny('package-banned', 'incomplete', {
          ...matter,
          message: `${facts.id} has a version that cannot be compared with the banned range of "${spec.text}": ${reason}`,
        })
  })
}

/** A range says nothing of a version that is none, and what cannot be compared is no pass. */
function isComparable({ package: { range } }: Ban, version: string): boolean {
  return range === '*' || valid(version) !== null
}
