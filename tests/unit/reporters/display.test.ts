import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { display, displayLines, safeJson } from '#reporters/display'

const NASTY = [
  '\u001b[31mred\u001b[0m',
  '\u001b]8;;https://x.example\u0007link\u001b]8;;\u0007',
  'a\rb',
  'a\n::error::b',
  '\u202egnp.exe',
  'zero\u200bwidth',
  '\u009b31m',
  '\ud800',
  '\ufeffbom',
  'nul\0',
]

test.each(NASTY)('%j shows no character that commands, hides or reorders', (text) => {
  expect(display(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
})

test('any text is shown on one line of bounded length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const shown = display(text)
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
      expect(shown.length).toBeLessThanOrEqual(501)
    }),
  )
})

test('ordinary text stays as it is, accents and all', () => {
  expect(display('@scope/naïve-package@1.0.0 (MIT)')).toBe('@scope/naïve-package@1.0.0 (MIT)')
})

test('line breaks are kept only where lines are asked for', () => {
  expect(displayLines('a\nb\u001b[1m')).toEqual(['a', 'b\ufffd[1m'])
})

test('safe JSON means the same and shows nothing raw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = safeJson({ text }, 2)
      expect(JSON.parse(json)).toEqual({ text })
      expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    }),
  )
})
