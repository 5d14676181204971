import { describe, expect, test } from 'vitest'
import { tree } from '../../../support/import-sketch.ts'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, judged, told, toldBy } from '../imports/told.ts'

test('a package that no package.json declares, once, with every place', () => {
  const [finding, ...more] = judged({
    files: { 'src/a.ts': ['./src/b.ts', 'lodash/fp'], 'src/b.ts': ['lodash'] },
  })
  expect(more).toEqual([])
  expect(finding).toEqual({
    rule: 'import-undeclared',
    severity: 'deny',
    verdict: 'violation',
    package: 'lodash',
    subject: 'package.json',
    message: 'the root package imports lodash, which package.json does not declare',
    fix: 'Run npm install lodash, or remove the import.',
    path: [],
    fingerprint: finding?.fingerprint,
    location: { file: 'src/a.ts', line: 2, column: 20 },
    details: ['also imported by src/b.ts:1'],
  })
})

describe('how to install it', () => {
  const packages = { '.': {}, 'packages/a': {} }

  test.each<[string, Sketch['files'], string]>([
    ['what ships', { 'src/a.ts': ['x'] }, 'npm install x'],
    ['only for tests what only tests import', { 'a.test.ts': ['x'] }, 'npm install --save-dev x'],
    ['for all, where one file ships', { 'a.test.ts': ['x'], 'src/a.ts': ['x'] }, 'npm install x'],
    ['in a workspace', { 'packages/a/i.ts': ['x'] }, 'npm install --workspace packages/a x'],
    [
      'in a workspace for tests',
      { 'packages/a/test/i.ts': ['x'] },
      'npm install --save-dev --workspace packages/a x',
    ],
  ])('%s', (_, files, command) => {
    const [finding] = judged({ files, packages })
    expect(finding?.fix).toBe(`Run ${command}, or remove the import.`)
  })

  test.each([
    ['packages/a/i.ts', 'x@^2.0.0'],
    ['src/a.ts', 'x@^1.2.3'],
  ])('the version that %s finds: %s', (path, asked) => {
    const inventory = tree({
      '': [],
      'node_modules/x': [],
      'packages/a': [],
      'packages/a/node_modules/x': [],
    })
    for (const instance of inventory.instances)
      if (instance.location === 'packages/a/node_modules/x') instance.version = '2.0.0'
    const [finding] = judged({ files: { [path]: ['x'] }, packages }, { inventory })
    expect(finding?.fix).toContain(` ${asked}, or`)
  })

  test.each(['', 'github:a/b', '1.2', 'v1.2.3'])('no version where the tree has %j', (version) => {
    const inventory = tree({ '': [], 'node_modules/x': [] })
    for (const instance of inventory.instances) instance.version = version
    expect(judged({ files: { 'a.ts': ['x'] } }, { inventory })[0]?.fix).toBe(
      'Run npm install x, or remove the import.',
    )
  })

  test.each([
    ['packages/a/i.ts', 'dependencies'],
    ['packages/a/i.test.ts', 'devDependencies'],
  ])('one of the project in %s: into %s', (path, list) => {
    const project = {
      files: { [path]: ['@acme/b'], 'packages/b/i.ts': [] },
      packages: { '.': {}, 'packages/a': {}, 'packages/b': {} },
    }
    expect(judged(project)).toMatchObject([
      {
        message: 'packages/a imports @acme/b, which packages/a/package.json does not declare',
        fix: `Add "@acme/b": "*" to the ${list} of packages/a/package.json.`,
      },
    ])
  })
})

describe('is silent', () => {
  test.each<[string, Sketch]>([
    ['declared', { files: { 'a.ts': ['x'] }, packages: { '.': { dependencies: ['x'] } } }],
    ['declared, a subpath', { files: { 'a.ts': ['@s/x/y'] }, packages: { '.': { dependencies: ['@s/x'] } } }],
    ['for development', { files: { 'a.test.ts': ['x'] }, packages: { '.': { dev: ['x'] } } }],
    ['a peer', { files: { 'a.ts': ['x'] }, packages: { '.': { peer: ['x'] } } }],
    ['optional', { files: { 'a.ts': ['x'] }, packages: { '.': { optional: ['x'] } } }],
    ['its types', { files: { 'a.ts': ['type @s/x'] }, packages: { '.': { dev: ['@types/s__x'] } } }],
    ['no more than types', { files: { 'a.ts': ['erased x'] }, packages: { '.': { dev: ['@types/x'] } } }],
    ['itself', { files: { 'a.ts': ['app/sub'] } }],
    ['itself, installed', { files: { 'a.ts': [{ to: 'app', target: packageNamed('app') }] } }],
    ['no name', { files: { 'a.ts': [{ to: 'x', target: packageNamed('') }] } }],
    ['a builtin', { files: { 'a.ts': ['node:fs', 'fs', 'fs/promises', 'node:test'] } }],
    ['an address', { files: { 'a.ts': ['https://x.example/a.js', 'virtual:x'] } }],
    [
      'the root from its workspaces',
      { files: { 'a.ts': ['@acme/a'], 'packages/a/i.ts': [] }, packages: { '.': {}, 'packages/a': {} } },
    ],
    [
      'a test that uses what the root declares for all',
      {
        files: { 'packages/a/a.test.ts': ['vitest'] },
        packages: { '.': { dev: ['vitest'] }, 'packages/a': {} },
      },
    ],
    [
      'a file that belongs to no package that is known',
      { files: { 'a.ts': ['x'] }, packages: { 'packages/a': {} } },
    ],
  ])('%s', (_, project) => {
    expect(told(project)).toEqual([])
  })
})

function packageNamed(name: string) {
  return { kind: 'package', name, subpath: '' } as const
}

describe('types do not declare what is loaded', () => {
  const packages = { '.': { dev: ['@types/x'] } }

  test.each<[string, string]>([
    ['a.js', 'x'],
    ['a.mjs', 'x'],
    ['a.cjs', 'require x'],
    ['a.jsx', 'x'],
    ['a.ts', 'import() x'],
    ['a.ts', 'export x'],
    ['a.cts', 'require x'],
    ['a.ts', 'require-resolve x'],
    ['a.ts', 'import-meta-resolve x'],
    ['a.tsx', 'jsx-source x'],
    ['a.ts', 'x'],
    ['a.tsx', 'x'],
  ])('%s: %s', (path, word) => {
    expect(toldBy('import-undeclared', { files: { [path]: [word] }, packages })).toEqual([
      `${path}:1 the root package imports x, which package.json does not declare`,
    ])
  })

  test.each<[string, string]>([
    ['a.ts', 'erased x'],
    ['a.tsx', 'erased x'],
    ['a.vue', 'x'],
    ['a.js.ts', 'erased x'],
    ['a.js', 'types-reference x'],
    ['a.js', 'type x'],
  ])('but what TypeScript leaves out, or may: %s: %s', (path, word) => {
    expect(toldBy('import-undeclared', { files: { [path]: [word] }, packages })).toEqual([])
  })

  test('nor do those of the root, for what a workspace loads', () => {
    const all = { '.': { dev: ['@types/x'] }, 'packages/a': {} }
    expect(
      toldBy('import-undeclared', { files: { 'packages/a/a.test.ts': ['erased x'] }, packages: all }),
    ).toEqual([])
    expect(
      toldBy('import-undeclared', {
        files: { 'packages/a/a.test.ts': ['erased x', 'import() x'] },
        packages: all,
      }),
    ).toEqual(['packages/a/a.test.ts:1 packages/a imports x, which packages/a/package.json does not declare'])
    const declared = { '.': { dev: ['x'] }, 'packages/a': { dev: ['@types/x'] } }
    expect(
      toldBy('import-undeclared', { files: { 'packages/a/a.test.js': ['x'] }, packages: declared }),
    ).toEqual([])
  })

  test('only the places that it is about', () => {
    const files = { 'a.ts': ['erased x', 'type x'], 'b.js': ['x'], 'c.js': ['x'] }
    expect(found('import-undeclared', { files, packages })).toMatchObject([
      { location: { file: 'b.js', line: 1 }, details: ['also imported by c.js:1'] },
    ])
  })
})

test('the root may import its own packages, a workspace has to declare them', () => {
  const packages = { '.': {}, 'packages/a': {}, 'packages/b': {} }
  expect(told({ files: { 'packages/a/i.ts': ['@acme/b'], 'packages/b/i.ts': [] }, packages })).toEqual([
    'import-undeclared packages/a/i.ts:1 packages/a imports @acme/b, which packages/a/package.json does not declare',
  ])
  expect(told({ files: { 'packages/a/i.ts': ['app'] }, packages })).toEqual([
    'import-undeclared packages/a/i.ts:1 packages/a imports app, which packages/a/package.json does not declare',
  ])
})

const detailsOf = (count: number) => {
  const files = Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}.ts`, ['x']]))
  return judged({ files })[0]?.details ?? []
}

test('five more places are named, the others counted', () => {
  const five = [1, 2, 3, 4, 5].map((at) => `also imported by f${at}.ts:1`)
  expect(detailsOf(1)).toEqual([])
  expect(detailsOf(6)).toEqual(five)
  expect(detailsOf(7)).toEqual([...five, 'and by 1 more'])
  expect(detailsOf(9)).toEqual([...five, 'and by 3 more'])
})

const prints = (files: Sketch['files'], packages: Sketch['packages'] = { '.': {} }) =>
  judged({ files, packages }).map(({ fingerprint }) => fingerprint)

test('its fingerprint survives moved lines and further imports, and tells packages and places apart', () => {
  const before = prints({ 'a.ts': ['x'] })
  expect(before).toHaveLength(1)
  expect(prints({ 'a.ts': ['node:fs', 'node:os', 'x'], 'b.ts': ['x'] })).toEqual(before)
  expect(prints({ 'a.ts': ['y'] })).not.toEqual(before)
  expect(prints({ 'packages/a/a.ts': ['x'] }, { '.': {}, 'packages/a': {} })).not.toEqual(before)
})

const to = (name: string, more: object = {}, specifier = name) => ({
  to: name,
  specifier,
  target: { ...packageNamed(name), ...more },
})

describe('what is found elsewhere is no business of this package.json', () => {
  test('as what another package.json declares, which is nearer', () => {
    const files = { 'functions/a.js': [to('x', { declaredIn: 'functions/package.json' })] }
    expect(told({ files })).toEqual([])
  })

  test('as what the host of the program brings along, if its types are declared', () => {
    const packages = { '.': { dev: ['@types/vscode'] } }
    expect(told({ files: { 'main.js': ['require vscode'] }, packages })).toEqual([])
    expect(toldBy('import-undeclared', { files: { 'main.js': ['require vscode'] } })).toHaveLength(1)
  })

  test('as what styles ask for', () => {
    expect(told({ files: { 'main.js': [to('x', { inStyle: 'a.css' }, './a.css')] } })).toEqual([])
  })

  test('as a file that a configuration has put in the place of a package that happens to be there', () => {
    const at = { line: 1, column: 1, specifier: 'x/a' }
    const together = (path: string) => ({
      'main.ts': [
        { to: path, ...at },
        { to: 'x', ...at },
      ],
      [path]: [],
    })
    expect(told({ files: together('src/x/a.ts') })).toEqual([])
    expect(toldBy('import-undeclared', { files: together('types/x.d.ts') })).toHaveLength(1)
    const apart = { 'main.ts': ['./src/x/a.ts', 'x'], 'src/x/a.ts': [] }
    expect(toldBy('import-undeclared', { files: apart })).toHaveLength(1)
  })
})
