/** Rule: an exception of the policy matches nothing. */
import type { Finding } from '#model/finding'
import type { Exception } from '#model/policy'
import { warn } from '../make-finding.ts'
import { entrySubject } from '../policy-entry.ts'

/** An exception without which every package gets the same verdict. */
export function unusedException({ package: spec, allow, location }: Exception): Finding {
  return warn('exception-unused', {
    subject: entrySubject(spec.text, allow),
    message: `the exception for "${spec.text}" is not needed by any package`,
    fix: 'Remove it.',
    location,
  })
}
