/** Rule: no licence could be established although every witness was heard. */
import type { Claim } from '#model/claim'
import type { Finding } from '#model/finding'
import type { Failure } from '#model/outcome'
import { suggestFix } from '../exception-snippet.ts'
import { UNLICENSED } from '../grounds.ts'
import type { MatchingException } from '../grounds.ts'
import type { Hearing } from '../hearing.ts'
import { deny } from '../make-finding.ts'
import { about, clarifyFix, exceptionNotes, isUnlicensed } from '../package-case.ts'
import type { Case } from '../package-case.ts'
import { inOneText, lastingWords, muteSaying, sayings } from '../sayings.ts'
import type { TextStatement } from '../text-hearing.ts'

/** Every witness was heard, and no licence follows from what they said. */
export function unknownLicense(
  { facts, grounds, place }: Case,
  { mute, said }: Pick<Hearing, 'mute' | 'said'>,
  lapsed: MatchingException[],
  texts: readonly TextStatement[] = [],
): Finding {
  const parts = [
    ...said.map(({ witness, license }) => ({ sayer: witness, text: license })),
    ...mute.map((claim) => ({ sayer: claim.witness, text: muteSaying(claim) })),
    ...texts.map(({ file, license }) => ({ sayer: file, text: license })),
  ]
  const proprietary = said.length === 0 && isUnlicensed(mute)
  return deny('license-unknown', 'unknown', {
    ...about(facts, [...new Set(mute.map(({ reason }) => reason ?? ''))].toSorted().join('\n')),
    license: inOneText([
      ...[...said, ...texts].map((statement) => statement.license),
      ...[...mute, ...facts.claims.filter(isUnreadText)].map((claim) => lastingWords(claim)),
    ]),
    message: `${facts.id} has no licence that could be established: ${sayings(parts)}${exceptionNotes(grounds, lapsed, proprietary ? UNLICENSED : undefined)}`,
    fix: proprietary ? suggestFix(facts, [UNLICENSED], place) : clarifyFix(facts, place),
  })
}

/** A file that speaks for the package and that nobody could read: once it changes, somebody has to look again. */
function isUnreadText({ witness, text, license }: Claim): boolean {
  return witness === 'text' && text?.role === 'package' && license === undefined
}

/** The registry has no such version, so nobody vouches for what is installed. */
export function notInRegistry({ facts, place }: Case, failure: Failure): Finding {
  return deny('license-unknown', 'unknown', {
    ...about(facts, 'not-found'),
    message: `${facts.id} has no licence that could be established: the registry does not know this version`,
    fix: `Check that the package comes from the registry that you use (${failure.message}). ${clarifyFix(facts, place)}`,
  })
}
