/** Rule: a registry package whose integrity the lockfile does not name, or only by a weak hash. */
import type { Finding } from '#model/finding'
import { raise } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

const STRONG = /(?:^|\s)sha(?:256|384|512)-/

/** A finding for a lockfile entry without integrity, else for one whose only hash is broken. */
export function integrityUnnamed({ facts, policy }: Case): Finding[] {
  if (facts.source !== 'registry') return []
  const { missing, lockfile } = facts.integrity
  const weak = lockfile.some((integrity) => !STRONG.test(integrity))
  if (missing !== true && !weak) return []
  return raise('integrity-missing', policy.sources.integrity, {
    ...about(facts, missing === true ? 'none' : 'weak'),
    message:
      missing === true
        ? `${facts.id} has no integrity in the lockfile`
        : `${facts.id} has only a weak integrity in the lockfile: SHA-1 can be forged`,
    fix: 'Remove its entry from the lockfile and run npm install: npm writes a strong integrity.',
  })
}
