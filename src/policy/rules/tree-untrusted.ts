/** Rule: lockfile, disk and npm do not agree on what is installed. */
import type { Finding } from '#model/finding'
import type { Failure } from '#model/outcome'
import { deny } from '../make-finding.ts'

/** The finding that no tree can be trusted. */
export function untrustedTree(failure: Failure): Finding {
  const { code, message, fix, details } = failure
  return deny('tree-untrusted', 'incomplete', { subject: code, message, fix, details })
}
