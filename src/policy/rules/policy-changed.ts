/** Rule: what judges is changed together with what is judged. */
import type { PolicyChange } from '#model/change'
import type { Finding } from '#model/finding'
import { deny, warn } from '../make-finding.ts'

/** One change of the policy; `isAllowed`: somebody who may has looked at it. */
export function policyChanged({ file, message }: PolicyChange, isAllowed: boolean): Finding {
  const matter = {
    subject: `${file}\n${message}`,
    message: `${file}: ${message}`,
    location: { file },
  }
  if (isAllowed) return warn('policy-changed', matter)
  return deny('policy-changed', 'violation', {
    ...matter,
    fix:
      'Have a policy owner look at it, who lets it pass with --allow-policy-change. ' +
      `So that nobody has to remember, name them in CODEOWNERS: /${file} @your-policy-owners`,
  })
}
