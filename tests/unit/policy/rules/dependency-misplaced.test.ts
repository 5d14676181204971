import { describe, expect, test } from 'vitest'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, told, toldBy } from '../imports/told.ts'

test('the root declares what only a workspace ships: it belongs there', () => {
  const packages = { '.': { dependencies: ['y', 'x'] }, 'packages/a': {} }
  const files = { 'src/r.ts': ['y'], 'packages/a/i.ts': ['node:fs', 'x'], 'packages/a/j.ts': ['x'] }
  const findings = found('dependency-misplaced', { files, packages })
  expect(findings).toEqual([
    {
      rule: 'dependency-misplaced',
      severity: 'deny',
      verdict: 'violation',
      package: 'x',
      subject: 'package.json > packages/a/package.json',
      message: 'packages/a imports x, which package.json declares and packages/a/package.json does not',
      fix: 'Move "x": "^1.0.0" from package.json to the dependencies of packages/a/package.json.',
      path: [],
      fingerprint: findings[0]?.fingerprint,
      location: { file: 'packages/a/i.ts', line: 2, column: 20 },
      details: ['declared in package.json:11', 'also imported by packages/a/j.ts:1'],
    },
  ])
})

test('where it is used at both places it is added, not moved', () => {
  const packages = { '.': { dependencies: ['x'] }, 'packages/a': {} }
  const files = { 'packages/a/i.ts': ['x'], 'src/r.ts': ['x'] }
  expect(found('dependency-misplaced', { files, packages })[0]?.fix).toBe(
    'Add "x": "^1.0.0" to the dependencies of packages/a/package.json.',
  )
})

describe('the list in which it has to stand', () => {
  test.each<[string, NonNullable<Sketch['packages']>[string], string]>([
    ['that in which it stands', { optional: ['x'] }, 'optionalDependencies'],
    ['for peers too', { peer: ['x'] }, 'peerDependencies'],
    ['but for what ships no development dependency will do', { dev: ['x'] }, 'dependencies'],
  ])('%s', (_, root, list) => {
    const packages = { '.': root, 'packages/a': {} }
    expect(found('dependency-misplaced', { files: { 'packages/a/i.ts': ['x'] }, packages })[0]?.fix).toBe(
      `Move "x": "^1.0.0" from package.json to the ${list} of packages/a/package.json.`,
    )
  })

  test('the entry of the package, and not that of its types', () => {
    const entry = { as: 'dependencies', optionalPeer: false } as const
    const declared = [
      { ...entry, name: '@types/x', spec: '^8.0.0', line: 4 },
      { ...entry, name: 'x', spec: '^2.0.0', line: 5 },
    ]
    const files = { 'packages/a/i.ts': ['x'] }
    expect(
      found('dependency-misplaced', { files, packages: { '.': { declared }, 'packages/a': {} } }),
    ).toMatchObject([
      {
        fix: 'Move "x": "^2.0.0" from package.json to the dependencies of packages/a/package.json.',
        details: ['declared in package.json:5'],
      },
    ])
    const types = { '.': { declared: declared.slice(0, 1) }, 'packages/a': {} }
    const erased = { 'packages/a/i.ts': ['erased x'] }
    expect(found('dependency-misplaced', { files: erased, packages: types })[0]?.fix).toBe(
      'Move "@types/x": "^8.0.0" from package.json to the dependencies of packages/a/package.json.',
    )
    expect(found('dependency-misplaced', { files: { 'packages/a/i.js': ['x'] }, packages: types })).toEqual(
      [],
    )
  })
})

describe('of what the root declares only what ships matters', () => {
  test.each<[string, string[]]>([
    ['packages/a/a.test.ts', ['x']],
    ['packages/a/i.ts', ['type x']],
  ])('%s: %s', (path, words) => {
    const packages = { '.': { dev: ['x'] }, 'packages/a': {} }
    expect(told({ files: { [path]: words }, packages })).toEqual([])
  })

  test('the places that do not are not named', () => {
    const packages = { '.': { dependencies: ['x'] }, 'packages/a': {} }
    const files = { 'packages/a/a.test.ts': ['x'], 'packages/a/i.ts': ['type x', 'x'] }
    expect(found('dependency-misplaced', { files, packages })).toMatchObject([
      { location: { file: 'packages/a/i.ts', line: 2 }, details: ['declared in package.json:10'] },
    ])
  })
})

describe('a sibling that declares it', () => {
  const packages = { '.': {}, 'packages/a': {}, 'packages/b': { dependencies: ['x'] } }

  test('does so for its own files alone, and for the root', () => {
    const files = { 'packages/a/i.ts': ['x'], 'packages/b/i.ts': [] }
    expect(told({ files, packages })).toEqual([
      'import-undeclared packages/a/i.ts:1 packages/a imports x, which packages/a/package.json does not declare',
    ])
    expect(found('import-undeclared', { files, packages })[0]?.details).toEqual([
      'declared in packages/b/package.json:10, for its own files alone',
    ])
    const root = { files: { 'src/r.ts': ['x'], 'packages/b/i.ts': [] }, packages }
    expect(toldBy('dependency-misplaced', root)).toEqual([
      'src/r.ts:1 the root package imports x, which packages/b/package.json declares and package.json does not',
    ])
  })

  test('and uses it explains nothing', () => {
    const files = { 'packages/a/i.ts': ['x'], 'packages/b/i.ts': ['x'] }
    expect(told({ files, packages }).map((line) => line.split(' ')[0])).toEqual(['import-undeclared'])
  })

  test('and has a tool that uses it explains nothing either', () => {
    const tool = { ...packages, 'packages/b': { dependencies: ['x'], usedByTools: [{ name: 'x', by: 's' }] } }
    expect(
      told({ files: { 'packages/a/i.ts': ['x'], 'packages/b/i.ts': [] }, packages: tool }).map(
        (line) => line.split(' ')[0],
      ),
    ).toEqual(['import-undeclared'])
  })
})
