import { expect, test } from 'vitest'
import { fixPhrases } from '#license/text/fixed-phrases'
import { textWords } from '#license/text/text-words'

function fixed(text: string): string {
  const cut = textWords(text)
  return cut === undefined ? 'none' : fixPhrases(cut).words.join(' ')
}

test.each([
  ['IN NO EVENT SHALL ACME BE LIABLE', 'in no event shall the copyright holder be liable'],
  [
    'Neither the name of Acme nor the names of its contributors may be used to endorse',
    'neither the name of the copyright holder nor the names of its contributors may be used to endorse',
  ],
  ['59 Temple Place, Suite 330, Boston, MA 02111-1307 USA', 'address of the foundation'],
  ['Copyright 2001, 2002, 2003 Python Software Foundation', 'copyright python software foundation'],
])('%s', (text, expected) => {
  expect(fixed(text)).toBe(expected)
})

test.each([
  'in no event shall those who pay be liable',
  'neither the name of those who must pay nor the names of its contributors may be used',
  'is provided by Acme to hobby clubs as is',
])('a name that says more is left as it is: %s', (text) => {
  expect(fixed(text)).toBe(text.toLowerCase())
})

test('every word keeps its place', () => {
  const cut = textWords('a\nin no event shall Acme be liable\nhttps://acme.example b')
  const { words = [], segments, addresses, named } = cut === undefined ? {} : fixPhrases(cut)
  expect(words).toHaveLength(12)
  expect(segments).toEqual([0, ...Array.from({ length: 9 }, () => 1), 2, 2])
  expect(addresses?.indexOf(true)).toBe(10)
  expect(named).toHaveLength(12)
})
