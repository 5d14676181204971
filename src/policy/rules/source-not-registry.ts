/** Rule: a package that does not come from a registry. */
import type { Finding } from '#model/finding'
import type { SourceType } from '#model/inventory'
import { raise } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** Where the policy says what to do; a bundled package came inside a tarball that the registry vouches for. */
const KEYS: Partial<Record<SourceType, 'git' | 'url' | 'file'>> = {
  git: 'git',
  url: 'url',
  file: 'file',
  link: 'file',
}

/** A package that no registry vouches for, as strictly as the policy says for its source. */
export function notFromRegistry({ facts, policy }: Case): Finding[] {
  const key = KEYS[facts.source]
  if (key === undefined) return []
  return raise('source-not-registry', policy.sources[key], {
    ...about(facts, facts.source),
    message: `${facts.id} comes from a ${facts.source} dependency: only its installed copy was heard`,
    fix: 'Use a published version, if there is one.',
  })
}
