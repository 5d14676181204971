import { expect, test } from 'vitest'
import { textsWithin } from '#license/text/others-texts'
import { textWords } from '#license/text/text-words'
import { INDEX, SPDX_TEXTS, recognise, spdxText } from './spdx-texts.ts'

const MIT = spdxText('MIT')
const APACHE = spdxText('Apache-2.0')
const GPL = spdxText('GPL-3.0-only')
const ISC = spdxText('ISC')
const GNU_HEADER =
  'This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.'
const GNU_REMARKS =
  'This program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public License for more details. You should have received a copy of the GNU General Public License along with this program. If not, see <https://www.gnu.org/licenses/>.'

test('a text that serves two ids serves both', () => {
  expect(recognise(GPL)).toEqual({
    licenses: [['GPL-3.0-only', 'GPL-3.0-or-later']],
    choice: false,
    differences: [],
  })
})

test('several texts all hold, unless the file leaves the choice', () => {
  const both = recognise(`${MIT}\n\n${APACHE}`)
  expect(both.licenses.flat().toSorted()).toEqual(['Apache-2.0', 'MIT'])
  expect(both.choice).toBe(false)
  const choice = recognise(`Dual licensed under MIT or Apache-2.0, at your choice.\n\n${MIT}\n\n${APACHE}`)
  expect(choice.licenses.flat().toSorted()).toEqual(['Apache-2.0', 'MIT'])
  expect(choice.choice).toBe(true)
})

test('a text beside others that nobody knows spoils the file', () => {
  expect(recognise(`${MIT}\n\nSome other text that you must read.\n\n${ISC}`).licenses).toEqual([])
})

test('a licence that the file names and lacks is missed', () => {
  expect(recognise(`Licensed under MIT and Apache-2.0.\n\n${MIT}`)).toMatchObject({
    licenses: [],
    differences: ['it speaks of Apache-2.0 too'],
  })
  expect(recognise(`Licensed under the MIT and the GPL.\n\n${MIT}`).differences).toEqual([
    'it speaks of some GPL licence too',
  ])
})

test.each([
  ['Licensed under the MIT license.', ['MIT']],
  ['This project is licensed under the Apache License, Version 2.0.', ['Apache-2.0']],
  ['License: BSD', []],
  ['Copyright (c) 2020 Zoe Quandt', []],
])('a text that only points: %s', (text, mentions) => {
  expect(recognise(text)).toMatchObject({ licenses: [], mentions })
})

test('what is not recognised comes with the nearest text and what differs', () => {
  const { licenses, nearest, differences, mentions } = recognise(MIT.replace('to deal', 'to not deal'))
  expect(licenses).toEqual([])
  expect(mentions).toBeUndefined()
  expect(nearest).toMatchObject({ id: 'MIT' })
  expect(nearest?.score).toBeGreaterThan(0.95)
  expect(differences).toEqual(['added: "not"'])
})

test('in a list of others each known text is found once, whatever stands between', () => {
  const list = `foo\n${MIT}\nbar must not be used\n${ISC}\n${MIT}`
  expect(textsWithin(list, INDEX).flat().toSorted()).toEqual(['ISC', 'MIT'])
  expect(textsWithin('nothing of the kind', INDEX)).toEqual([])
})

test('what is missing is said, even if no known text can be the one', () => {
  expect(recognise(MIT.replace(', sublicense', ''))).toMatchObject({
    licenses: [],
    differences: ['missing: "sublicense"'],
  })
})

test('the text with the fewest objections is the one that is spoken of', () => {
  const both = MIT.replace('without restriction', 'without zoe restriction').replace('to deal', 'to zoe deal')
  expect(recognise(both).differences).toEqual(['added: "zoe"', 'added: "zoe"'])
})

test('at most four differences are shown', () => {
  const many = MIT.replaceAll(' the ', ' zoe the ')
  expect(recognise(many).differences).toHaveLength(4)
})

test('what stands beside a known text is said', () => {
  expect(recognise(`${MIT}\n\nnot for sale`)).toMatchObject({
    licenses: [],
    nearest: { id: 'MIT' },
    differences: ['beside it: "not for sale"'],
  })
  expect(recognise(`not for sale\n\n${MIT}`).differences[0]).toMatch(/^beside it: "not for sale/)
})

test('a text that is none of them says what it has instead', () => {
  expect(recognise('you must not').differences).toEqual(['"you must not"'])
  expect(recognise('you must not')).not.toHaveProperty('nearest')
  expect(recognise('\u0000')).toEqual({
    licenses: [],
    choice: false,
    differences: ['it is binary, or has characters that cannot be seen'],
  })
})

test('a text of six hundred thousand characters is read, a longer one is not', () => {
  const long = `${MIT}${' '.repeat(600_000 - MIT.length)}`
  expect(recognise(long).licenses).toEqual([['MIT']])
  expect(recognise(`${long} `).licenses).toEqual([])
  expect(textsWithin(long, INDEX)).toEqual([['MIT']])
  expect(textsWithin(`${long} `, INDEX)).toEqual([])
})

test('a text that only points leaves a choice, and names licences and families', () => {
  expect(recognise('Dual licensed under MIT or ISC')).toEqual({
    licenses: [],
    choice: true,
    mentions: ['MIT', 'ISC'],
    differences: [],
  })
  expect(recognise('Licensed under MIT or GPL')).toMatchObject({ mentions: ['MIT'], families: ['gpl'] })
  // A header names a version; the remarks below it name the family alone.
  expect(recognise(`${GNU_HEADER}\n\n${GNU_REMARKS}`)).toEqual({
    licenses: [],
    choice: false,
    mentions: ['GPL-3.0-or-later'],
    differences: [],
  })
  expect(recognise(GNU_REMARKS)).toMatchObject({ mentions: [], families: ['gpl'] })
})

test('a family that the texts belong to is no other licence', () => {
  expect(recognise(`Licensed under MIT.\n\n${MIT}`).licenses).toEqual([['MIT']])
  expect(recognise(`Licensed under the GPL.\n\n${GPL}`).licenses).toHaveLength(1)
  expect(recognise(`${GPL}\n\nLicensed under the LGPL.`)).toMatchObject({
    licenses: [],
    nearest: { id: 'GPL-3.0-only' },
    differences: ['it speaks of some LGPL licence too'],
  })
})

test('what stands before, between and behind known texts belongs to all of them', () => {
  expect(recognise(`Zoe\n${ISC}\nAnna\n${MIT}`).licenses.flat().toSorted()).toEqual(['ISC', 'MIT'])
  // Behind the last text nothing has a title.
  expect(recognise(`${MIT}\nOtto`)).toMatchObject({ licenses: [], differences: ['beside it: "otto"'] })
  expect(recognise(`${ISC}\n\nAt your choice:\n\n${MIT}`)).toMatchObject({ choice: true })
  expect(recognise(`${ISC}\n\n${MIT}\n\nMIT or ISC, at your choice`)).toMatchObject({ choice: true })
  expect(recognise(`${MIT}\n${MIT}\n${MIT}`).licenses).toEqual([['MIT']])
})

test('a text within a longer one is the longer one', () => {
  const bsd = spdxText('BSD-3-Clause')
  expect(recognise(bsd).licenses).toEqual([['BSD-3-Clause']])
  expect(textsWithin(bsd, INDEX)).toEqual([['BSD-3-Clause']])
})

test('the ids that were found are nobody else\u2019s list', () => {
  const [first] = textsWithin(MIT, INDEX)
  first?.push('X')
  recognise(MIT).licenses[0]?.push('X')
  expect(textsWithin(MIT, INDEX)).toEqual([['MIT']])
  expect(recognise(MIT).licenses).toEqual([['MIT']])
})

test('twelve known texts are read, and no more', () => {
  const ids = [
    'MIT',
    'ISC',
    'Zlib',
    'BSD-2-Clause',
    '0BSD',
    'BSL-1.0',
    'NCSA',
    'curl',
    'PostgreSQL',
    'MIT-0',
    'Unlicense',
    'BSD-3-Clause',
  ]
  const texts = ids.map((id) => spdxText(id))
  const found = recognise(texts.join('\n\n')).licenses
  expect(found.length === 12 || found.length === 0).toBe(true)
  expect(recognise([...texts, spdxText('AFL-3.0')].join('\n\n')).licenses).toEqual([])
})

test('a text that shares no four words in a row with any known one is none', () => {
  const apart = (textWords(APACHE)?.words ?? []).map((word, at) => (at % 3 === 0 ? `zoe ${word}` : word))
  const places = Int32Array.from(apart.join(' ').split(' '), (word) => INDEX.numberOf(word) ?? 0x10000)
  expect(INDEX.candidates(places)).not.toEqual([])
  expect(textsWithin(apart.join(' '), INDEX)).toEqual([])
  expect(recognise(apart.join(' ')).licenses).toEqual([])
})

test('the text with most words is meant: what stands beside it is told', () => {
  expect(recognise(spdxText('LGPL-3.0+')).differences).toEqual([
    'beside it: "gnu.org licenses why not lgpl html"',
  ])
})

test('a file of very many licences is not compared to its end', () => {
  const texts = SPDX_TEXTS.filter(({ text }) => text.length < 1500).map(({ text }) => text)
  expect(recognise(texts.join('\n\n')).differences).toEqual(['the text holds too much to be compared'])
})

test('a text of very many words is not read', () => {
  expect(recognise('zoe '.repeat(60_001)).differences).toEqual(['it is longer than any licence'])
  expect(recognise('zoe '.repeat(60_000)).differences).not.toEqual(['it is longer than any licence'])
})

test('twelve licences are as many as one file may hold', () => {
  const ids = 'MIT ISC 0BSD Zlib BSD-2-Clause BSD-3-Clause BSL-1.0 Unlicense X11 NCSA PostgreSQL curl HPND'
  const texts = ids.split(' ').map(spdxText)
  expect(recognise(texts.slice(0, 12).join('\n\n')).licenses).toHaveLength(12)
  expect(recognise(texts.join('\n\n')).differences).toEqual(['more licences than one package has'])
})
