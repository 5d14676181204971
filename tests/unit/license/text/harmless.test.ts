import { expect, test } from 'vitest'
import { isHarmlessInPlace, isHarmlessInside, readRest } from '#license/text/harmless'
import type { RestMeaning } from '#license/text/harmless'
import type { KnownText } from '#license/text/text-index'
import { nothingSaid } from '#license/text/said'
import { readFile } from './known-texts.ts'
import { INDEX } from './spdx-texts.ts'

function known(id: string): KnownText {
  const at = Array.from({ length: INDEX.size }, (_, place) => place).find((place) =>
    INDEX.text(place).ids.includes(id),
  )
  return INDEX.text(at ?? -1)
}

const MIT = { index: INDEX, known: known('MIT'), leads: true }
const APACHE = { index: INDEX, known: known('Apache-2.0'), leads: true }

function restOf(raw: string) {
  const file = readFile(raw)
  return { ...file, from: 0, to: file.text.words.length }
}

function read(raw: string, context: typeof MIT | { index: typeof INDEX } = MIT): RestMeaning {
  return readRest(restOf(raw), context)
}

const NOTHING = nothingSaid()

test.each([
  '',
  '\n\n',
  'Copyright (c) 2020 Zoe Quandt',
  'Copyright Zoe',
  '(c) 2020 Zoe',
  '(c) Copyright Zoe',
  'Portions Copyright Zoe',
  'Some parts of this software are copyright Zoe',
  'All rights reserved',
  'Zoe Quandt, copyright 2020',
  'Zoe Quandt, copyright 2020 Server People',
  'Copyright 2020 MIT',
  'Copyright 2020 Zlib Fans',
  'Copyright (c) Zoe\nAnna Quandt\nOtto Quandt',
  'Author:\nZoe Quandt\nAnna Quandt',
  'Copyright Zoe, MIT License',
  'Copyright Zoe, licensed under the MIT license',
  'Copyright Zoe is released under the license below',
  'Copyright Zoe, distributed under the terms below',
  'Copyright Zoe under the license below',
  'Copyright Zoe is licensed under the license below',
  'Copyright Zoe is made available under the license below',
  'Copyright Zoe until https://acme.example/commit/1',
  'Zoe',
  'https://acme.example/zoe',
  'This file is part of',
])('says nothing: %j', (text) => {
  expect(read(text)).toEqual(NOTHING)
})

test.each([
  ['not for sale', 'not for sale'],
  ['Copyright Zoe\nnot for sale\nZoe', 'not for sale zoe'],
  ['Copyright Zoe, not for sale', 'copyright zoe not for sale'],
  ['Copyright Zoe GPL, MIT License', 'copyright zoe gpl mit license'],
  ['Copyright those who pay, MIT License', 'copyright those who pay mit license'],
  ['Copyright Zoe, ISC License', 'copyright zoe isc license'],
  ['Copyright Zoe, licensed under the ISC license', 'copyright zoe licensed under the isc license'],
  ['not by Zoe, copyright 2020', 'not by zoe copyright 2020'],
  ['a b c d e f g copyright 2020 Zoe', 'a b c d e f g copyright 2020 zoe'],
  ['c Zoe Quandt documents below', 'c zoe quandt documents below'],
  ['Marked Quandt Documents Notices Files', 'marked quandt documents notices files'],
  ['License: https://acme.example', 'license acme.example'],
  ['acme.example https://acme.example/terms', 'acme example acme.example/terms'],
  ['Anna\nkeep out', 'keep out'],
])('says something: %j', (text, telling) => {
  expect(read(text)).toEqual({ ...NOTHING, telling })
})

test('further holders stand below a copyright line or a label, and nowhere else', () => {
  expect(read('Copyright Zoe\nquandt anna documents').telling).toBeDefined()
  expect(read('Copyright Zoe\nZoe Quandt Documents Anna\nAnna').telling).toBeUndefined()
  expect(read('Copyright Zoe\nThe MIT License\nfor Zoe').telling).toBe('for zoe')
  expect(read('Copyright Zoe\nfor Zoe').telling).toBeUndefined()
  expect(read('Author\nfor Zoe').telling).toBeUndefined()
  expect(read('for Zoe').telling).toBe('for zoe')
  expect(read('Copyright Zoe\nAnna GPL').telling).toBe('anna gpl')
})

const lines = (count: number) => 'Zoe\n'.repeat(count)

test('of a text that is too long, and of what it says, the first words are shown', () => {
  expect(read(lines(1500)).telling).toBeUndefined()
  expect(read(lines(1501)).telling).toBe('zoe '.repeat(12).trim())
  expect(read(`not ${'sold '.repeat(60)}`).telling).toBe(`not ${'sold '.repeat(39)}`.trim())
  expect(read('not sold').telling).toBe('not sold')
})

test('a statement goes over at most four lines', () => {
  expect(read('Licensed\nunder\nthe\nMIT license').mentions).toEqual(['MIT'])
  expect(read('MIT for\nthe\nthe\nproject').telling).toBeUndefined()
  expect(read('MIT for\nthe\nthe\nthe\nproject').telling).toBe('mit for the the the project')
  expect(read('Licensed for\nhobby clubs').telling).toBe('licensed for hobby clubs')
})

test('statements and known sentences are noted', () => {
  expect(read('Dual licensed under MIT and GPL')).toEqual({
    ...NOTHING,
    mentions: ['MIT'],
    families: ['gpl'],
    choices: [{ ids: ['MIT'], families: ['gpl'], most: 2 }],
  })
  expect(
    read('This library is a fork of Zoe extended and distributed under the terms of the MIT license above'),
  ).toEqual({ ...NOTHING, mentions: ['MIT'] })
  expect(
    read(
      'This library is a fork of Zoe extended and distributed under the terms of the MIT license above\nLicense: MIT',
    ),
  ).toEqual({ ...NOTHING, mentions: ['MIT'] })
  expect(
    read(
      'As a recipient of Dojo, you may choose which license to receive this code under (except as noted in per-module LICENSE files).',
    ),
  ).toEqual({ ...NOTHING, choices: [{ ids: [], families: ['afl', 'bsd'], most: Infinity }] })
  expect(read('This file is part of Zoe').telling).toBeUndefined()
  expect(read('Copyright Zoe. This file is part of Zoe').telling).toBeUndefined()
  expect(read('This file is part of not')).toMatchObject({ telling: 'this file is part of not' })
  expect(read('not for sale this file is part of').telling).toBe('not for sale this file is part of')
})

test('an address leads to a family of licences, unless a known sentence leads there', () => {
  expect(read('https://www.gnu.org/licenses/gpl.html')).toEqual({ ...NOTHING, families: ['gpl'] })
  expect(read('If not, see https://www.gnu.org/licenses/').families).toEqual(['gnu'])
  expect(
    read(
      'You should have received a copy of the GNU General Public License along with this program. If not, see https://www.gnu.org/licenses/',
    ),
  ).toEqual({ ...NOTHING, families: ['gpl'] })
  expect(read('Zoe https://acme.example').families).toEqual([])
})

test('what a known sentence says of an address has been read', () => {
  expect(read('This license applies to parts of Zoe originating from the https://acme.example')).toEqual({
    ...NOTHING,
    ofPart: true,
  })
  expect(
    read('This license applies to parts of Zoe originating from the https://acme.example license').telling,
  ).toBeDefined()
})

test.each([
  'Copyright Apache Foundation',
  'c 2020 Apache Foundation',
  'C Copyright Apache Foundation',
  'All rights reserved Apache Foundation',
  'Apache Foundation, copyright 2020',
  'Zoe Quandt Anna Otto Lisa Apache copyright 2020',
  'Portion copyright Apache Foundation',
  'Portions of this software copyright Apache Foundation',
  'Portion of this software copyright Apache Foundation',
  'Part of this software copyright Apache Foundation',
  'Parts of this software are copyright Apache Foundation',
  'Some part of this software copyright Apache Foundation',
  'Some parts of this software copyright Apache Foundation',
  'Portions are copyright Apache Foundation',
  'Portions of this software copyright (c) 2020 Apache Foundation',
  'Copyright Apache Foundation which is licensed',
])('is a copyright line: %s', (text) => {
  expect(read(text)).toEqual(NOTHING)
})

test.each([
  'c Apache Foundation',
  'x Copyright Apache Foundation not',
  'Zoe Quandt Anna Otto Lisa Emma Paula Apache copyright 2020',
  'sold by Apache Foundation, copyright 2020',
  'Portions of this work are copyright Apache Foundation',
  'for\nZoe copyright 2020',
])('is none: %j', (text) => {
  expect(read(text).telling).toBeDefined()
})

test('behind the holders of a copyright the name of this very licence may stand, and of no other', () => {
  const holders = `Copyright ${'Zoe Quandt and Anna '.repeat(4)}`
  expect(read(`${holders}MIT License`)).toEqual(NOTHING)
  expect(read(`${holders}ISC License`).telling).toBeDefined()
  expect(read(`${holders}License`).telling).toBeDefined()
  expect(read(`${holders}MIT License`, { index: INDEX }).telling).toBeDefined()
})

test('only the words of the range are read', () => {
  const file = readFile('not Zoe Quandt not')
  expect(readRest({ ...file, from: 1, to: 3 }, MIT)).toEqual(NOTHING)
  expect(readRest({ ...file, from: 0, to: 3 }, MIT).telling).toBe('not zoe quandt')
  expect(readRest({ ...file, from: 3, to: 3 }, MIT)).toEqual(NOTHING)
  expect(readRest({ ...file, from: 3, to: 4 }, MIT).telling).toBe('not')
  expect(readRest({ ...file, from: 4, to: 3 }, MIT)).toEqual(NOTHING)
})

test('a range may begin in a copyright line', () => {
  const file = readFile('Copyright 2020 Zoe\nfor Zoe Documents')
  expect(readRest({ ...file, from: 2, to: 3 }, MIT)).toEqual(NOTHING)
  const holders = readFile('Copyright 2020 by Zoe for Anna\nkeep out')
  expect(readRest({ ...holders, from: 4, to: 6 }, MIT)).toEqual(NOTHING)
  expect(readRest({ ...holders, from: 4, to: 8 }, MIT).telling).toBe('keep out')
  const behind = readFile('License text for Anna')
  expect(readRest({ ...behind, from: 2, to: 4 }, MIT).telling).toBe('for anna')
})

function inside(raw: string, context = MIT): boolean {
  return isHarmlessInside(restOf(raw), context, false)
}

test.each([
  '',
  'Copyright (c) 2020 Zoe',
  'including the next paragraph',
  'https://opensource.org/licenses/mit',
  'Copyright Zoe https://acme.example',
  'Copyright Zoe (including the next paragraph)',
])('may stand inside: %j', (text) => {
  expect(inside(text)).toBe(true)
})

test.each([
  'Zoe',
  'not',
  'This file is part of',
  'Copyright Zoe, not for sale',
  'https://acme.example',
  'https://opensource.org/not-for-zoe',
  'https://www.gnu.org/licenses/gpl.html',
  'Copyright Zoe https://www.gnu.org/licenses/gpl.html',
  'including the next paragraph not',
])('may not stand inside: %j', (text) => {
  expect(inside(text)).toBe(false)
})

function inPlace(raw: string, context = MIT): boolean {
  return isHarmlessInPlace(restOf(raw), context)
}

test.each([
  '2020 Zoe Quandt',
  'Zoe Quandt\nAnna Quandt',
  'Zoe\nAll rights reserved',
  'Zoe\nCopyright Anna',
  'Zoe https://acme.example',
  'the authors',
  'Apache Software Foundation',
  'Zoe\nCopyright Apache Software Foundation',
])('may stand in place of a name: %j', (text) => {
  expect(inPlace(text)).toBe(true)
})

test.each([
  'those who pay',
  'Zoe GPL',
  'Zoe\nAnna GPL',
  'Zoe\nkeep out',
  'Zoe\nApache Software Foundation',
  'Zoe\nCopyright GPL',
  'Zoe\nCopyright those who pay',
  'keep out\nZoe',
  'Zoe\nAll rights reserved here',
  'Zoe\nand all rights reserved, not',
  'Zoe https://www.gnu.org/licenses/gpl.html',
])('may not stand in place of a name: %j', (text) => {
  expect(inPlace(text)).toBe(false)
})

test('an address of the same family is no other licence', () => {
  const address = 'https://www.apache.org/licenses/LICENSE-2.0'
  expect(inside(address, APACHE)).toBe(true)
  expect(inside(address, MIT)).toBe(false)
  expect(inPlace(`Zoe ${address}`, APACHE)).toBe(true)
  expect(inPlace(`Zoe ${address}`, MIT)).toBe(false)
  expect(isHarmlessInside(restOf(address), { index: INDEX }, false)).toBe(false)
})

test('a copyright line may name the licence that it stands over, and no other', () => {
  expect(read('Copyright 2004 Zoe Apache-2.0', APACHE)).toEqual(NOTHING)
  expect(read('Copyright 2004 Zoe Apache-2.0').telling).toBe('copyright 2004 zoe apache 2 0')
})
