import { expect, test } from 'vitest'
import type { LicenseField, PackageInstance } from '#model/inventory'
import { ok } from '#model/outcome'
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
    {
      registry: undefined,
      contents: 'node_modules',
      texts: [],
      clarifiedFiles: [],
      paths: [],
      lockfile: undefined,
      at: '2026-01-01T00:00:00Z',
    },
  )
  expect(claims.map(({ raw, license, reason }) => [raw, license ?? reason])).toEqual([
    [{ license: 'MIT', licenses: ['GPL-3.0-only'] }, 'contradictory'],
    ['MIT', 'MIT'],
  ])
})

const group = (instances: PackageInstance[]) => ({
  id: 'a@1.0.0',
  name: 'a',
  version: '1.0.0',
  source: instances[0]?.source ?? ('registry' as const),
  kinds: ['production' as const],
  workspaces: ['.'],
  installed: true,
  dependencies: [],
  integrity: [],
  instances,
})
const heard = {
  contents: 'node_modules' as const,
  texts: [],
  clarifiedFiles: [],
  paths: [],
  at: '2026-01-01T00:00:00Z',
}
const entry = copy('node_modules/a', { license: 'MIT' })

test.each<[string, Partial<PackageInstance>, string | undefined, true | undefined]>([
  ['an entry without integrity', { line: 3 }, 'package-lock.json', true],
  ['an entry in a lockfile on one line', {}, 'package-lock.json', true],
  ['an empty integrity', { integrity: '' }, 'package-lock.json', true],
  ['an integrity', { integrity: 'sha512-x' }, 'package-lock.json', undefined],
  ['no lockfile', {}, undefined, undefined],
  ['not in the lockfile', { extraneous: true }, 'package-lock.json', undefined],
  ['in the lockfile although nothing asks for it', { extraneous: true, line: 3 }, 'package-lock.json', true],
  ['not installed', { installed: false, line: 3 }, 'package-lock.json', undefined],
  ['bundled', { source: 'bundled', line: 3 }, 'package-lock.json', undefined],
  ['git', { source: 'git', line: 3 }, 'package-lock.json', undefined],
])('missing integrity: %s', (_, more, lockfile, missing) => {
  const { integrity } = packageFacts(group([{ ...entry, ...more }]), {
    ...heard,
    registry: undefined,
    lockfile,
  })
  expect(integrity.missing).toBe(missing)
})

test('a deprecation goes with the time of the answer; what was asked of its origin goes along', () => {
  const manifest = { name: 'a', version: '1.0.0', license: {}, integrity: [], deprecated: 'old' }
  const registry = ok({ manifest, at: '2026-01-02T00:00:00Z', from: 'disk' as const })
  const origin = { published: ok(5), registry: { base: 'https://registry.example/', names: ['default'] } }
  const facts = packageFacts(group([entry]), { ...heard, registry, origin, lockfile: undefined })
  expect(facts).toMatchObject({ ...origin, deprecated: { text: 'old', at: '2026-01-02T00:00:00Z' } })
})

test.each<[LicenseField, unknown, string]>([
  [{ license: 'MIT', licenses: 'ISC' }, { license: 'MIT', licenses: 'ISC' }, 'contradictory'],
  [{ license: 'MIT', licenses: null }, 'MIT', 'MIT'],
  [{ license: null, licenses: 'MIT' }, 'MIT', 'MIT'],
  [{ license: 'MIT', licenses: 'mit' }, 'MIT', 'MIT'],
  [{ license: 'BSD', licenses: 'BSD' }, 'BSD', 'ambiguous'],
  [{ license: { type: 'MIT', name: 'X11' } }, { type: 'MIT', name: 'X11' }, 'contradictory'],
  [{ license: { type: 'MIT', name: 'X' }, licenses: null }, { type: 'MIT', name: 'X' }, 'contradictory'],
  [{ licenses: { type: 'MIT', name: 'X11' } }, { type: 'MIT', name: 'X11' }, 'contradictory'],
  [{}, undefined, 'absent'],
])('%j is shown as it is typed, both fields where they differ', (declared, raw, meaning) => {
  const { claims } = packageFacts(group([copy('node_modules/a', declared)]), {
    ...heard,
    registry: undefined,
    lockfile: undefined,
  })
  expect(claims.map((claim) => [claim.raw, claim.license ?? claim.reason])).toEqual([[raw, meaning]])
})
