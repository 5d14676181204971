/** Rule: a licence file whose words are not those of any known licence. */
import type { Claim, TextClaim } from '#model/claim'
import type { Finding } from '#model/finding'
import { likeness } from '#model/likeness'
import { deny } from '../make-finding.ts'
import { about, clarifyFix } from '../package-case.ts'
import type { Case } from '../package-case.ts'
import { inOneText, lastingWords } from '../sayings.ts'

/** One finding for all the unknown texts of a package, with what each comes nearest to. */
export function unknownText({ facts, place }: Case, claims: readonly Claim[]): Finding {
  const texts = claims.flatMap(({ text }) => (text === undefined ? [] : [text]))
  const files = [...new Set(texts.map(({ file }) => file))]
  return deny('license-text-unknown', 'unknown', {
    ...about(
      facts,
      texts
        .map(({ sha256 }) => sha256)
        .toSorted()
        .join('\n'),
    ),
    license: inOneText(claims.map((claim) => lastingWords(claim))),
    message: `${facts.id} has a licence text that is none of the known ones: ${files.join(', ')}`,
    fix: clarifyFix(facts, place),
    details: texts.flatMap(standing),
  })
}

/** What a text comes nearest to, and the first lines that keep it from being that. */
function standing({ file, nearest, differences = [] }: TextClaim): string[] {
  if (nearest === undefined) return [`${file}: like no known text`]
  return [`${file}: nearest is ${nearest.id} (${likeness(nearest.score)})`, ...differences]
}
