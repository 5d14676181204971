/** Rule: a licence that the policy does not allow. */
import { licensesToAllow, suggestFix } from '../exception-snippet.ts'
import type { MatchingException } from '../grounds.ts'
import { deny } from '../make-finding.ts'
import { about, exceptionNotes } from '../package-case.ts'
import type { Case, WeighedLicense } from '../package-case.ts'

/** A licence that the policy does not allow, with the leaf that decided and the exception that would help. */
export function notAllowed(
  { facts, grounds, place }: Case,
  refused: WeighedLicense,
  lapsed: MatchingException[],
) {
  const { license, weighing } = refused
  const leaves = weighing.leaves.filter((leaf) => !leaf.allowed).map((leaf) => leaf.leaf)
  const [only] = leaves
  const what = license === only ? 'which' : leaves.join(' and ')
  const verb = license === only || leaves.length === 1 ? 'is' : 'are'
  return deny('license-not-allowed', 'violation', {
    ...about(facts, license),
    license,
    message: `${facts.id} is ${license}${license === only ? ', ' : '; '}${what} ${verb} ${grounds.refused}${exceptionNotes(grounds, lapsed, license)}`,
    fix: suggestFix(facts, licensesToAllow([refused.expression], grounds), place),
    details: weighing.leaves.length > 1 ? weighing.leaves.map(({ leaf, why }) => `${leaf}: ${why}`) : [],
  })
}
