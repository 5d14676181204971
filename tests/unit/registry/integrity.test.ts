import { expect, test } from 'vitest'
import { compareIntegrity, integrityOfShasum, splitIntegrity } from '#registry/integrity'

test('splits, drops options and what nobody should trust', () => {
  expect(splitIntegrity('sha512-AAAA== sha1-BBBB=?opt  md5-CCCC sha256-!! ')).toEqual([
    'sha512-AAAA==',
    'sha1-BBBB=',
  ])
  expect(splitIntegrity('')).toEqual([])
})

test('an old shasum becomes an integrity hash', () => {
  expect(integrityOfShasum('da39a3ee5e6b4b0d3255bfef95601890afd80709')).toBe(
    'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
  )
  expect(integrityOfShasum('banana')).toBeUndefined()
  expect(integrityOfShasum('')).toBeUndefined()
})

test.each([
  [['sha512-a'], ['sha512-a'], 'equal'],
  [['sha512-a'], ['sha512-b'], 'different'],
  [['sha512-a', 'sha1-x'], ['sha512-b', 'sha1-x'], 'different'],
  [['sha1-x'], ['sha512-b', 'sha1-x'], 'equal'],
  [['sha512-a', 'sha512-b'], ['sha512-b'], 'equal'],
  [['sha512-a'], ['sha1-x'], 'incomparable'],
  [[], ['sha1-x'], 'incomparable'],
  [['sha512-a'], [], 'incomparable'],
] as const)('%j against %j is %s', (expected, actual, answer) => {
  expect(compareIntegrity(expected, actual)).toBe(answer)
})
