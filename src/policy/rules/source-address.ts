/** Rule: the lockfile fetches a package from elsewhere than its registry, or without TLS. */
import type { Finding } from '#model/finding'
import { raise } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** One finding for each origin that is not that of the package's registry. */
export function fetchedElsewhere({ facts, policy }: Case): Finding[] {
  const { strayOrigins = [], location } = facts
  const lockfile = location?.file ?? 'the lockfile'
  return strayOrigins.flatMap((origin) =>
    raise('source-address', policy.sources.addresses, {
      ...about(facts, origin),
      message:
        origin === ''
          ? `${facts.id} has an address in ${lockfile} that cannot be read`
          : `${facts.id} is fetched from ${origin} by ${lockfile}, which is not its registry`,
      fix: `Remove its "resolved" from ${lockfile} and run npm install; if the address is right, name that registry in your own npmrc.`,
    }),
  )
}
