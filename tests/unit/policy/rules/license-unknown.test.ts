/** What a baseline knows an unknown licence by: once anybody says something else, somebody has to look again. */
import { expect, test } from 'vitest'
import type { Claim, UnknownReason } from '#model/claim'
import { fails, judge, mutters, says } from '../samples.ts'
import { textClaim } from './cases.ts'

const A = 'a'.repeat(64)
const TEXT_A = `text ${'a'.repeat(32)}`

function mute(reason: UnknownReason, raw?: unknown): Claim[] {
  return [mutters('registry', reason, raw), mutters('installed', reason, raw)]
}

function licenseOf(...claims: Claim[]): string | undefined {
  const found = judge({ claims }).findings.filter(({ rule }) => rule === 'license-unknown')
  expect(found).toHaveLength(1)
  return found[0]?.license
}

const known = textClaim({ licenses: [['MIT']] }, { license: 'MIT' })
const unknown = textClaim({ sha256: A }, { reason: 'unknown-text' })

test.each<[string, Claim[], string]>([
  ['nothing at all', mute('absent'), 'none'],
  ['words', mute('not-spdx', 'MIT style'), 'MIT style'],
  [
    'words on one side',
    [mutters('registry', 'ambiguous', 'BSD'), mutters('installed', 'absent')],
    'BSD / none',
  ],
  [
    'a licence on one side',
    [says('registry', 'MIT'), mutters('installed', 'not-spdx', 'my own')],
    'MIT / my own',
  ],
  [
    'a text beside words that it does not resolve',
    [...mute('url', 'https://x.example'), known],
    'MIT / https://x.example',
  ],
  [
    'another text beside a licence on one side',
    [
      says('registry', 'MIT'),
      mutters('installed', 'absent'),
      textClaim({ licenses: [['AGPL-3.0-only', 'AGPL-3.0-or-later']] }, { license: 'AGPL-3.0-only' }),
    ],
    'AGPL-3.0-only / MIT / none',
  ],
  [
    'a file that points elsewhere, beside a licence on one side',
    [
      says('registry', 'MIT'),
      mutters('installed', 'absent'),
      textClaim({ sha256: A, mentions: ['ISC'], families: ['gpl'] }, { reason: 'pointer' }),
    ],
    `ISC / MIT / none / some GPL licence / ${TEXT_A}`,
  ],
  [
    'fields that differ',
    mute('contradictory', { license: 'MIT', licenses: 'ISC' }),
    '{"license":"MIT","licenses":"ISC"}',
  ],
  ['a text that nobody knows', [...mute('absent'), unknown], `none / ${TEXT_A}`],
  [
    'files that only point somewhere',
    [
      ...mute('absent'),
      textClaim({ sha256: A, mentions: ['MIT'] }, { reason: 'pointer' }),
      textClaim({ file: 'COPYING', sha256: A, mentions: ['ISC'] }, { reason: 'pointer' }),
    ],
    `ISC / MIT / none / ${TEXT_A}`,
  ],
  ['texts of parts', [...mute('absent'), textClaim({ sha256: A, role: 'bundled' })], 'none'],
])('%s', (_, claims, license) => {
  expect(licenseOf(...claims)).toBe(license)
  expect(licenseOf(...claims.toReversed())).toBe(license)
})

test('is nothing where a value is nested too deep to be written down: no baseline knows that', () => {
  let deep: unknown[] = []
  for (let depth = 0; depth < 100_000; depth++) deep = [deep]
  expect(licenseOf(...mute('malformed', deep))).toBeUndefined()
})

test('is nothing where the registry does not know the version', () => {
  expect(licenseOf(fails('registry', 'not-found'), says('installed', 'MIT'))).toBeUndefined()
})

test('a text that nobody knows is told of, also beside a licence on one side', () => {
  const { findings } = judge({ claims: [says('registry', 'MIT'), mutters('installed', 'absent'), unknown] })
  expect(findings.map(({ rule }) => rule)).toEqual(['license-unknown', 'license-text-unknown'])
})
