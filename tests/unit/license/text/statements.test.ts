import { expect, test } from 'vitest'
import { isHarmlessLine, isOfFamily, isStatement } from '#license/text/statements'
import type { Said } from '#license/text/statements'
import { textWords } from '#license/text/text-words'
import { INDEX } from './spdx-texts.ts'

function line(text: string): { words: string[]; named: boolean[] } {
  const { words = [], named = [] } = textWords(text) ?? {}
  return { words, named }
}

function said(text: string): Said | undefined {
  const meaning: Said = { mentions: [], families: [], choice: false }
  return isStatement(line(text), INDEX, meaning) ? meaning : undefined
}

test.each([
  ['Licensed under the MIT license', { mentions: ['MIT'], families: [], choice: false }],
  ['Dual licensed under MIT and Apache-2.0', { mentions: ['MIT', 'Apache-2.0'], families: [], choice: true }],
  ['You may use it under the terms of the BSD license', { mentions: [], families: ['bsd'], choice: false }],
  [
    'This software is licensed under the terms of the MIT license',
    { mentions: ['MIT'], families: [], choice: false },
  ],
])('%s', (text, meaning) => {
  expect(said(text)).toEqual(meaning)
})

test.each([
  'Licensed under MIT for hobby clubs',
  'You may use it',
  'You can use one at two',
  'Terms apply',
  'Some files are licensed under MIT',
  'Licensed under MIT, see terms',
  'MIT, source available',
  'Licensed under the Acme agreement',
])('says more, or nothing of a licence: %s', (text) => {
  expect(said(text)).toBeUndefined()
})

test.each([
  'node-zoe',
  'Marked',
  'bcrypt.js',
  'the bcrypt_pbkdf',
  'Author: Mark Clements',
  'Based on node-zoe',
  'Type builder for TypeScript',
])('a line that says nothing: %s', (text) => {
  expect(isHarmlessLine(line(text), { index: INDEX })).toBe(true)
})

test.each([
  'Keep out',
  'Ask Bob first',
  'keep the notice',
  'Commons Clause',
  'Void',
  'Patent 1234',
  'for hobby clubs',
  'Zoe for hobby clubs',
  'FOR HOBBY CLUBS',
])('a line that may say something: %s', (text) => {
  expect(isHarmlessLine(line(text), { index: INDEX })).toBe(false)
})

test('a title has the words of the known text', () => {
  const known = INDEX.text(
    Array.from({ length: INDEX.size }, (_, at) => at).find((at) => INDEX.text(at).ids.includes('Zlib')) ?? -1,
  )
  expect(isHarmlessLine(line('zlib License'), { index: INDEX, known })).toBe(true)
})

test('families have members', () => {
  expect(isOfFamily('gpl', ['GPL-2.0-only'])).toBe(true)
  expect(isOfFamily('gpl', ['LGPL-2.1-only', 'MIT'])).toBe(false)
})
