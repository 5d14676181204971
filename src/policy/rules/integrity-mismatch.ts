/** Rule: the registry's integrity of a version is not the one in the lockfile, or cannot be compared with it. */
import type { Finding } from '#model/finding'
import { deny } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** The registry's integrity contradicts the lockfile's. */
export function integrityMismatch({ facts }: Case, integrity: string): Finding {
  return deny('integrity-mismatch', 'violation', {
    ...about(facts, 'integrity'),
    message: `${facts.id} has another integrity in the registry than in the lockfile`,
    fix: 'Find out who changed it before anything is installed: a published version never changes.',
    details: [`lockfile: ${integrity}`, ...facts.integrity.registry.map((theirs) => `registry: ${theirs}`)],
  })
}

/** The lockfile says where to fetch the package, and nothing that would tie it to the registry's. */
export function integrityMissing({ facts }: Case): Finding {
  return deny('integrity-mismatch', 'incomplete', {
    ...about(facts, 'no integrity'),
    message: `${facts.id} has an address in the lockfile, but no integrity that could be compared with the registry's`,
    fix: 'Remove its entry from the lockfile and run npm install: npm writes both.',
  })
}
