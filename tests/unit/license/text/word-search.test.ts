import { expect, test } from 'vitest'
import { findWords, joinWords, wordPattern } from '#license/text/word-search'

const joined = joinWords(
  'in no event shall zoe quandt be liable and in no event shall acme be liable'.split(' '),
)

test('finds ranges of words and of the names in them', () => {
  expect(findWords(joined, wordPattern('in no event shall (?<name>(?:[^ ]+ ){1,3}?)be liable'))).toEqual([
    { words: [0, 8], groups: [[4, 6]] },
    { words: [9, 16], groups: [[13, 14]] },
  ])
})

test('only whole words are found', () => {
  expect(findWords(joined, wordPattern('event shall z'))).toEqual([])
  expect(findWords(joined, wordPattern('o event'))).toEqual([])
  expect(findWords(joinWords([]), wordPattern('event'))).toEqual([])
})

test.each([
  ['in no (?:fine )?event shall', 'event shall'],
  ['see (?:a|b)', 'see '],
  ['one|two', ''],
  ['x \\d+ names?', ' name'],
  ['(?:\\d+ ){2,160}of a', 'of a'],
])('what every match of %j has is %j', (source, literal) => {
  expect(wordPattern(source).literal).toBe(literal)
})

test.each([
  ['the first word (?:is|of) a name', 'the first word ', ['first', 'word', 'the']],
  ['a names? of its', ' of its', ['its', 'of']],
  ['one two three', 'one two three', ['three', 'one', 'two']],
  ['(?:a|b) long words here', ' long words here', ['words', 'long', 'here']],
  ['footnotes', 'footnotes', ['footnotes']],
  ['a+b one x', 'b one x', ['one', 'x']],
  ['a*b', 'b', []],
  ['files? for one', ' for one', ['for', 'one']],
  ['x (?:a (?:b|c) d) longer ex?', ' longer e', ['longer']],
  ['x\\dnine', 'nine', []],
  ['nine(?:s)? x?\\dnine', 'nine', []],
  ['(?:a|b)', '', []],
])('of %j every match has %j and the whole words %j', (source, literal, keys) => {
  expect(wordPattern(source)).toMatchObject({ literal, keys })
})

test('a pattern is sought only where its literal and all its whole words are', () => {
  const pattern = wordPattern('no event (?:x )?shall zoe quandt')
  expect(pattern).toMatchObject({ literal: 'shall zoe quandt', keys: ['quandt', 'zoe'] })
  expect(findWords(joined, pattern)).toHaveLength(1)
  expect(findWords(joined, { ...pattern, literal: 'other' })).toEqual([])
  expect(findWords(joined, { ...pattern, keys: ['zoe', 'other'] })).toEqual([])
  expect(findWords(joined, { ...pattern, keys: [] })).toHaveLength(1)
  const words = 'no event shall zoe quandt'.split(' ')
  expect(findWords(joinWords(words, new Set(['zoe', 'quandt'])), pattern)).toHaveLength(1)
  expect(findWords(joinWords(words, new Set(['zoe'])), pattern)).toEqual([])
})

test('groups that took no part are left out', () => {
  const pattern = wordPattern('shall (?:(?<name>zoe )|(?<other>acme ))?(?:quandt )?be')
  expect(findWords(joined, pattern).map(({ groups }) => groups)).toEqual([[[4, 5]], [[13, 14]]])
})

test('words are numbered by where they begin', () => {
  const { text, wordAt } = joinWords(['a', 'bc', 'd'])
  expect(text).toBe('a bc d ')
  expect(joinWords([]).text).toBe('')
  expect([0, 1, 2, 3, 5, 6, 7, 8].map(wordAt)).toEqual([0, 1, 1, 2, 2, 3, 3, 3])
  expect(findWords(joinWords(['x', 'y']), wordPattern('y'))).toEqual([{ words: [1, 2], groups: [] }])
})
