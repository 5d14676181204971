import { describe, expect, test } from 'vitest'
import { declarerOf, importsThatShip, isDeclaredElsewhere, usersOf } from '#policy/imports/declared-elsewhere'
import type { Sketch } from '../../../support/import-sketch.ts'
import { caseOf } from './told.ts'

function of(project: Sketch, location: string) {
  const about = caseOf(project)
  const own = about.packages.get(location)
  if (own === undefined) throw new Error(location)
  return { about, own, imports: about.used.get(location)?.get('x') ?? [] }
}

const uses = { usedByTools: [{ name: 'x', by: 's' }] }
const FILES = { 'r.ts': [], 'packages/a/i.ts': ['x'], 'packages/b/i.ts': [], 'packages/c/i.ts': [] }

describe('who declares what another one imports', () => {
  test.each<[string, NonNullable<Sketch['packages']>, string | undefined]>([
    ['nobody', {}, undefined],
    ['the root', { '.': { dev: ['x'] } }, '.'],
    ['the root before a sibling', { 'packages/b': { dev: ['x'] }, '.': { peer: ['x'] } }, '.'],
    ['its types', { '.': { dev: ['@types/x'] } }, '.'],
    ['a sibling', { 'packages/b': { optional: ['x'] } }, 'packages/b'],
    ['the first of them', { 'packages/b': { dev: ['x'] }, 'packages/c': { dev: ['x'] } }, 'packages/b'],
    [
      'the first that does not use it by a tool',
      { 'packages/b': { dev: ['x'], ...uses }, 'packages/c': { dev: ['x'] } },
      'packages/c',
    ],
    ['not itself', { 'packages/a': { dev: ['x'] } }, undefined],
    ['not one that declares another name', { 'packages/b': { dev: ['y'] } }, undefined],
  ])('%s', (_, packages, expected) => {
    const all = { '.': {}, 'packages/a': {}, 'packages/b': {}, 'packages/c': {}, ...packages }
    const { about, own } = of({ files: FILES, packages: all }, 'packages/a')
    expect(declarerOf(about, own, 'x')?.location).toBe(expected)
    expect(isDeclaredElsewhere(about, own, 'x', [])).toBe(expected === '.')
  })

  test('not a sibling that imports it itself', () => {
    const files = { ...FILES, 'packages/b/i.ts': ['x'] }
    const packages = { '.': {}, 'packages/a': {}, 'packages/b': { dev: ['x'] } }
    const { about, own } = of({ files, packages }, 'packages/a')
    expect(declarerOf(about, own, 'x')).toBeUndefined()
  })

  test('for the root a workspace, and not the root', () => {
    const packages = { '.': { dev: ['x'] }, 'packages/a': {}, 'packages/b': { dev: ['x'] } }
    const { about, own } = of({ files: { 'r.ts': ['x'], 'packages/b/i.ts': [] }, packages }, '.')
    expect(declarerOf(about, own, 'x')?.location).toBe('packages/b')
  })

  test('types alone do not, for what is loaded', () => {
    const packages = { '.': { dev: ['@types/x'] }, 'packages/a': {} }
    const written = of({ files: { 'packages/a/i.ts': ['erased x'] }, packages }, 'packages/a')
    expect(declarerOf(written.about, written.own, 'x', written.imports)?.location).toBe('.')
    const { about, own, imports } = of({ files: { 'packages/a/i.js': ['x'] }, packages }, 'packages/a')
    expect(declarerOf(about, own, 'x', imports)).toBeUndefined()
    expect(isDeclaredElsewhere(about, own, 'x', imports)).toBe(false)
  })
})

test('the root may import its own packages by their names, nobody else may', () => {
  const packages = { '.': {}, 'packages/a': {}, 'packages/b': {} }
  const files = { 'r.ts': ['@acme/b'], 'packages/a/i.ts': ['@acme/b'] }
  const root = of({ files, packages }, '.')
  expect(isDeclaredElsewhere(root.about, root.own, '@acme/b', [])).toBe(true)
  expect(isDeclaredElsewhere(root.about, root.own, '@acme/c', [])).toBe(false)
  const { about, own } = of({ files, packages }, 'packages/a')
  expect(isDeclaredElsewhere(about, own, '@acme/b', [])).toBe(false)
})

const users = (
  packages: NonNullable<Sketch['packages']>,
  location: string,
  files: Sketch['files'] = FILES,
) => {
  const all = { '.': {}, 'packages/a': {}, 'packages/b': {}, ...packages }
  const { about, own } = of({ files, packages: all }, location)
  return usersOf(about, own, 'x').map((each) => each.location)
}

describe('who uses what a package declares', () => {
  test('itself, by an import or a tool', () => {
    expect(users({ 'packages/a': { dev: ['x'] } }, 'packages/a')).toEqual(['packages/a'])
    expect(users({ 'packages/b': { dev: ['x'], ...uses } }, 'packages/b')).toEqual(['packages/b'])
    expect(users({ '.': { dev: ['x'] } }, '.', { 'r.ts': ['x'] })).toEqual(['.'])
    expect(
      users({ 'packages/b': { dev: ['x'], usedByTools: [{ name: 'y', by: 's' }] } }, 'packages/b', {}),
    ).toEqual([])
  })

  test('those below the root that do not declare it', () => {
    expect(users({ '.': { dev: ['x'] } }, '.')).toEqual(['packages/a'])
    expect(users({ '.': { dev: ['x'] }, 'packages/b': uses }, '.')).toEqual(['packages/a', 'packages/b'])
    expect(users({ '.': { dev: ['x'] }, 'packages/a': { dev: ['x'] } }, '.')).toEqual([])
  })

  test('siblings for which nobody else declares it', () => {
    expect(users({ 'packages/b': { dev: ['x'] } }, 'packages/b')).toEqual(['packages/a'])
    expect(users({ '.': { dev: ['x'] }, 'packages/b': { dev: ['x'] } }, 'packages/b')).toEqual([])
  })
})

test('what matters although the root declares it: what ships and is loaded', () => {
  const files = { 'packages/a/i.ts': ['type x', 'x', 'import-type x'], 'packages/a/i.test.ts': ['x'] }
  const { about, imports } = of({ files, packages: { '.': {}, 'packages/a': {} } }, 'packages/a')
  expect(importsThatShip(about, imports).map(({ file, site }) => `${file.path}:${site.line}`)).toEqual([
    'packages/a/i.ts:2',
  ])
})
