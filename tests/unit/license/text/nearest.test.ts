import { expect, test } from 'vitest'
import { nearestText } from '#license/text/nearest'
import type { TextIndex } from '#license/text/text-index'
import { knownOf } from './known-texts.ts'
import { INDEX } from './spdx-texts.ts'

test('a text is nearest to itself, with the highest score', () => {
  const { ids, words } = INDEX.text(3)
  expect(nearestText(Int32Array.from(words), INDEX)).toEqual({ id: ids[0], score: 1 })
})

test('half a text is less near, and nothing is near nothing', () => {
  const { words } = INDEX.text(3)
  const half = nearestText(Int32Array.from(words).subarray(0, Math.floor(words.length * 0.7)), INDEX)
  expect(half?.score).toBeLessThan(0.95)
  expect(nearestText(new Int32Array(0), INDEX)).toBeUndefined()
})

/** An index whose candidates are always these, in this order. */
function indexOf(texts: readonly [id: string, words: string][]): TextIndex {
  const known = texts.map(([id, words]) => knownOf(id === '' ? [] : [id], [['body', words]]))
  return {
    ...INDEX,
    text: (at) => known[at] ?? INDEX.text(-1),
    candidates: () => known.map((_, at) => at),
  }
}

function numbersOf(words: string): Int32Array {
  return Int32Array.from(words.split(' '), (word) => INDEX.numberOf(word) ?? -1)
}

test('the score is twice the pairs of words that both have, by those that each has', () => {
  const index = indexOf([['Zlib', 'the terms of the license and the terms below']])
  // the-terms, terms-of, of-the, the-license, license-and, and-the, terms-below: seven pairs.
  expect(nearestText(numbersOf('the terms of use'), index)).toEqual({ id: 'Zlib', score: 0.4 })
  expect(nearestText(numbersOf('use of terms'), index)).toEqual({ id: 'Zlib', score: 0 })
  expect(nearestText(numbersOf('use'), index)).toEqual({ id: 'Zlib', score: 0 })
})

test('the highest score counts, and the first of equal ones', () => {
  const texts: [string, string][] = [
    ['MIT', 'the terms of this license'],
    ['ISC', 'the terms of use'],
    ['0BSD', 'the terms of use'],
    ['', 'the terms of use'],
    ['Zlib', 'other words'],
  ]
  expect(nearestText(numbersOf('the terms of use'), indexOf(texts))?.id).toBe('ISC')
  expect(nearestText(numbersOf('the terms of use'), indexOf([['', 'the terms of use']]))).toBeUndefined()
})
