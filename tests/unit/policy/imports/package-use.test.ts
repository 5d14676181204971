/** What ships of a tree, by what the files import: certain only where nothing is in doubt. */
import { describe, expect, test } from 'vitest'
import { importCase, packageUse, unknownUse, useReport, useText } from '#policy/judge-imports'
import { importGraph, importRules, tree } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'

const TREE = tree({
  '': ['a', 'dev t'],
  'node_modules/a': ['b'],
  'node_modules/b': [],
  'node_modules/t': ['u', 'b'],
  'node_modules/u': [],
})
const PACKAGES: NonNullable<Sketch['packages']> = {
  '.': { dependencies: ['a'], dev: ['t'], entries: ['src/i.ts'] },
}
const FILES = { 'src/i.ts': ['a'], 'test/i.test.ts': ['node:fs', 't'] }

function use(location: string, project: Partial<Sketch> = {}, inventory = TREE, production: string[] = []) {
  const { files, packages } = { files: FILES, packages: PACKAGES, ...project }
  const about = importCase(importGraph(files, packages), importRules({ production }), inventory)
  return packageUse(about)([location])
}

describe('what ships', () => {
  test('what a file that ships imports, and all that it brings along', () => {
    expect(use('node_modules/a')).toMatchObject({ shipped: true, because: 'src/i.ts:1 imports it' })
    expect(use('node_modules/b')).toMatchObject({
      shipped: true,
      because: 'src/i.ts:1 imports a, which brings it along',
    })
  })

  test('not what only a test imports, nor what only that brings along', () => {
    expect(use('node_modules/t').shipped).toBe(false)
    expect(use('node_modules/u').shipped).toBe(false)
  })

  test('not what is imported for its types alone', () => {
    const files = { ...FILES, 'src/i.ts': ['a', 'type t'] }
    expect(use('node_modules/u', { files }).shipped).toBe(false)
  })

  test('not a development dependency that no file imports: a tool', () => {
    expect(use('node_modules/u', { files: { 'src/i.ts': ['a'] } }).shipped).toBe(false)
  })

  test('a package that lies in several places ships if one of them does', () => {
    const twice = tree({
      '': ['a', 'dev t'],
      'node_modules/a': [],
      'node_modules/t': ['a'],
      'node_modules/t/node_modules/a': [],
    })
    const graph = importGraph(FILES, PACKAGES)
    const of = packageUse(importCase(graph, importRules(), twice))
    expect(of(['node_modules/t/node_modules/a']).shipped).toBe(false)
    expect(of(['node_modules/t/node_modules/a', 'node_modules/a']).because).toBe('src/i.ts:1 imports it')
  })

  test('a part of Node is no package of that name', () => {
    const inventory = tree({ '': ['dev fs'], 'node_modules/fs': [] })
    const packages = { '.': { dev: ['fs'], entries: ['src/i.ts'] } }
    expect(use('node_modules/fs', { files: { 'src/i.ts': ['node:fs'] }, packages }, inventory).shipped).toBe(
      false,
    )
  })

  test('a workspace finds its own copy first', () => {
    const packages = { '.': {}, 'packages/w': { dependencies: ['x'], entries: ['packages/w/i.ts'] } }
    const inventory = tree({
      '': ['dev x'],
      'node_modules/x': [],
      'packages/w': ['x'],
      'packages/w/node_modules/x': [],
    })
    const files = { 'packages/w/i.ts': ['x'], 'test/a.test.ts': ['x'] }
    expect(use('packages/w/node_modules/x', { files, packages }, inventory).shipped).toBe(true)
    expect(use('node_modules/x', { files, packages }, inventory).shipped).toBe(false)
  })
})

describe('doubt ships', () => {
  const problem = { code: 'syntax' as const, message: 'm' }

  test.each<[string, Sketch['files'], string]>([
    ['an expression', { 'src/i.ts': ['a', '?'] }, 'nobody knows where the import in src/i.ts:2 leads'],
    [
      'an import that leads nowhere',
      { 'src/i.ts': ['missing:x'] },
      'nobody knows where the import in src/i.ts:1 leads',
    ],
    [
      'an import out of the project',
      { 'src/i.ts': ['outside:x'] },
      'nobody knows where the import in src/i.ts:1 leads',
    ],
    [
      'a file that nobody looked at',
      { 'src/i.ts': ['./src/gen.ts'] },
      'nobody knows where the import in src/i.ts:1 leads',
    ],
    [
      'a file that could not be read',
      { 'src/i.ts': ['./src/j.ts'], 'src/j.ts': { problem } },
      'nobody knows what src/j.ts imports',
    ],
    [
      'such a file that no entry reaches',
      { 'src/i.ts': [], 'src/j.ts': { problem } },
      'nobody knows what src/j.ts imports',
    ],
    [
      'an address',
      { 'src/i.ts': ['https://x.example/a.js'] },
      'nobody knows where the import in src/i.ts:1 leads',
    ],
    [
      'an own package of which no file is known',
      { 'src/i.ts': [{ to: 'own:gone', line: 7 }] },
      'nobody knows where the import in src/i.ts:7 leads',
    ],
    [
      'a file of an own package that nobody looked at',
      {
        'src/i.ts': [
          'type ./src/gone.ts',
          { to: 'x', target: { kind: 'workspace', name: 'x', location: '.', path: 'src/gone.ts' } },
        ],
      },
      'nobody knows where the import in src/i.ts:2 leads',
    ],
    ['a file beside the entries', { 'src/i.ts': [], 'src/server.ts': ['t'] }, 'src/server.ts:1 imports it'],
  ])('%s', (_, files, because) => {
    expect(use('node_modules/t', { files: { ...files, 'test/i.test.ts': ['t'] } })).toMatchObject({
      shipped: true,
      because,
    })
  })

  test.each<[string, Sketch['files']]>([
    ['data', { 'src/i.ts': ['a', './data.json', './style.css'] }],
    [
      'data at an address of its own',
      { 'src/i.ts': ['asset-url ?', 'asset-url missing:./a.png', 'asset-url https://x.example/'] },
    ],
    ['a part of Node', { 'src/i.ts': ['node:fs', 'fs/promises'] }],
    ['a package that is not there', { 'src/i.ts': ['gone'] }],
    ['an own package of which a file is known', { 'src/i.ts': ['own:.'] }],
    ['types of what nobody looked at', { 'src/i.ts': ['a', 'type ./src/gen.ts'] }],
    ['a test with an expression', { 'src/i.ts': ['a'], 'test/x.test.ts': ['?'] }],
    ['a broken fixture of a test', { 'src/i.ts': ['a'], 'test/fixtures/x.ts': { problem } }],
  ])('no doubt: %s', (_, files) => {
    expect(use('node_modules/t', { files: { ...files, 'test/i.test.ts': ['t'] } }).shipped).toBe(false)
  })

  test('a production dependency that nothing imports, with all that it brings along', () => {
    const files = { 'src/i.ts': [], 'test/i.test.ts': ['t'] }
    expect(use('node_modules/a', { files })).toEqual({
      shipped: true,
      because: 'it is a production dependency that no file imports',
      direct: false,
    })
    expect(use('node_modules/b', { files })).toMatchObject({
      shipped: true,
      because: 'a production dependency that no file imports brings it along',
      at: { file: { path: 'test/i.test.ts' } },
    })
  })

  test.each(['peer', 'optional'])('a dependency of kind %s that nothing imports', (kind) => {
    const inventory = tree({ '': [`${kind} a`, 'dev t'], 'node_modules/a': [], 'node_modules/t': [] })
    expect(use('node_modules/a', { files: { 'src/i.ts': [] } }, inventory).shipped).toBe(true)
  })

  test('a production dependency that only tests import does not', () => {
    const files = { 'src/i.ts': [], 'test/i.test.ts': ['a'] }
    expect(use('node_modules/a', { files }).shipped).toBe(false)
    expect(use('node_modules/b', { files }).shipped).toBe(false)
  })

  test('unless a script or a configuration uses it, which may be what starts the product', () => {
    const files = { 'src/i.ts': [], 'test/i.test.ts': ['a', 't'] }
    const usedByTools = ['a', 't'].map((name) => ({ name, by: 'script "start"' }))
    const packages = { '.': { ...PACKAGES['.'], usedByTools } }
    expect(use('node_modules/a', { files, packages })).toMatchObject({
      shipped: true,
      because: 'it is a production dependency that a script or a configuration uses',
    })
    expect(use('node_modules/b', { files, packages })).toMatchObject({
      shipped: true,
      because: 'a production dependency that a script or a configuration uses brings it along',
    })
    expect(use('node_modules/t', { files, packages }).shipped).toBe(false)
    const other = { '.': { ...PACKAGES['.'], usedByTools: [{ name: 'z', by: 's' }] } }
    expect(use('node_modules/a', { files, packages: other }).shipped).toBe(false)
  })

  test('unless another own package has it for production without importing it', () => {
    const inventory = tree({ '': ['dev a'], 'node_modules/a': [], 'packages/w': ['a'] })
    const files = { 'a.test.ts': ['a'], 'packages/w/i.ts': [] }
    const packages = { '.': { dev: ['a'] }, 'packages/w': { dependencies: ['a'] } }
    expect(use('node_modules/a', { files, packages }, inventory)).toMatchObject({
      shipped: true,
      because: 'it is a production dependency that no file imports',
    })
    const tested = { ...files, 'packages/w/i.test.ts': ['a'] }
    expect(use('node_modules/a', { files: tested, packages }, inventory).shipped).toBe(false)
    const started = { ...packages, 'packages/w': { usedByTools: [{ name: 'a', by: 's' }] } }
    expect(use('node_modules/a', { files: tested, packages: started }, inventory).shipped).toBe(true)
  })

  test('what a workspace imports that the root declares for it', () => {
    const inventory = tree({ '': ['a'], 'node_modules/a': [], 'packages/w': [] })
    const packages = { '.': { dependencies: ['a'] }, 'packages/w': {} }
    expect(
      use('node_modules/a', { files: { 'packages/w/i.test.ts': ['a'] }, packages }, inventory).shipped,
    ).toBe(false)
    expect(use('node_modules/a', { files: { 'packages/w/i.ts': ['a'] }, packages }, inventory)).toMatchObject(
      {
        because: 'packages/w/i.ts:1 imports it',
      },
    )
  })

  test('what nothing leads to, and no place at all', () => {
    const inventory = tree({ '': ['a'], 'node_modules/a': [], 'node_modules/stray': [] })
    expect(use('node_modules/stray', {}, inventory)).toMatchObject({
      shipped: true,
      because: 'nobody knows what it is there for',
    })
    const graph = importGraph(FILES, PACKAGES)
    expect(packageUse(importCase(graph, importRules(), TREE))([]).shipped).toBe(true)
  })

  test('each of several places: the first for which there is a reason', () => {
    const inventory = tree({
      '': ['a', 'dev t'],
      'node_modules/a': [],
      'node_modules/t': [],
      'node_modules/stray': [],
    })
    const graph = importGraph({ 'src/i.ts': [], 'test/i.test.ts': ['t'] }, PACKAGES)
    const of = packageUse(importCase(graph, importRules(), inventory))
    expect(of(['node_modules/t', 'node_modules/a'])).toMatchObject({
      because: 'it is a production dependency that no file imports',
      at: { file: { path: 'test/i.test.ts' } },
    })
    expect(of(['node_modules/stray', 'node_modules/t'])).toMatchObject({
      shipped: true,
      because: 'nobody knows what it is there for',
      at: { file: { path: 'test/i.test.ts' } },
    })
  })

  test('globs of the policy that mean no file', () => {
    expect(use('node_modules/t', {}, TREE, ['nowhere/**'])).toMatchObject({
      shipped: true,
      because: 'imports.production means no file',
      place: { file: 'depgate.config.json', line: 3 },
    })
  })

  test('globs of the policy settle what is beside the entries', () => {
    const files = { 'src/i.ts': [], 'src/tool.ts': ['t'] }
    expect(use('node_modules/t', { files }, TREE, ['src/i.ts']).shipped).toBe(false)
  })
})

describe('where the reason stands', () => {
  test('the import that leads to it', () => {
    expect(use('node_modules/b').place).toEqual({ file: 'src/i.ts', line: 1, column: 20 })
  })

  test('the import that nobody can follow', () => {
    expect(use('node_modules/t', { files: { 'src/i.ts': ['node:fs', '?'] } }).place).toEqual({
      file: 'src/i.ts',
      line: 2,
      column: 20,
    })
  })

  test('the place at which a file cannot be read', () => {
    const problem = { code: 'syntax' as const, message: 'm', line: 4, column: 2 }
    const files = { 'src/i.ts': ['./src/j.ts'], 'src/j.ts': { problem } }
    expect(use('node_modules/t', { files }).place).toEqual({ file: 'src/j.ts', line: 4, column: 2 })
  })
})

describe('which copy an import finds', () => {
  const COPIES = tree({
    '': ['dev x'],
    'node_modules/x': [],
    'packages/w': [],
    'packages/w/node_modules/x': [],
    'packages/w/src/node_modules/x': [],
  })
  const shipping = (path: string, inventory = COPIES) =>
    inventory.instances
      .map(({ location }) => location)
      .filter(
        (location) =>
          location.endsWith('x') &&
          use(
            location,
            { files: { [path]: ['x'] }, packages: { '.': {}, 'packages/w': {} } },
            inventory,
          ).because?.endsWith('imports it') === true,
      )

  test.each([
    ['packages/w/i.ts', 'packages/w/node_modules/x'],
    ['packages/w/src/i.ts', 'packages/w/src/node_modules/x'],
    ['packages/w/src/deep/i.ts', 'packages/w/src/node_modules/x'],
    ['packages/v/i.ts', 'node_modules/x'],
    ['i.ts', 'node_modules/x'],
  ])('%s: %s', (path, location) => {
    expect(shipping(path)).toEqual([location])
  })

  test('that of its package.json, wherever it is', () => {
    const asking = {
      ...COPIES,
      edges: COPIES.edges.map((edge) => Object.assign({}, edge, { from: 'packages/w' })),
    }
    expect(shipping('packages/w/src/i.ts', asking)).toEqual(['node_modules/x'])
  })

  test('that of the root, as well', () => {
    const inventory = tree({ '': ['dev x'], 'node_modules/x': [], 'src/node_modules/x': [] })
    expect(shipping('src/i.ts', inventory)).toEqual(['node_modules/x'])
  })

  test('none where there is none', () => {
    expect(shipping('i.ts', tree({ '': [], 'packages/w/node_modules/x': [] }))).toEqual([])
  })
})

test('of a project of which nobody knows what it imports', () => {
  expect(unknownUse()).toEqual({
    shipped: true,
    because: 'nobody knows what the project imports',
    direct: false,
  })
})

describe('where it is imported', () => {
  test.each([
    [
      'node_modules/a',
      'imported by src/i.ts:1',
      { shipped: true, importedBy: { file: 'src/i.ts', line: 1, column: 20 } },
    ],
    [
      'node_modules/b',
      'imported by src/i.ts:1, over a',
      { shipped: true, importedBy: { file: 'src/i.ts', line: 1, column: 20 }, over: 'a' },
    ],
    [
      'node_modules/t',
      'imported by test/i.test.ts:2, which does not ship',
      { shipped: false, importedBy: { file: 'test/i.test.ts', line: 2, column: 20 } },
    ],
    [
      'node_modules/u',
      'imported by test/i.test.ts:2, over t, which does not ship',
      { shipped: false, importedBy: { file: 'test/i.test.ts', line: 2, column: 20 }, over: 't' },
    ],
  ])('%s: %s', (location, words, report) => {
    expect(useText(use(location))).toBe(words)
    expect(useReport(use(location))).toEqual(report)
  })

  test('for its types alone, and by nobody', () => {
    expect(useText(use('node_modules/t', { files: { 'src/i.ts': ['type t'] } }))).toBe(
      'imported by src/i.ts:1, for its types alone',
    )
    const unused = use('node_modules/t', { files: { 'src/i.ts': [] } })
    expect(useText(unused)).toBe('imported by no file of the project')
    expect(useReport(unused)).toEqual({ shipped: false })
  })
})

test('an entry that nobody has read leaves everything in doubt, unless the policy says what ships', () => {
  const packages = { '.': { ...PACKAGES['.'], unread: ['bin/cli'] } }
  expect(use('node_modules/t', { packages })).toMatchObject({
    shipped: true,
    because: 'nobody has read bin/cli, an entry of package.json',
    place: { file: 'package.json' },
  })
  expect(use('node_modules/t', { packages }, TREE, ['src/i.ts']).shipped).toBe(false)
})

test.each([
  ['src/page.mdx', true],
  ['src/a.coffee', true],
  ['src/a.css', false],
])('an import of %s leaves everything in doubt: %s', (path, shipped) => {
  expect(use('node_modules/t', { files: { ...FILES, 'src/i.ts': ['a', `./${path}`] } }).shipped).toBe(shipped)
})
