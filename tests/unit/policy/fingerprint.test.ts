import { fingerprint } from '#policy/fingerprint'
import { expect, test } from 'vitest'

test('is the same in every run: baselines depend on it', () => {
  expect(fingerprint('license-not-allowed', 'a@1.0.0', 'AGPL-3.0-only')).toBe(
    'b1ae74b4ebd8e7b04013e9c56b043ca8',
  )
})

test('differs by rule, package and subject, and does not run them together', () => {
  const prints = [
    fingerprint('license-not-allowed', 'a@1.0.0', 'MIT'),
    fingerprint('license-unknown', 'a@1.0.0', 'MIT'),
    fingerprint('license-not-allowed', 'b@1.0.0', 'MIT'),
    fingerprint('license-not-allowed', undefined, 'MIT'),
    fingerprint('license-not-allowed', '', 'MIT'),
    fingerprint('license-not-allowed', 'a@1.0.0', 'ISC'),
    fingerprint('license-not-allowed', 'a@1.0.0","MIT', ''),
  ]
  expect(new Set(prints).size).toBe(prints.length)
  for (const print of prints) expect(print).toMatch(/^[0-9a-f]{32}$/)
})
