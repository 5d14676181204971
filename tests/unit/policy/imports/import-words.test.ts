import { describe, expect, test } from 'vitest'
import type { ImportTarget } from '#model/imports'
import {
  morePlaces,
  packageText,
  placeOfImport,
  placeOfProblem,
  placeText,
  rangeToAsk,
  targetText,
  workspaceFlag,
} from '#policy/imports/import-words'
import { importGraph, tree } from '../../../support/import-sketch.ts'

const PLACES = importGraph({ 'src/a.ts': ['node:fs', 'x', 'x', 'x', 'x', 'x', 'x', 'x'] }).files.flatMap(
  (file) => file.imports.map((site) => ({ file, site })),
)

test('the place of an import', () => {
  expect(PLACES.slice(1, 2).map(placeOfImport)).toEqual([{ file: 'src/a.ts', line: 2, column: 20 }])
  expect(PLACES.slice(1, 2).map(placeText)).toEqual(['src/a.ts:2'])
})

test('the place of a problem, as far as it is known', () => {
  const problem = { code: 'syntax', message: 'm' } as const
  expect(placeOfProblem('a.ts', problem)).toStrictEqual({ file: 'a.ts' })
  expect(placeOfProblem('a.ts', { ...problem, line: 2 })).toStrictEqual({ file: 'a.ts', line: 2 })
  expect(placeOfProblem('a.ts', { ...problem, line: 2, column: 3 })).toStrictEqual({
    file: 'a.ts',
    line: 2,
    column: 3,
  })
  expect(placeOfProblem('a.ts', { ...problem, column: 3 })).toStrictEqual({ file: 'a.ts' })
})

describe('more places', () => {
  test('the first one is left out, and what is beyond five is counted', () => {
    expect(morePlaces([])).toEqual([])
    expect(morePlaces(PLACES.slice(0, 1))).toEqual([])
    expect(morePlaces(PLACES.slice(0, 2))).toEqual(['also imported by src/a.ts:2'])
    expect(morePlaces(PLACES.slice(0, 6), 'also by')).toEqual(
      [2, 3, 4, 5, 6].map((line) => `also by src/a.ts:${line}`),
    )
    expect(morePlaces(PLACES.slice(0, 7)).slice(4)).toEqual(['also imported by src/a.ts:6', 'and by 1 more'])
    expect(morePlaces(PLACES).at(-1)).toBe('and by 2 more')
  })
})

test('an own package in words and on a command line', () => {
  expect(packageText({ location: '.' })).toBe('the root package')
  expect(packageText({ location: 'packages/a' })).toBe('packages/a')
  expect(workspaceFlag({ location: '.' })).toBe('')
  expect(workspaceFlag({ location: 'packages/a' })).toBe(' --workspace packages/a')
})

describe('what an import asks for', () => {
  test.each<[ImportTarget, string | null, string]>([
    [{ kind: 'file', path: 'src/b.ts' }, './b', 'src/b.ts'],
    [{ kind: 'workspace', name: '@acme/b', location: 'b', path: 'b/i.ts' }, '@acme/b', 'b/i.ts'],
    [{ kind: 'workspace', name: '@acme/b', location: 'b' }, '#b', '@acme/b'],
    [{ kind: 'package', name: 'x', subpath: '' }, 'x', 'x'],
    [{ kind: 'package', name: '@s/x', subpath: 'a/b' }, '#x', '@s/x/a/b'],
    [{ kind: 'builtin', name: 'fs/promises' }, 'fs/promises', 'node:fs/promises'],
    [{ kind: 'missing' }, './gone', './gone'],
    [{ kind: 'outside' }, '../../x', '../../x'],
    [{ kind: 'address' }, 'https://x.example/a.js', 'https://x.example/a.js'],
    [{ kind: 'unknown' }, '~/x', '~/x'],
    [{ kind: 'unknown' }, null, 'what nobody can know'],
  ])('%j (%s): %s', (target, specifier, words) => {
    expect(targetText({ target, specifier, form: 'import', typeOnly: false, line: 1, column: 1 })).toBe(words)
  })
})

describe('the version to ask for', () => {
  const inventory = tree({
    '': [],
    'node_modules/x': [],
    'w/node_modules/x': [],
    'node_modules/y/node_modules/z': [],
  })
  const at = (location: string, version: string) => ({
    inventory: {
      ...inventory,
      instances: inventory.instances.map((each) =>
        each.location === location ? Object.assign({}, each, { version }) : each,
      ),
    },
  })
  const asked = (about: ReturnType<typeof at>, workspace: string, name = 'x') =>
    rangeToAsk(about, { path: 'a.ts', workspace, imports: [] }, name)

  test('is that which the importer finds', () => {
    expect(asked(at('node_modules/x', '3.4.5'), '.')).toBe('@^3.4.5')
    expect(asked(at('w/node_modules/x', '3.4.5'), '.')).toBe('@^1.2.3')
    expect(asked(at('w/node_modules/x', '3.4.5'), 'w')).toBe('@^3.4.5')
    expect(asked(at('w/node_modules/x', '3.4.5'), 'v')).toBe('@^1.2.3')
    expect(asked(at('', '1.0.0'), '.', 'z')).toBe('')
  })

  test.each([
    ['10.20.30', '@^10.20.30'],
    ['1.2.3-beta.1', '@^1.2.3-beta.1'],
    ['', ''],
    ['1.2', ''],
    ['v1.2.3', ''],
    ['a1.2.3', ''],
    ['1x2x3', ''],
  ])('%j: %j', (version, range) => {
    expect(asked(at('node_modules/x', version), '.')).toBe(range)
  })
})
