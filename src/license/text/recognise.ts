/** Recognises a licence text: it is a known one only if every word of it is accounted for. */
import { align } from './align.ts'
import type { Alignment, Difference } from './align.ts'
import { fixPhrases } from './fixed-phrases.ts'
import { isHarmlessInside, isHarmlessName, knownSentences, readRest } from './harmless.ts'
import type { HarmlessContext, Rest } from './harmless.ts'
import { WORD_KIND } from './text-index.ts'
import type { KnownText, TextIndex } from './text-index.ts'
import { textWords } from './text-words.ts'

/** What a text turned out to be. */
export interface Recognition {
  /** The ids that each known text in it serves; empty if a word of it is not accounted for. */
  licenses: string[][]
  /** The file leaves the choice between them; otherwise all of them hold. */
  choice: boolean
  /** Of a text that only points to licences: those it names, none if it names a mere family. */
  mentions?: string[]
  /** The known text that comes nearest, with the Dice coefficient of word pairs. */
  nearest?: { id: string; score: number }
  /** What keeps it from being known: at most a few lines. */
  differences: string[]
}

/** Larger texts are no licence of one package; the caps of the reader come before this one. */
const MAX_WORDS = 60_000
/** Known texts that one file may hold. */
const MAX_PARTS = 12
/** Comparisons that one file may cost. */
const MAX_ALIGNMENTS = 160
const MAX_DIFFERENCES = 4
const SHOWN_WORDS = 24

/** Recognises a text. Time grows with its length and is bounded; never throws. */
export function recogniseText(raw: string, index: TextIndex): Recognition {
  const cut = textWords(raw)
  if (cut === undefined) return unrecognised(['the text is binary, or has characters that cannot be seen'])
  if (cut.words.length > MAX_WORDS) return unrecognised(['the text is longer than any licence'])
  const text = fixPhrases(cut)
  const numbers = numbersOf(text.words, index)
  const subject: Subject = { text, sentences: knownSentences(text), numbers, index, alignments: 0 }
  const found = recognisePart(subject, 0, text.words.length)
  if ('parts' in found) {
    const ids = new Set([...found.parts.values()].flat())
    const stranger = found.mentions.find((id) => !ids.has(id))
    if (stranger === undefined)
      return { licenses: [...found.parts.values()], choice: found.choice, differences: [] }
    return unrecognised([`it speaks of ${stranger} too`], nearestText(numbers, index))
  }
  const words = readRest({ ...subject, from: 0, to: text.words.length }, { index })
  // Every word is harmless, and no licence is among them: it names one at most.
  if (words.telling === undefined) {
    return { ...unrecognised([]), choice: words.choice, mentions: words.vague ? [] : words.mentions }
  }
  return unrecognised(found.differences.slice(0, MAX_DIFFERENCES), nearestText(numbers, index))
}

/**
 * The known texts in a list of other people's licences, where not every word has to be accounted for. What lies in it
 * unrecognised is not named.
 */
export function textsWithin(raw: string, index: TextIndex): string[][] {
  const cut = textWords(raw)
  if (cut === undefined || cut.words.length > MAX_WORDS) return []
  const text = fixPhrases(cut)
  const numbers = numbersOf(text.words, index)
  const subject: Subject = { text, sentences: knownSentences(text), numbers, index, alignments: 0 }
  const fits: Fit[] = []
  for (const candidate of index.candidates(numbers)) {
    const known = index.text(candidate)
    const alignment = align(known.words, numbers, 0, numbers.length)
    const core = alignment && coreOf(known, alignment)
    if (core && objectionsTo(core, subject, { index, known }).length === 0) fits.push({ known, core })
  }
  // A text that lies wholly inside a longer one is that one.
  const separate = fits.filter(
    ({ core }) =>
      !fits.some(
        (other) =>
          other.core.shared > core.shared &&
          other.core.found[0] < core.found[1] &&
          core.found[0] < other.core.found[1],
      ),
  )
  return separate.map(({ known }) => [...known.ids])
}

function unrecognised(differences: string[], nearest?: Recognition['nearest']): Recognition {
  return { licenses: [], choice: false, ...(nearest && { nearest }), differences }
}

interface Subject extends Pick<Rest, 'text' | 'sentences'> {
  numbers: Int32Array
  index: TextIndex
  /** How many known texts were laid over it so far. */
  alignments: number
}

/** Known texts that account for all words of a range, with what the words around them say; or what is left. */
type Found = { parts: Map<string, string[]>; mentions: string[]; choice: boolean } | { differences: string[] }

/** A known text that lies in a range without an objection. */
interface Fit {
  known: KnownText
  core: Alignment
}

/** Recognises the words in a range: one known text, and what stands before and behind it in the same way. */
function recognisePart(subject: Subject, from: number, to: number): Found {
  const { text, numbers, index } = subject
  const fits: Fit[] = []
  let closest: string[] | undefined
  for (const candidate of index.candidates(numbers.subarray(from, to))) {
    subject.alignments += 1
    if (subject.alignments > MAX_ALIGNMENTS)
      return { differences: ['the text holds too much to be compared'] }
    const known = index.text(candidate)
    const alignment = align(known.words, numbers, from, to)
    if (alignment === undefined) continue
    const core = coreOf(known, alignment)
    const objections = objectionsTo(core, subject, { index, known })
    if (objections.length === 0) {
      fits.push({ known, core })
      // Nothing fits better than most of it word for word.
      if (core.differences.length === 0 && core.shared > (to - from) * 0.95) break
    } else if (closest === undefined || objections.length < closest.length) closest = objections
  }
  // The text that accounts for most words is meant; a shorter one may lie inside it.
  fits.sort((a, b) => b.core.shared - a.core.shared || strangeWords(a.core) - strangeWords(b.core))
  let around: string[] | undefined
  for (const { known, core } of fits) {
    const found = withSurroundings(subject, [from, core.found[0]], [core.found[1], to], { index, known })
    if ('parts' in found) return found
    around ??= found.differences
  }
  closest = around ?? closest
  return { differences: closest ?? [`"${shorten(text.words.slice(from, to))}"`] }
}

function strangeWords({ differences }: Alignment): number {
  return differences.reduce((sum, { known, found }) => sum + known[1] - known[0] + found[1] - found[0], 0)
}

/** A known text with what stands around it: harmless words, or further known texts. */
function withSurroundings(
  subject: Subject,
  before: [number, number],
  behind: [number, number],
  context: HarmlessContext & { known: KnownText },
): Found {
  const { ids } = context.known
  const parts = new Map([[ids.join(' '), [...ids]]])
  const mentions: string[] = []
  let choice = false
  for (const [from, to] of [before, behind]) {
    const rest = readRest({ ...subject, from, to }, context)
    const found = rest.telling === undefined ? { parts: [], ...rest } : recognisePart(subject, from, to)
    if (!('parts' in found))
      return { differences: [`beside it: "${shorten((rest.telling ?? '').split(' '))}"`] }
    for (const [key, list] of found.parts) parts.set(key, list)
    mentions.push(...found.mentions)
    choice ||= found.choice
  }
  return parts.size > MAX_PARTS
    ? { differences: ['more licences than one package has'] }
    : { parts, mentions, choice }
}

/**
 * The alignment from the licence's own words on. Of titles and names before them, only what stands there without a
 * break is part of it: the rest belongs to what surrounds the licence.
 */
function coreOf(known: KnownText, alignment: Alignment): Alignment {
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
function objectionsTo(
  { differences }: Alignment,
  subject: Subject,
  context: HarmlessContext & { known: KnownText },
): string[] {
  const { known } = context
  const { text, index } = subject
  return differences.flatMap((difference) => {
    const missing = known.words.subarray(...difference.known)
    const kinds = known.kinds.subarray(...difference.known)
    const words = text.words.slice(...difference.found)
    const expected = [...missing].map((number) => index.wordOf(number))
    if (words.length === 0 && expected.every(isAddress)) return []
    if ((words.length === 0 && isBullet(expected)) || (missing.length === 0 && isBullet(words))) return []
    const mayMiss = isRemovable(difference, kinds, known)
    if (mayMiss && words.length === 0) return []
    if (mayMiss && kinds.length > 0 && isHarmlessName(words)) return []
    if (
      missing.length === 0 &&
      isHarmlessInside({ ...subject, from: difference.found[0], to: difference.found[1] }, context)
    )
      return []
    if (
      mayMiss &&
      isHarmlessInside({ ...subject, from: difference.found[0], to: difference.found[1] }, context)
    )
      return []
    if (words.length === 0) return [`missing: "${shorten(expected)}"`]
    const found = shorten(words)
    return [missing.length === 0 ? `added: "${found}"` : `"${found}" in place of "${shorten(expected)}"`]
  })
}

/** Addresses are single words with dots or slashes; a licence without one says the same. */
function isAddress(word: string): boolean {
  return /[./@]/.test(word)
}

/** A letter or a small Roman number by itself, as lists have them. */
function isBullet([only, ...others]: readonly string[]): boolean {
  return only !== undefined && others.length === 0 && /^(?:[a-z]|i{2,3}|iv|vi{1,3}|ix)$/.test(only)
}

/** Names and titles may be missing wherever they stand, an appendix only as a whole. */
function isRemovable({ known: [from, to] }: Difference, kinds: Uint8Array, known: KnownText): boolean {
  if (kinds.every((kind) => kind === WORD_KIND.title || kind === WORD_KIND.name)) return true
  if (to !== known.kinds.length) return false
  const closing = known.kinds.indexOf(WORD_KIND.closing)
  const appendix = known.kinds.indexOf(WORD_KIND.appendix)
  return (closing !== -1 && from === closing) || (appendix !== -1 && from === appendix)
}

function nearestText(numbers: Int32Array, index: TextIndex): Recognition['nearest'] {
  let nearest: Recognition['nearest']
  for (const candidate of index.candidates(numbers)) {
    const known = index.text(candidate)
    const score = dice(known.words, numbers)
    const [id] = known.ids
    if (id !== undefined && (nearest === undefined || score > nearest.score)) nearest = { id, score }
  }
  return nearest
}

/** Twice the pairs of words that both have, by the pairs that each has. */
function dice(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const pairs = pairsOf(a)
  const others = pairsOf(b)
  let both = 0
  for (const pair of pairs) if (others.has(pair)) both += 1
  return Math.round((2000 * both) / Math.max(1, pairs.size + others.size)) / 1000
}

function pairsOf(words: ArrayLike<number>): Set<number> {
  const pairs = new Set<number>()
  for (let at = 1; at < words.length; at += 1) pairs.add((words[at - 1] ?? 0) * 0x100000 + (words[at] ?? 0))
  return pairs
}

/** Words that no known text has get numbers of their own, beyond all others. */
function numbersOf(words: readonly string[], index: TextIndex): Int32Array {
  const strangers = new Map<string, number>()
  return Int32Array.from(words, (word) => {
    const number = index.numberOf(word) ?? strangers.get(word)
    if (number !== undefined) return number
    const stranger = 0x10000 + strangers.size
    strangers.set(word, stranger)
    return stranger
  })
}

function shorten(words: readonly string[]): string {
  return words.length > SHOWN_WORDS ? `${words.slice(0, SHOWN_WORDS).join(' ')} …` : words.join(' ')
}
