/** What ships of a tree, by what the files import: certain only where nothing is in doubt. */
import { describe, expect, test } from 'vitest'
import { importCase, packageUse, useReport, useText } from '#policy/judge-imports'
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
  const graph = importGraph(files, packages)
  return packageUse(importCase(graph, importRules({ production }), inventory))([location])
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
    expect(of(['node_modules/t/node_modules/a', 'node_modules/a']).shipped).toBe(true)
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
    ['a file beside the entries', { 'src/i.ts': [], 'src/server.ts': ['t'] }, 'src/server.ts:1 imports it'],
  ])('%s', (_, files, because) => {
    expect(use('node_modules/t', { files: { ...files, 'test/i.test.ts': ['t'] } })).toMatchObject({
      shipped: true,
      because,
    })
  })

  test.each<[string, Sketch['files']]>([
    ['data', { 'src/i.ts': ['a', './data.json', './style.css'] }],
    ['types of what nobody looked at', { 'src/i.ts': ['a', 'type ./src/gen.ts'] }],
    ['a test with an expression', { 'src/i.ts': ['a'], 'test/x.test.ts': ['?'] }],
    ['a broken fixture of a test', { 'src/i.ts': ['a'], 'test/fixtures/x.ts': { problem } }],
  ])('no doubt: %s', (_, files) => {
    expect(use('node_modules/t', { files: { ...files, 'test/i.test.ts': ['t'] } }).shipped).toBe(false)
  })

  test('a production dependency that nothing imports, with all that it brings along', () => {
    const files = { 'src/i.ts': [], 'test/i.test.ts': ['t'] }
    expect(use('node_modules/b', { files })).toMatchObject({
      shipped: true,
      because: 'a production dependency that no file imports brings it along',
    })
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

  test('globs of the policy that mean no file', () => {
    expect(use('node_modules/t', {}, TREE, ['nowhere/**'])).toMatchObject({
      shipped: true,
      because: 'imports.production means no file',
    })
  })

  test('globs of the policy settle what is beside the entries', () => {
    const files = { 'src/i.ts': [], 'src/tool.ts': ['t'] }
    expect(use('node_modules/t', { files }, TREE, ['src/i.ts']).shipped).toBe(false)
  })
})

describe('where it is imported', () => {
  test.each([
    [
      'node_modules/a',
      'imported by src/i.ts:1',
      { shipped: true, importedBy: { file: 'src/i.ts', line: 1, column: 20 } },
    ],
    ['node_modules/b', 'imported by src/i.ts:1, over a', { shipped: true, over: 'a' }],
    ['node_modules/t', 'imported by test/i.test.ts:2, which does not ship', { shipped: false }],
    [
      'node_modules/u',
      'imported by test/i.test.ts:2, over t, which does not ship',
      { shipped: false, over: 't' },
    ],
  ])('%s: %s', (location, words, report) => {
    expect(useText(use(location))).toBe(words)
    expect(useReport(use(location))).toMatchObject(report)
  })

  test('for its types alone, and by nobody', () => {
    expect(useText(use('node_modules/t', { files: { 'src/i.ts': ['type t'] } }))).toBe(
      'imported by src/i.ts:1, for its types alone',
    )
    expect(useText(use('node_modules/t', { files: { 'src/i.ts': [] } }))).toBe(
      'imported by no file of the project',
    )
  })
})
