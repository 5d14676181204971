/** Rule: a package that does not come from a registry. */
import type { Finding } from '#model/finding'
import { warn } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** A package that no registry vouches for. */
export function notFromRegistry({ facts }: Case): Finding {
  return warn('source-not-registry', {
    ...about(facts, facts.source),
    message: `${facts.id} comes from a ${facts.source} dependency: only its installed copy was heard`,
    fix: 'Use a published version, if there is one.',
  })
}
