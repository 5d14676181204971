import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeText, printableText } from '#reporters/notice-text'

describe('decodeText', () => {
  test.each([
    ['UTF-8', Buffer.from('© Åsa')],
    ['UTF-8 with a mark', Buffer.from('\ufeff© Åsa')],
    ['UTF-16, little end first', Buffer.from('\ufeff© Åsa', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeff© Åsa', 'utf16le').swap16()],
    ['Latin-1', Buffer.from('© Åsa', 'latin1')],
  ])('%s', (_, bytes) => {
    expect(decodeText(bytes)).toBe('© Åsa')
  })

  test('what holds a NUL is no text', () => {
    expect(decodeText(Buffer.from('MIT\0'))).toBeUndefined()
    expect(decodeText(Buffer.from([0xff, 0xfe, 0, 0]))).toBeUndefined()
  })
})

describe('printableText', () => {
  test.each([
    ['line breaks of every kind', 'a\r\nb\rc\fd\u2028e', 'a\nb\nc\nd\ne'],
    ['blanks and empty lines around it', '\n  \n  a  \n\n b\t\n\n', '  a\n\n b'],
    ['tabs', '\ta', '    a'],
    ['what nobody sees', '\u001b[31mM\u200bI\u202eT\ud800\ufeff', '[31mMIT'],
    ['nothing at all', ' \n\t\u200b', ''],
    ['copyright lines', '© 2020 Åsa Nyström 李', '© 2020 Åsa Nyström 李'],
  ])('%s', (_, text, expected) => {
    expect(printableText(text)).toBe(expected)
  })

  test('no text keeps anything that hides or moves, and doing it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const printed = printableText(text)
        expect(printed).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(printableText(printed)).toBe(printed)
      }),
    )
  })
})
