import { expect, test } from 'vitest'
import { licenseFamilies } from '#config/license-families'

test('the groups of a policy are what families are made of', () => {
  const familyOf = licenseFamilies()
  expect(
    [
      'MIT',
      'ISC',
      'Apache-2.0 AND BSD-3-Clause',
      'MPL-2.0',
      'EPL-2.0',
      'CC-BY-4.0',
      'GPL-3.0-only',
      'MIT',
    ].map((license) => familyOf(license)),
  ).toEqual([
    'permissive',
    'permissive',
    'permissive',
    'weak-copyleft',
    'weak-copyleft',
    'other',
    'copyleft',
    'permissive',
  ])
})
