import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRows, comparisonText } from '../../../bench/regression.mjs'
import type { Row } from '../../../bench/regression.mjs'

const settings = { threshold: 1.15, floorMs: 8 }
const baseline = { warm: { seconds: 0.1, reference: 0.05 } }
const verdictOf = (seconds: number, reference: number, limits = settings): string | undefined =>
  compareRows(baseline, { warm: { seconds, reference } }, limits).rows[0]?.verdict

describe('a run beside its stored baseline', () => {
  test('30 ms more in 100 are a regression', () => {
    expect(verdictOf(0.13, 0.05)).toBe('slower')
    expect(compareRows(baseline, { warm: { seconds: 0.13, reference: 0.05 } }, settings).regressed).toBe(true)
  })

  test('a machine that is slower as a whole is none', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 20, noNaN: true }), (factor) => {
        expect(verdictOf(0.1 * factor, 0.05 * factor)).toBe('same')
      }),
    )
  })

  test('a fast machine does not hide one', () => {
    expect(verdictOf(0.13 / 2, 0.05 / 2)).toBe('slower')
  })

  test('the threshold and the noise floor both have to be passed', () => {
    expect(verdictOf(0.114, 0.05)).toBe('same')
    expect(verdictOf(0.13, 0.05, { threshold: 1.15, floorMs: 31 })).toBe('same')
    expect(verdictOf(0.13, 0.05, { threshold: 1.31, floorMs: 8 })).toBe('same')
    expect(verdictOf(0.05, 0.05)).toBe('faster')
  })
})

test('what only one of them knows is named and compared with nothing', () => {
  const comparison = compareRows(baseline, { cold: { seconds: 9, reference: 1 } }, settings)
  expect(comparison).toEqual({ rows: [], unknown: ['warm', 'cold'], regressed: false })
  expect(comparisonText(comparison, settings)).toContain('cold is only in one of the two')
})

test('a row that is named like a property of every object is no baseline', () => {
  const current = JSON.parse(
    '{ "__proto__": { "seconds": 1, "reference": 1 }, "toString": { "seconds": 1, "reference": 1 } }',
  ) as Record<string, Row>
  expect(compareRows({}, current, settings).rows).toEqual([])
})

test('the table tells ratios, change and what was lost', () => {
  const text = comparisonText(
    compareRows(baseline, { warm: { seconds: 0.13, reference: 0.05 } }, settings),
    settings,
  )
  expect(text).toContain('| warm | 2.000 | 2.600 | 1.300 | 30 | slower |')
  expect(text).toContain('Slower than the baseline by more than 1.15 x and more than 8 ms.')
})
