import { expect, test } from 'vitest'
import { bySketchBucket, trigramHashes } from '#license/text/sketches'
import { WORD_KIND, readTextIndex } from '#license/text/text-index'
import { TELLING_WORDS } from '#license/text/telling-words'
import { INDEX, SPDX_TEXTS } from './spdx-texts.ts'

function knownTexts(): ReturnType<typeof INDEX.text>[] {
  return Array.from({ length: INDEX.size }, (_, at) => INDEX.text(at))
}

test('every id of the list is in the index', () => {
  const ids = new Set(knownTexts().flatMap((text) => text.ids))
  expect(SPDX_TEXTS.filter(({ id }) => !ids.has(id))).toEqual([])
})

test('what may be missing of a licence are titles, names and appendices: no name says what may be done', () => {
  const found = knownTexts().flatMap((text) =>
    [...text.words]
      .filter((_, at) => text.kinds[at] === WORD_KIND.name)
      .map((number) => INDEX.wordOf(number))
      .filter((word) => TELLING_WORDS.has(word)),
  )
  // `<one line to give … what it does>`, `<insert your license name here>`, Michael C. Grant
  expect([...new Set(found)].toSorted()).toEqual(['does', 'grant', 'license'])
})

test('a licence has a body, and everything in it is required', () => {
  for (const text of knownTexts()) {
    const body = [...text.words].filter((_, at) => text.kinds[at] === WORD_KIND.body)
    expect(body.length, text.ids.join()).toBeGreaterThan(5)
    expect(text.required.length).toBeGreaterThan(0)
  }
})

test('the text itself is the first candidate', () => {
  const text = INDEX.text(0)
  expect(INDEX.candidates(text.words)[0]).toBe(0)
  expect(INDEX.candidates([])).toEqual([])
})

/** Parts of an index, each behind its length. They are packed by turning every bit, so that no part is read as it lies there. */
function indexOf(...parts: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [bytesOf(part.length, 4), Array.from(unpack(part))].flat()))
}

function unpack(packed: Iterable<number>): Uint8Array {
  return Uint8Array.from(packed, (byte) => byte ^ 0xff)
}

/** The lowest byte first. */
function bytesOf(number: number, size: number): number[] {
  return Array.from({ length: size }, (_, at) => (number >>> (8 * at)) & 0xff)
}

function front(json: string, sketches: readonly number[] = []): number[] {
  const head = [...new TextEncoder().encode(json)]
  return [...bytesOf(head.length, 4), ...head, ...sketches]
}

test('bytes that are no index are a mistake of ours', () => {
  expect(() => readTextIndex(indexOf(front('{}')), unpack)).toThrow('has no head')
  expect(() => readTextIndex(new Uint8Array(), unpack)).toThrow(RangeError)
})

interface SmallText {
  ids: string[]
  words: number[]
  /** Kinds in runs: which kind, and how many words. */
  kinds: number[]
  sketch?: number[]
  titleWords?: number[]
}

function variable(numbers: readonly number[]): number[] {
  return numbers.flatMap((number) => {
    const bytes: number[] = []
    let rest = number
    for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
    return [...bytes, rest]
  })
}

/** An index as the script writes it, with so many texts in each block. */
function packed(
  texts: readonly SmallText[],
  { vocabulary = 'a.b the x not and of', blocks = [texts.length] } = {},
): Uint8Array {
  const bodies = texts.map(({ words, kinds }) => ({ words: variable(words), kinds: variable(kinds) }))
  const sketches = texts
    .flatMap(({ sketch = [] }, text) => sketch.map((hash) => ({ hash, text })))
    .toSorted((a, b) => bySketchBucket(a.hash, b.hash) || a.text - b.text)
  const head = JSON.stringify({
    version: 'v1',
    vocabulary,
    common: 2,
    hashes: sketches.length,
    texts: texts.map(({ ids, titleWords = [], sketch = [] }, at) => ({
      ids,
      titleWords,
      sketch: sketch.length,
      bytes: [bodies[at]?.words.length, bodies[at]?.kinds.length],
    })),
    blocks,
  })
  let taken = 0
  return indexOf(
    front(head, [
      ...sketches.flatMap(({ hash }) => bytesOf(hash, 4)),
      ...sketches.flatMap(({ text }) => bytesOf(text, 2)),
    ]),
    ...blocks.map((count) =>
      bodies.slice(taken, (taken += count)).flatMap(({ words, kinds }) => words.concat(kinds)),
    ),
  )
}

// Texts are unpacked once: what does so is only to be seen in tests of its own.
test('texts are unpacked as they were packed', () => {
  const index = readTextIndex(
    packed([
      {
        ids: ['A', 'B'],
        words: [1, 0, 2, 3, 3, 4],
        kinds: [1, 1, 0, 4, 2, 1],
        titleWords: [1],
        sketch: [7, 8],
      },
      { ids: ['C'], words: [130, 20_000, 5], kinds: [0, 3] },
    ]),
    unpack,
  )
  expect(index).toMatchObject({ version: 'v1', size: 2 })
  const first = index.text(0)
  expect([...first.words]).toEqual([1, 0, 2, 3, 3, 4])
  expect([...first.kinds]).toEqual([1, 0, 0, 0, 0, 2])
  // Neither the address `a.b` nor the bullet `x`, and `not` once.
  expect([...first.required]).toEqual([3])
  expect(first.ids).toEqual(['A', 'B'])
  expect([...first.titleWords]).toEqual([1])
  expect([...first.runs.values()]).toEqual([0, 1, 2])
  expect([...index.text(1).words]).toEqual([130, 20_000, 5])
  expect([...index.text(1).kinds]).toEqual([0, 0, 0])
  expect([...index.text(1).required]).toEqual([130, 20_000, 5])
  expect(index.text(1)).toBe(index.text(1))
  expect(() => index.text(2)).toThrow('there is no text 2')
  expect(() => index.text(-1)).toThrow(RangeError)
})

test('words have numbers, and the first of them are common', () => {
  const index = readTextIndex(packed([]), unpack)
  expect(['a.b', 'of', 'zoe', ''].map(index.numberOf)).toEqual([0, 5, undefined, undefined])
  expect([0, 5, 6].map(index.wordOf)).toEqual(['a.b', 'of', ''])
  expect([0, 1, 2].map(index.isCommon)).toEqual([true, true, false])
})

test('an index may lie anywhere in its bytes', () => {
  const bytes = packed([{ ids: ['A'], words: [1], kinds: [0, 1] }])
  const shifted = new Uint8Array(bytes.length + 9)
  shifted.set(bytes, 5)
  expect([...readTextIndex(shifted.subarray(5, 5 + bytes.length), unpack).text(0).words]).toEqual([1])
})

const strange = (count: number) => Array.from({ length: count }, (_, at) => 1_000_000 + at)

test('candidates share a quarter of their sketch, those that share most come first', () => {
  const words = [1, 2, 3, 4, 5, 6, 7]
  const hashes = [...trigramHashes(words)]
  const sketches = [
    [...hashes.slice(0, 1), ...strange(3)],
    [...hashes.slice(0, 1), ...strange(4)],
    hashes.slice(0, 2),
    [...hashes.slice(0, 2), ...strange(2)],
    hashes.slice(2, 4),
    [],
  ]
  const index = readTextIndex(
    packed(sketches.map((sketch, at) => ({ ids: [`${at}`], words: [1], kinds: [0, 1], sketch }))),
    unpack,
  )
  expect(index.candidates(words)).toEqual([2, 4, 3, 0])
  expect(index.candidates([...words, ...words, ...words])).toEqual([2, 4, 3, 0])
  expect(index.candidates([1, 2])).toEqual([])
  expect(index.candidates([7, 6, 5, 4])).toEqual([])
  const many = readTextIndex(
    packed(Array.from({ length: 20 }, () => ({ ids: ['A'], words: [1], kinds: [0, 1], sketch: hashes }))),
    unpack,
  )
  expect(many.candidates(words)).toEqual(Array.from({ length: 16 }, (_, at) => at))
})

test.each(['null', '1', '"vocabulary"', '{}', '[]'])('%s is no head', (json) => {
  expect(() => readTextIndex(indexOf(front(json)), unpack)).toThrow(
    new TypeError('the index of licence texts has no head'),
  )
})

test('a block is unpacked when one of its texts is asked for, and once', () => {
  const unpacked: number[] = []
  const texts = [5, 6, 7].map((word) => ({ ids: [`${word}`], words: [word, word], kinds: [0, 2] }))
  const index = readTextIndex(packed(texts, { blocks: [2, 1] }), (bytes) => {
    unpacked.push(bytes.length)
    return unpack(bytes)
  })
  unpacked.length = 0
  expect([1, 0, 1].map((text) => Array.from(index.text(text).words))).toEqual([
    [6, 6],
    [5, 5],
    [6, 6],
  ])
  expect(unpacked).toEqual([8])
  expect([...index.text(2).words]).toEqual([7, 7])
  expect(unpacked).toEqual([8, 4])
})
