/** Rule: an ignored advisory of the policy concerns nothing. */
import type { Finding } from '#model/finding'
import type { IgnoredAdvisory } from '#model/policy'
import { warn } from '../make-finding.ts'
import { entrySubject } from '../policy-entry.ts'

/** An entry without which the run would find the same. */
export function unusedIgnore({ id, package: spec, location }: IgnoredAdvisory): Finding {
  return warn('advisory-ignore-unused', {
    subject: entrySubject(id, spec === undefined ? [] : [spec.text]),
    message: `no package has the ignored advisory ${id}${spec === undefined ? '' : ` for "${spec.text}"`}`,
    fix: 'Remove it.',
    location,
  })
}
