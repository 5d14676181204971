import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDuration, MAX_SAMPLES, noDurations } from '#metrics/recorder'
import type { Durations } from '#metrics/recorder'
import { addDurations, figuresOf } from '#metrics/summarise'

const ms = fc.oneof(
  fc.double({ min: 0, max: 100_000, noNaN: true }),
  fc.constantFrom(0, 0.0001, 0.001, 1, 100_000),
)
const many = fc.array(ms, { minLength: 1, maxLength: 300 })

function durationsOf(values: readonly number[], times = 1): Durations {
  const durations = noDurations()
  for (let time = 0; time < times; time += 1) for (const value of values) addDuration(durations, value, false)
  return durations
}

/** So often that the histogram takes over. */
const BEYOND = MAX_SAMPLES + 1

describe.each([
  ['one by one', 1],
  ['in the histogram', BEYOND],
])('kept %s', (_, atLeast) => {
  const repeated = (values: readonly number[]): Durations =>
    durationsOf(values, Math.ceil(atLeast / values.length))
  // Ten thousand of each: a few runs find what there is to find.
  const numRuns = atLeast === 1 ? 200 : 15

  test('percentiles lie between the smallest and the largest, and rise', () => {
    fc.assert(
      fc.property(many, (values) => {
        const { minMs, medianMs, p95Ms, p99Ms, maxMs, meanMs } = figuresOf(repeated(values))
        expect([minMs, medianMs, p95Ms, p99Ms, maxMs]).toEqual(
          [minMs, medianMs, p95Ms, p99Ms, maxMs].toSorted((a, b) => a - b),
        )
        expect(meanMs).toBeGreaterThanOrEqual(minMs)
        expect(meanMs).toBeLessThanOrEqual(maxMs)
      }),
      { numRuns },
    )
  })

  test('the order does not matter', () => {
    fc.assert(
      fc.property(many, (values) => {
        const there = figuresOf(repeated(values))
        const back = figuresOf(repeated(values.toReversed()))
        expect({ ...back, totalMs: 0, meanMs: 0 }).toEqual({ ...there, totalMs: 0, meanMs: 0 })
        // A sum of floats depends on their order in its last digit, which may round to the next microsecond.
        expect(Math.abs(back.totalMs - there.totalMs)).toBeLessThanOrEqual(0.0011 + there.totalMs * 1e-9)
      }),
      { numRuns, examples: [[[0.0001, 0.001, 0.0001, 0.001, 0.0001, 0.0001, 0.0001, 0]]] },
    )
  })

  test('count, smallest and largest are exact, and a percentile is one of the durations within 0.5 %', () => {
    fc.assert(
      fc.property(many, (values) => {
        const durations = repeated(values)
        const figures = figuresOf(durations)
        expect(figures.count).toBe(durations.count)
        expect(Math.abs(figures.minMs - Math.min(...values))).toBeLessThanOrEqual(0.00051)
        expect(Math.abs(figures.maxMs - Math.max(...values))).toBeLessThanOrEqual(0.00051)
        const sorted = values.toSorted((a, b) => a - b)
        const exact = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
        expect(Math.abs(figures.medianMs - exact)).toBeLessThanOrEqual(exact * 0.0051 + 0.0015)
      }),
      { numRuns },
    )
  })
})

test('figures of known durations', () => {
  const values = Array.from({ length: 200 }, (_, at) => at + 1)
  expect(figuresOf(durationsOf(values))).toEqual({
    count: 200,
    errors: 0,
    totalMs: 20_100,
    meanMs: 100.5,
    minMs: 1,
    maxMs: 200,
    medianMs: 100,
    p95Ms: 190,
    p99Ms: 198,
  })
})

test('memory is bounded', () => {
  const durations = noDurations()
  for (let at = 0; at < 200_000; at += 1) addDuration(durations, (at * 7919) % 60_000, at % 10 === 0)
  expect(durations.samples).toEqual([])
  expect(durations.buckets?.size).toBeLessThan(2000)
  expect(figuresOf(durations)).toMatchObject({ count: 200_000, errors: 20_000 })
})

test('two threads give what one would have given', () => {
  fc.assert(
    fc.property(many, many, (one, other) => {
      const merged = durationsOf(one)
      addDurations(merged, durationsOf(other))
      const figures = figuresOf(merged)
      const together = figuresOf(durationsOf([...one, ...other]))
      expect({ ...figures, totalMs: 0, meanMs: 0 }).toEqual({ ...together, totalMs: 0, meanMs: 0 })
    }),
  )
})

test.each([
  [1, BEYOND],
  [BEYOND, 1],
  [BEYOND, BEYOND],
  [MAX_SAMPLES, MAX_SAMPLES],
])('also where there are too many to keep: %i and %i', (one, other) => {
  const merged = durationsOf([1], one)
  addDurations(merged, durationsOf([1000], other))
  const figures = figuresOf(merged)
  expect(figures).toMatchObject({ count: one + other, minMs: 1, maxMs: 1000 })
  const middle = one >= other ? 1 : 1000
  expect(Math.abs(figures.medianMs - middle) / middle).toBeLessThan(0.0051)
})
