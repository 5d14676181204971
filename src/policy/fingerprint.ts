/** Names a finding so that it can be recognised in another run. */
import { createHash } from 'node:crypto'
import type { RuleId } from '#model/finding'

/** First 32 hex characters of a sha256 over rule, package and subject; messages, paths and times stay out of it. */
export function fingerprint(rule: RuleId, packageId: string | undefined, subject: string): string {
  const identity = JSON.stringify([rule, packageId ?? null, subject])
  return createHash('sha256').update(identity).digest('hex').slice(0, 32)
}
