/** Why words are no licence: a family is told from a sentence that only holds its name. */
import { fileSeen, saysOtherwise, unclearBecause } from '#license/unclear'
import { describe, expect, test } from 'vitest'

describe('the name of a family, or the mark of a guess', () => {
  test.each([
    'bsdstyle',
    'BSD-style*',
    'new BSD',
    'BSD license',
    'BSD licence',
    'BSD licensed',
    'GPL license',
    'GPL licence',
    'The GNU LGPL v2.1',
    'GNU General Public Licence',
    'GNU General Public License, version 2',
    'GNU General Public License v2.0',
    'GNU General Public License 3',
    'the GNU Affero General Public License v. 3',
    'CC',
    'CC BY',
    'cc-by-nc',
    'cc by nc-sa',
    'Mozilla licence',
    'Apache license*',
    'MIT-like',
    'ISCstyle',
    'Apache style',
    'apache2-style',
    'Apache-2.0 like',
    'publicdomain',
    'public-domain*',
    'unlicense',
    'open source',
    'opensource license',
    'open-source licence',
    'dual licensed',
    'free',
    `cc-by${'-nc'.repeat(29)} licence`,
  ])('%s', (text) => {
    expect(unclearBecause(text)).toBe('ambiguous')
  })

  test.each([
    'not BSD',
    'BSD and more',
    'not GPL',
    'GPL and more',
    'no GNU General Public License',
    'GNU General Public License but not for war',
    'other than Apache',
    'Apache for friends',
    'summit-like',
    'MIT-like, but different',
    'not public domain',
    'public domain in part',
    'no unlicense',
    'unlicense?',
    'not free',
    'free for personal use',
    'see https://example.com',
    `cc-by${'-nc'.repeat(32)}`,
  ])('%s is none', (text) => {
    expect(unclearBecause(text)).toBeUndefined()
  })
})

test.each([
  ['Unlicensed', 'unlicensed'],
  ['see the licence in LICENCE', 'see-file'],
  ['NONE', 'absent'],
  ['none', undefined],
  ['not unlicensed', undefined],
  ['not for schools, see the licence in LICENCE', undefined],
  ['unlicensed copy', undefined],
])('%s: %s', (text, reason) => {
  expect(saysOtherwise(text)).toBe(reason)
})

test.each([
  ['SEE LICENSE IN ./TERMS', 'TERMS'],
  [' see the licence in MY TERMS ', 'MY TERMS'],
  ['SEE LICENSE IN TERMS\nand pay', undefined],
  ['SEE LICENSE IN', undefined],
  [`SEE LICENSE IN ${'a'.repeat(985)}`, 'a'.repeat(985)],
  [`SEE LICENSE IN ${'a'.repeat(986)}`, undefined],
])('%j names the file %j', (text, file) => {
  expect(fileSeen(text)).toBe(file)
})
