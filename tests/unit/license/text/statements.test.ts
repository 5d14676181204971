import { expect, test } from 'vitest'
import { familyOfAddress, idsOfFamily, isOfFamily } from '#license/text/families'
import { nothingSaid } from '#license/text/said'
import { areNames, isAuthorLabel, isHarmlessLine, isStatement } from '#license/text/statements'
import { textWords } from '#license/text/text-words'
import { INDEX } from './spdx-texts.ts'

function line(text: string): { words: string[]; named: boolean[] } {
  const { words = [], named = [] } = textWords(text) ?? {}
  return { words, named }
}

function said(text: string) {
  const meaning = nothingSaid()
  if (!isStatement(line(text), INDEX, meaning)) return undefined
  const { mentions, families, choices } = meaning
  return { mentions, families, choice: choices.length > 0 }
}

test.each([
  ['Licensed under the MIT license', { mentions: ['MIT'], families: [], choice: false }],
  ['Dual licensed under MIT and Apache-2.0', { mentions: ['MIT', 'Apache-2.0'], families: [], choice: true }],
  ['You may use it under the terms of the BSD license', { mentions: [], families: ['bsd'], choice: false }],
  [
    'You may use it under the terms of the MIT and the BSD license',
    { mentions: ['MIT'], families: ['bsd'], choice: false },
  ],
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
  expect(isHarmlessLine(line(text), { index: INDEX, known: known('MIT'), leads: true })).toBe(true)
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
  expect(isHarmlessLine(line(text), { index: INDEX, known: known('MIT'), leads: true })).toBe(false)
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

function known(id: string) {
  const at = Array.from({ length: INDEX.size }, (_, place) => place).find((place) =>
    INDEX.text(place).ids.includes(id),
  )
  return INDEX.text(at ?? -1)
}

test.each([
  ['MIT, at your choice', { mentions: ['MIT'], families: [], choice: true }],
  ['License: MIT', { mentions: ['MIT'], families: [], choice: false }],
  ['MIT MIT', { mentions: ['MIT'], families: [], choice: false }],
  ['gpl or gpl', { mentions: [], families: ['gpl'], choice: false }],
  ['GPL and LGPL', { mentions: [], families: ['gpl', 'lgpl'], choice: false }],
  ['Zoe is licensed under MIT', { mentions: ['MIT'], families: [], choice: false }],
  ['Zoe and Anna are licensed under MIT', { mentions: ['MIT'], families: [], choice: false }],
  ['You may choose', { mentions: [], families: [], choice: true }],
  ['See the LICENSE file', { mentions: [], families: [], choice: false }],
  ['See the text at', { mentions: [], families: [], choice: false }],
  ['Licensed under MIT, text at and below', { mentions: ['MIT'], families: [], choice: false }],
  ['Licensed under MIT with the following license', { mentions: ['MIT'], families: [], choice: false }],
  ['MIT in the root', { mentions: ['MIT'], families: [], choice: false }],
  ['MIT for this project', { mentions: ['MIT'], families: [], choice: false }],
  ['MIT license agreement', { mentions: ['MIT'], families: [], choice: false }],
  ['MIT available', { mentions: ['MIT'], families: [], choice: false }],
  ['Public license version 2', { mentions: [], families: [], choice: false }],
  ['You can use it under MIT', { mentions: ['MIT'], families: [], choice: false }],
])('the statement: %s', (text, meaning) => {
  expect(said(text)).toEqual(meaning)
})

test('what was said before is not said twice', () => {
  const meaning = { ...nothingSaid(), mentions: ['MIT'], families: ['gpl'] }
  expect(isStatement(line('License: MIT or GPL'), INDEX, meaning)).toBe(true)
  expect(meaning).toEqual({ ...nothingSaid(), mentions: ['MIT'], families: ['gpl'] })
})

test.each([
  'MIT agreement',
  'agreement',
  'MIT source available',
  'MIT, see terms',
  'see the terms',
  'one file MIT',
  'some software MIT',
  'these files MIT',
  'MIT for',
  'MIT to',
  'MIT with',
  'MIT for project',
  'MIT for open source',
  'MIT in source',
  'MIT on the following',
  'MIT at free',
  'Zoe and Anna and Otto Quandt are licensed under MIT',
  'those who pay are licensed under MIT',
  'Zoe is sold under MIT',
  'Zoe licensed under MIT',
  'You accept',
  'can use',
  'MIT applies to commercial',
])('is no statement that only leads to licences: %s', (text) => {
  expect(said(text)).toBeUndefined()
})

test('a line that is no statement says nothing', () => {
  const meaning = nothingSaid()
  isStatement(line('MIT or GPL for hobby clubs, at your choice'), INDEX, meaning)
  expect(meaning).toEqual(nothingSaid())
})

test.each([
  'Zoe, the licence',
  'The Zoe licence',
  'Zoe is licensed under the license below',
  'Zoe Anna Lisa Otto is free software',
  'Zoe and Anna are free software',
  'full text of the license',
  'zoe core sdk 2',
  'zoe js client',
  'Zoe Documents',
  'Zoe with Anna',
  'library for TypeScript',
  'Zoe for the browser',
  'derived from Zoe',
  'This is a fork of Zoe Quandt',
  'This package contains an adapted work from Anna',
  'This project is based on Zoe',
  'a derivative work of Zoe',
  'ported to Zoe',
  'bundled with Zoe',
  'bundled',
  'inspired by Zoe',
  'translated from Zoe',
  'taken from Zoe',
  'original work by Zoe',
  'Authors: Zoe Quandt',
  'Maintainers Zoe and Anna',
  'advice by Zoe',
  'Zoe',
])('says nothing of its own: %s', (text) => {
  expect(isHarmlessLine(line(text), { index: INDEX, known: known('MIT'), leads: true })).toBe(true)
})

test('a line of authors has their names, and the label among its first three words', () => {
  const names = 'Zoe Quandt and Anna '.repeat(4)
  const context = { index: INDEX }
  expect(isHarmlessLine(line(`Authors: ${names}`), context)).toBe(true)
  expect(isHarmlessLine(line(`Zoe Quandt by ${names}`), context)).toBe(true)
  expect(isHarmlessLine(line(`Zoe Quandt Anna by ${names}`), context)).toBe(false)
  expect(isHarmlessLine(line(`Authors: ${names} GPL`), context)).toBe(false)
})

test('a word of licences with a digit behind is no name', () => {
  expect(INDEX.numberOf('x11')).toBeDefined()
  expect(isHarmlessLine(line('x11 is free software'), { index: INDEX })).toBe(false)
})

test.each([
  'zoe licensed under zoe',
  'zoe licence terms',
  'with zoe',
  'for Zoe',
  'in Zoe',
  'Gpl',
  'Copyleft',
  'Military',
  'zoe gpl edition',
  'Zoe Anna Lisa Otto Ruth is free software',
  'those who pay is free software',
  'Zoe is sold',
  'derived from those who pay',
  'not derived from Zoe',
  'this is based upon selling',
  'based on no one else',
  'Authors: those who pay',
  'Authors: Zoe, GPL',
  'zoe for clubs',
  'documents',
  'Hold Documents Zoe',
  `Zoe ${'core '.repeat(12)}`,
  'x agreement y',
])('may say something of its own: %s', (text) => {
  expect(isHarmlessLine(line(text), { index: INDEX, known: known('MIT'), leads: true })).toBe(false)
})

test('a title has at most twelve words', () => {
  expect(
    isHarmlessLine(line(`Zoe ${'core '.repeat(11)}`), { index: INDEX, known: known('MIT'), leads: true }),
  ).toBe(true)
})

test('the name of the licence itself may be in a title, and what it leads to', () => {
  expect(isHarmlessLine(line('zlib License'), { index: INDEX, known: known('MIT') })).toBe(false)
  expect(
    isHarmlessLine(line('PSF license agreement for Python'), { index: INDEX, known: known('PSF-2.0') }),
  ).toBe(true)
  expect(
    isHarmlessLine(line('PSF license agreement for hobbyists'), { index: INDEX, known: known('PSF-2.0') }),
  ).toBe(false)
  expect(
    isHarmlessLine(line('Zoe is licensed under the MIT license'), { index: INDEX, known: known('MIT') }),
  ).toBe(true)
  expect(
    isHarmlessLine(line('Zoe is licensed under the ISC license'), { index: INDEX, known: known('MIT') }),
  ).toBe(false)
})

test.each([
  ['author', true],
  ['Authors:', true],
  ['by', true],
  ['contributors', true],
  ['maintainer', true],
  ['Zoe', false],
  ['author Zoe', false],
  ['', false],
])('%j is a label before names: %s', (text, expected) => {
  expect(isAuthorLabel(line(text))).toBe(expected)
})

test.each([
  ['Zoe Quandt', true],
  ['Zoe GPL', false],
  ['Commons Clause', false],
  ['those who pay', false],
])('%s are names: %s', (text, expected) => {
  expect(areNames(line(text), INDEX)).toBe(expected)
})

test.each([
  ['gnu.org/licenses/gpl-3.0.html', 'gpl-3.0'],
  ['fsf.org/licenses/agpl.txt', 'agpl'],
  ['gnu.org/copyleft/lesser.html', 'gnu'],
  ['acme.example/gpl', 'gpl'],
  ['acme.example/lgpl', 'lgpl'],
  ['acme.example/agpl', 'agpl'],
  ['acme.example/sspl', 'sspl'],
  ['acme.example/busl', 'busl'],
  ['acme.example/eula', 'eula'],
  ['creativecommons.org/by-nc/4.0', 'creativecommons'],
  ['creativecommons.org/publicdomain/zero/1.0', undefined],
  ['acme.example/mit', undefined],
  ['acme.example/licence/mit', 'mit'],
  ['opensource.org/licenses/MIT', undefined],
  ['acme.example/gplx', undefined],
  ['acme.example/xgpl', undefined],
  ['acme.example', undefined],
])('the address %s leads to %s', (address, family) => {
  expect(familyOfAddress(address)).toBe(family)
})

const MEMBERS: readonly [family: string, member: string, stranger: string][] = [
  ['academic', 'AFL-2.1', 'X-AFL-2.1'],
  ['afl', 'AFL-3.0', 'X-AFL-3.0'],
  ['gpl', 'GPL-3.0-only', 'AGPL-3.0-only'],
  ['gplv2', 'GPL-2.0-only', 'LGPL-2.1-only'],
  ['gplv3', 'GPL-3.0-only', 'LGPL-3.0-only'],
  ['lgpl', 'LGPL-2.1-only', 'X-LGPL-2.1'],
  ['lgplv2', 'LGPL-2.1-only', 'X-LGPL-2.1'],
  ['lgplv3', 'LGPL-3.0-only', 'X-LGPL-3.0'],
  ['agpl', 'AGPL-3.0-only', 'X-AGPL-3.0'],
  ['agplv3', 'AGPL-3.0-only', 'X-AGPL-3.0'],
  ['gnu', 'GFDL-1.3-only', 'X-GFDL-1.3'],
  ['gnu', 'AGPL-3.0-only', 'MIT'],
  ['lesser', 'LGPL-3.0-only', 'X-LGPL-3.0'],
  ['affero', 'AGPL-1.0-only', 'X-AGPL-1.0'],
  ['bsd', 'BSD-3-Clause', 'MIT'],
  ['mit', 'MIT-0', 'X-MIT'],
  ['apache', 'Apache-2.0', 'X-Apache-2.0'],
  ['mozilla', 'MPL-2.0', 'X-MPL-2.0'],
  ['mpl', 'MPL-1.1', 'X-MPL-1.1'],
  ['upl', 'UPL-1.0', 'X-UPL-1.0'],
  ['isc', 'ISC', 'X-ISC'],
  ['wtfpl', 'WTFPL', 'X-WTFPL'],
  ['sspl', 'SSPL-1.0', 'X-SSPL'],
  ['busl', 'BUSL-1.1', 'X-BUSL'],
  ['eula', 'Aladdin-EULA', 'MIT'],
  ['creativecommons', 'CC-BY-4.0', 'X-CC'],
  ['domain', 'Unlicense', 'X-Unlicense'],
  ['domain', 'CC0-1.0', 'CC-BY-4.0'],
  ['domain', '0BSD', 'BSD-3-Clause'],
]

test.each(MEMBERS)('of the family %s is %s, and %s is not', (family, member, stranger) => {
  expect(isOfFamily(family, [stranger, member])).toBe(true)
  expect(isOfFamily(family, [stranger])).toBe(false)
  expect(isOfFamily(family, [])).toBe(false)
  expect(said(`Licensed under ${family}`)?.families ?? [family]).toEqual(
    said(`Licensed under ${family}`)?.mentions.length ? [] : [family],
  )
})

test('no id is of a family that nobody knows', () => {
  expect(isOfFamily('zoe', ['MIT'])).toBe(false)
})

test('where only a family is named, each of its members may be meant', () => {
  expect(idsOfFamily('sspl')).toEqual(['SSPL-1.0'])
  expect(idsOfFamily('gpl')).toContain('GPL-2.0-only')
  expect(idsOfFamily('gpl')).not.toContain('LGPL-2.1-only')
  expect(idsOfFamily('zoe')).toEqual([])
})
