/** Rule: a version that its author advises against. */
import type { Finding } from '#model/finding'
import { raise } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** Longest part of the author's words in a message. */
const MAX_WORDS = 200

/** A finding if the registry's manifest says so, with the author's words and the day on which they were obtained. */
export function deprecated({ facts, policy }: Case): Finding[] {
  if (facts.deprecated === undefined) return []
  const { text, at } = facts.deprecated
  const words = text.replaceAll(/\s+/g, ' ').trim()
  const shown = words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words
  return raise('package-deprecated', policy.packages.deprecated, {
    ...about(facts, 'deprecated'),
    message: `${facts.id} is deprecated (as of ${at.slice(0, 10)}): ${shown}`,
    fix: 'Update to a version that is not deprecated, or replace the package as its author says.',
  })
}
