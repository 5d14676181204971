/** Trees that are not what they say: with the real npm, each ends as an inventory of what is there, or in a refusal. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { askNpm, confirmTree, readTree } from '#collectors/collect'
import type { Inventory } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import type { ProjectFiles } from '../unit/collectors/project-folder.ts'
import { lockfile, makeProject, pkg } from '../unit/collectors/project-folder.ts'
import { SCENARIOS } from '../unit/collectors/scenarios.ts'
import { openDisk } from '#disk/disk'
import { disksOf } from '../unit/collectors/project-folder.ts'

async function collect(project: string): Promise<Outcome<Inventory>> {
  const said = askNpm(openDisk(project), { project, env: process.env, signal: AbortSignal.timeout(50_000) })
  const draft = readTree(disksOf(project), { project, omitDev: false })
  const text = await said
  if (!draft.ok) return draft
  return text.ok ? confirmTree(draft.value, text.value) : text
}

const app = (more: Record<string, unknown> = {}) => ({ name: 'app', version: '1.0.0', ...more })
const list = (outcome: Outcome<Inventory>): string[] =>
  outcome.ok
    ? outcome.value.instances.map(({ location, name, version }) => `${location || '.'} ${name}@${version}`)
    : [outcome.failure.code, ...(outcome.failure.details ?? [outcome.failure.message])]

const forged = (hidden: string): ProjectFiles => ({
  'package.json': app({ dependencies: { a: '*' } }),
  'node_modules/a/package.json': pkg('a', '2.0.0', { license: 'AGPL-3.0-only' }),
  'package-lock.json': lockfile({
    '': app({ dependencies: { a: '*' } }),
    'node_modules/a': { version: '2.0.0' },
  }),
  'node_modules/.package-lock.json': lockfile({ 'node_modules/a': { version: hidden } }),
})

describe('node_modules/.package-lock.json, which npm believes', () => {
  test('true, it changes nothing', async () => {
    expect(list(await collect(makeProject(forged('2.0.0'))))).toEqual([
      '. app@1.0.0',
      'node_modules/a a@2.0.0',
    ])
  })

  test('forged, the tree is refused with the difference', async () => {
    expect(list(await collect(makeProject(forged('1.0.0'))))).toEqual([
      'tree-mismatch',
      'node_modules/a: npm ls shows 1.0.0, disk a@2.0.0',
    ])
  })

  test('forged together with the lockfile, the tree is refused all the same', async () => {
    const project = makeProject({
      ...forged('1.0.0'),
      'package-lock.json': lockfile({
        '': app({ dependencies: { a: '*' } }),
        'node_modules/a': { version: '1.0.0' },
      }),
    })
    expect(list(await collect(project))).toEqual([
      'tree-mismatch',
      'node_modules/a: lockfile a@1.0.0, disk a@2.0.0',
    ])
  })
})

test('a package that only lies below a workspace, asked for by nobody, is in the inventory', async () => {
  const project = makeProject({
    ...SCENARIOS['workspaces']?.files,
    'packages/a/node_modules/stray/package.json': pkg('stray', '1.0.0'),
  })
  const outcome = await collect(project)
  expect(list(outcome)).toContain('packages/a/node_modules/stray stray@1.0.0')
  expect(outcome.ok && outcome.value.problems.map(({ type }) => type)).toEqual(['no-lockfile', 'extraneous'])
})

test('a project inside a bigger workspace is judged alone', async () => {
  const outer = makeProject({
    'package.json': app({ name: 'outer', workspaces: ['inner'] }),
    'inner/package.json': app({ dependencies: { a: '1' } }),
    'inner/node_modules/a/package.json': pkg('a', '1.0.0'),
    'node_modules/inner': { link: '../inner' },
    'node_modules/b/package.json': pkg('b', '1.0.0'),
  })
  expect(list(await collect(join(outer, 'inner')))).toEqual(['. app@1.0.0', 'node_modules/a a@1.0.0'])
})

test('linked folders, inside and outside the project', async () => {
  const root = app({ dependencies: { lib: 'file:lib', far: 'file:../far' } })
  const project = makeProject({
    'package.json': root,
    'lib/package.json': pkg('lib', '1.0.0', { dependencies: { x: '1' }, devDependencies: { y: '1' } }),
    'lib/node_modules/x/package.json': pkg('x', '1.0.0'),
    'node_modules/y/package.json': pkg('y', '1.0.0'),
    'node_modules/lib': { link: '../lib' },
    'node_modules/far': { link: '../../far' },
    '../far/package.json': pkg('far', '3.0.0', { dependencies: { z: '1' } }),
    '../far/node_modules/z/package.json': pkg('z', '1.0.0'),
    'package-lock.json': lockfile({
      '': root,
      '../far': { version: '3.0.0', dependencies: { z: '1' } },
      '../far/node_modules/z': { version: '1.0.0' },
      lib: { version: '1.0.0', dependencies: { x: '1' }, devDependencies: { y: '1' } },
      'lib/node_modules/x': { version: '1.0.0' },
      'node_modules/far': { resolved: '../far', link: true },
      'node_modules/lib': { resolved: 'lib', link: true },
      'node_modules/y': { version: '1.0.0', dev: true },
    }),
  })
  expect(list(await collect(project))).toEqual([
    '. app@1.0.0',
    'lib lib@1.0.0',
    'lib/node_modules/x x@1.0.0',
    'node_modules/far far@3.0.0',
    'node_modules/y y@1.0.0',
  ])
})

test('packages linked into a store of their own are all found', async () => {
  const store = 'node_modules/.store'
  const project = makeProject({
    'package.json': app({ dependencies: { a: '1' } }),
    'node_modules/a': { link: '.store/a@1.0.0/node_modules/a' },
    [`${store}/a@1.0.0/node_modules/a/package.json`]: pkg('a', '1.0.0', { dependencies: { b: '1' } }),
    [`${store}/a@1.0.0/node_modules/b`]: { link: '../../b@1.0.0/node_modules/b' },
    [`${store}/b@1.0.0/node_modules/b/package.json`]: pkg('b', '1.0.0'),
  })
  const draft = readTree(disksOf(project), { project, omitDev: false })
  expect(
    draft.ok && draft.value.inventory.instances.map(({ name, kinds }) => `${name} ${kinds.join()}`),
  ).toEqual(['app ', 'a production', 'b production'])
})

test('a chain of 800 and a cycle, by npm too', async () => {
  const size = 800
  const chain = Array.from({ length: size }, (_, index): [string, Record<string, unknown>] => [
    `node_modules/p${index}/package.json`,
    pkg(`p${index}`, '1.0.0', { dependencies: { [`p${(index + 1) % size}`]: '1' } }),
  ])
  const outcome = await collect(
    makeProject({ 'package.json': app({ dependencies: { p0: '1' } }), ...Object.fromEntries(chain) }),
  )
  expect(list(outcome)).toHaveLength(size + 1)
})
