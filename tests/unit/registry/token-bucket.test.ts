import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTokenBucket } from '#registry/token-bucket'

test('lets a tenth of a second through at once, then one per interval', () => {
  const take = createTokenBucket(50)
  expect(Array.from({ length: 5 }, () => take(1000))).toEqual([0, 0, 0, 0, 0])
  expect(take(1000)).toBeCloseTo(20)
  expect(take(1000)).toBeCloseTo(40)
  expect(take(1040)).toBeCloseTo(20)
})

test('a long rest saves up no more than the burst', () => {
  const take = createTokenBucket(50)
  take(0)
  const waits = Array.from({ length: 7 }, () => take(1_000_000))
  expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
})

test('one request a second means one at a time', () => {
  const take = createTokenBucket(1)
  expect(take(0)).toBe(0)
  expect(take(0)).toBe(1000)
})

test('never more than the rate and its burst in any stretch of time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 300 }),
      (perSecond, gaps) => {
        const take = createTokenBucket(perSecond)
        let at = 0
        const used = gaps.map((gap) => {
          at += gap
          return at + take(at)
        })
        const burst = Math.max(1, Math.ceil(perSecond / 10))
        for (const from of used) {
          const within = used.filter((time) => time >= from && time < from + 1000).length
          expect(within).toBeLessThanOrEqual(perSecond + burst + 1)
        }
      },
    ),
    { numRuns: 50 },
  )
})
