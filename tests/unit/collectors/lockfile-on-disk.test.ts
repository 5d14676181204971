import { expect, test } from 'vitest'
import { findTreeSource, readLockedInventory, readLockfile } from '#collectors/lockfile-on-disk'
import { openDisk } from '#disk/disk'
import { lockfile, makeProject } from './project-folder.ts'
import type { ProjectFiles } from './project-folder.ts'

const LOCK = lockfile({ '': { name: 'app' }, 'node_modules/a': { version: '1.0.0' } })

function inventoryOf(files: ProjectFiles) {
  const project = makeProject(files)
  return readLockedInventory(openDisk(project), project)
}

test.each<[string, ProjectFiles, string]>([
  ['both', { 'package-lock.json': LOCK, node_modules: null }, 'installed'],
  ['a lockfile only', { 'package-lock.json': LOCK }, 'lockfile'],
  ['npm-shrinkwrap.json only', { 'npm-shrinkwrap.json': LOCK }, 'lockfile'],
  ['neither', {}, 'installed'],
  ['node_modules that is a link', { 'package-lock.json': LOCK, node_modules: { link: '/' } }, 'installed'],
])('the tree of a project with %s', (_, files, expected) => {
  const project = makeProject({ 'package.json': '{}', ...files })
  expect(findTreeSource(openDisk(project), project)).toBe(expected)
})

test('npm-shrinkwrap.json is read before package-lock.json, and the second one is told of', () => {
  const project = makeProject({ 'package-lock.json': 'not read', 'npm-shrinkwrap.json': LOCK })
  expect(readLockfile(openDisk(project), project)).toMatchObject({
    ok: true,
    value: { lockfileName: 'npm-shrinkwrap.json', isTwice: true },
  })
  const one = makeProject({ 'package-lock.json': LOCK })
  expect(readLockfile(openDisk(one), one)).toMatchObject({ ok: true, value: { isTwice: false } })
  expect(readLockfile(openDisk(one), `${one}/nowhere`)).toEqual({ ok: true, value: undefined })
})

test('package.json files of workspaces and linked folders count for more than the lockfile', () => {
  const packages = {
    '': { workspaces: ['packages/*'] },
    'packages/w': { name: 'w', version: '1.0.0' },
    lib: { name: 'lib', version: '1.0.0', license: 'MIT' },
    'node_modules/w': { resolved: 'packages/w', link: true },
    'node_modules/lib': { resolved: 'lib', link: true },
    'node_modules/a': { version: '1.0.0' },
  }
  const inventory = inventoryOf({
    'package.json': { workspaces: ['packages/*'], dependencies: { lib: 'file:lib' } },
    'package-lock.json': lockfile(packages),
    'packages/w/package.json': { name: 'w', version: '1.1.0', devDependencies: { a: '1' } },
    'packages/new/package.json': { name: 'new', version: '1.0.0', dependencies: { b: '1' } },
    'lib/package.json': { name: 'lib', version: '1.0.0', license: 'AGPL-3.0-only' },
  })
  if (!inventory.ok) throw new Error(inventory.failure.message)
  const { instances, problems } = inventory.value
  const rows = instances.map(({ location, version, source, kinds }) => [
    location,
    version,
    source,
    kinds.join(),
  ])
  expect(rows).toEqual([
    ['', '', 'root', ''],
    ['lib', '1.0.0', 'link', 'production'],
    ['node_modules/a', '1.0.0', 'registry', 'dev'],
    ['packages/new', '1.0.0', 'workspace', ''],
    ['packages/w', '1.1.0', 'workspace', ''],
  ])
  expect(instances.find(({ location }) => location === 'lib')?.declared).toEqual({ license: 'AGPL-3.0-only' })
  expect(problems).toMatchObject([{ type: 'out-of-step', package: 'b' }])
})

/** What the lockfile says of a folder whose package.json npm reads. */
const LINKED = lockfile({
  '': {},
  lib: { name: 'lib', version: '1.0.0', license: 'MIT' },
  'node_modules/lib': { resolved: 'lib', link: true },
})

test('a linked folder that is gone is known by the lockfile', () => {
  const inventory = inventoryOf({
    'package.json': { dependencies: { lib: 'file:lib' } },
    'package-lock.json': LINKED,
  })
  if (!inventory.ok) throw new Error(inventory.failure.message)
  expect(inventory.value.instances.find(({ location }) => location === 'lib')?.declared).toBeUndefined()
})

test.each<[string, ProjectFiles, string, RegExp]>([
  [
    'no lockfile',
    { 'package.json': '{}' },
    'lockfile-missing',
    /neither npm-shrinkwrap\.json nor package-lock\.json/,
  ],
  ['no package.json', { 'package-lock.json': LOCK }, 'project-unreadable', /package\.json is missing/],
  [
    'a package.json that is cut',
    { 'package.json': '{', 'package-lock.json': LOCK },
    'project-unreadable',
    /line 1/,
  ],
  [
    'a lockfile that is a symbolic link',
    { 'package.json': '{}', 'other.json': LOCK, 'package-lock.json': { link: 'other.json' } },
    'lockfile-unreadable',
    /package-lock\.json is/,
  ],
  [
    'a folder in place of the lockfile',
    { 'package.json': '{}', 'package-lock.json': null },
    'lockfile-unreadable',
    /package-lock\.json is/,
  ],
  [
    'a folder behind a symbolic link',
    {
      'package.json': { dependencies: { lib: 'file:lib' } },
      'package-lock.json': LINKED,
      'elsewhere/package.json': { name: 'lib', version: '1.0.0', license: 'MIT' },
      lib: { link: 'elsewhere' },
    },
    'project-unreadable',
    /lib\/package\.json is behind a symbolic link/,
  ],
  [
    'a package.json of a workspace that is a symbolic link',
    {
      'package.json': { workspaces: ['lib'] },
      'package-lock.json': LINKED,
      'lib/real.json': { name: 'lib', version: '1.0.0', dependencies: { tool: '1.0.0' } },
      'lib/package.json': { link: 'real.json' },
    },
    'project-unreadable',
    /lib\/package\.json is a symbolic link/,
  ],
  [
    'odd workspaces',
    { 'package.json': { workspaces: 7 }, 'package-lock.json': LOCK },
    'project-unreadable',
    /workspaces/,
  ],
])('%s is refused', (_, files, code, message) => {
  const outcome = inventoryOf(files)
  expect(outcome).toMatchObject({ ok: false, failure: { code } })
  if (outcome.ok) return
  expect(outcome.failure.message).toMatch(message)
  expect(outcome.failure.fix).toBeTruthy()
})
