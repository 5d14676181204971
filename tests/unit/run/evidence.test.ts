import { expect, test } from 'vitest'
import type { LicenseField, PackageInstance } from '#model/inventory'
import { packageFacts } from '../../../src/run/evidence.ts'

const copy = (location: string, declared: LicenseField): PackageInstance => ({
  location,
  name: 'a',
  version: '1.0.0',
  source: 'registry',
  installed: true,
  extraneous: false,
  kinds: ['production'],
  workspaces: ['.'],
  declared,
})

test('a copy that says the same word and means another thing is heard beside the others', () => {
  const instances = [
    copy('node_modules/a', { license: 'MIT', licenses: ['GPL-3.0-only'] }),
    copy('node_modules/b/node_modules/a', { license: 'MIT' }),
    copy('node_modules/c/node_modules/a', { license: 'MIT' }),
  ]
  const { claims } = packageFacts(
    {
      id: 'a@1.0.0',
      name: 'a',
      version: '1.0.0',
      source: 'registry',
      kinds: ['production'],
      workspaces: ['.'],
      installed: true,
      dependencies: [],
      integrity: [],
      instances,
    },
    { registry: undefined, clarifiedFiles: [], paths: [], lockfile: undefined, at: '2026-01-01T00:00:00Z' },
  )
  expect(claims.map(({ raw, license, reason }) => [raw, license ?? reason])).toEqual([
    ['MIT', 'ambiguous'],
    ['MIT', 'MIT'],
  ])
})
