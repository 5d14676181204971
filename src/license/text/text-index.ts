/** The known licence texts, unpacked from the generated index: their words, what of them may be missing, and who to compare with. */

import { runsOf } from './align.ts'
import { isAddress, isBullet } from './unsaid-words.ts'

/** What a word of a known text is for; `0` belongs to the licence itself and may never be missing. */
export const WORD_KIND = { body: 0, title: 1, name: 2, closing: 3, appendix: 4 } as const

/** One text of the SPDX list, as {@link textWords} and fixPhrases leave it. */
export interface KnownText {
  /** All ids that this text serves, sorted; deprecated GNU ids are left out. */
  ids: readonly string[]
  /** Numbers of its words in the vocabulary. */
  words: Uint16Array
  /** Of {@link WORD_KIND}, one for each word. */
  kinds: Uint8Array
  /** Numbers of the words that a text must have to be this one, each once: its body without bullets and addresses. */
  required: Uint16Array
  /** For {@link align}. */
  runs: ReadonlyMap<number, number>
  /** Numbers of the words in its names and ids. */
  titleWords: ReadonlySet<number>
}

/** All known texts. */
export interface TextIndex {
  /** Version of the index's format and of the list it was made from: results of another one count for nothing. */
  version: string
  size: number
  text: (index: number) => KnownText
  /** Number of a word; undefined for one that no text has. */
  numberOf: (word: string) => number | undefined
  wordOf: (number: number) => string
  /** Whether at least three different texts have a word: what a licence says is said in such words. */
  isCommon: (number: number) => boolean
  /** Texts that share much with these words, most of it first. */
  candidates: (words: ArrayLike<number>) => number[]
}

/** Head of the unpacked index: the rest follows as bytes, in the order of `texts`. */
interface IndexHead {
  version: string
  /** Joined by blanks, most frequent first. */
  vocabulary: string
  /** How many words from the first on are common. */
  common: number
  texts: {
    ids: string[]
    titleWords: number[]
    /** Bytes of its words, of its kinds, and how many hashes its sketch has. */
    bytes: [words: number, kinds: number, sketch: number]
  }[]
}

/** Shares of a sketch below which a text is not even compared. */
const MIN_SHARE = 0.25
const MAX_CANDIDATES = 16
/** Bits of a hash that the filter in front of the sketches looks at. */
const FILTER = 0x3ffff

/** Unpacks an index. Throws if the bytes are none: the index is part of this package. */
export function readTextIndex(bytes: Uint8Array): TextIndex {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headLength = view.getUint32(0, true)
  const head = headOf(new TextDecoder().decode(bytes.subarray(4, 4 + headLength)))
  const vocabulary = head.vocabulary.split(' ')
  const numbers = new Map(vocabulary.map((word, number) => [word, number]))
  // By signed numbers, which need no object of their own as larger ones do.
  const sketches = new Map<number, number[]>()
  // Most runs of words are in no sketch: a byte tells that faster than a map.
  const filter = new Uint8Array(FILTER + 1)
  const sketchSizes = head.texts.map(({ bytes: [, , sketch] }) => sketch)
  const offsets: number[] = []
  let at = 4 + headLength
  head.texts.forEach(({ bytes: [words, kinds, sketch] }, index) => {
    offsets.push(at)
    at += words + kinds
    for (let rest = sketch; rest > 0; rest -= 1, at += 4) {
      const hash = view.getInt32(at, true)
      const known = sketches.get(hash)
      filter[hash & FILTER] = 1
      if (known === undefined) sketches.set(hash, [index])
      else known.push(index)
    }
  })
  const texts = new Map<number, KnownText>()
  return {
    version: head.version,
    size: head.texts.length,
    numberOf: (word) => numbers.get(word),
    wordOf: (number) => vocabulary[number] ?? '',
    isCommon: (number) => number < head.common,
    text(index) {
      let text = texts.get(index)
      if (text === undefined) {
        text = unpack({ head, vocabulary, offsets, bytes }, index)
        texts.set(index, text)
      }
      return text
    },
    candidates(words) {
      const votes = new Uint16Array(head.texts.length)
      const voted: number[] = []
      const counted = new Set<number>()
      for (let last = 2; last < words.length; last += 1) {
        const hash = trigramHash(words, last) | 0
        if (filter[hash & FILTER] === 0 || counted.has(hash)) continue
        counted.add(hash)
        for (const index of sketches.get(hash) ?? []) {
          const before = votes[index] ?? 0
          if (before === 0) voted.push(index)
          votes[index] = before + 1
        }
      }
      return voted
        .map((index) => ({ index, share: (votes[index] ?? 0) / (sketchSizes[index] ?? 1) }))
        .filter(({ share }) => share >= MIN_SHARE)
        .toSorted((a, b) => b.share - a.share || a.index - b.index)
        .slice(0, MAX_CANDIDATES)
        .map(({ index }) => index)
    },
  }
}

/** Hashes of all runs of three words, each once. The index keeps the smallest ones of each text. */
export function trigramHashes(words: ArrayLike<number>): Set<number> {
  const hashes = new Set<number>()
  for (let last = 2; last < words.length; last += 1) hashes.add(trigramHash(words, last))
  return hashes
}

/** Of the run of three words that ends with one. */
function trigramHash(words: ArrayLike<number>, last: number): number {
  const first = words[last - 2] ?? 0
  const second = words[last - 1] ?? 0
  const third = words[last] ?? 0
  let hash =
    Math.imul(first + 1, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b) ^ Math.imul(third + 1, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return (hash ^ (hash >>> 15)) >>> 0
}

function headOf(text: string): IndexHead {
  const head: unknown = JSON.parse(text)
  if (isHead(head)) return head
  throw new TypeError('the index of licence texts has no head')
}

/** The index is generated and checked in: one key tells it from anything else. */
function isHead(head: unknown): head is IndexHead {
  return typeof head === 'object' && head !== null && 'vocabulary' in head
}

interface Packed {
  head: IndexHead
  vocabulary: readonly string[]
  offsets: readonly number[]
  bytes: Uint8Array
}

function unpack({ head, vocabulary, offsets, bytes }: Packed, index: number): KnownText {
  const entry = head.texts[index]
  const offset = offsets[index]
  if (entry === undefined || offset === undefined) throw new RangeError(`there is no text ${index}`)
  const [wordBytes, kindBytes] = entry.bytes
  const words = Uint16Array.from(variableNumbers(bytes.subarray(offset, offset + wordBytes)))
  const kinds = new Uint8Array(words.length)
  // Runs of one kind: its number, then how many words.
  const runs = variableNumbers(bytes.subarray(offset + wordBytes, offset + wordBytes + kindBytes))
  for (let run = 0, at = 0; run + 1 < runs.length; run += 2) {
    const length = runs[run + 1] ?? 0
    kinds.fill(runs[run] ?? 0, at, at + length)
    at += length
  }
  const body = words.filter((word, place) => kinds[place] === WORD_KIND.body && isRequired(vocabulary[word]))
  return {
    ids: entry.ids,
    words,
    kinds,
    required: Uint16Array.from(new Set(body)),
    runs: runsOf(words),
    titleWords: new Set(entry.titleWords),
  }
}

/** Bullets and addresses may be missing. */
function isRequired(word = ''): boolean {
  return !isAddress(word) && !isBullet(word)
}

/** Numbers of seven bits a byte, the lowest first; the eighth bit says that more follow. */
function variableNumbers(bytes: Uint8Array): number[] {
  const numbers: number[] = []
  let number = 0
  let shift = 0
  for (const byte of bytes) {
    number |= (byte & 0x7f) << shift
    shift += 7
    if (byte < 0x80) {
      numbers.push(number)
      number = 0
      shift = 0
    }
  }
  return numbers
}
