import { expect, test } from 'vitest'
import { WORD_KIND, readTextIndex, trigramHashes } from '#license/text/text-index'
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

test('runs of three words are hashed once each', () => {
  expect(trigramHashes([1, 2, 3, 1, 2, 3]).size).toBe(3)
  expect(trigramHashes([1, 2]).size).toBe(0)
})

test('bytes that are no index are a mistake of ours', () => {
  const bytes = new Uint8Array(6)
  bytes.set([2, 0, 0, 0, 0x7b, 0x7d])
  expect(() => readTextIndex(bytes)).toThrow('has no head')
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

/** An index as the script writes it. */
function packed(texts: readonly SmallText[], vocabulary = 'a.b the x not and of', common = 2): Uint8Array {
  const bodies = texts.map(({ words, kinds, sketch = [] }) => ({
    words: variable(words),
    kinds: variable(kinds),
    sketch: Array.from(new Uint8Array(Uint32Array.from(sketch).buffer)),
    hashes: sketch.length,
  }))
  const head = new TextEncoder().encode(
    JSON.stringify({
      version: 'v1',
      vocabulary,
      common,
      texts: texts.map(({ ids, titleWords = [] }, at) => ({
        ids,
        titleWords,
        bytes: [bodies[at]?.words.length, bodies[at]?.kinds.length, bodies[at]?.hashes],
      })),
    }),
  )
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, head.length, true)
  return Uint8Array.from([
    ...length,
    ...head,
    ...bodies.flatMap(({ words, kinds, sketch }) => [words, kinds, sketch]).flat(),
  ])
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
  const index = readTextIndex(packed([]))
  expect(['a.b', 'of', 'zoe', ''].map(index.numberOf)).toEqual([0, 5, undefined, undefined])
  expect([0, 5, 6].map(index.wordOf)).toEqual(['a.b', 'of', ''])
  expect([0, 1, 2].map(index.isCommon)).toEqual([true, true, false])
})

test('an index may lie anywhere in its bytes', () => {
  const bytes = packed([{ ids: ['A'], words: [1], kinds: [0, 1] }])
  const shifted = new Uint8Array(bytes.length + 9)
  shifted.set(bytes, 5)
  expect([...readTextIndex(shifted.subarray(5, 5 + bytes.length)).text(0).words]).toEqual([1])
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
  )
  expect(index.candidates(words)).toEqual([2, 4, 3, 0])
  expect(index.candidates([...words, ...words, ...words])).toEqual([2, 4, 3, 0])
  expect(index.candidates([1, 2])).toEqual([])
  expect(index.candidates([7, 6, 5, 4])).toEqual([])
  const many = readTextIndex(
    packed(Array.from({ length: 20 }, () => ({ ids: ['A'], words: [1], kinds: [0, 1], sketch: hashes }))),
  )
  expect(many.candidates(words)).toEqual(Array.from({ length: 16 }, (_, at) => at))
})

test('the hash of three words tells them apart, and stays as the index has it', () => {
  expect([...trigramHashes([0, 1, 2, 3])]).toEqual([647097050, 2774647360])
  const all = new Set<number>()
  for (const a of [0, 1, 2])
    for (const b of [0, 1, 2])
      for (const c of [0, 1, 2]) {
        const [hash = 0] = trigramHashes([a, b, c])
        expect(hash).toBeGreaterThanOrEqual(0)
        all.add(hash)
      }
  expect(all.size).toBe(27)
})

test.each(['null', '1', '"vocabulary"', '{}', '[]'])('%s is no head', (json) => {
  const text = new TextEncoder().encode(json)
  expect(() => readTextIndex(Uint8Array.from([text.length, 0, 0, 0, ...text]))).toThrow(
    new TypeError('the index of licence texts has no head'),
  )
})
