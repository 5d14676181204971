/** What a release that is not installed declares, and what the policy would say to it. */
import { describe, expect, test } from 'vitest'
import type { LicenseField } from '#model/inventory'
import type { Policy } from '#model/policy'
import type { Release } from '#model/release'
import { createReleaseWeigher, statementsOf } from '#policy/weigh-release'
import type { WeighedRelease } from '#policy/weigh-release'
import { exception, NOW, policy } from './samples.ts'

const PLACE = { name: 'a', kinds: ['production' as const], workspaces: ['.'] }

function weighed(
  license: LicenseField,
  licenses: Partial<Policy['licenses']> = {},
  { version = '2.0.0', ...place }: Partial<typeof PLACE & { version: string }> = {},
): WeighedRelease {
  const release: Release = { version, license, repository: true, deprecated: false }
  return createReleaseWeigher(policy(licenses), NOW)({ ...PLACE, ...place }, release)
}

const statement = (license: LicenseField, version?: string): string =>
  weighed(license, {}, version === undefined ? {} : { version }).statement

describe('a licence', () => {
  test.each<[LicenseField, string, boolean]>([
    [{ license: 'MIT' }, 'MIT', true],
    [{ license: { type: 'Apache 2.0' } }, 'Apache-2.0', false],
    [{ licenses: ['ISC'] }, 'ISC', true],
    [{ license: '(GPL-3.0-only OR MIT)' }, 'GPL-3.0-only OR MIT', true],
    [{ license: 'GPL-3.0-only AND MIT' }, 'GPL-3.0-only AND MIT', false],
  ])('%j is %s, allowed: %s', (field, license, allowed) => {
    const release = weighed(field)
    expect(release).toMatchObject({ license, absent: false })
    expect(release.allowed).toBe(allowed)
  })

  test('is weighed by the lists that count for the package', () => {
    const licenses = {
      scopes: { production: [], dev: ['GPL-3.0-only'], optional: [] },
      workspaces: [{ workspace: 'packages/a', allow: ['0BSD'], location: { file: 'depgate.config.json' } }],
    }
    const allowed = (license: string, place: Partial<typeof PLACE | { kinds: ['dev'] }>) =>
      weighed({ license }, licenses, place as Partial<typeof PLACE>).allowed
    expect(allowed('GPL-3.0-only', {})).toBe(false)
    expect(allowed('GPL-3.0-only', { kinds: ['dev'] })).toBe(true)
    expect(allowed('0BSD', {})).toBe(false)
    expect(allowed('0BSD', { workspaces: ['packages/a'] })).toBe(true)
  })

  test('is weighed with the exceptions for that version, as long as they hold', () => {
    const licenses = {
      exceptions: [exception('a@^2', ['0BSD']), exception('a', ['Zlib'], '2026-11-20')],
    }
    expect(weighed({ license: '0BSD' }, licenses).allowed).toBe(true)
    expect(weighed({ license: '0BSD' }, licenses, { version: '3.0.0' }).allowed).toBe(false)
    expect(weighed({ license: '0BSD' }, licenses, { name: 'b' }).allowed).toBe(false)
    expect(weighed({ license: 'Zlib' }, licenses).allowed).toBe(false)
  })
})

describe('without a licence', () => {
  test.each<[LicenseField, boolean]>([
    [{}, true],
    [{ license: ' ' }, true],
    [{ license: 'BSD' }, false],
    [{ license: 'SEE LICENSE IN x' }, false],
    [{ license: 'UNLICENSED' }, false],
    [{ licenses: ['MIT', 'ISC'] }, false],
  ])('%j: nothing declared at all: %s', (field, absent) => {
    const release = weighed(field)
    expect(release).toMatchObject({ license: null, absent })
    expect(release.allowed).toBe(false)
  })

  test('only the word UNLICENSED passes by an exception for it', () => {
    const licenses = { exceptions: [exception('a@^2', ['UNLICENSED'])] }
    expect(weighed({ license: 'UNLICENSED' }, licenses).allowed).toBe(true)
    expect(weighed({ license: 'UNLICENSED' }, licenses, { version: '3.0.0' }).allowed).toBe(false)
    for (const field of [{}, { license: 'BSD' }, { license: 'SEE LICENSE IN x' }, { license: ['a', 'b'] }]) {
      expect(weighed(field, licenses).allowed).toBe(false)
    }
    const late = { exceptions: [exception('a', ['UNLICENSED'], '2026-11-20')] }
    expect(weighed({ license: 'UNLICENSED' }, late).allowed).toBe(false)
    const other = { exceptions: [exception('a', ['0BSD'])] }
    expect(weighed({ license: 'UNLICENSED' }, other).allowed).toBe(false)
  })
})

describe('two releases declare the same', () => {
  test.each<[LicenseField, LicenseField]>([
    [{ license: 'MIT' }, { license: { type: 'MIT' } }],
    [{ license: 'MIT OR Apache-2.0' }, { license: '(Apache-2.0 OR MIT)' }],
    [{ license: 'GPL-3.0' }, { license: 'GPL-3.0-only' }],
    [{}, { license: '' }],
    [{ license: 'BSD' }, { license: 'BSD' }],
    [{ licenses: ['MIT', 'ISC'] }, { licenses: ['MIT', 'ISC'] }],
  ])('%j and %j', (one, other) => {
    expect(statement(one, '1.0.0')).toBe(statement(other, '2.0.0'))
  })

  test('but not by words that only point to a file, unless they are the same release', () => {
    const file = { license: 'SEE LICENSE IN x' }
    expect(statement(file, '1.0.0')).not.toBe(statement(file, '2.0.0'))
    expect(statement(file, '1.0.0')).toBe(statement(file, '1.0.0'))
  })

  test('only if they do', () => {
    const fields: LicenseField[] = [
      { license: 'MIT' },
      { license: 'GPL-3.0-only' },
      { license: 'GPL-3.0-or-later' },
      {},
      { license: 'BSD' },
      { license: 'GPL' },
      { license: 'UNLICENSED' },
      { licenses: ['MIT', 'ISC'] },
      { licenses: ['MIT', 'X11'] },
      { license: 'SEE LICENSE IN x' },
      // Words that look like what stands for others.
      { license: 'nothing' },
      { license: 'licence MIT' },
      { license: 'a file of 2.0.0' },
    ]
    expect(new Set(fields.map((field) => statement(field))).size).toBe(fields.length)
  })
})

test('licences that were concluded are compared with what releases declare; what is none says nothing', () => {
  const known = statementsOf(['Apache-2.0 OR MIT', 'no licence', 'ISC'])
  expect(known.size).toBe(2)
  expect(known.has(statement({ license: 'MIT OR Apache-2.0' }))).toBe(true)
  expect(known.has(statement({ licenses: ['ISC'] }))).toBe(true)
  expect(known.has(statement({ license: 'no licence' }))).toBe(false)
  expect(statementsOf([]).size).toBe(0)
})
