/** What is written into a finding, and what is left out of it. */
import { describe, expect, test } from 'vitest'
import { fingerprint } from '#policy/fingerprint'
import { deny, raise, warn } from '#policy/make-finding'

const LITTLE = { subject: 's', message: 'm' }
const MUCH = {
  ...LITTLE,
  package: 'a@1.0.0',
  fix: 'f',
  path: ['app@1.0.0', 'a@1.0.0'],
  location: { file: 'package-lock.json', line: 3 },
  details: ['d'],
  license: 'MIT',
  knownBy: 'k',
}

test('a finding has what is known of it', () => {
  const { subject, knownBy, ...shown } = MUCH
  expect(deny('license-unknown', 'unknown', MUCH)).toStrictEqual({
    ...shown,
    subject: knownBy,
    rule: 'license-unknown',
    severity: 'deny',
    verdict: 'unknown',
    fingerprint: fingerprint('license-unknown', 'a@1.0.0', subject),
  })
})

test('what is not known has no key in it, nor has an empty list', () => {
  const bare = {
    rule: 'no-lockfile',
    severity: 'warn',
    verdict: 'pass',
    message: 'm',
    path: [],
    fingerprint: fingerprint('no-lockfile', undefined, 's'),
  }
  expect(warn('no-lockfile', LITTLE)).toStrictEqual(bare)
  const open = {
    package: undefined,
    fix: undefined,
    path: undefined,
    location: undefined,
    details: undefined,
    license: undefined,
    knownBy: undefined,
  }
  expect(warn('no-lockfile', { ...LITTLE, ...open })).toStrictEqual(bare)
  expect(warn('no-lockfile', { ...LITTLE, details: [] })).toStrictEqual(bare)
})

describe('a severity of the policy', () => {
  test.each([
    ['deny', [['deny', 'violation']]],
    ['warn', [['warn', 'pass']]],
    ['off', []],
  ] as const)('%s', (severity, expected) => {
    expect(
      raise('package-silent', severity, LITTLE).map((finding) => [finding.severity, finding.verdict]),
    ).toEqual(expected)
  })
})
