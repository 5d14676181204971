import * as fc from 'fast-check'
import satisfies from 'semver/functions/satisfies.js'
import { expect, test } from 'vitest'
import { plainlyHolds } from '#collectors/plain-range'

const part = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom(10, 999_999_999, 1_000_000_000))
const version = fc.tuple(part, part, part).map((parts) => parts.join('.'))
const tail = fc.constantFrom('', '', '', '-beta.1', '+build', '.x', ' ')

test('what it says holds by the rule of semver', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('^', '~', '', '>=', '=', 'v'),
      version,
      tail,
      version,
      tail,
      (sign, a, x, b, y) => {
        const [range, found] = [`${sign}${a}${x}`, `${b}${y}`]
        if (plainlyHolds(range, found)) expect(satisfies(found, range, { loose: true })).toBe(true)
      },
    ),
    { numRuns: 5000 },
  )
})

test('and it says so of every range of the usual form', () => {
  fc.assert(
    fc.property(fc.constantFrom('^', '~', ''), version, version, (sign, a, b) => {
      fc.pre(!`${a}${b}`.includes('1000000000'))
      expect(plainlyHolds(`${sign}${a}`, b)).toBe(satisfies(b, `${sign}${a}`, { loose: true }))
    }),
    { numRuns: 5000 },
  )
})
