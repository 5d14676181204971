import { describe, expect, test } from 'vitest'
import type { ImportRules } from '#model/import-rules'
import { STRICT } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, toldBy } from '../imports/told.ts'

const packages = { '.': { dev: ['y', 'x'], entries: ['src/index.ts'] } }

function dev(project: Sketch, rules: Partial<ImportRules> = STRICT) {
  return toldBy('dev-in-production', project, { rules })
}

test('what an entry reaches ships', () => {
  const files = {
    'src/index.ts': ['./src/a.ts', './src/b.ts'],
    'src/a.ts': ['type y', 'x'],
    'src/b.ts': ['type x', 'x/sub'],
    'src/other.ts': ['x'],
  }
  const findings = found('dev-in-production', { files, packages })
  expect(findings).toEqual([
    {
      rule: 'dev-in-production',
      severity: 'deny',
      verdict: 'violation',
      package: 'x',
      subject: 'package.json',
      message: 'src/a.ts:2 ships and imports x, which is only a development dependency of package.json',
      fix: 'Run npm install --save-prod x@^1.0.0, or write import type if only its types are needed.',
      path: [],
      fingerprint: findings[0]?.fingerprint,
      location: { file: 'src/a.ts', line: 2, column: 20 },
      details: ['declared in package.json:11', 'also imported by src/b.ts:2'],
    },
  ])
})

describe('every way to load it counts', () => {
  test.each([
    'x',
    'x/sub',
    'import() x',
    'export x',
    'require x',
    'require-resolve x',
    'import-meta-resolve x',
  ])('%s', (word) => {
    expect(dev({ files: { 'src/index.ts': [word] }, packages })).toHaveLength(1)
  })

  test.each(['type x', 'import-type x', 'types-reference x', 'path-reference x'])('but not %s', (word) => {
    expect(dev({ files: { 'src/index.ts': [word] }, packages })).toEqual([])
  })
})

describe('is silent', () => {
  test.each<[string, Sketch['files']]>([
    ['what no entry reaches', { 'src/index.ts': [], 'src/other.ts': ['x'] }],
    [
      'what only a test reaches',
      { 'src/index.ts': [], 'test/a.test.ts': ['./src/helper.ts'], 'src/helper.ts': ['x'] },
    ],
    ['what is reached for its types alone', { 'src/index.ts': ['type ./src/t.ts'], 'src/t.ts': ['x'] }],
    ['what is not declared at all', { 'src/index.ts': ['z'] }],
  ])('%s', (_, files) => {
    expect(dev({ files, packages })).toEqual([])
  })

  test.each<[string, NonNullable<Sketch['packages']>[string]]>([
    ['a peer, too', { dev: ['x'], peer: ['x'] }],
    ['optional, too', { dev: ['x'], optional: ['x'] }],
    ['a production dependency', { dependencies: ['x'] }],
    ['no more than its types', { dev: ['@types/x'] }],
  ])('%s', (_, own) => {
    expect(dev({ files: { 'a.ts': ['x'] }, packages: { '.': own } })).toEqual([])
  })

  test('of a file that belongs to no known package', () => {
    expect(dev({ files: { 'a.ts': ['x'] }, packages: { 'packages/a': { dev: ['x'] } } })).toEqual([])
  })
})

test('types among the production dependencies do not make the package one', () => {
  const entry = { optionalPeer: false }
  const declared = [
    { ...entry, name: '@types/x', spec: '^8.0.0', as: 'dependencies' as const, line: 4 },
    { ...entry, name: 'x', spec: '^2.0.0', as: 'devDependencies' as const, line: 5 },
  ]
  expect(
    found('dev-in-production', { files: { 'a.ts': ['x'] }, packages: { '.': { declared } } }),
  ).toMatchObject([
    {
      fix: 'Run npm install --save-prod x@^2.0.0, or write import type if only its types are needed.',
      details: ['declared in package.json:5'],
    },
  ])
})

test('a workspace has files and declarations of its own', () => {
  const all = { '.': { dependencies: ['x'] }, 'packages/a': { dev: ['x'] } }
  expect(
    found('dev-in-production', { files: { 'a.ts': ['x'], 'packages/a/i.ts': ['x'] }, packages: all }),
  ).toMatchObject([
    {
      subject: 'packages/a/package.json',
      fix: 'Run npm install --save-prod --workspace packages/a x@^1.0.0, or write import type if only its types are needed.',
      location: { file: 'packages/a/i.ts' },
    },
  ])
})

describe('what ships', () => {
  const own = { '.': { dev: ['x'] } }

  test('without entries every file that is no test', () => {
    expect(dev({ files: { 'src/a.ts': ['x'] }, packages: own })).toHaveLength(1)
    expect(dev({ files: { 'vite.config.ts': ['x'] }, packages: own })).toEqual([])
  })

  test('an entry that is no known file (built, not written) lets every file ship', () => {
    const built = { '.': { dev: ['x'], entries: ['dist/index.js'] } }
    expect(dev({ files: { 'src/a.ts': ['x'] }, packages: built })).toHaveLength(1)
  })

  test('globs of the policy say it', () => {
    const files = { 'src/main.ts': [], 'src/tool.ts': ['x'] }
    expect(dev({ files, packages: own }, { ...STRICT, production: ['src/main.ts'] })).toEqual([])
    expect(dev({ files, packages: own }, { ...STRICT, production: ['src/*.ts'] })).toHaveLength(1)
  })
})

const prints = (...words: string[]) =>
  found('dev-in-production', { files: { 'src/index.ts': words }, packages }).map(
    ({ fingerprint }) => fingerprint,
  )

test('its fingerprint stays while lines move, and tells packages apart', () => {
  expect(prints('node:fs', 'x')).toEqual(prints('x'))
  expect(new Set(prints('x', 'y')).size).toBe(2)
})

const starting = (by: 'install' | 'start') => ({
  '.': { dev: ['x'], entries: ['src/i.ts'], started: [{ path: 'scripts/s.js', by }] },
})

describe('scripts', () => {
  const files = { 'src/i.ts': [], 'scripts/s.js': ['x'] }

  test('that run where the package is installed need it there', () => {
    expect(dev({ files, packages: starting('install') })).toHaveLength(1)
  })

  test('that start it may be those of who develops it', () => {
    expect(dev({ files, packages: starting('start') })).toEqual([])
  })
})

test('what the host brings along, and what styles are built of, is loaded from nowhere', () => {
  const packages = { '.': { dev: ['electron', 'x'], entries: ['i.js'] } }
  const target = { kind: 'package', name: 'x', subpath: '', inStyle: 'a.css' } as const
  expect(dev({ files: { 'i.js': ['require electron', { to: 'x', target }] }, packages })).toEqual([])
})
