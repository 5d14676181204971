/** Rule: the file behind a clarification is not the one that was read. */
import type { Finding } from '#model/finding'
import type { Clarification } from '#model/policy'
import { deny } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** A clarification whose file is not the one that was read. */
export function staleClarification(
  { facts }: Case,
  { clarification, because }: { clarification: Clarification; because: string },
): Finding {
  const { license, location } = clarification
  const files = clarification.files.map(({ file }) => file).join(', ')
  return deny('clarification-stale', 'unknown', {
    ...about(facts, `${files}\n${clarification.package.text}`),
    location,
    message: `${facts.id} is not covered by the clarification for "${clarification.package.text}": ${because}`,
    fix: `Read ${files} again; if it still means ${license}, put the new sha256 into the clarification, else remove it.`,
  })
}
