import { expect, test } from 'vitest'
import { LICENSE_IDS } from '#license/license-list'
import { SPELLING_GROUPS } from '#license/spellings'
import { namesIn, wordsOfName } from '#license/text/license-names'
import { textWords } from '#license/text/text-words'

function names(text: string): string[] {
  return namesIn(text.split(' ')).ids
}

const EVERYDAY = ['info zip', 'glide', 'beerware', 'plexus', 'xerox', 'zed', 'ruby', 'x11', 'intel']

// The names are read once: what it is that makes them is only to be seen in the first test.
test('everyday words name no licence, all other ids do', () => {
  expect(EVERYDAY.flatMap(names)).toEqual([])
  expect(names('python')).toEqual([])
  expect(['beerware license', 'xerox license'].flatMap(names)).toEqual(['Beerware', 'Xerox'])
  // `GPLv2+` is a spelling, but the plus is no word: what is left may be another licence.
  expect(['gplv2', 'gpl 2'].flatMap(names)).toEqual([])
  const ids = ['MIT', 'Apache-2.0', 'AGPL-3.0-only', 'CC-BY-NC-4.0', 'MulanPSL-2.0', '0BSD']
  expect(ids.flatMap((id) => names(id.toLowerCase().replaceAll(/[-.]/g, ' ')))).toEqual(ids)
  expect(names('apache license version 2 0')).toEqual(['Apache-2.0'])
  expect(names('')).toEqual([])
})

test.each([
  ['mit', ['MIT']],
  ['apache 2 0', ['Apache-2.0']],
  ['the mit license or the bsd 3 clause', ['MIT', 'BSD-3-Clause']],
  ['agpl 3 0 only', ['AGPL-3.0-only']],
  ['cc by nc 4 0', ['CC-BY-NC-4.0']],
  ['', []],
  ['zoe', []],
])('in %j are %j', (text, ids) => {
  expect(names(text)).toEqual(ids)
})

test('the longest name counts, and each word is in one name only', () => {
  expect(namesIn(['zoe', 'gpl', '2', '0', 'or', 'later', 'mit', 'x'])).toEqual({
    ids: ['GPL-2.0-or-later', 'MIT'],
    covered: [false, true, true, true, true, true, true, false],
  })
  expect(names('bsd 3 clause no nuclear license 2014')).toEqual(['BSD-3-Clause-No-Nuclear-License-2014'])
})

const inText = (name: string): string[] => textWords(name.replaceAll(/[-/]/g, ' '))?.words ?? []

test('a name has the words that a text has in which it stands', () => {
  const spellings = SPELLING_GROUPS.flatMap((group) => group.spellings)
  const odd = ['Zoë’s License', 'Licence v. 2', 'AT&T', '$5', 'it_is']
  const named = [...LICENSE_IDS].flatMap((id) => [id, `${id} license`]).concat(spellings, odd)
  expect(named.map((name) => [name, wordsOfName(name)])).toEqual(named.map((name) => [name, inText(name)]))
  expect(named.length).toBeGreaterThan(1500)
})
