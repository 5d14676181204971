/** Rule: an ignored advisory of the policy has passed its date. */
import type { Finding } from '#model/finding'
import type { IgnoredAdvisory } from '#model/policy'
import { warn } from '../make-finding.ts'
import { entrySubject } from '../policy-entry.ts'

/** An entry that has passed its date; what it ignored is told by a finding of its own. */
export function lapsedIgnore(
  { id, package: spec, expires, location }: IgnoredAdvisory,
  isNeeded: boolean,
): Finding {
  return warn('advisory-ignore-lapsed', {
    subject: entrySubject(id, spec === undefined ? [] : [spec.text]),
    message: `the entry that ignores ${id} lapsed on ${expires}`,
    fix: isNeeded
      ? 'Look again whether it can be reached, and give the entry a new date or remove it.'
      : 'Remove it: nothing needs it in this run.',
    location,
  })
}
