/** Sketches of the known texts: of each one the smallest hashes of its runs of three words, by which it is found again. */
import { endianness } from 'node:os'

/** Bits of a hash that say which bucket of all sketches it is in: most of the buckets have one or none. */
const BUCKET = 0x3fff

/** The hashes of all sketches, and which text each is of. */
export interface Sketches {
  /** Where each bucket begins, and at last where the last one ends. */
  starts: Uint32Array
  /** In the order of {@link bySketchBucket}; those of several texts stand once for each, side by side. */
  hashes: Uint32Array
  texts: Uint16Array
}

/** Orders hashes as the index has them. */
export function bySketchBucket(a: number, b: number): number {
  return (a & BUCKET) - (b & BUCKET) || a - b
}

/** Reads as many hashes of 32 bits, then as many texts of 16 bits, the lowest byte first, on a machine with this order of bytes. */
export function readSketches(bytes: Uint8Array, size: number, order: 'BE' | 'LE' = endianness()): Sketches {
  // A copy begins where numbers of 32 bits may lie.
  const numbers = Buffer.from(new Uint8Array(bytes.subarray(0, 6 * size)).buffer)
  if (order === 'BE') {
    numbers.subarray(0, 4 * size).swap32()
    numbers.subarray(4 * size).swap16()
  }
  const hashes = new Uint32Array(numbers.buffer, 0, size)
  const starts = new Uint32Array(BUCKET + 2)
  let bucket = 0
  for (let at = 0; at < size; at += 1) {
    const itsBucket = (hashes[at] ?? 0) & BUCKET
    while (bucket < itsBucket) starts[++bucket] = at
  }
  return {
    starts: starts.fill(size, bucket + 1),
    hashes,
    texts: new Uint16Array(numbers.buffer, 4 * size, size),
  }
}

/** How many hashes of its sketch each text shares with these words, by its number. */
export function sharedHashes(words: ArrayLike<number>, sketches: Sketches, size: number): Uint16Array {
  const { starts, hashes, texts } = sketches
  const shared = new Uint16Array(size)
  const counted = new Set<number>()
  for (let last = 2; last < words.length; last += 1) {
    const hash = trigramHash(words, last)
    const end = starts[(hash & BUCKET) + 1] ?? 0
    let at = starts[hash & BUCKET] ?? 0
    while (at < end && hashes[at] !== hash) at += 1
    if (at === end || counted.has(hash)) continue
    counted.add(hash)
    for (; at < end && hashes[at] === hash; at += 1) {
      const text = texts[at] ?? 0
      shared[text] = (shared[text] ?? 0) + 1
    }
  }
  return shared
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
