/** As what a licence file is read: its name decides, and nothing that only begins like a README is one. */
import { expect, test } from 'vitest'
import type { LicenseFile } from '#collectors/license-files'
import type { TextKind } from '#license/text/read-text'
import { heardFiles, textClaims } from '../../../src/run/texts.ts'

function fileOf(file: string, role: LicenseFile['role']): LicenseFile & { bytes: Buffer } {
  return { file, role, bytes: Buffer.from('x'), sha256: file }
}

test.each<[file: string, role: LicenseFile['role'], kind: TextKind]>([
  ['LICENSE', 'package', 'package'],
  ['README.md', 'package', 'readme'],
  ['readme', 'hint', 'readme'],
  ['README-LICENSE.txt', 'package', 'package'],
  ['README.LICENSE', 'package', 'package'],
  ['README-LICENSE.md', 'package', 'package'],
  ['licenses/README.md', 'bundled', 'bundled'],
  ['a.js', 'hint', 'header'],
])('%s as %s is read as %s', async (file, role, kind) => {
  const kinds: TextKind[] = []
  const read = (_: LicenseFile, asked: TextKind) => {
    kinds.push(asked)
    return Promise.resolve({})
  }
  await textClaims([fileOf(file, role)], { read }, { at: '2026-01-01T00:00:00.000Z' })
  expect(kinds).toEqual([kind])
})

test('a licence file whose name begins like that of a README is no hint', () => {
  const files = [fileOf('README-LICENSE.txt', 'package'), fileOf('README.md', 'package')]
  expect(heardFiles(files, { license: 'MIT' }).map(({ role }) => role)).toEqual(['package', 'hint'])
})
