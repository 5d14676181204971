/** Says what of an alignment with a known text is no harmless difference. */
import type { Alignment, Difference } from './align.ts'
import { isHarmlessInPlace, isHarmlessInside } from './harmless.ts'
import type { Rest } from './harmless.ts'
import type { HarmlessContext } from './statements.ts'
import { WORD_KIND } from './text-index.ts'
import type { KnownText } from './text-index.ts'
import { isAddress, isBullet } from './unsaid-words.ts'

const SHOWN_WORDS = 24

/**
 * The alignment from the licence's own words on. Of titles and names before them, only what stands there without a
 * break is part of it: the rest belongs to what surrounds the licence.
 */
export function coreOf(known: KnownText, alignment: Alignment): Alignment {
  const body = known.kinds.findIndex((kind) => kind === WORD_KIND.body)
  const { differences, found, shared } = alignment
  const last = differences.findLastIndex(
    (difference) => difference.known[1] <= body && isInsertion(difference),
  )
  const cut = differences[last]
  if (cut === undefined) return alignment
  return { found: [cut.found[1], found[1]], differences: differences.slice(last + 1), shared }
}

function isInsertion({ found }: Difference): boolean {
  return found[1] > found[0]
}

/** Each difference that is not in the closed list of harmless ones, as a line for people. */
export function objectionsTo(
  { differences }: Alignment,
  subject: Pick<Rest, 'text' | 'sentences'>,
  context: HarmlessContext & { known: KnownText },
): string[] {
  const { known, index } = context
  return differences.flatMap((difference) => {
    const [from, to] = difference.found
    const missing = [...known.words.subarray(...difference.known)].map((number) => index.wordOf(number))
    const words = subject.text.words.slice(from, to)
    if (words.length === 0 && (missing.every(isAddress) || isLoneBullet(missing))) return []
    if (missing.length === 0 && isLoneBullet(words)) return []
    if (missing.length === 0 || isRemovable(difference, known)) {
      const rest = { ...subject, from, to }
      if (words.length === 0 || isHarmlessInside(rest, context)) return []
      if (missing.length > 0 && isHarmlessInPlace(rest, context)) return []
    }
    if (words.length === 0) return [`missing: "${shorten(missing)}"`]
    const found = shorten(words)
    return [missing.length === 0 ? `added: "${found}"` : `"${found}" in place of "${shorten(missing)}"`]
  })
}

function isLoneBullet([only, ...others]: readonly string[]): boolean {
  return only !== undefined && others.length === 0 && isBullet(only)
}

/** Names and titles may be missing wherever they stand, an appendix only as a whole. */
function isRemovable({ known: [from, to] }: Difference, { kinds }: KnownText): boolean {
  const missing = kinds.subarray(from, to)
  if (missing.every((kind) => kind === WORD_KIND.title || kind === WORD_KIND.name)) return true
  // A closing line or an appendix goes as a whole.
  const isStart = from === kinds.indexOf(WORD_KIND.closing) || from === kinds.indexOf(WORD_KIND.appendix)
  return isStart && to === kinds.length
}

/** At most as many words as a line for people has. */
export function shorten(words: readonly string[]): string {
  return words.length > SHOWN_WORDS ? `${words.slice(0, SHOWN_WORDS).join(' ')} …` : words.join(' ')
}
