/** Rule: a package from a registry that the policy does not name. */
import type { Finding } from '#model/finding'
import { deny } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** A finding if `sources.registries` names registries and not the one of this package. */
export function fromOtherRegistry({ facts, policy, place }: Case): Finding[] {
  const { registries } = policy.sources
  if (facts.registry === undefined || registries.length === 0) return []
  const { base, names } = facts.registry
  if (registries.some((named) => names.includes(named) || addressOf(named) === base)) return []
  return [
    deny('source-registry', 'violation', {
      ...about(facts, base),
      message: `${facts.id} comes from the registry ${base}, which sources.registries does not name`,
      fix: `Use a package of a registry that is named, or add "${base}" to sources.registries in ${place.file}.`,
    }),
  ]
}

/** An address as the base of a registry is written: no login, query or fragment, and a slash at the end. */
function addressOf(named: string): string | undefined {
  if (!URL.canParse(named)) return undefined
  const { origin, pathname } = new URL(named)
  return `${origin}${pathname.endsWith('/') ? pathname : `${pathname}/`}`
}
