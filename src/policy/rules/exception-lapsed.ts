/** Rule: an exception of the policy has passed its date. */
import type { Finding } from '#model/finding'
import type { Exception } from '#model/policy'
import type { MatchingException } from '../grounds.ts'
import { deny, warn } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'
import { entrySubject } from '../policy-entry.ts'

/** An exception that would have helped, had it not passed its date. */
export function lapsedException(
  { facts }: Case,
  { exception }: MatchingException,
  verdict: 'violation' | 'unknown',
): Finding {
  return deny('exception-lapsed', verdict, {
    ...about(facts, exception.package.text),
    location: exception.location,
    message: `${facts.id} needs the exception for "${exception.package.text}", which lapsed on ${exception.expires}`,
    fix: `Ask ${exception.owner} whether it still holds, and give it a new date or remove it.`,
  })
}

/** An exception that has passed its date, and that no package of the run needed. */
export function lapsedUnneeded({ package: spec, allow, expires, location }: Exception): Finding {
  return warn('exception-lapsed', {
    subject: entrySubject(spec.text, allow),
    message: `the exception for "${spec.text}" lapsed on ${expires}`,
    fix: 'Remove it: nothing needs it in this run.',
    location,
  })
}
