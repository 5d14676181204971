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
])('what every match of %j has is %j', (source, literal) => {
  expect(wordPattern(source).literal).toBe(literal)
})
