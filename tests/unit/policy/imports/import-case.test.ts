import { describe, expect, test } from 'vitest'
import type { OwnPackage } from '#model/imports'
import { declarationsOf, declares, typedName, typesOf } from '#policy/imports/import-case'
import { importGraph } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'
import { caseOf } from './told.ts'

const used = (project: Sketch) =>
  [...caseOf(project).used].map(([location, names]) => [
    location,
    [...names].map(
      ([name, all]) => `${name} ${all.map(({ file, site }) => `${file.path}:${site.line}`).join(' ')}`,
    ),
  ])

describe('what the files of an own package import', () => {
  test('by location, name, file and line', () => {
    const files = {
      'a.ts': ['x', 'y/z', 'node:fs', './b.ts', 'x/sub', '?', '-', '^', 'https://x.example/a.js'],
      'b.ts': ['@s/x', 'x'],
      'packages/a/i.ts': ['x', 'app', '@acme/a', '@acme/b'],
      'packages/b/i.ts': ['@acme/b/sub'],
    }
    expect(used({ files, packages: { '.': {}, 'packages/a': {}, 'packages/b': {} } })).toEqual([
      ['.', ['x a.ts:1 a.ts:5 b.ts:2', 'y a.ts:2', '@s/x b.ts:1']],
      ['packages/a', ['x packages/a/i.ts:1', 'app packages/a/i.ts:2', '@acme/b packages/a/i.ts:4']],
    ])
  })

  test('not itself, if it is installed too; another one of that name is', () => {
    const itself = { to: '@acme/a', target: { kind: 'package', name: '@acme/a', subpath: '' } } as const
    const files = { 'packages/a/i.ts': [itself], 'packages/b/i.ts': [itself] }
    expect(used({ files, packages: { '.': {}, 'packages/a': {}, 'packages/b': {} } })).toEqual([
      ['packages/b', ['@acme/a packages/b/i.ts:1']],
    ])
  })

  test('nor what has no name', () => {
    const nameless = { to: 'x', target: { kind: 'package', name: '', subpath: '' } } as const
    expect(used({ files: { 'a.ts': [nameless] }, packages: { 'packages/a': {} } })).toEqual([])
  })

  test('files and packages are found by path and location', () => {
    const about = caseOf({ files: { 'a.ts': [] }, packages: { '.': {}, 'packages/a': {} } })
    expect(about.files.get('a.ts')?.path).toBe('a.ts')
    expect(about.packages.get('packages/a')?.name).toBe('@acme/a')
  })
})

test.each([
  ['x', '@types/x'],
  ['@s/x', '@types/s__x'],
  ['@scope/x', '@types/scope__x'],
  ['x__y', '@types/x__y'],
])('the types of %s are in %s', (name, types) => {
  expect(typesOf(name)).toBe(types)
})

test.each([
  ['@types/x', 'x'],
  ['@types/s__x', '@s/x'],
  ['@types/s__x__y', '@s/x__y'],
  ['@types/', undefined],
  ['x', undefined],
  ['x/@types/y', undefined],
  ['@type/x', undefined],
])('%s is for %s', (types, name) => {
  expect(typedName(types)).toBe(name)
})

const declaring = (...names: string[]): OwnPackage | undefined =>
  importGraph({}, { '.': { dev: names } }).packages[0]

describe('what declares an import', () => {
  test('its name and that of its types', () => {
    const all = declaring('x', '@types/x', '@types/s__x', '@s/x', 'y')
    expect(declarationsOf(all, 'x').map(({ name }) => name)).toEqual(['x', '@types/x'])
    expect(declarationsOf(all, '@s/x').map(({ name }) => name)).toEqual(['@types/s__x', '@s/x'])
    expect(declarationsOf(all, 'z')).toEqual([])
    expect(declarationsOf(undefined, 'x')).toEqual([])
  })

  test.each<[string[], string, string, boolean]>([
    [['x'], 'a.js', 'x', true],
    [['x'], 'a.ts', 'import() x', true],
    [['@types/x', 'x'], 'a.js', 'x', true],
    [['@types/x'], 'a.ts', 'x', false],
    [['@types/x'], 'a.ts', 'erased x', true],
    [['@types/x'], 'a.TSX', 'x', false],
    [['@types/x'], 'a.vue', 'x', true],
    [['@types/x'], 'a.vue', 'import() x', false],
    [['@types/x'], 'a.ts', 'type x', true],
    [['@types/x'], 'a.js', 'import-type x', true],
    [['@types/x'], 'a.js', 'x', false],
    [['@types/x'], 'a.cjs', 'require x', false],
    [['@types/x'], 'a.mjs', 'x', false],
    [['@types/x'], 'a.jsx', 'x', false],
    [['@types/x'], 'a.mts', 'import() x', false],
    [['@types/x'], 'a.js.vue', 'x', true],
    [['@types/x'], 'a.xjs', 'x', true],
    [['y'], 'a.ts', 'x', false],
    [[], 'a.ts', 'type x', false],
  ])('%j, in %s %s: %s', (names, path, word, isDeclared) => {
    const [entry] =
      caseOf({ files: { [path]: [word] } })
        .used.get('.')
        ?.get('x') ?? []
    expect(entry && declares(declaring(...names), entry)).toBe(isDeclared)
    expect(entry && declares(undefined, entry)).toBe(false)
  })
})
