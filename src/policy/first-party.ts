/** Which packages a policy counts as the company's own. */
import { matchesSpec } from '#model/package-spec'
import type { Policy } from '#model/policy'

/**
 * Whether an entry of `firstParty` means this package and `ownRegistry` confirms that trusted configuration sends its
 * name to a registry of its own: without that a stranger could publish under the same name.
 */
export function isFirstParty(
  policy: Pick<Policy, 'firstParty'>,
  name: string,
  version: string,
  ownRegistry: (name: string) => boolean,
): boolean {
  return policy.firstParty.some((entry) => matchesSpec(entry.package, name, version)) && ownRegistry(name)
}
