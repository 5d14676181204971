import { expressionKey } from '#license/expression-key'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expressions, parsed } from './expressions.ts'

describe('expressionKey', () => {
  test.each([
    ['MIT OR ISC', 'ISC OR MIT'],
    ['MIT OR (ISC OR Zlib)', '(Zlib OR MIT) OR ISC'],
    ['MIT AND MIT', 'MIT'],
    ['GPL-2.0', 'GPL-2.0-only'],
    ['GPL-2.0+ OR MIT', 'MIT OR GPL-2.0-or-later'],
  ])('%s is %s', (left, right) => {
    expect(expressionKey(parsed(left))).toBe(expressionKey(parsed(right)))
  })

  test.each([
    ['MIT OR ISC', 'MIT AND ISC'],
    ['MIT OR ISC', 'MIT'],
    ['(MIT OR ISC) AND Zlib', 'MIT OR ISC AND Zlib'],
    ['GPL-2.0-only', 'GPL-2.0-or-later'],
    ['Apache-2.0', 'Apache-2.0+'],
    ['GPL-2.0-only', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['GPL-2.0-only', 'LGPL-2.0-only'],
    ['MIT', 'MIT-0'],
  ])('%s is not %s', (left, right) => {
    expect(expressionKey(parsed(left))).not.toBe(expressionKey(parsed(right)))
  })

  test('does not depend on the order of any part', () => {
    fc.assert(
      fc.property(expressions(), expressions(), expressions(), (a, b, c) => {
        for (const type of ['and', 'or'] as const) {
          const there = expressionKey({ type, parts: [a, { type, parts: [b, c] }] })
          expect(expressionKey({ type, parts: [{ type, parts: [c, b] }, a] })).toBe(there)
        }
      }),
    )
  })
})
