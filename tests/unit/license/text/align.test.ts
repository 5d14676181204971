import { array, assert, nat, property, tuple } from 'fast-check'
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
