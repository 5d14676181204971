/** Rule: a clarification of the policy matches nothing. */
import type { Finding } from '#model/finding'
import type { Clarification } from '#model/policy'
import { warn } from '../make-finding.ts'
import { entrySubject } from '../policy-entry.ts'

/** A clarification that means no package of the tree. */
export function unusedClarification({ package: spec, files, location }: Clarification): Finding {
  return warn('clarification-unused', {
    subject: entrySubject(
      spec.text,
      files.flatMap(({ file, sha256 }) => [file, sha256]),
    ),
    message: `the clarification for "${spec.text}" matches no package`,
    fix: 'Remove it.',
    location,
  })
}
