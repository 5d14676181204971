import { createAllowSet } from '#license/allow-set'
import { evaluate, missingLicenses } from '#license/evaluate'
import { printExpression, printLeaf } from '#license/expression'
import type { Expression } from '#license/expression'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expressions, LEAVES, parsed } from './expressions.ts'
import { processorTime } from '../../support/processor-time.ts'

function allowed(expression: Expression, entries: readonly string[]): boolean {
  return evaluate(expression, [createAllowSet(entries, 'in the list')], 'not in the list').allowed
}

/** Brute force: writes the expression out as a boolean formula over its ids. */
function truth(expression: Expression, entries: ReadonlySet<string>): boolean {
  if (expression.type === 'leaf') return entries.has(printLeaf(expression))
  const [left, right] = expression.parts
  if (expression.type === 'and') return truth(left, entries) && truth(right, entries)
  return truth(left, entries) || truth(right, entries)
}

const pair = (): Expression => ({ type: 'or', parts: [parsed('AGPL-3.0-only'), parsed('MIT')] })

const SUBSETS = Array.from({ length: 2 ** LEAVES.length }, (_, bits) =>
  LEAVES.filter((_, index) => (bits >> index) & 1),
)

describe('evaluate', () => {
  test('agrees with the truth table over all subsets of six ids', () => {
    fc.assert(
      fc.property(expressions(), (expression) => {
        for (const subset of SUBSETS) {
          expect(allowed(expression, subset)).toBe(truth(expression, new Set(subset)))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('allowing more never refuses what was allowed', () => {
    fc.assert(
      fc.property(expressions(), fc.subarray(LEAVES), fc.subarray(LEAVES), (expression, some, more) => {
        if (allowed(expression, some)) expect(allowed(expression, [...some, ...more])).toBe(true)
      }),
    )
  })

  test('the order of the parts does not matter', () => {
    fc.assert(
      fc.property(expressions(), expressions(), fc.subarray(LEAVES), (left, right, entries) => {
        for (const type of ['and', 'or'] as const) {
          const there = allowed({ type, parts: [left, right] }, entries)
          expect(allowed({ type, parts: [right, left] }, entries)).toBe(there)
        }
      }),
    )
  })

  test('nothing AND a refused licence passes', () => {
    const refused = parsed('AGPL-3.0-only')
    fc.assert(
      fc.property(expressions(), (expression) => {
        expect(allowed({ type: 'and', parts: [expression, refused] }, LEAVES)).toBe(false)
        expect(allowed({ type: 'and', parts: [refused, expression] }, LEAVES)).toBe(false)
      }),
    )
  })

  test('says of each leaf why, once, with the first set that covers it', () => {
    const general = createAllowSet(['MIT', 'GPL-2.0-or-later'], 'in licenses.allow')
    const exception = createAllowSet(['MIT', 'ISC'], 'exception "a@1"')
    const result = evaluate(
      parsed('(MIT OR Zlib) AND (MIT OR ISC) AND GPL-3.0-only'),
      [general, exception],
      'not allowed',
    )
    expect(result).toEqual({
      allowed: true,
      leaves: [
        { leaf: 'MIT', allowed: true, why: 'in licenses.allow' },
        { leaf: 'Zlib', allowed: false, why: 'not allowed' },
        { leaf: 'ISC', allowed: true, why: 'exception "a@1"' },
        { leaf: 'GPL-3.0-only', allowed: true, why: 'in licenses.allow as GPL-2.0-or-later' },
      ],
      covering: new Set([general, exception]),
    })
  })

  test('nothing is allowed by an empty list', () => {
    expect(evaluate(parsed('MIT'), [], 'no list').allowed).toBe(false)
    expect(allowed(parsed('MIT OR ISC'), [])).toBe(false)
  })

  test('200 pairs of choices joined by AND are judged in milliseconds', () => {
    let expression = pair()
    for (let count = 1; count < 200; count += 1) expression = { type: 'and', parts: [pair(), expression] }
    expect(
      processorTime(() => {
        expect(allowed(expression, ['MIT'])).toBe(true)
        expect(allowed(expression, ['ISC'])).toBe(false)
        expect(missingLicenses(expression, [])).toEqual(['AGPL-3.0-only'])
      }),
    ).toBeLessThan(200)
  })
})

describe('missingLicenses', () => {
  test.each([
    ['MIT', ['MIT'], []],
    ['GPL-3.0-only', ['MIT'], ['GPL-3.0-only']],
    ['MIT AND GPL-3.0-only', ['MIT'], ['GPL-3.0-only']],
    ['GPL-2.0-only OR AGPL-3.0-only', ['MIT'], ['GPL-2.0-only']],
    ['(GPL-2.0-only AND ISC) OR AGPL-3.0-only', ['MIT'], ['AGPL-3.0-only']],
    ['MIT OR GPL-3.0-only', ['MIT'], []],
    ['GPL-2.0 AND LGPL-2.1+ AND GPL-2.0-only', [], ['GPL-2.0-only', 'LGPL-2.1-or-later']],
  ])('of %s with %j: %j', (text, entries, missing) => {
    expect(missingLicenses(parsed(text), [createAllowSet(entries, '')])).toEqual(missing)
  })

  test('what is missing is enough', () => {
    fc.assert(
      fc.property(expressions(), fc.subarray(LEAVES), (expression, entries) => {
        const missing = missingLicenses(expression, [createAllowSet(entries, '')])
        expect(allowed(expression, [...entries, ...missing]), printExpression(expression)).toBe(true)
        expect(missing.length === 0).toBe(allowed(expression, entries))
      }),
    )
  })
})
