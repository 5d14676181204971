import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lockedTree } from '../../../src/collectors/locked-tree.ts'
import type { LockedTree } from '../../../src/collectors/locked-tree.ts'
import { readPackageLock } from '../../../src/collectors/package-lock.ts'

function treeOf(packages: Record<string, Record<string, unknown>>, overrides?: unknown): LockedTree {
  const lockfile = readPackageLock(JSON.stringify({ lockfileVersion: 3, packages }))
  if (!lockfile.ok) throw new Error(lockfile.failure.message)
  return lockedTree(lockfile.value, {
    root: { ...packages[''], overrides },
    folders: new Map(),
  })
}

/** `source` of every place. */
function sources(tree: LockedTree): Record<string, string> {
  return Object.fromEntries(tree.instances.map(({ location, source }) => [location, source]))
}

test('every source is told apart as if the tree were installed', () => {
  const git = 'git+ssh://git@git.example/x/g.git#0123456789012345678901234567890123456789'
  const tree = treeOf({
    '': {
      workspaces: ['packages/*'],
      dependencies: {
        a: '^1.0.0',
        alias: 'npm:real@~2.0.0',
        g: git,
        t: 'https://files.example/t.tgz',
        bare: 'github:x/bare',
        f: 'file:lib',
        carrier: '*',
      },
    },
    'packages/w': { name: 'w', version: '1.0.0', dependencies: { b: 'next' }, devDependencies: { a: '>=1' } },
    'node_modules/w': { resolved: 'packages/w', link: true },
    'node_modules/f': { resolved: 'lib', link: true },
    lib: { version: '1.0.0' },
    'node_modules/out': { resolved: '../out', link: true },
    '../out': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0', resolved: 'https://registry.example/a/-/a-1.0.0.tgz' },
    'node_modules/alias': { name: 'real', version: '2.0.1' },
    'node_modules/g': { version: '1.0.0', resolved: git },
    'node_modules/t': { version: '1.0.0', resolved: 'https://files.example/t.tgz' },
    'node_modules/bare': { version: '1.0.0' },
    'node_modules/b': { version: '3.0.0-next.1' },
    'node_modules/carrier': {
      version: '1.0.0',
      bundleDependencies: ['carried'],
      dependencies: { carried: '*' },
    },
    'node_modules/carrier/node_modules/carried': { version: '1.0.0', inBundle: true },
  })
  expect(sources(tree)).toEqual({
    '': 'root',
    'packages/w': 'workspace',
    lib: 'link',
    'node_modules/out': 'link',
    'node_modules/a': 'registry',
    'node_modules/alias': 'registry',
    'node_modules/g': 'git',
    'node_modules/t': 'url',
    'node_modules/bare': 'git',
    'node_modules/b': 'registry',
    'node_modules/carrier': 'registry',
    'node_modules/carrier/node_modules/carried': 'bundled',
  })
  expect(tree.direct).toEqual([
    { name: 'a', version: '1.0.0', spec: '^1.0.0' },
    { name: 'real', version: '2.0.1', spec: '~2.0.0' },
    { name: 'carrier', version: '1.0.0', spec: '*' },
    { name: 'b', version: '3.0.0-next.1', spec: 'next' },
    { name: 'a', version: '1.0.0', spec: '>=1' },
  ])
})

test('what a carrier for other systems holds is asked for by name, as a check on this one would', () => {
  const packages = {
    '': { optionalDependencies: { wasm: '*' } },
    'node_modules/wasm': {
      version: '1.0.0',
      cpu: ['wasm32'],
      bundleDependencies: ['in'],
      dependencies: { in: '*' },
    },
    'node_modules/wasm/node_modules/in': { version: '1.0.0', inBundle: true },
  }
  expect(sources(treeOf(packages))['node_modules/wasm/node_modules/in']).toBe('registry')
})

test('an override that leads away from the registry is obeyed', () => {
  const packages = {
    '': { dependencies: { a: '^1.0.0' } },
    'node_modules/a': { version: '1.0.0', dependencies: { secret: '*' } },
    'node_modules/secret': { version: '1.0.0' },
  }
  expect(sources(treeOf(packages))['node_modules/secret']).toBe('registry')
  expect(sources(treeOf(packages, { secret: 'file:../secret' }))['node_modules/secret']).toBe('file')
})

test('a name that no spec gave is nobody else’s upgrade', () => {
  const tree = treeOf({
    '': { dependencies: { a: '^1.0.0' } },
    'node_modules/a': { name: 'other', version: '1.0.0' },
  })
  expect(tree.direct).toEqual([])
})

test('whatever a lockfile says, only what it lists is in the tree, and only its registry packages are direct', () => {
  const place = fc.constantFrom(
    '',
    'lib',
    'node_modules/a',
    'node_modules/@s/b',
    'node_modules/a/node_modules/c',
    'node_modules/a/src',
    'node_modules/@s',
    'node_modules/__proto__',
  )
  const spec = fc.constantFrom(
    '^1.0.0',
    'npm:x@1',
    'file:x',
    'git+https://git.example/a.git',
    'x/y',
    '',
    'npm:',
  )
  const entry = fc.record(
    {
      version: fc.constantFrom('1.0.0', '', 'x'),
      name: fc.constantFrom('x', 'a', '../y'),
      resolved: fc.constantFrom(
        'https://registry.example/a.tgz',
        'git+ssh://git.example/a.git',
        'file:a.tgz',
        '',
      ),
      inBundle: fc.boolean(),
      bundleDependencies: fc.constantFrom(true, ['c'], []),
      dependencies: fc.dictionary(fc.constantFrom('a', '@s/b', 'c', '__proto__'), spec),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.dictionary(place, entry), (packages) => {
      const tree = treeOf(packages)
      for (const instance of tree.instances) {
        expect(instance.location === '' || Object.hasOwn(packages, instance.location)).toBe(true)
        const { resolved = '' } = packages[instance.location] ?? {}
        if (instance.source === 'registry') expect(resolved).toMatch(/^(?:https:.*)?$/)
      }
      const asked = tree.instances.filter(({ source }) => source === 'registry')
      for (const each of tree.direct) {
        expect(asked.some(({ name, version }) => name === each.name && version === each.version)).toBe(true)
        expect(each.spec).not.toMatch(/^(?:file|git|npm)|\//)
      }
    }),
    { numRuns: 500 },
  )
})
