/** Recognises a licence text: it is a known one only if every word of it is accounted for. */
import { align } from './align.ts'
import type { Alignment, Difference } from './align.ts'
import { fixPhrases } from './fixed-phrases.ts'
import { isHarmlessInside, isHarmlessName, tellingWords } from './harmless.ts'
import type { HarmlessContext } from './harmless.ts'
import { WORD_KIND } from './text-index.ts'
import type { KnownText, TextIndex } from './text-index.ts'
import { textWords } from './text-words.ts'
import type { TextWords } from './text-words.ts'

/** What a text turned out to be. */
export interface Recognition {
  /** The ids that each known text in it serves; empty if a word of it is not accounted for. */
  licenses: string[][]
  /** The known text that comes nearest, with the Dice coefficient of word pairs. */
  nearest?: { id: string; score: number }
  /** What keeps it from being known: at most a few lines. */
  differences: string[]
}

/** Larger texts are no licence of one package; the caps of the reader come before this one. */
const MAX_WORDS = 60_000
/** Known texts that one file may hold. */
const MAX_PARTS = 12
const MAX_DIFFERENCES = 4
const SHOWN_WORDS = 24

/** Recognises a text. Time grows with its length; never throws. */
export function recogniseText(raw: string, index: TextIndex): Recognition {
  const cut = textWords(raw)
  if (cut === undefined) {
    return { licenses: [], differences: ['the text is binary, or has characters that cannot be seen'] }
  }
  if (cut.words.length > MAX_WORDS)
    return { licenses: [], differences: ['the text is longer than any licence'] }
  const text = fixPhrases(cut)
  const numbers = numbersOf(text.words, index)
  const parts = new Map<string, string[]>()
  const rest = recognisePart({ text, numbers, index }, 0, text.words.length, parts)
  if (rest === undefined && parts.size > 0) return { licenses: [...parts.values()], differences: [] }
  const nearest = nearestText(numbers, index)
  return {
    licenses: [],
    ...(nearest && { nearest }),
    differences: (rest ?? ['no known licence text']).slice(0, MAX_DIFFERENCES),
  }
}

interface Subject {
  text: TextWords
  numbers: Int32Array
  index: TextIndex
}

/** Recognises the words in a range; gives what is not accounted for, and adds the known texts to `parts`. */
function recognisePart(
  subject: Subject,
  from: number,
  to: number,
  parts: Map<string, string[]>,
): string[] | undefined {
  const { text, numbers, index } = subject
  let closest: string[] | undefined
  let fewest = Number.POSITIVE_INFINITY
  for (const candidate of index.candidates(numbers.subarray(from, to))) {
    const known = index.text(candidate)
    const context = { index, known }
    const alignment = align(known.words, numbers, from, to)
    if (alignment === undefined) continue
    const core = coreOf(known, alignment)
    const objections = core === undefined ? ['too little of it'] : objectionsTo(core, subject, context)
    if (core === undefined || objections.length > 0) {
      if (objections.length < fewest) {
        fewest = objections.length
        closest = objections
      }
      continue
    }
    const inside = new Map([[known.ids.join(' '), [...known.ids]]])
    const before = restOf(subject, from, core.found[0], context, inside)
    const behind = before ?? restOf(subject, core.found[1], to, context, inside)
    if (behind === undefined) {
      if (parts.size + inside.size > MAX_PARTS) return ['more licences than one package has']
      for (const [key, ids] of inside) parts.set(key, ids)
      return undefined
    }
    if (behind.length < fewest) {
      fewest = behind.length
      closest = behind
    }
  }
  return closest ?? [`"${shorten(text.words.slice(from, to))}"`]
}

/** What of the words before or behind a known text is neither harmless nor a known text itself. */
function restOf(
  subject: Subject,
  from: number,
  to: number,
  context: HarmlessContext,
  parts: Map<string, string[]>,
): string[] | undefined {
  const telling = tellingWords({ text: subject.text, from, to }, context)
  if (telling === undefined) return undefined
  const own = new Map<string, string[]>()
  const rest = recognisePart(subject, from, to, own)
  if (rest !== undefined) return [`beside it: "${shorten(telling.split(' '))}"`]
  for (const [key, ids] of own) parts.set(key, ids)
  return undefined
}

/** The alignment without what precedes the first word of the licence itself and what follows the last. */
function coreOf(known: KnownText, { found, differences, shared }: Alignment): Alignment | undefined {
  const body = known.kinds.findIndex((kind) => kind === WORD_KIND.body)
  const first = differences[0]
  // Differences before the body concern titles and names only: they belong to what stands around the licence.
  const inBody = differences.filter((difference) => difference.known[1] > body || difference.known[0] >= body)
  const skipped = differences.length - inBody.length
  if (skipped === 0 && (first === undefined || first.known[0] >= body) && body === 0) {
    return { found, differences, shared }
  }
  const start = startOfBody(body, found[0], differences)
  return start === undefined ? undefined : { found: [start, found[1]], differences: inBody, shared }
}

/** Where in the found text the first body word that is not missing stands. */
function startOfBody(
  body: number,
  foundStart: number,
  differences: readonly Difference[],
): number | undefined {
  let known = 0
  let found = foundStart
  for (const difference of differences) {
    const equal = difference.known[0] - known
    if (known + equal > body) return found + (body - known)
    known = difference.known[1]
    found = difference.found[1]
    if (known > body) return found
  }
  return found + Math.max(0, body - known)
}

/** Each difference that is not in the closed list of harmless ones, as a line for people. */
function objectionsTo(
  { differences }: Alignment,
  { text, index }: Subject,
  context: HarmlessContext,
): string[] {
  const { known } = context
  return differences.flatMap((difference) => {
    const missing = known.words.subarray(...difference.known)
    const kinds = known.kinds.subarray(...difference.known)
    const words = text.words.slice(...difference.found)
    const mayMiss = isRemovable(difference, kinds, known)
    if (mayMiss && words.length === 0) return []
    if (mayMiss && kinds.length > 0 && isHarmlessName(words)) return []
    if (missing.length === 0 && isHarmlessInside(words)) return []
    if (mayMiss && isHarmlessInside(words)) return []
    const expected = shorten([...missing].map((number) => index.wordOf(number)))
    const found = shorten(words)
    if (words.length === 0) return [`missing: "${expected}"`]
    return [missing.length === 0 ? `added: "${found}"` : `"${found}" in place of "${expected}"`]
  })
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
