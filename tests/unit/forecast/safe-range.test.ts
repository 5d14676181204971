import * as fc from 'fast-check'
import compare from 'semver/functions/compare.js'
import gt from 'semver/functions/gt.js'
import satisfies from 'semver/functions/satisfies.js'
import { expect, test } from 'vitest'
import { safeRange } from '#forecast/safe-range'

test.each([
  ['1.0.40', ['2.0.0', '2.0.1'], '^1.0.40'],
  ['1.0.40', ['1.1.0', '2.0.0'], '>=1.0.40 <1.1.0'],
  ['0.7.20', ['0.8.0'], '^0.7.20'],
  ['0.7.20', ['0.7.21'], '>=0.7.20 <0.7.21'],
  ['0.0.3', ['0.0.4'], '^0.0.3'],
  ['2.0.0-beta.1', ['2.0.0-beta.2', '2.0.0'], '>=2.0.0-beta.1 <2.0.0-beta.2'],
  ['2.0.0-beta.1', ['2.0.0'], '>=2.0.0-beta.1 <2.0.0'],
  // A licence that comes back later does not widen the range again.
  ['1.0.0', ['1.2.0', '3.0.0'], '>=1.0.0 <1.2.0'],
  ['1.0.0+build.1', ['2.0.0'], '^1.0.0+build.1'],
])('%s, with another licence in %j: %s', (installed, relicensed, range) => {
  expect(safeRange(installed, relicensed)).toBe(range)
})

const version = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.option(fc.constantFrom('alpha', 'beta.1', 'beta.2', 'rc.1')))
  .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre === null ? '' : `-${pre}`}`)

test('the range always holds the installed version and none of those with another licence', () => {
  fc.assert(
    fc.property(version, fc.array(version, { minLength: 1, maxLength: 8 }), (installed, others) => {
      const relicensed = others.filter((other) => gt(other, installed)).toSorted(compare)
      fc.pre(relicensed.length > 0)
      const range = safeRange(installed, relicensed)
      expect(range).toBeDefined()
      expect(satisfies(installed, range ?? '')).toBe(true)
      expect(relicensed.filter((other) => satisfies(other, range ?? ''))).toEqual([])
    }),
    { numRuns: 500 },
  )
})
