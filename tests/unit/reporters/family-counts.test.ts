import { expect, test } from 'vitest'
import type { Claim } from '#model/claim'
import type { LicenseFamily } from '#model/license-family'
import { familyCounts, familyOfPackage } from '#reporters/family-counts'
import { packageReport } from '../../support/report.ts'

const familyOf = (license: string): LicenseFamily =>
  license.includes('GPL') ? 'copyleft' : license === 'MIT' ? 'permissive' : 'other'
const claim = (changes: Partial<Claim>): Claim => ({
  witness: 'registry',
  at: '2026-01-01T00:00:00.000Z',
  from: 'network',
  ...changes,
})

test('where witnesses differ, all of their licences count', () => {
  const conflict = { license: null, conclusion: 'conflict' as const }
  const claims = [claim({ license: 'MIT' }), claim({ witness: 'installed', license: 'GPL-3.0-only' })]
  expect(familyOfPackage(packageReport('a@1.0.0', { ...conflict, claims }), familyOf)).toBe('copyleft')
  // The lockfile's word is a hint.
  const hint = [claim({ witness: 'lockfile', license: 'GPL-3.0-only' })]
  expect(familyOfPackage(packageReport('a@1.0.0', { ...conflict, claims: hint }), familyOf)).toBe('unknown')
})

test('a package whose author grants nothing is known, one that says nothing is not', () => {
  const none = { license: null, conclusion: 'unknown' as const }
  const closed = [claim({ raw: 'UNLICENSED', reason: 'unlicensed' })]
  expect(familyOfPackage(packageReport('a@1.0.0', { ...none, claims: closed }), familyOf)).toBe('other')
  expect(familyOfPackage(packageReport('a@1.0.0', { ...none, claims: [] }), familyOf)).toBe('unknown')
})

test('what only development needs is counted apart, in the order of families', () => {
  const counts = familyCounts(
    [
      packageReport('g@1.0.0', { license: 'GPL-3.0-only', kinds: ['dev'] }),
      packageReport('a@1.0.0'),
      packageReport('b@1.0.0', { kinds: ['dev', 'optional'] }),
    ],
    familyOf,
  )
  expect([...counts].map(([family, { shipped, development }]) => [family, shipped, development])).toEqual([
    ['permissive', 2, 0],
    ['copyleft', 0, 1],
  ])
})
