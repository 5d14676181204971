import { expect, test } from 'vitest'
import { isSameLicense } from '#license/same-license'

test.each([
  ['MIT', 'MIT', true],
  ['MIT OR ISC', '(ISC OR MIT)', true],
  ['GPL-2.0', 'GPL-2.0-only', true],
  ['MIT OR ISC', 'MIT AND ISC', false],
  ['MIT', 'ISC', false],
  ['no licence at all', 'no licence at all', true],
  ['no licence at all', 'MIT', false],
])('%s and %s: %s', (a, b, same) => {
  expect(isSameLicense(a, b)).toBe(same)
  expect(isSameLicense(b, a)).toBe(same)
})
