import { expect, test } from 'vitest'
import { textsToChooseFrom } from '#license/text/choices'

test.each([
  ['dual licensed', 2],
  ['this is dual license', 2],
  ['dually licensed under these', 2],
  ['dual licensing', 2],
  ['either of these', 2],
  ['under either license', 2],
  ['either mit or isc', 2],
  ['tri licensed', 3],
  ['tri license', 3],
  ['at your option', Infinity],
  ['at you choose', Infinity],
  ['your own free choice', Infinity],
  ['you may pick', Infinity],
  ['choose one of these licenses', Infinity],
  ['pick a license', Infinity],
  ['any of these licenses', Infinity],
])('%s: between %d', (words, most) => {
  expect(textsToChooseFrom(words.split(' '))).toBe(most)
})

test.each([
  'dual',
  'licensed',
  'either',
  'either way',
  'tri',
  'option',
  'your very own free choice',
  'choose wisely',
  'pick one of these many licenses',
  'any license',
  'dual licensed under both',
  'dual licensed and all of it',
  'all of these dual licensed',
  'all files are dual licensed',
  'the modules are under either license',
  'fonts are tri licensed',
  'undual licensed',
])('%s leaves no choice', (words) => {
  expect(textsToChooseFrom(words.split(' '))).toBe(0)
})
