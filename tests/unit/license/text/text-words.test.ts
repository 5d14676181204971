import { expect, test } from 'vitest'
import { textWords } from '#license/text/text-words'

function words(text: string): string {
  return textWords(text)?.words.join(' ') ?? 'none'
}

test.each([
  ['The "Software" — AS IS.', 'the software as is'],
  ["the program's author’s", 'the programs authors'],
  ['R&D © Acme', 'r and d c acme'],
  ['licence, favour, sub-license, non-infringement', 'license favor sublicense noninfringement'],
  ['copyright owner', 'copyright holder'],
  ['1. ape\n2) bee\n(iii) cat\n a) dog', 'ape bee cat dog'],
  ['section 4. of version 2.', 'section 4 of version 2'],
  ['clause.\n5. Next', 'clause next'],
  ['Michael C. Grant', 'michael c grant'],
  ['see http://www.acme.example/x, or <zoe@acme.example>', 'see acme.example/x or zoe@acme.example'],
  ['github.com/acme/zoe', 'github.com/acme/zoe'],
  ['(not.for.sale)', 'not for sale'],
  ['/* // # * -- */', ''],
])('%j', (text, expected) => {
  expect(words(text)).toBe(expected)
})

test('segments end at lines and sentences, not at initials', () => {
  expect(textWords('by J. Doe himself. Then\nmore; and: on')?.segments).toEqual([0, 0, 0, 0, 1, 2, 3, 4])
})

test('addresses are marked', () => {
  expect(textWords('see https://acme.example now')?.addresses).toEqual([false, true, false])
})

function named(text: string): boolean[] | undefined {
  return textWords(text)?.named
}

test('names are written with capitals, digits or hyphens, and not shouted', () => {
  expect(named('Zoe quandt IBM x2 node-zoe 山田')).toEqual([true, false, true, true, true, true, true])
  expect(named('COMPANIES KEEP AWAY')).toEqual([false, false, false])
})

test('a letter whose small form is longer leaves nothing named, and moves nothing', () => {
  expect(textWords('İ Zoe see https://acme.example now')?.named.slice(1, 3)).toEqual([false, false])
  expect(words('İ Zoe see https://acme.example now')).toContain('zoe see acme.example now')
})

test('more words than any licence has are none', () => {
  expect(textWords('a '.repeat(60_001))).toBeUndefined()
})
