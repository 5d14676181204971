import { describe, expect, test } from 'vitest'
import type { ImportForm } from '#model/imports'
import { isAsset, isRuntime } from '#policy/imports/shipped-files'
import type { Sketch } from '../../../support/import-sketch.ts'
import { caseOf } from './told.ts'

function ships(
  files: Sketch['files'],
  packages: Sketch['packages'] = { '.': {} },
  production: string[] = [],
) {
  const { surely, maybe, hasStart } = caseOf({ files, packages }, { rules: { production } }).ships
  return { surely: [...surely].toSorted(), maybe: [...maybe].toSorted(), hasStart }
}

/** The same files, surely and maybe. */
function both(...files: string[]) {
  return { surely: files, maybe: files, hasStart: true }
}

const workspace = (path?: string) =>
  ({
    to: '@acme/b',
    target: { kind: 'workspace', name: '@acme/b', location: 'b', ...(path !== undefined && { path }) },
  }) as const

describe('without entries', () => {
  test('every file that is no test or the like, and what they import', () => {
    const files = {
      'src/a.ts': ['./test/data.ts', './gone.ts'],
      'src/b.ts': [],
      'test/data.ts': [],
      'test/other.ts': ['./src/b.ts'],
      'a.config.ts': [],
      'scripts/x.ts': [],
    }
    expect(ships(files)).toEqual(both('src/a.ts', 'src/b.ts', 'test/data.ts'))
  })

  test('names count below the own package that a file belongs to', () => {
    const files = {
      'examples/a/i.ts': [],
      'examples/a/examples/x.ts': [],
      'examples/x.ts': [],
      'src/examples/y.ts': [],
    }
    expect(ships(files, { '.': {}, 'examples/a': {} })).toEqual(both('examples/a/i.ts', 'src/examples/y.ts'))
  })
})

describe('with entries', () => {
  const files = { 'src/i.ts': ['./src/a.ts'], 'src/a.ts': [], 'src/b.ts': [], 'test/c.ts': [] }

  test('what they reach ships, other files may', () => {
    expect(ships(files, { '.': { entries: ['src/i.ts'] } })).toEqual({
      surely: ['src/a.ts', 'src/i.ts'],
      maybe: ['src/a.ts', 'src/b.ts', 'src/i.ts'],
      hasStart: true,
    })
  })

  test.each<[string, string[]]>([
    ['no known file', ['dist/i.js']],
    ['a known file and another', ['src/i.ts', 'dist/i.js']],
    ['a folder', ['lib']],
    ['nothing but data', ['package.json', 'types.d.ts']],
  ])('one that is %s says nothing', (_, entries) => {
    expect(ships(files, { '.': { entries } })).toEqual(both('src/a.ts', 'src/b.ts', 'src/i.ts'))
  })

  test('data and declarations beside one do not matter', () => {
    expect(ships(files, { '.': { entries: ['src/i.ts', 'style.css', 'i.d.ts'] } }).surely).toEqual([
      'src/a.ts',
      'src/i.ts',
    ])
  })

  test('a test ships, if it is one', () => {
    expect(ships(files, { '.': { entries: ['test/c.ts'] } }).surely).toEqual(['test/c.ts'])
  })
})

test('what a script starts ships, whatever its name: surely where it is installed', () => {
  const files = { 'src/i.ts': [], 'scripts/in.js': ['./test/x.js'], 'test/x.js': [], 'scripts/go.js': [] }
  const started = [
    { path: 'scripts/in.js', by: 'install' as const },
    { path: 'scripts/go.js', by: 'start' as const },
  ]
  expect(ships(files, { '.': { entries: ['src/i.ts'], started } })).toEqual({
    surely: ['scripts/in.js', 'src/i.ts', 'test/x.js'],
    maybe: ['scripts/go.js', 'scripts/in.js', 'src/i.ts', 'test/x.js'],
    hasStart: true,
  })
  expect(ships(files, { '.': { started } }, ['src/**'])).toEqual(both('src/i.ts'))
})

describe('what is reached', () => {
  const packages = { '.': { entries: ['i.ts'] } }
  const reached = (word: string) =>
    ships({ 'i.ts': [word], 'test/x.ts': ['./test/y.ts'], 'test/y.ts': [] }, packages).maybe

  test.each([
    './test/x.ts',
    'import() ./test/x.ts',
    'export ./test/x.ts',
    'require ./test/x.ts',
    'require-resolve ./test/x.ts',
    'import-meta-resolve ./test/x.ts',
    'asset-url ./test/x.ts',
  ])('by %s', (word) => {
    expect(reached(word)).toEqual(['i.ts', 'test/x.ts', 'test/y.ts'])
  })

  test.each(['type ./test/x.ts', 'import-type ./test/x.ts', 'path-reference ./test/x.ts'])(
    'not by %s',
    (word) => {
      expect(reached(word)).toEqual(['i.ts'])
    },
  )

  test('once, if files import each other', () => {
    expect(ships({ 'i.ts': ['./j.ts', './i.ts'], 'j.ts': ['./i.ts'] }, packages).surely).toEqual([
      'i.ts',
      'j.ts',
    ])
  })
})

describe('an own package', () => {
  const files = {
    'a/i.ts': [workspace()],
    'b/i.ts': ['./b/j.ts'],
    'b/j.ts': [],
    'b/test/x.ts': [],
  }
  const packages = { '.': {}, a: { entries: ['a/i.ts'] }, b: { entries: ['b/i.ts'] } }

  test('ships what it starts with, where nobody knows which file is imported', () => {
    expect(ships(files, packages, ['a/**']).surely).toEqual(['a/i.ts', 'b/i.ts', 'b/j.ts'])
    expect(ships(files, { ...packages, b: {} }, ['a/**']).surely).toEqual(['a/i.ts', 'b/i.ts', 'b/j.ts'])
  })

  test('ships the file that is imported', () => {
    expect(ships({ ...files, 'a/i.ts': [workspace('b/j.ts')] }, packages, ['a/**']).surely).toEqual([
      'a/i.ts',
      'b/j.ts',
    ])
  })

  test('that is imported for its types does not ship by that', () => {
    expect(
      ships({ ...files, 'a/i.ts': [{ ...workspace(), typeOnly: true }] }, packages, ['a/**']).surely,
    ).toEqual(['a/i.ts'])
  })

  test('that nobody knows is passed over', () => {
    expect(ships(files, { '.': {}, a: {} }, ['a/**']).surely).toEqual(['a/i.ts'])
  })
})

describe('globs of the policy', () => {
  const files = { 'src/i.ts': ['./src/a.ts'], 'src/a.ts': [], 'src/b.ts': [], 'test/c.ts': [] }

  test('settle it, whatever the entries are', () => {
    expect(ships(files, { '.': { entries: ['src/b.ts'] } }, ['src/i.ts'])).toEqual(
      both('src/a.ts', 'src/i.ts'),
    )
    expect(ships(files, { '.': {} }, ['test/**'])).toEqual(both('test/c.ts'))
  })

  test('that mean no file are told', () => {
    expect(ships(files, { '.': {} }, ['gone/**'])).toEqual({ surely: [], maybe: [], hasStart: false })
    expect(ships({}, { '.': {} })).toEqual({ surely: [], maybe: [], hasStart: true })
  })
})

test.each<[ImportForm, boolean]>([
  ['import', true],
  ['re-export', true],
  ['dynamic-import', true],
  ['require', true],
  ['require-resolve', true],
  ['import-meta-resolve', true],
  ['asset-url', true],
  ['jsx-source', true],
  ['import-type', false],
  ['types-reference', false],
  ['path-reference', false],
])('%s counts when the program runs: %s', (form, counts) => {
  expect(isRuntime({ form, typeOnly: false })).toBe(counts)
  expect(isRuntime({ form, typeOnly: true })).toBe(false)
})

describe('a file that imports nothing', () => {
  test.each([
    'a.json',
    'a.css',
    'src/a.svg',
    'a.d.ts',
    'a.d.mts',
    'a.d.cts',
    'a.node',
    'a.wasm',
    'a.tsbuildinfo',
    'a.js.map',
    'a.vue.css',
    'x.y/a.txt',
  ])('%s', (path) => {
    expect(isAsset(path)).toBe(true)
  })

  test.each([
    'a.ts',
    'a.tsx',
    'a.mts',
    'a.cts',
    'a.js',
    'a.jsx',
    'a.mjs',
    'a.cjs',
    'a.JS',
    'a.vue',
    'a.svelte',
    'a.astro',
    'a',
    'bin/run',
    'x.y/run',
    '.hidden',
    'src/.env',
    'a.',
    'd.ts',
    'src/d.ts',
    'ad.ts',
    'a.css.ts',
    'a.d.ts.js',
    'a.d.tsx',
    'a.d.css.ts',
  ])('is not %s', (path) => {
    expect(isAsset(path)).toBe(false)
  })
})
