import { array, assert, integer, nat, pre, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { align, runsOf } from '#license/text/align'
import type { Alignment } from '#license/text/align'

function aligned(known: number[], found: number[], from = 0, to = found.length): Alignment | undefined {
  return align({ words: known, runs: runsOf(known) }, found, from, to)
}

const KNOWN = Array.from({ length: 40 }, (_, at) => at)

test('the same words differ nowhere', () => {
  expect(aligned(KNOWN, KNOWN)).toEqual({ found: [0, 40], differences: [], shared: 40 })
})

test('what stands around is not part of it', () => {
  expect(aligned(KNOWN, [90, 91, ...KNOWN, 92])?.found).toEqual([2, 42])
})

test('added, missing and replaced words are found where they are', () => {
  const found = [
    ...KNOWN.slice(0, 10),
    99,
    ...KNOWN.slice(10, 20),
    ...KNOWN.slice(22, 30),
    98,
    ...KNOWN.slice(31),
  ]
  expect(aligned(KNOWN, found)?.differences).toEqual([
    { known: [10, 10], found: [10, 11] },
    { known: [20, 22], found: [21, 21] },
    { known: [30, 31], found: [29, 30] },
  ])
})

test('of two copies the first one is taken', () => {
  const known = Array.from({ length: 100 }, (_, at) => at)
  expect(aligned(known, [...known, 777, ...known])?.found).toEqual([0, 100])
})

test('nothing in common is no alignment', () => {
  expect(aligned(KNOWN, [70, 71, 72, 73, 74])).toBeUndefined()
})

test('matches and differences always account for every word of both', () => {
  assert(
    property(
      array(nat(30), { minLength: 20, maxLength: 80 }),
      array(tuple(nat(80), nat(3), array(nat(30), { maxLength: 3 })), { maxLength: 4 }),
      (known, edits) => {
        const found = [...known]
        for (const [at, count, words] of edits) found.splice(at, count, ...words)
        const result = aligned(known, found)
        if (result === undefined) return
        const missing = result.differences.reduce((sum, { known: [from, to] }) => sum + to - from, 0)
        const added = result.differences.reduce((sum, { found: [from, to] }) => sum + to - from, 0)
        expect(result.shared + missing).toBe(known.length)
        expect(result.shared + added).toBe(result.found[1] - result.found[0])
      },
    ),
  )
})

/** Words that no other list here has. */
function strangers(count: number, first = 1000): number[] {
  return Array.from({ length: count }, (_, at) => first + at)
}

function upTo(end: number, from = 0): number[] {
  return Array.from({ length: end - from }, (_, at) => from + at)
}

const early = (count: number) => aligned(KNOWN, [0, ...strangers(count), ...KNOWN.slice(1)])?.found

const late = (count: number) => aligned(KNOWN, [...upTo(39), ...strangers(count), 39])?.found

test('words before and behind are looked for as far as the text reaches, and 24 words further', () => {
  expect(early(24)).toEqual([0, 64])
  expect(early(25)).toEqual([26, 65])
  expect(late(24)).toEqual([0, 64])
  expect(late(25)).toEqual([0, 39])
})

test('only the words of the range count', () => {
  const twice = [...KNOWN, 777, ...KNOWN]
  expect(aligned(KNOWN, twice, 41, 81)).toEqual({ found: [41, 81], differences: [], shared: 40 })
  expect(aligned(KNOWN, twice, 0, 30)).toEqual({
    found: [0, 30],
    differences: [{ known: [30, 40], found: [30, 30] }],
    shared: 30,
  })
  expect(aligned(KNOWN, twice, 45, 81)?.differences).toEqual([{ known: [0, 4], found: [45, 45] }])
  expect(aligned(KNOWN, [900, 10, 11, 12, 13], 0, 4)).toBeUndefined()
})

test('four words in a row are enough to find a place, three are not', () => {
  expect(aligned(KNOWN, [900, 901, 10, 11, 12, 13])).toEqual({
    found: [2, 6],
    differences: [
      { known: [0, 10], found: [2, 2] },
      { known: [14, 40], found: [6, 6] },
    ],
    shared: 4,
  })
  expect(aligned(KNOWN, [900, 901, 10, 11, 12, 902])).toBeUndefined()
})

const hashOf = (words: number[]) => runsOf(words).keys().next().value ?? 0

test('four words with the hash of four others are not these', () => {
  const wanted = hashOf([10, 11, 12, 13])
  // With a last word of -1 the hash is what the first three words make of it.
  const last = (wanted ^ hashOf([90, 91, 92, -1])) - 1
  expect(hashOf([90, 91, 92, last])).toBe(wanted)
  expect(aligned(KNOWN, [90, 91, 92, last])).toBeUndefined()
})

test('runs of four words are known by their place, repeated ones by none', () => {
  expect([...runsOf([1, 2, 3, 4, 5]).values()]).toEqual([0, 1])
  expect(runsOf([1, 2, 3]).size).toBe(0)
  expect([...runsOf([1, 1, 1, 1, 1]).values()]).toEqual([-1])
})

const ones = (count: number) => Array.from({ length: count }, () => 1)

test('a text without a run of its own is found by its first two words if it is short', () => {
  expect(aligned([1, 2, 3], [9, 1, 9, 2, 1, 2, 3, 9])).toEqual({
    found: [4, 7],
    differences: [],
    shared: 3,
  })
  expect(aligned([1, 2, 3], [9, 1, 2, 3], 2)).toBeUndefined()
  expect(aligned([1, 2, 3], [9, 9, 1, 2, 3], 0, 2)).toBeUndefined()
  expect(aligned([1, 2, 3], [8, 2, 3])).toBeUndefined()
  expect(aligned(ones(15), [9, ...ones(15)])?.found).toEqual([1, 16])
  expect(aligned(ones(16), [9, ...ones(16)])).toBeUndefined()
})

test('the first copy counts if it has three fifths of the best one', () => {
  const known = upTo(103)
  const startOf = (words: number) =>
    aligned(known, [...known.slice(0, words), ...strangers(200), ...known])?.found[0]
  expect(startOf(63)).toBe(0)
  expect(startOf(62)).toBe(262)
  expect(startOf(20)).toBe(220)
})

test.each([
  ['32 words', 40, 63],
  ['half of the text', 100, 99],
  ['400 words', 1000, 799],
])('the text may drift by less than twice %s', (_, length, most) => {
  const known = upTo(length)
  const half = length / 2
  const shared = (count: number) =>
    aligned(known, [...known.slice(0, half), ...strangers(count, 5000), ...known.slice(half)])?.shared
  expect(shared(most)).toBe(length)
  expect(shared(most + 1)).toBe(half)
})

test('of parts that changed places the longer chain is taken', () => {
  expect(aligned(KNOWN, [...upTo(20, 8), ...upTo(8), ...upTo(40, 20)])).toEqual({
    found: [0, 40],
    differences: [
      { known: [0, 8], found: [0, 0] },
      { known: [20, 20], found: [12, 20] },
    ],
    shared: 32,
  })
  expect(aligned(KNOWN, [...upTo(20, 12), ...upTo(12), ...upTo(40, 20)])?.differences).toEqual([
    { known: [12, 20], found: [20, 20] },
  ])
})

const gap = (missing: number, added: number) =>
  aligned(
    [...upTo(20), ...strangers(missing, 100), 55, ...strangers(30, 300), ...upTo(22, 20)],
    [...upTo(20), ...strangers(added, 500), 55, ...strangers(30, 700), ...upTo(22, 20)],
  )?.differences

test('a gap with more than 120 edits is one difference, but for its ends', () => {
  expect(gap(30, 30)).toEqual([
    { known: [20, 50], found: [20, 50] },
    { known: [51, 81], found: [51, 81] },
  ])
  expect(gap(31, 30)).toEqual([{ known: [20, 82], found: [20, 81] }])
})

/** Length of the longest common subsequence, the slow and certain way. */
function inCommon(a: readonly number[], b: readonly number[]): number {
  let row = Array.from({ length: b.length + 1 }, () => 0)
  for (const word of a) {
    const next = [0]
    b.forEach((other, at) =>
      next.push(word === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0)),
    )
    row = next
  }
  return row.at(-1) ?? 0
}

test('between two places as many words are shared as can be', () => {
  const words = array(integer({ min: 500, max: 502 }), { maxLength: 8 })
  const head = upTo(8)
  const tail = upTo(16, 8)
  assert(
    property(words, words, (gap, other) => {
      // Four shared words in a row are a place of their own.
      const runs = runsOf(gap)
      pre([...runsOf(other).keys()].every((run) => !runs.has(run)))
      const result = aligned([...head, ...gap, ...tail], [...head, ...other, ...tail])
      expect(result?.shared).toBe(16 + inCommon(gap, other))
    }),
    { seed: 5, numRuns: 150 },
  )
})
