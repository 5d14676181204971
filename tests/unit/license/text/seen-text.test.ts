import { expect, test } from 'vitest'
import { seenText } from '#license/text/seen-text'

test('tags that hide nothing are left out, entities are what they stand for', () => {
  expect(seenText('<p class="x">a &amp; b</p>')?.trim()).toBe('a & b')
  expect(seenText('&#110;ot &#x6E;ot &quot;&copy;&quot; &unknown;')).toBe('not not "©" &unknown;')
  expect(seenText('<a title="not for sale">x</a>')).toContain('not for sale')
  expect(seenText('a < b > c <x@y.example>')).toBe('a < b > c <x@y.example>')
})

test('letters of full width are plain letters', () => {
  expect(seenText('ｎｏｔ ①')).toBe('not 1')
})

test('markers that are words count as markers where every line has one', () => {
  expect(seenText('REM one\r\n\r\nrem two')).toBe(' one\r\n\r\n two')
  expect(seenText('dnl one\ntwo')).toBe('dnl one\ntwo')
})

test.each([
  ['zero width', 'a\u200Bb'],
  ['a soft hyphen', 'a\u00ADb'],
  ['direction', 'a\u202Eb'],
  ['control', 'a\u0001b'],
  ['by an entity', 'a&#8203;b'],
  ['beyond all characters', '&#9999999;'],
  ['strokes', 'n\u0336o'],
  ['squares', '🅝'],
  ['Cyrillic in Latin', 'n\u043Et'],
  ['Greek in Latin', 'n\u03BFt'],
  ['Markdown', 'a ~~b~~ c'],
  ['HTML', 'a <del>b</del>'],
  ['a strike tag with attributes', 'a <S class="x">b</S>'],
  ['eighteen letters for one', '\uFDFA'.repeat(500)],
])('is not seen as it is: %s', (_, text) => {
  expect(seenText(text)).toBeUndefined()
})

test.each([
  'µWebSockets',
  'Иван',
  'a\u0085b',
  '~~~~\ncode\n~~~~',
  'x ~ y',
  '\uFEFFa',
  'Zoe\u0308',
  '© 2020 → ★',
])('is seen as it is: %j', (text) => {
  expect(seenText(text)).toBeDefined()
})
