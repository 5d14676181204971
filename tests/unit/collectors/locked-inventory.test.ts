import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { inventoryFromLockfile } from '#collectors/locked-inventory'
import type { LockfileInput } from '#collectors/locked-inventory'
import type { Inventory } from '#model/inventory'

type Manifest = Record<string, unknown>

function inputOf(packages: Record<string, Manifest>, manifest: Manifest = packages[''] ?? {}): LockfileInput {
  const text = JSON.stringify({ lockfileVersion: 3, packages: { '': manifest, ...packages } }, null, 2)
  return { lockfile: { name: 'package-lock.json', text }, manifest: JSON.stringify(manifest) }
}

function inventoryOf(input: LockfileInput): Inventory {
  const outcome = inventoryFromLockfile(input)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

const at = ({ instances }: Inventory, location: string) =>
  instances.find((instance) => instance.location === location)

const { platform } = process
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: platform })
})

const mixed: Record<string, Manifest> = {
  '': {
    name: 'app',
    version: '1.0.0',
    workspaces: ['packages/*'],
    dependencies: { a: '^1.0.0', alias: 'npm:real@2', lib: 'file:lib', far: 'file:../far' },
    devDependencies: { tool: '*' },
    optionalDependencies: { native: '*' },
    peerDependencies: { host: '*' },
  },
  'packages/w': { name: 'w', version: '2.0.0', dependencies: { a: '1' }, devDependencies: { tool: '1' } },
  lib: { name: 'lib', version: '3.0.0', dependencies: { shared: '1' } },
  '../far': { name: 'far', version: '4.0.0' },
  'node_modules/w': { resolved: 'packages/w', link: true },
  'node_modules/lib': { resolved: 'lib', link: true },
  'node_modules/far': { resolved: '../far', link: true },
  'node_modules/a': {
    version: '1.1.0',
    resolved: 'https://registry.example/a/-/a-1.1.0.tgz',
    integrity: 'sha512-a',
    license: 'MIT',
    dependencies: { shared: '^1.0.0' },
  },
  'node_modules/alias': { name: 'real', version: '2.0.0' },
  'node_modules/host': { version: '1.0.0', peer: true },
  'node_modules/native': {
    version: '1.0.0',
    optionalDependencies: { 'native-linux': '1', 'native-win': '1', 'native-wasm': '1' },
  },
  'node_modules/native-linux': { version: '1.0.0', os: ['linux'], optional: true },
  'node_modules/native-win': { version: '1.0.0', os: ['win32'], optional: true },
  'node_modules/native-wasm': {
    version: '1.0.0',
    cpu: ['wasm32'],
    optional: true,
    bundleDependencies: ['in'],
    dependencies: { in: '1' },
  },
  'node_modules/native-wasm/node_modules/in': { version: '1.0.0', inBundle: true, optional: true },
  'node_modules/shared': { version: '1.2.0' },
  'node_modules/tool': {
    version: '1.0.0',
    dependencies: { shared: '1', carried: '1' },
    bundleDependencies: ['carried'],
  },
  'node_modules/tool/node_modules/carried': { version: '1.0.0', inBundle: true, dev: true },
}

test('kinds, workspaces, sources, aliases, links, bundles and lines of everything that is listed', () => {
  const input = inputOf(mixed)
  const inventory = inventoryOf(input)
  expect(inventory.problems).toEqual([])
  expect(inventory.root).toEqual({ name: 'app', version: '1.0.0' })
  expect(inventory.lockfile).toBe('package-lock.json')
  expect(inventory.lockfileSha256).toBe(createHash('sha256').update(input.lockfile.text).digest('hex'))
  const rows = inventory.instances.map(({ location, name, version, source, kinds, workspaces, installed }) =>
    [location, `${name}@${version}`, source, kinds.join('+'), workspaces.join(' '), installed].join(' | '),
  )
  expect(rows).toEqual([
    ' | app@1.0.0 | root |  | . | true',
    'lib | lib@3.0.0 | link | production | . | true',
    'node_modules/a | a@1.1.0 | registry | production | . packages/w | true',
    'node_modules/alias | real@2.0.0 | registry | production | . | true',
    'node_modules/far | far@4.0.0 | link | production | . | true',
    'node_modules/host | host@1.0.0 | registry | peer | . | true',
    'node_modules/native | native@1.0.0 | registry | optional | . | true',
    'node_modules/native-linux | native-linux@1.0.0 | registry | optional | . | false',
    'node_modules/native-wasm | native-wasm@1.0.0 | registry | optional | . | false',
    'node_modules/native-wasm/node_modules/in | in@1.0.0 | registry | optional | . | false',
    'node_modules/native-win | native-win@1.0.0 | registry | optional | . | false',
    'node_modules/shared | shared@1.2.0 | registry | production+dev | . packages/w | true',
    'node_modules/tool | tool@1.0.0 | registry | dev | . packages/w | true',
    'node_modules/tool/node_modules/carried | carried@1.0.0 | bundled | dev | . packages/w | true',
    'packages/w | w@2.0.0 | workspace |  | packages/w | true',
  ])
  const lines = input.lockfile.text.split('\n')
  for (const { location, line } of inventory.instances) {
    if (location === 'node_modules/far') continue
    expect(lines[(line ?? 0) - 1]?.trim()).toBe(`"${location}": {`)
  }
  expect(at(inventory, 'node_modules/a')).toMatchObject({
    integrity: 'sha512-a',
    addressed: 'https://registry.example',
    noted: 'MIT',
  })
  expect(inventory.edges).toContainEqual({
    from: 'packages/w',
    to: 'node_modules/tool',
    name: 'tool',
    spec: '1',
    kind: 'dev',
  })
})

test('every platform gets the same inventory', () => {
  const here = JSON.stringify(inventoryOf(inputOf(mixed)))
  for (const value of ['linux', 'darwin', 'win32']) {
    Object.defineProperty(process, 'platform', { value })
    expect(JSON.stringify(inventoryOf(inputOf(mixed)))).toBe(here)
  }
})

test('a package for some systems that is needed is installed everywhere', () => {
  const inventory = inventoryOf(
    inputOf({ '': { dependencies: { a: '1' } }, 'node_modules/a': { version: '1.0.0', os: ['linux'] } }),
  )
  expect(at(inventory, 'node_modules/a')?.installed).toBe(true)
})

test('what the root’s package.json does not declare a workspace is judged like any other', () => {
  const packages = {
    '': { workspaces: ['packages/*', '!packages/evil'], dependencies: { evil: '*' } },
    'packages/good': { name: 'good', version: '1.0.0' },
    'packages/evil': { name: 'evil', version: '1.0.0' },
    'node_modules/good': { resolved: 'packages/good', link: true },
    'node_modules/evil': { resolved: 'packages/evil', link: true },
  }
  const inventory = inventoryOf(inputOf(packages))
  expect(at(inventory, 'packages/good')?.source).toBe('workspace')
  expect(at(inventory, 'packages/evil')).toMatchObject({ source: 'link', kinds: ['production'] })
})

test('package.json, not the lockfile’s copy of it, says what is asked for', () => {
  const packages = {
    '': { dependencies: { a: '1' } },
    'packages/w': { version: '1.0.0', dependencies: { b: '1' } },
    'node_modules/w': { resolved: 'packages/w', link: true },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '1.0.0' },
  }
  const input = inputOf(packages)
  const manifest = JSON.stringify({ workspaces: ['packages/w'], devDependencies: { a: '1' } })
  expect(at(inventoryOf({ ...input, manifest }), 'node_modules/a')?.kinds).toEqual(['dev'])
  expect(at(inventoryOf({ ...input, manifest }), 'node_modules/b')?.kinds).toEqual(['production'])
  const manifests = [['packages/w', '{"version": "1.0.0"}']] as const
  const without = inventoryOf({ ...input, manifest, manifests })
  expect(at(without, 'node_modules/b')).toMatchObject({ extraneous: true, kinds: ['production'] })
  expect(without.problems).toMatchObject([{ type: 'extraneous', package: 'b@1.0.0' }])
})

test.each([
  ['a range that the locked version is not in', { a: '^2.0.0' }, /asks for a@\^2\.0\.0, .* has a@1\.0\.0\./],
  [
    'a package that is not locked',
    { a: '1', z: '1' },
    /asks for z@1, which package-lock\.json does not have/,
  ],
  ['another package under the name', { a: 'npm:real@1' }, /has a@1\.0\.0\./],
  ['a range that is met', { a: '>=1.0.0' }, undefined],
  ['a tag', { a: 'latest' }, undefined],
])('out of step: %s', (_, dependencies, message) => {
  const input = inputOf({ '': {}, 'node_modules/a': { version: '1.0.0' } })
  const { problems } = inventoryOf({ ...input, manifest: JSON.stringify({ dependencies }) })
  const found = problems.filter(({ type }) => type === 'out-of-step')
  expect(found).toHaveLength(message === undefined ? 0 : 1)
  if (message !== undefined) expect(found[0]?.message).toMatch(message)
})

test('overrides and aliases are in step, a repository in place of a version is not', () => {
  const overridden = inputOf({
    '': { dependencies: { a: '^1.0.0', b: 'npm:real@~3.1.0' }, overrides: { a: '9.0.0' } },
    'node_modules/a': { version: '9.0.0' },
    'node_modules/b': { name: 'real', version: '3.1.4' },
  })
  expect(inventoryOf(overridden).problems).toEqual([])
  const moved = inputOf({
    '': { dependencies: { a: '^1.0.0' } },
    'node_modules/a': { version: '1.0.0', resolved: 'git+ssh://git@git.example/x/a.git#0' },
  })
  expect(inventoryOf(moved).problems).toMatchObject([{ type: 'out-of-step', package: 'a' }])
})

test('a package of the lockfile that lacks what it needs is named with the way to it', () => {
  const inventory = inventoryOf(
    inputOf({
      '': { name: 'app', version: '1.0.0', dependencies: { a: '1' } },
      'node_modules/a': {
        version: '1.0.0',
        dependencies: { gone: '1' },
        optionalDependencies: { spared: '1' },
        peerDependencies: { host: '1' },
      },
    }),
  )
  expect(inventory.problems).toMatchObject([
    { type: 'missing', package: 'gone', path: ['app@1.0.0', 'a@1.0.0'] },
    { type: 'missing-peer', package: 'host' },
  ])
})

test('version 1: the root asks by package.json, repositories have no version', () => {
  const text = JSON.stringify({
    lockfileVersion: 1,
    dependencies: {
      a: { version: '1.0.0', integrity: 'sha512-a', requires: { o: '1' } },
      g: { version: 'git+https://git.example/g.git#0', from: 'git+https://git.example/g.git' },
      o: { version: '1.0.0', optional: true },
      t: { version: '1.0.0', dev: true },
    },
  })
  const manifest = JSON.stringify({
    dependencies: { a: '^1.0.0', g: 'git+https://git.example/g.git' },
    devDependencies: { t: '1' },
  })
  const inventory = inventoryOf({ lockfile: { name: 'npm-shrinkwrap.json', text }, manifest })
  expect(inventory.problems).toEqual([])
  expect(inventory.instances.map(({ name, source, kinds }) => [name, source, kinds.join('+')])).toEqual([
    ['', 'root', ''],
    ['a', 'registry', 'production'],
    ['g', 'git', 'production'],
    ['o', 'registry', 'optional'],
    ['t', 'registry', 'dev'],
  ])
})

test('version 1 does not say who asks for a peer: it is production, and nothing is wrong with it', () => {
  const text = JSON.stringify({
    lockfileVersion: 1,
    dependencies: { host: { version: '1.0.0', peer: true }, stray: { version: '1.0.0' } },
  })
  const inventory = inventoryOf({ lockfile: { name: 'package-lock.json', text }, manifest: '{}' })
  expect(at(inventory, 'node_modules/host')?.kinds).toEqual(['production'])
  expect(inventory.problems).toMatchObject([{ type: 'extraneous', package: 'stray@1.0.0' }])
})

test.each([
  ['package.json that is cut', { manifest: '{"name": ' }, 'project-unreadable'],
  [
    'package.json of a workspace that is cut',
    { manifests: [['w', '{']] as const },
    'package-json-unreadable',
  ],
  ['a lockfile that is none', { lockfile: { name: 'l', text: '[]' } }, 'lockfile-unreadable'],
])('%s is a failure', (_, more, code) => {
  expect(inventoryFromLockfile({ ...inputOf({}), ...more })).toMatchObject({ ok: false, failure: { code } })
})

test('a place where no package can lie is a failure', () => {
  const outcome = inventoryFromLockfile(inputOf({ '': {}, 'node_modules/a/src': { version: '1.0.0' } }))
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'lockfile-unreadable' } })
})

test('whatever a lockfile lists is in the inventory, and never without a kind', () => {
  const place = fc.constantFrom('node_modules/a', 'node_modules/@s/b', 'node_modules/a/node_modules/c', 'lib')
  const names = fc.constantFrom('a', '@s/b', 'c', '__proto__', 'lib')
  const entry = fc.record(
    {
      version: fc.constantFrom('1.0.0', '', 'x'),
      resolved: fc.constantFrom('https://registry.example/a.tgz', 'file:a.tgz', ''),
      inBundle: fc.boolean(),
      os: fc.constant(['win32']),
      bundleDependencies: fc.constantFrom(true, ['c']),
      dependencies: fc.dictionary(names, fc.constantFrom('1', '', 'file:x')),
      optionalDependencies: fc.dictionary(names, fc.constant('1')),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(
      fc.dictionary(place, entry),
      fc.dictionary(names, fc.constant('1')),
      (packages, dependencies) => {
        const inventory = inventoryOf(inputOf({ '': { dependencies }, ...packages }))
        const locations = inventory.instances.map(({ location }) => location)
        expect(locations.toSorted()).toEqual(['', ...Object.keys(packages)].toSorted())
        for (const { location, kinds } of inventory.instances)
          if (location !== '') expect(kinds).not.toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})
