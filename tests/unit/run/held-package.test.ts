import { expect, test } from 'vitest'
import type { PackageInstance } from '#model/inventory'
import { fail, ok } from '#model/outcome'
import { holdContents } from '../../../src/run/held-package.ts'
import type { PackageGroup } from '../../../src/run/packages.ts'
import type { PackageContents, ReadTarball } from '../../../src/run/tarball-reader.ts'
import { clarification, policy } from '../policy/samples.ts'

const instance = (location: string, more: Partial<PackageInstance> = {}): PackageInstance => ({
  location,
  name: 'a',
  version: '1.0.0',
  source: 'registry',
  integrity: 'sha512-a',
  installed: true,
  extraneous: false,
  kinds: ['production'],
  workspaces: ['.'],
  ...more,
})

const group = (...instances: PackageInstance[]): PackageGroup => ({
  id: 'a@1.0.0',
  name: 'a',
  version: '1.0.0',
  source: instances[0]?.source ?? 'registry',
  instances,
  kinds: ['production'],
  workspaces: ['.'],
  installed: instances.some(({ installed }) => installed),
  dependencies: [],
  integrity: [],
})

const FILE = { file: 'LICENSE', role: 'package' as const, bytes: Buffer.from('x'), sha256: 'a'.repeat(64) }
const contents: PackageContents = {
  declared: { license: 'MIT' },
  files: [FILE],
  hashes: new Map([['taffy.js', ok('b'.repeat(64))]]),
  integrity: 'sha512-a',
  at: '2026-11-21T12:00:00.000Z',
  from: 'network',
}

const onDisk = {
  texts: {
    files: () => [{ file: 'ON-DISK', role: 'package' as const, unread: 'here' }],
    read: () => Promise.resolve({}),
    statistics: () => ({ files: 0, distinct: 0, cached: 0, recognised: 0 }),
  },
  hashFile: () => ok('d'.repeat(64)),
}

function hold(
  held: PackageGroup,
  {
    texts = 'everywhere',
    readTarball,
  }: { texts?: 'everywhere' | 'all' | 'none'; readTarball?: ReadTarball } = {},
) {
  const asked: unknown[] = []
  const read: ReadTarball = (...question) => {
    asked.push(question)
    return readTarball === undefined ? Promise.resolve(ok(contents)) : readTarball(...question)
  }
  const request = {
    texts,
    policy: policy({ clarify: [clarification('a', 'MIT', { files: [{ file: 'taffy.js', sha256: '' }] })] }),
  }
  return holdContents(held, request, ok({ readTarball: read }), onDisk).then((value) => ({ ...value, asked }))
}

const noHints = { readme: false }

test('a package of a registry is what its tarball says, with the files that clarifications name', async () => {
  const one = instance('node_modules/a')
  const { group: held, witnesses, asked } = await hold(group(one))
  expect(held.instances).toEqual([{ ...one, declared: { license: 'MIT' } }])
  expect(asked).toEqual([[one, ['taffy.js']]])
  expect(witnesses.texts.files(one, noHints)).toEqual([FILE])
  expect(witnesses.hashFile(one, 'taffy.js')).toEqual(ok('b'.repeat(64)))
})

test('what cannot be read stays open', async () => {
  const failure = fail('timeout', 'too slow')
  const { group: held, witnesses } = await hold(group(instance('node_modules/a')), {
    readTarball: () => Promise.resolve(failure),
  })
  const [one = instance('')] = held.instances
  expect(one).toMatchObject({ installed: true, unreadable: { code: 'timeout' } })
  expect(witnesses.texts.files(one, noHints)).toEqual([])
  expect(witnesses.hashFile(one, 'taffy.js')).toMatchObject({ ok: false, failure: { code: 'timeout' } })
})

test('for some systems only: the registry alone, unless all texts are wanted', async () => {
  const one = instance('node_modules/a', { installed: false })
  expect(await hold(group(one))).toMatchObject({ group: { installed: false, instances: [one] }, asked: [] })
  const all = await hold(group(one), { texts: 'all' })
  expect(all.group).toMatchObject({
    installed: true,
    instances: [{ installed: true, declared: { license: 'MIT' } }],
  })
})

test('no texts: nothing is asked, and nothing is taken for read', async () => {
  const { group: held, asked } = await hold(group(instance('node_modules/a')), { texts: 'none' })
  expect(asked).toEqual([])
  expect(held.instances).toMatchObject([{ installed: true, unreadable: { code: 'not-read' } }])
})

test.each([
  ['a repository', { source: 'git' as const }, /comes from a git dependency/],
  [
    'a bundled package',
    { source: 'bundled' as const, carrier: { name: 'c', version: '2.0.0' } },
    /inside the tarball of c@2\.0\.0/,
  ],
  ['a folder that is not there', { source: 'link' as const }, /link dependency/],
])('%s is not asked for, and stays open', async (_, more, message) => {
  const { group: held, asked } = await hold(group(instance('lib', more)))
  expect(asked).toEqual([])
  expect(held.instances[0]?.unreadable?.message).toMatch(message)
})

test('a folder of the project that is linked is read where it lies', async () => {
  const one = instance('lib', { source: 'link', declared: { license: 'ISC' } })
  const { group: held, witnesses, asked } = await hold(group(one))
  expect(asked).toEqual([])
  expect(held.instances).toEqual([one])
  expect(witnesses.texts.files(one, noHints)).toMatchObject([{ file: 'ON-DISK' }])
  expect(witnesses.hashFile(one, 'x')).toEqual(ok('d'.repeat(64)))
})

test('a registry that cannot be opened leaves the package open', async () => {
  const closed = fail('npmrc-unreadable', 'no')
  const request = { texts: 'everywhere' as const, policy: policy() }
  const { group: held } = await holdContents(group(instance('node_modules/a')), request, closed, onDisk)
  expect(held.instances[0]?.unreadable?.code).toBe('npmrc-unreadable')
})
