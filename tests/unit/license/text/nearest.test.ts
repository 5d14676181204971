import { expect, test } from 'vitest'
import { nearestText } from '#license/text/nearest'
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
