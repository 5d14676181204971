import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextCongestion, startCongestion } from '#registry/adaptive'
import type { Congestion, Experience } from '#registry/adaptive'

function after(state: Congestion, experience: Experience, times: number): Congestion {
  let current = state
  for (let i = 0; i < times; i++) current = nextCongestion(current, experience)
  return current
}

test('starts at 16 and doubles once per round trip up to the ceiling', () => {
  const start = startCongestion(64)
  expect(start.limit).toBe(16)
  expect(after(start, 'good', 15).limit).toBe(16)
  expect(after(start, 'good', 16).limit).toBe(32)
  expect(after(start, 'good', 16 + 32).limit).toBe(64)
  expect(after(start, 'good', 16 + 32 + 64 * 3).limit).toBe(64)
})

test('starts at the ceiling where that is lower', () => {
  expect(startCongestion(4).limit).toBe(4)
  expect(after(startCongestion(4), 'good', 100).limit).toBe(4)
})

test('pressure halves it once for all requests of the same round trip, then it grows by one', () => {
  const wide = after(startCongestion(64), 'good', 16 + 32)
  const cut = nextCongestion(wide, 'pressed')
  expect(cut.limit).toBe(32)
  const stillCut = after(cut, 'pressed', 63)
  expect(stillCut.limit).toBe(32)
  const calm = after(stillCut, 'good', 1)
  expect(after(calm, 'good', 32).limit).toBe(33)
  expect(nextCongestion(calm, 'pressed').limit).toBe(16)
})

test('other errors stop growth without cutting', () => {
  const state = after(after(startCongestion(64), 'bad', 1), 'good', 15)
  expect(state.limit).toBe(16)
  expect(after(state, 'good', 16).limit).toBe(32)
})

test('the limit is always a whole number between 1 and the ceiling', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc.array(fc.constantFrom<Experience>('good', 'pressed', 'bad'), { maxLength: 500 }),
      (ceiling, experiences) => {
        let state = startCongestion(ceiling)
        for (const experience of experiences) {
          state = nextCongestion(state, experience)
          expect(Number.isInteger(state.limit)).toBe(true)
          expect(state.limit).toBeGreaterThanOrEqual(1)
          expect(state.limit).toBeLessThanOrEqual(ceiling)
        }
      },
    ),
  )
})
