/** The known licence texts, unpacked from the generated index: their words, what of them may be missing, and who to compare with. */

import { runsOf } from './align.ts'
import { readSketches, sharedHashes } from './sketches.ts'
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

/** Undoes the compression of a part of the index. */
export type Unpack = (packed: Uint8Array) => Uint8Array

/**
 * Head of the index. The file holds packed parts, each behind its length. The first part is the length of this head, the
 * head, and the sketches: all hashes in order, then the text that each is of. The others are blocks of texts.
 */
interface IndexHead {
  version: string
  /** Joined by blanks, most frequent first. */
  vocabulary: string
  /** How many words from the first on are common. */
  common: number
  /** Hashes in all sketches. */
  hashes: number
  texts: {
    ids: string[]
    titleWords: number[]
    /** Hashes in its sketch. */
    sketch: number
    /** Bytes of its words and of its kinds, one after the other in its block. */
    bytes: [words: number, kinds: number]
  }[]
  /** How many texts each block has: neighbours are packed together, and unpacked when the first of them is asked for. */
  blocks: number[]
}

/** Shares of a sketch below which a text is not even compared. */
const MIN_SHARE = 0.25
const MAX_CANDIDATES = 16
const EMPTY = new Uint8Array()

/**
 * Reads an index: its words and sketches at once, its texts when they are asked for. Throws if the bytes are none: the
 * index is part of this package.
 */
export function readTextIndex(bytes: Uint8Array, unpack: Unpack): TextIndex {
  const [packedFront, ...packedBlocks] = partsOf(bytes)
  const front = unpack(packedFront)
  const headEnd = 4 + viewOf(front).getUint32(0, true)
  const head = headOf(new TextDecoder().decode(front.subarray(4, headEnd)))
  const vocabulary = head.vocabulary.split(' ')
  const numbers = new Map<string, number>()
  vocabulary.forEach((word, number) => numbers.set(word, number))
  const sketches = readSketches(front.subarray(headEnd), head.hashes)
  const sizes = Uint32Array.from(head.texts, ({ sketch }) => sketch)
  const places = placesOf(head)
  const blocks: Uint8Array[] = []
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
        const entry = head.texts[index]
        const place = places[index]
        if (entry === undefined || place === undefined) throw new RangeError(`there is no text ${index}`)
        const block = (blocks[place.block] ??= unpack(packedBlocks[place.block] ?? EMPTY))
        text = knownText(entry, block.subarray(place.offset), vocabulary)
        texts.set(index, text)
      }
      return text
    },
    candidates(words) {
      const shared = sharedHashes(words, sketches, head.texts.length)
      const found: { index: number; share: number }[] = []
      // Asked for every part of every text, and nearly all known texts share nothing.
      for (let index = 0; index < shared.length; index += 1) {
        const share = (shared[index] ?? 0) / (sizes[index] ?? 1)
        if (share >= MIN_SHARE) found.push({ index, share })
      }
      return found
        .toSorted((a, b) => b.share - a.share)
        .slice(0, MAX_CANDIDATES)
        .map(({ index }) => index)
    },
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** The parts of the file, still packed: the front first. */
function partsOf(bytes: Uint8Array): [Uint8Array, ...Uint8Array[]] {
  const view = viewOf(bytes)
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + view.getUint32(at, true)
    parts.push(bytes.subarray(at + 4, end))
    at = end
  }
  const [front = EMPTY, ...blocks] = parts
  return [front, ...blocks]
}

interface TextPlace {
  /** Which block a text is in, and where in the unpacked block it begins. */
  block: number
  offset: number
}

function placesOf({ texts, blocks }: IndexHead): TextPlace[] {
  const places: TextPlace[] = []
  for (const [block, count] of blocks.entries()) {
    let offset = 0
    for (const { bytes } of texts.slice(places.length, places.length + count)) {
      places.push({ block, offset })
      offset += bytes[0] + bytes[1]
    }
  }
  return places
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

/** A text out of its bytes and whatever follows them. */
function knownText(
  { ids, titleWords, bytes: [wordBytes, kindBytes] }: IndexHead['texts'][number],
  bytes: Uint8Array,
  vocabulary: readonly string[],
): KnownText {
  const words = Uint16Array.from(variableNumbers(bytes.subarray(0, wordBytes)))
  const kinds = new Uint8Array(words.length)
  // Runs of one kind: its number, then how many words.
  const kindRuns = variableNumbers(bytes.subarray(wordBytes, wordBytes + kindBytes))
  for (let run = 0, at = 0; run + 1 < kindRuns.length; run += 2) {
    const length = kindRuns[run + 1] ?? 0
    kinds.fill(kindRuns[run] ?? 0, at, at + length)
    at += length
  }
  const body = words.filter((word, place) => kinds[place] === WORD_KIND.body && isRequired(vocabulary[word]))
  let runs: KnownText['runs'] | undefined
  return {
    ids,
    words,
    kinds,
    required: Uint16Array.from(new Set(body)),
    // Most candidates lack a required word and are never laid over a text.
    get runs() {
      return (runs ??= runsOf(words))
    },
    titleWords: new Set(titleWords),
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
