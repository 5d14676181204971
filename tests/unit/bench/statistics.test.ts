import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, pairedRatio, quantile, slope, spread } from '../../../bench/statistics.mjs'

const numbers = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1 })

test('quantiles lie between the two nearest values', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(quantile([10, 20, 30, 40, 50], 0.25)).toBe(20)
  expect(quantile([10, 20], 0.25)).toBe(12.5)
  expect(quantile([7], 0.9)).toBe(7)
})

test('a spread is in order, whatever order the runs came in', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const { min, q1, median: middle, q3, max, runs } = spread(values)
      expect([min, q1, middle, q3, max]).toEqual([min, q1, middle, q3, max].toSorted((a, b) => a - b))
      expect(runs).toBe(values.length)
    }),
  )
})

test('a drift that meets both sides leaves their ratio alone', () => {
  fc.assert(
    fc.property(numbers, (drift) => {
      const ours = drift.map((factor) => factor * 2)
      expect(pairedRatio(ours, drift)).toBeCloseTo(2, 9)
    }),
  )
})

test('a slope is the rise a step', () => {
  expect(slope([1, 3, 5, 7])).toBeCloseTo(2, 12)
  expect(slope([5, 5, 5])).toBe(0)
  expect(slope([4])).toBe(0)
})
