import { expect, test } from 'vitest'
import { isAddress, isBullet } from '#license/text/unsaid-words'

test.each(['a', 'i', 'z', 'ii', 'iii', 'iv', 'vi', 'vii', 'viii', 'ix', 'xi', 'xii'])(
  '%s is a bullet',
  (word) => {
    expect(isBullet(word)).toBe(true)
  },
)

test.each(['', '1', 'é', 'ab', 'no', 'iiii', 'vv', 'viiii', 'xiv', 'ivy', 'six', 'aiv', 'ixa', 'any'])(
  '%j is none',
  (word) => {
    expect(isBullet(word)).toBe(false)
  },
)

test('a word with a dot, a slash or an @ is an address', () => {
  expect(['a.b', 'a/b', 'a@b'].every(isAddress)).toBe(true)
  expect(['', 'not', 'x86', 'a-b'].some(isAddress)).toBe(false)
})
