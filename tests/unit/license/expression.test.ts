import { parseExpression, printExpression } from '#license/expression'
import type { Expression } from '#license/expression'
import { LICENSE_IDS, EXCEPTION_IDS } from '#license/license-list'
import * as fc from 'fast-check'
import parse from 'spdx-expression-parse'
import { describe, expect, test } from 'vitest'
import { expressions, parsed } from './expressions.ts'
import { processorTime } from '../../support/processor-time.ts'

function reasonOf(text: string): string {
  const result = parseExpression(text)
  return result.ok ? `parsed as ${printExpression(result.expression)}` : result.reason
}

const leaf = (id: string): Expression => ({ type: 'leaf', id, plus: false })

describe('parseExpression', () => {
  test.each([
    ['MIT', 'MIT'],
    ['  MIT ', 'MIT'],
    ['(MIT)', 'MIT'],
    ['((MIT))', 'MIT'],
    ['GPL-2.0+', 'GPL-2.0+'],
    ['MIT OR ISC', 'MIT OR ISC'],
    ['MIT or ISC', 'MIT OR ISC'],
    ['MIT and ISC', 'MIT AND ISC'],
    ['(MIT)OR(ISC)', 'MIT OR ISC'],
    ['MIT OR ISC AND Zlib', 'MIT OR ISC AND Zlib'],
    ['(MIT OR ISC) AND Zlib', '(MIT OR ISC) AND Zlib'],
    ['MIT AND (ISC AND Zlib)', 'MIT AND ISC AND Zlib'],
    ['(MIT AND ISC) AND Zlib', '(MIT AND ISC) AND Zlib'],
    ['GPL-2.0-only with Classpath-exception-2.0', 'GPL-2.0-only WITH Classpath-exception-2.0'],
    ['LicenseRef-acme', 'LicenseRef-acme'],
    ['DocumentRef-a:LicenseRef-b', 'DocumentRef-a:LicenseRef-b'],
    ['DocumentRef-spdx.1:LicenseRef-own.2', 'DocumentRef-spdx.1:LicenseRef-own.2'],
  ])('reads %j', (text, printed) => {
    expect(printExpression(parsed(text))).toBe(printed)
  })

  test('AND binds tighter than OR', () => {
    expect(parsed('MIT OR ISC AND Zlib')).toEqual({
      type: 'or',
      parts: [leaf('MIT'), { type: 'and', parts: [leaf('ISC'), leaf('Zlib')] }],
    })
  })

  test.each([
    ['', 'absent'],
    ['   ', 'absent'],
    ['mit', 'not-spdx'],
    ['MIT\n', 'not-spdx'],
    ['\tMIT', 'not-spdx'],
    ['MIT\u00a0', 'not-spdx'],
    ['\u200bMIT', 'not-spdx'],
    ['MIT\ufeff', 'not-spdx'],
    ['\ufeffMIT', 'not-spdx'],
    ['\u041cIT', 'not-spdx'],
    ['ＭＩＴ', 'not-spdx'],
    ['\u202eTIM', 'not-spdx'],
    ['MIT\u0000', 'not-spdx'],
    ['\ud800', 'not-spdx'],
    ['\u001b[31mMIT', 'not-spdx'],
    ['NONE', 'not-spdx'],
    ['NOASSERTION', 'not-spdx'],
    ['MIT OR NOASSERTION', 'not-spdx'],
    ['MIT/ISC', 'not-spdx'],
    ['MIT ISC', 'not-spdx'],
    ['MIT AND', 'not-spdx'],
    ['LicenseRef-MIT AND', 'not-spdx'],
    ['OR', 'not-spdx'],
    ['(MIT', 'not-spdx'],
    ['MIT)', 'not-spdx'],
    ['()', 'not-spdx'],
    ['MIT++', 'not-spdx'],
    ['MIT +', 'not-spdx'],
    ['MIT WITH x', 'not-spdx'],
    ['MIT WITH ISC', 'not-spdx'],
    ['Classpath-exception-2.0', 'not-spdx'],
    ['GPL-2.0-only+', 'not-spdx'],
    ['GPL-2.0-or-later+', 'not-spdx'],
    ['LicenseRef-x+', 'not-spdx'],
    ['LicenseRef-', 'not-spdx'],
    ['toString', 'not-spdx'],
    ['__proto__', 'not-spdx'],
    ['Not MIT', 'not-spdx'],
    ['MIT + Commons Clause', 'not-spdx'],
    ['UNLICENSED', 'not-spdx'],
  ])('refuses %j as %s', (text, reason) => {
    expect(reasonOf(text)).toBe(reason)
  })

  // The parser by itself reads the first as `LicenseRef-OR OR MIT` and the second as `MIT OR ISC`.
  test.each(['LicenseRef-   OR MIT', 'LicenseRef-éé OR MIT', 'MIT ORISC', 'DocumentRef-a : LicenseRef-b'])(
    'refuses %j, which the parser lets through',
    (text) => {
      expect(() => parse(text)).not.toThrow()
      expect(reasonOf(text)).toBe('not-spdx')
    },
  )

  test.each([
    ['20,000 parentheses', '('.repeat(20_000) + 'MIT' + ')'.repeat(20_000)],
    ['20,000 open parentheses', '('.repeat(20_000)],
    ['20,000 flat terms', Array.from({ length: 20_000 }, () => 'MIT').join(' AND ')],
    ['4 MiB of one letter', 'A'.repeat(4 << 20)],
    ['4 MiB of blanks', ' '.repeat(4 << 20)],
    ['a chain just above the cap', 'MIT OR '.repeat(143) + 'MIT'],
    ['65 parentheses', '('.repeat(65) + 'MIT' + ')'.repeat(65)],
    ['201 terms', 'MIT '.repeat(201)],
  ])('calls %s too complex, at once', (_, text) => {
    expect(
      processorTime(() => {
        expect(reasonOf(text)).toBe('too-complex')
      }),
    ).toBeLessThan(200)
  })

  // A policy file that has one of these is refused with this clause.
  test.each([
    ['', 'it is empty'],
    ['MIT/ISC', 'it has a character at position 4 that no expression has'],
    ['OurLicenseRef-x', '"OurLicenseRef-x" is not an id of the SPDX licence list'],
    ['LicenseRef-x+', '"LicenseRef-x+" is not an id of the SPDX licence list'],
    ['x'.repeat(70), `"${'x'.repeat(60)}" is not an id of the SPDX licence list`],
    ['MIT OR', 'its ids and operators do not form an expression'],
    ['x'.repeat(1001), 'it is longer than 1000 characters'],
    ['('.repeat(65), 'its parentheses are nested deeper than 64'],
    ['MIT '.repeat(201), 'it has more than 200 terms'],
    ['MIT '.repeat(200), 'its ids and operators do not form an expression'],
  ])('says of %j that %s', (text, detail) => {
    expect(parseExpression(text)).toMatchObject({ ok: false, detail })
  })

  test('the caps leave room for what is below them', () => {
    expect(reasonOf('('.repeat(64) + 'MIT' + ')'.repeat(64))).toBe('parsed as MIT')
    expect(reasonOf('MIT OR '.repeat(142) + 'MIT')).toMatch(/^parsed as/)
  })

  test('every id of the list is read as itself, and every exception after WITH', () => {
    for (const id of LICENSE_IDS) {
      expect(parsed(id)).toEqual({ type: 'leaf', id, plus: false })
      expect(parse(id)).toEqual({ license: id })
    }
    for (const exception of EXCEPTION_IDS) {
      const leaf = { type: 'leaf', id: 'MIT', plus: false, exception }
      expect(parsed(`MIT WITH ${exception}`)).toEqual(leaf)
    }
    expect(LICENSE_IDS.size).toBeGreaterThan(700)
    expect(EXCEPTION_IDS.size).toBeGreaterThan(60)
  })

  test('never throws', () => {
    const words = fc.constantFrom(
      'MIT',
      'mit',
      'AND',
      'or',
      'WITH',
      '(',
      ')',
      '+',
      ':',
      'LicenseRef-',
      ' ',
      'é',
      '/',
    )
    fc.assert(fc.property(fc.array(words), (list) => void parseExpression(list.join(''))))
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseExpression(text)))
  })
})

describe('printExpression', () => {
  test('what it prints is parsed as the same tree', () => {
    fc.assert(
      fc.property(expressions(), (tree) => {
        expect(parsed(printExpression(tree))).toEqual(tree)
      }),
    )
  })
})
