/** Says what of an alignment with a known text is no harmless difference. */
import type { Alignment, Difference } from './align.ts'
import { isHarmlessInPlace, isHarmlessInside, startsSegment } from './harmless.ts'
import type { Rest } from './harmless.ts'
import type { HarmlessContext } from './statements.ts'
import { WORD_KIND } from './text-index.ts'
import type { KnownText } from './text-index.ts'
import { isAddress, isBullet } from './unsaid-words.ts'

const SHOWN_WORDS = 24

/** An alignment, as far as it belongs to the licence, and what speaks against it. */
export interface Account {
  core: Alignment
  /** Each difference that is not in the closed list of harmless ones, as a line for people. */
  objections: string[]
}

type KnownContext = HarmlessContext & { known: KnownText }

/**
 * Judges an alignment from the licence's own words on. Of titles and names before them, only what stands there without
 * a strange word is part of it: the rest belongs to what surrounds the licence.
 */
export function accountFor(
  { differences, found, shared }: Alignment,
  subject: Pick<Rest, 'text' | 'sentences'>,
  context: KnownContext,
): Account {
  const body = context.known.kinds.indexOf(WORD_KIND.body)
  const judged = differences.map((difference) => objectionTo(difference, subject, context))
  const last = differences.findLastIndex(
    (difference, at) => difference.known[1] <= body && isInsertion(difference) && judged[at] !== undefined,
  )
  return {
    core: {
      found: [differences[last]?.found[1] ?? found[0], found[1]],
      differences: differences.slice(last + 1),
      shared,
    },
    objections: judged.slice(last + 1).filter((objection) => objection !== undefined),
  }
}

function isInsertion({ found }: Difference): boolean {
  return found[1] > found[0]
}

function objectionTo(
  difference: Difference,
  subject: Pick<Rest, 'text' | 'sentences'>,
  context: KnownContext,
): string | undefined {
  const { known, index } = context
  const [from, to] = difference.found
  const missing = [...known.words.subarray(...difference.known)].map((number) => index.wordOf(number))
  const words = subject.text.words.slice(from, to)
  if (words.length === 0 && (missing.every(isAddress) || isLoneBullet(missing))) return undefined
  if (missing.length === 0 && isLoneBullet(words)) {
    // In the midst of a line these mark something: `(x) sell`, `s sell`.
    if (startsSegment(subject.text, from) || !/^[svx]$/.test(words[0] ?? '')) return undefined
  }
  if (mayBeMissing(difference.known, known)) {
    const rest = { ...subject, from, to }
    if (isHarmlessInside(rest, context, isWithinBody(difference, known))) return undefined
    if ((missing.length > 0 || isWithinName(difference, known)) && isHarmlessInPlace(rest, context))
      return undefined
  }
  if (words.length === 0) return `missing: "${shorten(missing)}"`
  const found = shorten(words)
  return missing.length === 0 ? `added: "${found}"` : `"${found}" in place of "${shorten(missing)}"`
}

function isLoneBullet([only, ...others]: readonly string[]): boolean {
  return only !== undefined && others.length === 0 && isBullet(only)
}

/** Whether words were added in the midst of what the licence says. */
function isWithinBody({ known: [from, to] }: Difference, { kinds }: KnownText): boolean {
  return from === to && kinds[from - 1] === WORD_KIND.body && kinds[from] === WORD_KIND.body
}

/** Whether words were added to a name or year. */
function isWithinName({ known: [at] }: Difference, { kinds }: KnownText): boolean {
  return kinds[at - 1] === WORD_KIND.name || kinds[at] === WORD_KIND.name
}

/** Whether words of a known text may be missing: names and titles wherever they stand, a closing line or an appendix as a whole. */
export function mayBeMissing([from, to]: readonly [number, number], { kinds }: KnownText): boolean {
  const missing = kinds.subarray(from, to)
  if (missing.every((kind) => kind === WORD_KIND.title || kind === WORD_KIND.name)) return true
  const isStart = from === kinds.indexOf(WORD_KIND.closing) || from === kinds.indexOf(WORD_KIND.appendix)
  return isStart && to === kinds.length
}

/** At most as many words as a line for people has. */
export function shorten(words: readonly string[]): string {
  return words.length > SHOWN_WORDS ? `${words.slice(0, SHOWN_WORDS).join(' ')} …` : words.join(' ')
}
