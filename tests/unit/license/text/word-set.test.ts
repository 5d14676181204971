import { expect, test } from 'vitest'
import { wordSet } from '#license/text/word-set'

test('words are parted by any blanks, and these are none of them', () => {
  expect([...wordSet('\n  some words\n\tand  some more\n')]).toEqual(['some', 'words', 'and', 'more'])
})
