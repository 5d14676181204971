import { expect, test } from 'vitest'
import { isExactVersion, isPackageName, purl, scopeOf } from '#model/package-id'

test('purl escapes a scope and build metadata', () => {
  expect(purl('@scope/name', '1.0.0')).toBe('pkg:npm/%40scope/name@1.0.0')
  expect(purl('\uD800', '1')).toBe('pkg:npm/%EF%BF%BD@1')
  expect(purl('a', '1.0.0+b')).toBe('pkg:npm/a@1.0.0%2Bb')
})

test.each(['left-pad', 'JSONStream', '@scope/name', 'a.b_c~d'])('%s may be asked of a registry', (name) => {
  expect(isPackageName(name)).toBe(true)
})

test.each([
  '',
  '../x',
  '.',
  '..',
  '.hidden',
  '@/x',
  '@a/../b',
  'a/b',
  'a\\b',
  'a\0b',
  'a b',
  'a?b#c',
  '%00',
  'node_modules',
  '@a/b/c',
  'ж',
  'x'.repeat(215),
])('%j may not be asked of a registry', (name) => {
  expect(isPackageName(name)).toBe(false)
})

test.each(['1.0.0', '1.0.0-rc.1', '1.2.3+build.5'])('%s is an exact version', (version) => {
  expect(isExactVersion(version)).toBe(true)
})

test.each([
  '',
  'latest',
  '*',
  '^1.0.0',
  'v1.0.0',
  '../../x',
  '1.0.0 ',
  '1.0.0\n',
  '1.0',
  'npm:a@1.0.0',
  `1.0.${'9'.repeat(300)}`,
])('%j is not an exact version', (version) => {
  expect(isExactVersion(version)).toBe(false)
})

test('a scope is known by its name', () => {
  expect(scopeOf('@acme/x')).toBe('@acme')
  expect(scopeOf('x')).toBeUndefined()
})
