import { expect, test } from 'vitest'
import { sameVersion, usableVersion } from '#collectors/same-version'

test.each([
  ['1.0.0', '1.0.0', true],
  ['v1.0.0', '1.0.0', true],
  ['=1.0.0', '1.0.0', true],
  ['', '', true],
  ['not a version', 'not a version', true],
  ['1.0.0', '1.0.1', false],
  ['1.0.0', '', false],
  ['x', 'y', false],
  ['1.0.0-a', '1.0.0', false],
])('%j and %j are the same version: %s', (a, b, expected) => {
  expect(sameVersion(a, b)).toBe(expected)
})

test('a version for the registry is normal, a strange one stays as it is', () => {
  expect(usableVersion('v1.0.0')).toBe('1.0.0')
  expect(usableVersion('1.0.0-rc.1+build')).toBe('1.0.0-rc.1+build')
  expect(usableVersion('../../x')).toBe('../../x')
})
