/** Rule: no licence could be established although every witness was heard. */
import type { Finding } from '#model/finding'
import type { Failure } from '#model/outcome'
import { suggestFix } from '../exception-snippet.ts'
import { UNLICENSED } from '../grounds.ts'
import type { MatchingException } from '../grounds.ts'
import type { Hearing, Statement } from '../hearing.ts'
import { deny } from '../make-finding.ts'
import { about, clarifyFix, exceptionNotes, isUnlicensed } from '../package-case.ts'
import type { Case } from '../package-case.ts'
import { muteSaying, sayings } from '../sayings.ts'

/** Every witness was heard, and no licence follows from what they said. */
export function unknownLicense(
  { facts, grounds, place }: Case,
  { mute, said }: Pick<Hearing, 'mute' | 'said'>,
  lapsed: MatchingException[],
): Finding {
  const parts = [
    ...said.map(({ witness, license }: Statement) => ({ witness, text: license })),
    ...mute.map((claim) => ({ witness: claim.witness, text: muteSaying(claim) })),
  ]
  const proprietary = said.length === 0 && isUnlicensed(mute)
  return deny('license-unknown', 'unknown', {
    ...about(facts, [...new Set(mute.map(({ reason }) => reason ?? ''))].toSorted().join('\n')),
    message: `${facts.id} has no licence that could be established: ${sayings(parts)}${exceptionNotes(grounds, lapsed, proprietary ? UNLICENSED : undefined)}`,
    fix: proprietary ? suggestFix(facts, [UNLICENSED], place) : clarifyFix(facts, place),
  })
}

/** The registry has no such version, so nobody vouches for what is installed. */
export function notInRegistry({ facts, place }: Case, failure: Failure): Finding {
  return deny('license-unknown', 'unknown', {
    ...about(facts, 'not-found'),
    message: `${facts.id} has no licence that could be established: the registry does not know this version`,
    fix: `Check that the package comes from the registry that you use (${failure.message}). ${clarifyFix(facts, place)}`,
  })
}
