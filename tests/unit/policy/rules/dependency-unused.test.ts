import { describe, expect, test } from 'vitest'
import { tree } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, told, toldBy } from '../imports/told.ts'

test('nothing imports it', () => {
  const project = { files: { 'a.ts': [] }, packages: { '.': { dependencies: ['x'], dev: ['y'] } } }
  const findings = found('dependency-unused', project)
  expect(findings[0]).toEqual({
    rule: 'dependency-unused',
    severity: 'deny',
    verdict: 'violation',
    package: 'x',
    subject: 'package.json',
    message: 'package.json declares x, but nothing imports it and no script or configuration uses it',
    fix: 'Run npm uninstall x.',
    path: [],
    fingerprint: findings[0]?.fingerprint,
    location: { file: 'package.json', line: 10 },
  })
  expect(told(project)).toEqual([
    'dependency-unused package.json:10 package.json declares x, but nothing imports it and no script or configuration uses it',
    'dependency-unused package.json:11 package.json declares y, but nothing imports it and no script or configuration uses it',
  ])
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2)
})

test('in a workspace', () => {
  const packages = { '.': {}, 'packages/a': { dependencies: ['x'] } }
  const findings = found('dependency-unused', { files: { 'packages/a/i.ts': [] }, packages })
  expect(findings).toMatchObject([
    {
      subject: 'packages/a/package.json',
      fix: 'Run npm uninstall --workspace packages/a x.',
      location: { file: 'packages/a/package.json', line: 10 },
    },
  ])
  const [other] = found('dependency-unused', {
    files: { 'a.ts': [] },
    packages: { '.': { dependencies: ['x'] } },
  })
  expect(findings[0]?.fingerprint).not.toBe(other?.fingerprint)
})

describe('is silent', () => {
  test.each<[string, Sketch]>([
    ['a peer', { files: { 'a.ts': [] }, packages: { '.': { peer: ['x'] } } }],
    ['a peer for its own tests', { files: { 'a.ts': [] }, packages: { '.': { peer: ['x'], dev: ['x'] } } }],
    ['optional', { files: { 'a.ts': [] }, packages: { '.': { optional: ['x'] } } }],
    ['types', { files: { 'a.ts': [] }, packages: { '.': { dev: ['@types/x'] } } }],
    [
      'a tool',
      {
        files: { 'a.ts': [] },
        packages: { '.': { dev: ['x'], usedByTools: [{ name: 'x', by: 'scripts.lint' }] } },
      },
    ],
    ['types imported', { files: { 'a.test.ts': ['type x'] }, packages: { '.': { dev: ['x'] } } }],
    ['a subpath', { files: { 'a.ts': ['x/y'] }, packages: { '.': { dev: ['x'] } } }],
    ['loaded later', { files: { 'a.ts': ['import() x'] }, packages: { '.': { dev: ['x'] } } }],
    ['handed on', { files: { 'a.ts': ['export x'] }, packages: { '.': { dev: ['x'] } } }],
    ['where JSX comes from', { files: { 'a.tsx': ['jsx-source x'] }, packages: { '.': { dev: ['x'] } } }],
    [
      'a workspace under the root',
      { files: { 'packages/a/a.test.ts': ['x'] }, packages: { '.': { dev: ['x'] }, 'packages/a': {} } },
    ],
    [
      'a tool of a workspace under the root',
      {
        files: { 'packages/a/i.ts': [] },
        packages: { '.': { dev: ['x'] }, 'packages/a': { usedByTools: [{ name: 'x', by: 's' }] } },
      },
    ],
    [
      'a sibling by its name',
      {
        files: { 'packages/a/i.ts': ['@acme/b'], 'packages/b/i.ts': [] },
        packages: { '.': {}, 'packages/a': { dependencies: ['@acme/b'] }, 'packages/b': {} },
      },
    ],
    [
      'a sibling by its path',
      {
        files: { 'packages/a/i.ts': ['node:fs', './packages/b/i.ts'], 'packages/b/i.ts': [] },
        packages: { '.': {}, 'packages/a': { dependencies: ['@acme/b'] }, 'packages/b': {} },
      },
    ],
    [
      'the root by its path',
      {
        files: { 'packages/a/i.ts': ['./src/r.ts'], 'src/r.ts': [] },
        packages: { '.': {}, 'packages/a': { dependencies: ['app'] } },
      },
    ],
    [
      'a sibling that does not declare it takes it from here',
      {
        files: { 'packages/a/i.ts': ['x'], 'packages/b/i.ts': [] },
        packages: { '.': {}, 'packages/a': {}, 'packages/b': { dependencies: ['x'] } },
      },
    ],
    ['no source file at all', { files: {}, packages: { '.': { dependencies: ['x'] } } }],
    [
      'a workspace without a source file',
      { files: { 'a.ts': [] }, packages: { '.': {}, 'packages/a': { dependencies: ['x'] } } },
    ],
  ])('%s', (_, project) => {
    expect(toldBy('dependency-unused', project)).toEqual([])
  })
})

describe('is not silent', () => {
  test.each<[string, Sketch, string[]]>([
    [
      'a workspace that declares it itself uses its own',
      {
        files: { 'packages/a/i.ts': ['x'] },
        packages: { '.': { dev: ['x'] }, 'packages/a': { dependencies: ['x'] } },
      },
      ['package.json:10'],
    ],
    [
      'a workspace takes it from the root, not from its sibling',
      {
        files: { 'packages/a/a.test.ts': ['x'], 'packages/b/i.ts': [] },
        packages: { '.': { dev: ['x'] }, 'packages/a': {}, 'packages/b': { dependencies: ['x'] } },
      },
      ['packages/b/package.json:10'],
    ],
    [
      'a tool uses another one',
      {
        files: { 'a.ts': [] },
        packages: { '.': { dev: ['x', 'y'], usedByTools: [{ name: 'y', by: 's' }] } },
      },
      ['package.json:10'],
    ],
    [
      'a sibling of which only another workspace imports a file',
      {
        files: {
          'packages/a/i.ts': ['type ./packages/a/j.ts'],
          'packages/a/j.ts': [],
          'r.ts': ['./packages/b/i.ts'],
          'packages/b/i.ts': [],
        },
        packages: { '.': {}, 'packages/a': { dependencies: ['@acme/b'] }, 'packages/b': {} },
      },
      ['packages/a/package.json:10'],
    ],
    [
      'a folder whose name begins alike',
      {
        files: { 'packages/a/i.ts': ['./packages/bb/i.ts'], 'packages/bb/i.ts': [], 'packages/b/i.ts': [] },
        packages: {
          '.': {},
          'packages/a': { dependencies: ['@acme/b', '@acme/bb'] },
          'packages/b': {},
          'packages/bb': {},
        },
      },
      ['packages/a/package.json:10'],
    ],
    [
      'a package that asks for itself',
      {
        files: { 'packages/a/i.ts': ['./packages/a/j.ts'], 'packages/a/j.ts': [] },
        packages: { '.': {}, 'packages/a': { dev: ['@acme/a'] } },
      },
      ['packages/a/package.json:10'],
    ],
    [
      'a peer that is another package',
      { files: { 'a.ts': [] }, packages: { '.': { dev: ['x'], peer: ['y'] } } },
      ['package.json:10'],
    ],
  ])('%s', (_, project, places) => {
    expect(toldBy('dependency-unused', project).map((line) => line.split(' ')[0])).toEqual(places)
  })
})

describe('peers of installed packages', () => {
  const project = { files: { 'a.ts': ['x'] }, packages: { '.': { dependencies: ['x', 'y'] } } }

  test('are used by being there', () => {
    const inventory = tree({ '': ['x', 'y'], 'node_modules/x': ['peer y'], 'node_modules/y': [] })
    expect(told(project, { inventory })).toEqual([])
  })

  test('not what it merely depends on', () => {
    const inventory = tree({ '': ['x', 'y'], 'node_modules/x': ['y'], 'node_modules/y': [] })
    expect(toldBy('dependency-unused', project, { inventory })).toHaveLength(1)
  })

  test('not what only the project itself has for a peer', () => {
    const inventory = tree({ '': ['x', 'peer y'], 'node_modules/x': [], 'node_modules/y': [] })
    expect(toldBy('dependency-unused', project, { inventory })).toHaveLength(1)
  })

  test('by the workspace that has them', () => {
    const packages = { '.': { dev: ['y'] }, 'packages/a': { dependencies: ['x', 'y'] } }
    const inventory = tree({
      '': ['dev y'],
      'node_modules/x': ['peer y'],
      'node_modules/y': [],
      'packages/a': ['x', 'y'],
      'packages/a/node_modules/y': [],
      'packages/a/node_modules/x': ['peer y'],
    })
    expect(toldBy('dependency-unused', { files: { 'packages/a/i.ts': ['x'] }, packages })).toHaveLength(2)
    expect(
      toldBy('dependency-unused', { files: { 'packages/a/i.ts': ['x'] }, packages }, { inventory }),
    ).toEqual([])
  })
})

describe('a file that could not be read may be what imports it', () => {
  const problem = { code: 'syntax' as const, message: 'Unexpected token.', line: 3, column: 1 }
  const packages = { '.': { dependencies: ['x'] }, 'packages/a': { dependencies: ['y'] } }

  test('nothing is said of its package, nor of the root above it', () => {
    expect(told({ files: { 'a.ts': { problem } }, packages: { '.': { dependencies: ['x'] } } })).toEqual([
      'import-unreadable a.ts:3 nobody knows what a.ts imports: unexpected token',
    ])
    const files = { 'a.ts': [], 'packages/a/i.ts': { problem } }
    expect(toldBy('dependency-unused', { files, packages })).toEqual([])
  })

  test('but of a workspace beside it', () => {
    const files = { 'a.ts': { problem }, 'packages/a/i.ts': [] }
    expect(toldBy('dependency-unused', { files, packages }).map((line) => line.split(' ')[0])).toEqual([
      'packages/a/package.json:10',
    ])
  })
})

describe('an import that nobody can know may be it', () => {
  const packages = { '.': { dependencies: ['x'] }, 'packages/a': { dependencies: ['y'] } }

  test('is said beside what its package declares', () => {
    const files = { 'b.ts': ['node:fs', '?'], 'a.ts': ['node:fs'], 'packages/a/i.ts': [] }
    expect(found('dependency-unused', { files, packages }).map(({ details }) => details)).toEqual([
      ['b.ts imports what nobody can know: look there before you remove it'],
      undefined,
    ])
  })

  test('not by a file of a workspace', () => {
    const files = { 'packages/a/i.ts': ['?'] }
    expect(found('dependency-unused', { files, packages }).map(({ details }) => details?.length)).toEqual([
      undefined,
      1,
    ])
  })
})
