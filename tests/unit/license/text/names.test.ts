import { expect, test } from 'vitest'
import {
  isHarmlessName,
  isNameOfLicense,
  isNameWord,
  isTelling,
  isTellingAt,
  lineSlice,
  mayBeNames,
  namesLicense,
} from '#license/text/names'
import type { Line } from '#license/text/names'
import { textWords } from '#license/text/text-words'
import { INDEX } from './spdx-texts.ts'

function line(text: string): Line {
  const { words = [], named = [] } = textWords(text) ?? {}
  return { words, named }
}

test.each([
  'Zoë Quandt',
  'zoe quandt',
  'Acme GmbH & Co. KG',
  'the node-zoe contributors',
  'Will Smith',
  'Society for Zoe',
  'zoe at acme dot org',
  '2019 to present',
  'contributors to zoe',
  'Dave Justice',
  '山田太郎',
  'Иван Петров',
])('is a name: %s', (text) => {
  expect(isHarmlessName(line(text), INDEX)).toBe(true)
})

test.each([
  'whoever pays',
  'will use',
  'Will Pay',
  'for hobbyists',
  'to acme',
  'keep the notice',
  'a b c d e',
  'zoe anna lisa ruth otto',
  'Companies Notices Documents',
  'n0t',
  'sa1e',
  'Keine Nutzung',
  '禁止',
  'ҥҥ\u0585',
  'Zoe '.repeat(61),
])('is no name: %s', (text) => {
  expect(isHarmlessName(line(text), INDEX)).toBe(false)
})

test('names within phrases need no index', () => {
  expect(mayBeNames(line('the regents of the university'))).toBe(true)
  expect(mayBeNames(line('acme to hobby clubs'))).toBe(false)
})

test('a family of licences is no holder', () => {
  expect(namesLicense(line('Zoe GPL'))).toBe(true)
  expect(namesLicense(line('Apache Software Foundation'))).toBe(false)
})

test.each([
  'Society for the Zoe',
  'Society for an Acme',
  'Society for a Zoe',
  'to date',
  'on date',
  'Contributions to zoe',
  'zoe at quandt dot org',
  'J. R. R.',
  'Michael C. Grant',
  'Grant Michael',
  'May Zoe',
  'zoe anna lisa ruth',
  'zoe anna lisa ruth and otto anna lisa ruth',
  'Mark Documents',
  'Notices Documents Sources Zoe Quandt Anna Lisa',
  'a1b2c3',
  '12345',
  'Zoe '.repeat(60),
])('is a name as well: %s', (text) => {
  expect(isHarmlessName(line(text), INDEX)).toBe(true)
})

test.each([
  'for the zoe',
  'for',
  'in the',
  'on acme',
  'with acme',
  'at acme',
  'in acme',
  'zoe to zoe',
  'zoe at quandt',
  'zoe in quandt dot org',
  'Notices Documents Sources Zoe Quandt Anna',
  'presently to presents',
  'to dated',
  'contributes to zoe',
  'contributors for zoe',
  'a b c d',
  'Zoe a b c d',
  'grant zoe',
  'Zoe grant',
  'Grant',
  'Grant 2020',
  'Will May',
  'Will Not',
  'Shall Zoe',
  'zoe anna lisa ruth otto',
  'Notices Documents Files Sources',
  'Notices Documents Sources',
  'documents',
])('is no name either: %s', (text) => {
  expect(isHarmlessName(line(text), INDEX)).toBe(false)
})

test.each([
  'commerce',
  'noncommercially',
  'unfree',
  'nonfree',
  'notforsale',
  'proprietary',
  'proprietare',
  'preevaluation',

  'sa1e',
  'perm1t',
  '7rial',
  'pr0h1b1t3d',
  '4110w',
  '5e11',
  'dem0',
  'nicht',
  'not',
])('%s says something', (word) => {
  expect(isTelling(word)).toBe(true)
})

test.each(['zoe', 'xnonfree', '100', '07', 'x86', 'node2', 'infree', 'value8', ''])(
  '%j says nothing',
  (word) => {
    expect(isTelling(word)).toBe(false)
  },
)

test('digits stand for letters only in a word with letters', () => {
  expect(isTelling('n0')).toBe(true)
  expect(isTelling('10')).toBe(false)
  expect(isTelling('no7')).toBe(true)
  expect(isTelling('no8')).toBe(false)
})

const tells = (text: string, at: number) => isTellingAt(line(text), at)

test('a first or last name that says something as a word needs a capital, and another name beside it', () => {
  expect(tells('Will Smith', 0)).toBe(false)
  expect(tells('Zoe Will', 1)).toBe(false)
  expect(tells('will Smith', 0)).toBe(true)
  expect(tells('Will smith', 0)).toBe(true)
  expect(tells('Ask 2020', 0)).toBe(true)
  expect(tells('Must Smith', 0)).toBe(true)
  expect(tells('May Sell', 0)).toBe(true)
  expect(tells('Zoe', 0)).toBe(false)
  expect(tells('Zoe', 1)).toBe(false)
})

test.each(
  'bsd gpl gplv2 gplv3 lgpl lgplv2 lgplv3 agpl agplv3 gnu affero copyleft sspl busl bsl eula polyform hippocratic wtfpl unlicense mpl epl cddl cc icu clause bync byncsa ccby ccbync'.split(
    ' ',
  ),
)('Zoe %s is no holder', (word) => {
  expect(namesLicense({ words: ['zoe', word], named: [true, true] })).toBe(true)
})

test('a part of a line has its words, and how they are written', () => {
  const whole = { words: ['a', 'b', 'c'], named: [true, false, true] }
  expect(lineSlice(whole, 1)).toEqual({ words: ['b', 'c'], named: [false, true] })
  expect(lineSlice(whole, 0, 1)).toEqual({ words: ['a'], named: [true] })
})

test('numbers, names and rare words make names; common and telling words do not', () => {
  expect(['2020', '3com', 'zoe', 'inc', 'quandt'].every((word) => isNameWord(word, INDEX))).toBe(true)
  expect(['documents', 'sell', 'nicht', 'notforsale'].some((word) => isNameWord(word, INDEX))).toBe(false)
})

test('words that may be a name have no direction that leads to nobody', () => {
  expect(mayBeNames(line('Zoe for Acme'))).toBe(true)
  expect(mayBeNames(line('Zoe for the Acme'))).toBe(true)
  expect(mayBeNames(line('Zoe for acme'))).toBe(false)
  expect(mayBeNames({ words: [], named: [] })).toBe(true)
  expect(mayBeNames(line('a b c'))).toBe(true)
  expect(mayBeNames(line('a b c d'))).toBe(false)
  expect(mayBeNames(line('a b 1 c d'))).toBe(true)
  expect(mayBeNames(line('zoe '.repeat(60)))).toBe(true)
  expect(mayBeNames(line('zoe '.repeat(61)))).toBe(false)
})

test('a first name is one beside a name of letters', () => {
  expect(isTellingAt(line('Will Zoe'), 0)).toBe(false)
  expect(isTellingAt(line('Will 2Pac'), 0)).toBe(true)
  expect(isTellingAt(line('Will Zoe2'), 0)).toBe(true)
})

test('a number is a name, and a word that only looks like another one is not', () => {
  expect(isNameWord('3d', INDEX)).toBe(true)
  expect(isNameWord('n0t', INDEX)).toBe(false)
})

test('a number is no word, whatever its digits look like', () => {
  expect(isTelling('54l3')).toBe(true)
  expect(isTelling('5413')).toBe(false)
})

test('names of licences begin a word, with a version behind some of them', () => {
  expect(['bsd', 'bsdv2', 'eplv10', 'gpled', 'elv2'].filter((word) => !isNameOfLicense(word))).toEqual([])
  expect(['bv2sd', 'notgpl', 'telv2', 'bsdv'].filter(isNameOfLicense)).toEqual([])
})
