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

const NEITHER =
  'neither the name of the copyright holder nor the names of its contributors may be used to endorse'

test.each([
  [
    'Neither the names of Acme nor Zoe Corp nor the names of other contributors may be used to endorse',
    NEITHER,
  ],
  ['Neither the name of this software nor the names of project contributors may be used to endorse', NEITHER],
  ['Neither the name Acme nor the name of any contributor may be used to endorse', NEITHER],
  ['The name of Zoe Quandt may not be used to endorse', NEITHER],
  ['The names of any contributors may not be used to endorse', NEITHER],
  [
    'specific prior written permission of Acme. This software is provided',
    'specific prior written permission this software is provided',
  ],
  [
    'specific prior written permission from Zoe Quandt. This software is provided',
    'specific prior written permission this software is provided',
  ],
  ['THIS IS PROVIDED BY', 'this software is provided by'],
  ['use of this even if advised', 'use of this software even if advised'],
  ['is provided by Zoe Quandt as is', 'is provided by the copyright holders and contributors as is'],
  ['in no event will Acme be liable', 'in no event will the copyright holder be liable'],
  ['redistribution and use of this software in source', 'redistribution and use in source'],
  [
    'provided as is and Acme disclaims all warranties',
    'provided as is and the author disclaims all warranties',
  ],
  [
    'provided as is and the authors disclaim all warranties',
    'provided as is and the author disclaims all warranties',
  ],
  [
    'official policies, either expressed or implied, of the Acme Project',
    'official policies either expressed or implied of the copyright holder',
  ],
  ['tort or otherwise, out of or in connection', 'tort or otherwise arising from out of or in connection'],
  ['copy, modify, and/or distribute this software', 'copy modify and distribute this software'],
  ['Python 3.12.1 software', 'python software'],
  ['Python 2.7 is', 'python is'],
  ['otherwise using this software (Python) in', 'otherwise using python in'],
  ['otherwise using Python software in', 'otherwise using python in'],
  ['675 Mass Ave, Cambridge, MA 02139, USA', 'address of the foundation'],
  ['51 Franklin Street, Fifth Floor, Boston, MA 02110-1301', 'address of the foundation'],
  ['51 Franklin St, 5th Floor, Boston, MA 02110', 'address of the foundation'],
  ['31 Milk Street, 960789, Boston, MA 02196', 'address of the foundation'],
])('one wording for: %s', (text, expected) => {
  expect(fixed(text)).toBe(expected)
})

test.each([
  'in no event will those who pay be liable',
  'the name of those who must pay may not be used to endorse',
  'specific prior written permission of all who pay this software is provided',
  'provided as is and whoever sells it disclaims all warranties',
  'official policies either expressed or implied of those who may sell it',
  'neither the name of acme nor those who must pay nor the names of its contributors may be used',
  'official policies either expressed or implied of acme for hobby clubs',
  'official policies either expressed or implied of acme who sell it and so on and on',
  'the gnu python license',
  '59 temple place boston ma 12345',
  'in no event shall be liable',
])('is no such phrase: %s', (text) => {
  expect(fixed(text)).toBe(text)
})

test('a name in a phrase has at most sixteen words', () => {
  expect(fixed(`in no event shall ${'Zoe '.repeat(16)}be liable`)).toBe(
    'in no event shall the copyright holder be liable',
  )
  expect(fixed(`in no event shall ${'Zoe '.repeat(17)}be liable`)).toContain('zoe zoe')
})

test('what is put in can be part of the next phrase, and several are replaced', () => {
  expect(fixed('x This is provided by Acme as is. y in no event shall Acme be liable z')).toBe(
    'x this software is provided by the copyright holders and contributors as is y in no event shall the copyright holder be liable z',
  )
})

test('words that are kept keep what is known of them', () => {
  const cut = textWords('Zoe https://acme.example\nin no event shall Acme be liable, Bob')
  const { named, addresses } = cut === undefined ? {} : fixPhrases(cut)
  expect(named).toEqual([true, true, ...Array.from({ length: 9 }, () => false), true])
  expect(addresses?.slice(0, 3)).toEqual([false, true, false])
})
