import { describe, expect, test } from 'vitest'
import type { Edge, PackageInstance } from '#model/inventory'
import { fail, ok } from '#model/outcome'
import type { FailureCode, Outcome } from '#model/outcome'
import type { ManifestAnswer } from '#registry/client'
import { holdContents } from '../../../src/run/held-package.ts'
import { plannedPlaces } from '../../../src/run/left-out.ts'
import type { PackageGroup } from '../../../src/run/packages.ts'
import type { PackageContents } from '../../../src/run/found-tarball.ts'
import type { ReadTarball } from '../../../src/run/tarball-reader.ts'
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
  needs: [],
  brings: [],
}

const onDisk = {
  texts: {
    files: ({ location }: PackageInstance) => [{ file: location, role: 'package' as const, unread: 'here' }],
    read: () => Promise.resolve({}),
    statistics: () => ({ files: 0, distinct: 0, cached: 0, recognised: 0 }),
  },
  hashFile: ({ location }: PackageInstance) => ok(`hash in ${location}`),
  readLocal: ({ resolved = '' }: PackageInstance) =>
    Promise.resolve(
      resolved.endsWith('.tgz')
        ? ok({ ...contents, declared: { license: 'ISC' } })
        : ok({ folder: resolved.slice('file:'.length), declared: { license: '0BSD' } }),
    ),
}

/** What the registry says of the carrier: that it carries packages, that it does not, or why it says nothing. */
type Says = 'carries' | 'nothing' | FailureCode

interface Held {
  texts?: 'everywhere' | 'all' | 'none'
  readTarball?: ReadTarball
  says?: Says
  tree?: readonly PackageInstance[]
  edges?: readonly Edge[]
}

function hold(
  held: PackageGroup,
  { texts = 'everywhere', readTarball, says = 'nothing', tree = [], edges = [] }: Held = {},
) {
  const asked: unknown[] = []
  const read: ReadTarball = (...question) => {
    asked.push(question)
    return readTarball === undefined ? Promise.resolve(ok(contents)) : readTarball(...question)
  }
  const manifest = async (name: string, version: string): Promise<Outcome<ManifestAnswer>> => {
    if (says !== 'carries' && says !== 'nothing') return fail(says, 'said no')
    const bundled = says === 'carries' ? { bundled: ['a'] } : {}
    return ok({
      manifest: { name, version, license: {}, integrity: [], ...bundled },
      at: '2026-11-21T12:00:00.000Z',
      from: 'network',
    })
  }
  const request = {
    texts,
    policy: policy({ clarify: [clarification('a', 'MIT', { files: [{ file: 'taffy.js', sha256: '' }] })] }),
  }
  return holdContents(held, {
    request,
    registry: ok({ readTarball: read, client: { manifest } }),
    onDisk,
    places: plannedPlaces({ instances: [...tree], edges: [...edges] }),
  }).then((value) => ({ ...value, asked }))
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
  ['a repository', { source: 'git' as const }, /comes from a git repository, whose content no lockfile has/],
  ['a folder that is not there', { source: 'link' as const }, /link dependency/],
  ['what a folder carries', { source: 'file' as const }, /file dependency/],
])('%s is not asked for, and stays open', async (_, more, message) => {
  const { group: held, asked } = await hold(group(instance('lib', more)))
  expect(asked).toEqual([])
  expect(held.instances[0]?.unreadable?.message).toMatch(message)
})

test('an archive at an address is asked for there', async () => {
  const one = instance('node_modules/a', { source: 'url', resolved: 'https://registry.example/a.tgz' })
  const { group: held, asked, contents: from } = await hold(group(one))
  expect(asked).toEqual([[one, ['taffy.js']]])
  expect(held.instances).toEqual([{ ...one, declared: { license: 'MIT' } }])
  expect(from).toBe('tarball')
})

test('a tarball of the project is read where it lies, and so is a folder', async () => {
  const archive = instance('node_modules/a', { source: 'file', resolved: 'file:vendor/a.tgz' })
  const { group: packed, witnesses: inside, contents: from, asked } = await hold(group(archive))
  expect(packed.instances).toEqual([{ ...archive, declared: { license: 'ISC' } }])
  expect(inside.texts.files(archive, noHints)).toEqual([FILE])
  const folder = instance('node_modules/a', { source: 'file', resolved: 'file:vendor/a' })
  const { group: held, witnesses, contents: where } = await hold(group(folder))
  expect(held.instances).toEqual([{ ...folder, declared: { license: '0BSD' } }])
  expect(witnesses.texts.files(folder, noHints)).toMatchObject([{ file: 'vendor/a' }])
  expect(witnesses.hashFile(folder, 'x')).toEqual(ok('hash in vendor/a'))
  expect([from, where, asked]).toEqual(['tarball', 'node_modules', []])
})

describe('a package that another one carries', () => {
  const carrier = instance('node_modules/c', { name: 'c', version: '2.0.0', integrity: 'sha512-c' })
  const inner = instance('node_modules/c/node_modules/b/node_modules/a', {
    source: 'bundled',
    carrier: { name: 'c', version: '2.0.0' },
  })

  test('is read in the tarball of that one, if the registry says that it carries packages', async () => {
    const { group: held, asked, witnesses } = await hold(group(inner), { says: 'carries', tree: [carrier] })
    const within = { carrier, place: 'node_modules/b/node_modules/a' }
    expect(asked).toEqual([[{ ...inner, within }, ['taffy.js']]])
    expect(held.instances).toEqual([{ ...inner, declared: { license: 'MIT' } }])
    expect(witnesses.texts.files(inner, noHints)).toEqual([FILE])
  })

  test.each<[string, Says, PackageInstance[], string]>([
    ['the registry knows of no bundle', 'nothing', [carrier], 'tarball-mismatch'],
    ['the registry does not answer', 'timeout', [carrier], 'timeout'],
    ['no such package lies above it', 'carries', [], 'not-installed'],
    ['another version lies above it', 'carries', [{ ...carrier, version: '2.0.1' }], 'not-installed'],
    ['a repository lies above it', 'carries', [{ ...carrier, source: 'git' }], 'not-installed'],
  ])('stays open where %s', async (_, says, tree, code) => {
    const { group: held, asked } = await hold(group(inner), { says, tree })
    expect(asked).toEqual([])
    expect(held.instances[0]?.unreadable?.code).toBe(code)
  })

  describe('for some systems only', () => {
    const left: PackageInstance = { ...inner, source: 'registry', installed: false }
    const { carrier: _carrier, ...plain } = left

    test('keeps its carrier only where the registry confirms it', async () => {
      expect((await hold(group(left), { says: 'carries', tree: [carrier] })).group.instances).toEqual([left])
      expect((await hold(group(left), { tree: [carrier] })).group.instances).toEqual([plain])
    })

    test('is read in there where all texts are wanted, else like any other', async () => {
      const all = { texts: 'all', tree: [carrier] } as const
      const within = { carrier, place: 'node_modules/b/node_modules/a' }
      expect((await hold(group(left), { ...all, says: 'carries' })).asked).toEqual([
        [{ ...left, within }, ['taffy.js']],
      ])
      expect((await hold(group(left), all)).asked).toEqual([[plain, ['taffy.js']]])
    })
  })
})

test('a folder of the project that is linked is read where it lies', async () => {
  const one = instance('lib', { source: 'link', declared: { license: 'ISC' } })
  const { group: held, witnesses, asked, contents: from } = await hold(group(one))
  expect(asked).toEqual([])
  expect(held.instances).toEqual([one])
  expect(witnesses.texts.files(one, noHints)).toMatchObject([{ file: 'lib' }])
  expect(witnesses.hashFile(one, 'x')).toEqual(ok('hash in lib'))
  expect(from).toBe('node_modules')
})

test('a registry that cannot be opened leaves the package open', async () => {
  const registry = fail('npmrc-unreadable', 'no')
  const places = plannedPlaces({ instances: [], edges: [] })
  const holding = { request: { texts: 'everywhere' as const, policy: policy() }, registry, onDisk }
  for (const one of [
    instance('node_modules/a'),
    instance('node_modules/c/node_modules/a', {
      source: 'bundled',
      carrier: { name: 'c', version: '2.0.0' },
    }),
  ]) {
    const { group: held } = await holdContents(group(one), { ...holding, places })
    expect(held.instances[0]?.unreadable?.code).toBe('npmrc-unreadable')
  }
})

describe('what a tarball brings along', () => {
  const one = instance('node_modules/a')
  const below = (parts: Partial<PackageInstance> = {}): PackageInstance =>
    instance('node_modules/a/node_modules/x', { name: 'x', integrity: 'sha512-x', ...parts })
  const place = 'node_modules/x'
  const locked = { id: 'x@1.0.0', integrity: 'sha512-x' }
  const broken = async (brings: PackageContents['brings'], tree: readonly PackageInstance[]) => {
    const readTarball: ReadTarball = () => Promise.resolve(ok({ ...contents, brings }))
    const { group: held } = await hold(group(one), { readTarball, tree })
    return held.instances[0]?.unreadable
  }

  test.each<[what: string, brings: PackageContents['brings'], tree: PackageInstance[]]>([
    ['nothing', [], []],
    ['what it carries and the lockfile lists', [{ place }], [below({ source: 'bundled' })]],
    ['what its shrinkwrap has, listed like that', [{ place, locked }], [below()]],
  ])('%s is no matter', async (_, brings, tree) => {
    expect(await broken(brings, tree)).toBeUndefined()
  })

  test.each<[what: string, brings: PackageContents['brings'], tree: PackageInstance[], says: RegExp]>([
    [
      'a package that the lockfile does not list',
      [{ place }],
      [],
      /carries node_modules\/x, which the lockfile does not list/,
    ],
    [
      'one that the lockfile lists elsewhere',
      [{ place }],
      [instance('node_modules/x')],
      /carries node_modules\/x/,
    ],
    ['a shrinkwrap with more', [{ place, locked }], [], /by which npm installs x@1\.0\.0 in node_modules\/x/],
    ['a shrinkwrap with another version', [{ place, locked }], [below({ version: '1.0.1' })], /x@1\.0\.0/],
    ['a shrinkwrap with another hash', [{ place, locked }], [below({ integrity: 'sha512-y' })], /x@1\.0\.0/],
    [
      'a shrinkwrap without a hash',
      [{ place, locked: { ...locked, integrity: '' } }],
      [below({ integrity: '' })],
      /x@1\.0\.0/,
    ],
    ['more than can be looked at', 'unknown', [], /more packages along than can be looked at/],
  ])('%s leaves the package unread', async (_, brings, tree, says) => {
    const failure = await broken(brings, tree)
    expect(failure?.message).toMatch(says)
    expect(failure?.fix).toMatch(/depgate check/)
  })
})

const needsX: ReadTarball = () =>
  Promise.resolve(ok({ ...contents, needs: [{ name: 'x', kind: 'production' }] }))

describe('what a package needs by its package.json', () => {
  const one = instance('node_modules/a')
  const needed = instance('node_modules/x', { name: 'x', kinds: ['dev'] })

  test.each<[what: string, listed: PackageInstance, says?: Says]>([
    ['its own tarball', one],
    [
      'the tarball of its carrier',
      instance('node_modules/c/node_modules/a', {
        source: 'bundled',
        carrier: { name: 'c', version: '2.0.0' },
      }),
      'carries',
    ],
  ])('is listed, or the package is unread: %s', async (_, listed, says) => {
    const carrier = instance('node_modules/c', { name: 'c', version: '2.0.0' })
    const tree = [carrier, listed, needed]
    const asked = { readTarball: needsX, tree, ...(says && { says }) }
    const { group: left } = await hold(group(listed), asked)
    expect(left.instances[0]?.unreadable?.code).toBe('tarball-mismatch')
    expect(left.instances[0]?.unreadable?.message).toContain('a@1.0.0 needs x@1.0.0')
    const edge = {
      from: listed.location,
      to: needed.location,
      name: 'x',
      spec: '*',
      kind: 'production' as const,
    }
    const { group: held } = await hold(group(listed), { ...asked, edges: [edge] })
    expect(held.instances[0]?.unreadable).toBeUndefined()
  })

  test('an archive of the project is read in the same way', async () => {
    const file = instance('node_modules/a', { source: 'file', resolved: 'file:a.tgz' })
    const local = { ...onDisk, readLocal: () => needsX(file) }
    const holding = {
      request: { texts: 'everywhere' as const, policy: policy() },
      registry: fail('offline', 'no'),
      onDisk: local,
    }
    const places = plannedPlaces({ instances: [file, needed], edges: [] })
    const { group: held } = await holdContents(group(file), { ...holding, places })
    expect(held.instances[0]?.unreadable?.code).toBe('tarball-mismatch')
  })
})
