import { expect, test } from 'vitest'
import { below, folderName, isLocation, parentOf } from '#collectors/tree-location'

test.each([
  ['', true],
  ['node_modules/a', true],
  ['node_modules/@s/a.b', true],
  ['.config/x', true],
  ['a..b/c', true],
  ['..', false],
  ['.', false],
  ['a/..', false],
  ['a/./b', false],
  ['/a', false],
  ['a/', false],
  ['a//b', false],
  ['a\\b', false],
  ['c:x', false],
  ['a\u0085b', false],
  [`a${'b'.repeat(5000)}`, false],
])('%j is a location: %s', (text, expected) => {
  expect(isLocation(text)).toBe(expected)
})

test('names and folders', () => {
  expect(folderName('node_modules/x/node_modules/@s/a')).toBe('@s/a')
  expect(folderName('packages/a')).toBe('a')
  expect(parentOf('a/b')).toBe('a')
  expect(parentOf('a')).toBe('')
  expect(below('', 'a')).toBe('a')
  expect(below('a', 'b/c')).toBe('a/b/c')
})
