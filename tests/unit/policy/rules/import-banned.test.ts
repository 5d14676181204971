import { describe, expect, test } from 'vitest'
import type { ImportBan } from '#model/import-rules'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, told, toldBy } from '../imports/told.ts'

const location = { file: 'depgate.config.json', line: 5 }

function banned(name: string, more: Partial<ImportBan> = {}) {
  return {
    rules: { ban: [{ import: name, in: [], except: [], reason: 'we have another', location, ...more }] },
  }
}

test.each<[string, string, boolean]>([
  ['lodash', 'lodash', true],
  ['lodash', 'lodash/fp', true],
  ['lodash', 'type lodash', true],
  ['lodash', 'import() lodash', true],
  ['lodash', 'require lodash', true],
  ['node:fs', 'fs', true],
  ['node:fs', './fs.ts', false],
  ['*', 'lodash', true],
  ['lodash', './lodash.ts', false],
  ['lodash', '?', false],
])('a ban of %s and an import of %s: %s', (name, word, isMeant) => {
  expect(toldBy('import-banned', { files: { 'a.ts': [word] } }, banned(name))).toHaveLength(isMeant ? 1 : 0)
})

test('holds in its files only, and says what to use instead', () => {
  const files = {
    'src/a.ts': ['node:fs', 'x', 'x/y'],
    'src/io/b.ts': ['x'],
    'test/c.ts': ['x'],
    'src/d.ts': ['z'],
  }
  const ban = banned('x', { in: ['src/**'], except: ['src/io/**'], use: 'y' })
  const findings = found('import-banned', { files }, ban)
  expect(findings).toEqual([
    {
      rule: 'import-banned',
      severity: 'deny',
      verdict: 'violation',
      package: 'x',
      subject: 'src/a.ts > x',
      message: 'src/a.ts:2 imports x, which is banned there: we have another',
      fix: 'Use y instead. The ban is in imports.ban of depgate.config.json:5.',
      path: [],
      fingerprint: findings[0]?.fingerprint,
      location: { file: 'src/a.ts', line: 2, column: 20 },
      details: ['also in src/a.ts:3'],
    },
  ])
})

test('in every file, where it does not say in which', () => {
  const files = { 'src/a.ts': ['x'], 'test/c.ts': ['x'] }
  expect(toldBy('import-banned', { files }, banned('x'))).toEqual([
    'src/a.ts:1 src/a.ts:1 imports x, which is banned there: we have another',
    'test/c.ts:1 test/c.ts:1 imports x, which is banned there: we have another',
  ])
  expect(toldBy('import-banned', { files }, banned('x', { except: ['test/**'] }))).toHaveLength(1)
})

test('without a replacement, and without a line', () => {
  const [finding] = found(
    'import-banned',
    { files: { 'a.ts': ['x/y'] } },
    banned('x', { location: { file: 'p.json' } }),
  )
  expect(finding).toMatchObject({
    package: 'x',
    message: 'a.ts:1 imports x/y, which is banned there: we have another',
    fix: 'Remove the import. The ban is in imports.ban of p.json.',
  })
})

test('a part of Node is no package', () => {
  const [finding] = found('import-banned', { files: { 'a.ts': ['fs/promises'] } }, banned('node:*'))
  expect(finding).toMatchObject({
    subject: 'a.ts > node:*',
    message: 'a.ts:1 imports node:fs/promises, which is banned there: we have another',
  })
  expect(finding).not.toHaveProperty('package')
})

const project = (word: string): Sketch => ({
  files: { 'a.ts': [word], 'packages/b/i.ts': [] },
  packages: { '.': {}, 'packages/b': {} },
})

describe('one of the own packages', () => {
  test.each<[string, string, boolean]>([
    ['@acme/b', '@acme/b', true],
    ['@acme/b', '@acme/b/inner', true],
    ['@acme/*', '@acme/b/inner', true],
    ['@acme/b/inner', '@acme/b/inner', true],
    ['@acme/b/inner', '@acme/b/inner/x', true],
    ['@acme/b/inner', '@acme/b', false],
    ['@acme/b/inner', '@acme/b/innermost', false],
    ['*', '@acme/b', false],
  ])('a ban of %s and an import of %s: %s', (name, word, isMeant) => {
    const lines = told(project(word), banned(name)).filter((line) => line.startsWith('import-banned'))
    expect(lines).toHaveLength(isMeant ? 1 : 0)
  })

  const nested: Sketch['packages'] = { '.': {}, 'packages/b': {}, 'packages/b/c': {}, 'packages/bc': {} }

  test.each<[string, string, string, boolean]>([
    ['@acme/b', 'a.ts', './packages/b/i.ts', true],
    ['@acme/*', 'a.ts', './packages/b/data.json', true],
    ['@acme/b/lib', 'a.ts', './packages/b/lib/x.ts', true],
    ['@acme/b/lib', 'a.ts', './packages/b/i.ts', false],
    ['@acme/b', 'a.ts', './packages/bc/i.ts', false],
    ['@acme/b', 'a.ts', './packages/b/c/i.ts', false],
    ['@acme/c', 'a.ts', './packages/b/c/i.ts', true],
    ['@acme/b', 'packages/b/j.ts', './packages/b/i.ts', false],
    ['@acme/b', 'packages/b/c/j.ts', './packages/b/i.ts', true],
    ['app', 'packages/b/j.ts', './a.ts', true],
    ['app/src', 'packages/b/j.ts', './src/a.ts', true],
    ['app', 'a.ts', './src/a.ts', false],
    ['*', 'a.ts', './packages/b/i.ts', false],
  ])('a ban of %s, where %s imports %s by its path: %s', (name, path, word, isMeant) => {
    const sketch = { files: { [path]: [word] }, packages: nested }
    expect(toldBy('import-banned', sketch, banned(name))).toHaveLength(isMeant ? 1 : 0)
  })

  test('without a name is meant by none', () => {
    const sketch = {
      files: { 'a.ts': ['./packages/b/i.ts'] },
      packages: { '.': {}, 'packages/b': { name: '' } },
    }
    expect(toldBy('import-banned', sketch, banned(''))).toEqual([])
  })

  test('is named by the path, where it is imported by it', () => {
    const [finding] = found(
      'import-banned',
      { files: { 'a.ts': ['./packages/b/i.ts'] }, packages: nested },
      banned('@acme/b'),
    )
    expect(finding?.message).toBe('a.ts:1 imports packages/b/i.ts, which is banned there: we have another')
    expect(finding?.subject).toBe('a.ts > @acme/b')
  })

  test('is named as it is', () => {
    const [finding] = found('import-banned', project('@acme/b/inner'), banned('@acme/b'))
    expect(finding?.message).toBe('a.ts:1 imports @acme/b, which is banned there: we have another')
    expect(finding).not.toHaveProperty('package')
  })
})

test('its fingerprint tells bans and files apart', () => {
  const prints = ['x', 'x/y'].flatMap((name) =>
    found('import-banned', { files: { 'a.ts': ['x/y'], 'b.ts': ['x/y'] } }, banned(name)).map(
      ({ fingerprint }) => fingerprint,
    ),
  )
  expect(new Set(prints).size).toBe(4)
})

const declaredAs = (spec: string) => ({
  '.': { declared: [{ name: 'l', spec, as: 'dependencies' as const, line: 1, optionalPeer: false }] },
})

const toldOf = (spec: string, name: string) =>
  toldBy('import-banned', { files: { 'a.ts': ['l/fp'] }, packages: declaredAs(spec) }, banned(name))

test('a package is meant by the name that it really has, whatever it is declared as', () => {
  expect(toldOf('npm:lodash@^4', 'lodash')).toHaveLength(1)
  expect(toldOf('npm:lodash', 'lodash/fp')).toHaveLength(1)
  expect(toldOf('npm:@s/l@1', '@s/*')).toHaveLength(1)
  expect(toldOf('npm:lodash@^4', 'l')).toHaveLength(1)
  expect(toldOf('^4', 'lodash')).toEqual([])
})
