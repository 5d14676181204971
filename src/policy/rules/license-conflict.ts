/** Rule: the witnesses name different licences. */
import type { Finding } from '#model/finding'
import { licensesToAllow, suggestFix } from '../exception-snippet.ts'
import type { MatchingException } from '../grounds.ts'
import { deny, warn } from '../make-finding.ts'
import { about, exceptionNotes } from '../package-case.ts'
import type { Case, WeighedLicense } from '../package-case.ts'
import { inOneText, sayings } from '../sayings.ts'

/** Two licences for one package: shown where each is allowed, refused where one is not. */
export function conflict(
  { facts, grounds, place }: Case,
  said: WeighedLicense[],
  lapsed: MatchingException[],
): Finding {
  const named = said.map(({ witness, file, license }) => ({ sayer: file ?? witness, text: license }))
  const subject = [...new Set(said.map(({ key }) => key))].toSorted().join('\n')
  const license = inOneText(said.map((statement) => statement.license))
  const message = `${facts.id} has claims that differ: ${sayings(named)}`
  const refused = said.find(({ allowed }) => !allowed)
  if (refused === undefined) {
    return warn('license-conflict', {
      ...about(facts, subject),
      license,
      message: `${message}; each is allowed`,
    })
  }
  return deny('license-conflict', 'violation', {
    ...about(facts, subject),
    license,
    message: `${message}; ${refused.license} is ${grounds.refused}${exceptionNotes(grounds, lapsed, refused.license)}`,
    fix: suggestFix(
      facts,
      licensesToAllow(
        said.map(({ expression }) => expression),
        grounds,
      ),
      place,
    ),
  })
}
