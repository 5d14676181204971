/** One import that means many files. */
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageUse, importCase } from '#policy/judge-imports'
import { importRules, tree } from '../../support/import-sketch.ts'
import { makeProject } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'
import { graphOf, scanOf, wordsOf } from './scanned.ts'

const FILES: ProjectFiles = {
  'package.json': { name: 'app', workspaces: ['packages/*'] },
  '.gitignore': 'made',
  'src/pages/a.ts': '',
  'src/pages/b.tsx': '',
  'src/pages/c.css': '',
  'src/pages/deep/d.ts': '',
  'src/pages/made/e.ts': '',
  'src/pages/node_modules/x/i.ts': '',
  'packages/w/package.json': { name: 'w' },
  'packages/w/src/f.ts': '',
}

/** What the pattern leads to in a file, as the names of its targets. */
async function targets(pattern: string, file = 'src/main.ts', more: ProjectFiles = {}): Promise<string[]> {
  const graph = await graphOf({ ...FILES, ...more, [file]: `glob-import '${pattern}'` })
  const found = graph.files.find(({ path }) => path === file)
  return (found?.imports ?? []).map(({ target }) => wordsOf(target)).toSorted()
}

test.each([
  ['./pages/*.ts', ['file src/pages/a.ts']],
  ['./pages/*.{ts,tsx}', ['file src/pages/a.ts', 'file src/pages/b.tsx']],
  ['./pages/?.ts*', ['file src/pages/a.ts', 'file src/pages/b.tsx']],
  ['./pages/*', ['file src/pages/a.ts', 'file src/pages/b.tsx', 'file src/pages/c.css']],
  ['./pages/*/d.ts', ['file src/pages/deep/d.ts']],
  ['/src/pages/a.ts', ['file src/pages/a.ts']],
  ['../packages/*/src/*.ts', ['file packages/w/src/f.ts']],
  // What git overlooks may be made before the program is, so it is among them.
  ['./**/*.ts', ['a', 'deep/d', 'made/e'].map((name) => `file src/pages/${name}.ts`)],
  ['./none/*.ts', []],
  ['./pages/*.mdx', []],
])('%s means each file that is there', async (pattern, wanted) => {
  expect(await targets(pattern)).toEqual(wanted)
})

test('with a slash before it a pattern is read from the own package', async () => {
  expect(await targets('/src/*.ts', 'packages/w/main.ts')).toEqual(['file packages/w/src/f.ts'])
})

test.each([
  ['@/pages/*.ts'],
  ['#pages/*.ts'],
  ['pages/*.ts'],
  ['**/*.ts'],
  ['./pages/[a-c].ts'],
  ['./pages/@(a|b).ts'],
  ['./pages/{a.ts'],
])('nobody knows what %s means', async (pattern) => {
  expect(await targets(pattern)).toEqual(['unknown'])
})

test('what leads out of the project is told', async () => {
  expect(await targets('../../other/*.ts')).toEqual(['outside'])
})

test('nobody looks through a folder without end, or over a link', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, at) => [`src/many/${at}.css`, '']))
  expect(await targets('./many/*.css', 'src/main.ts', many)).toEqual(['unknown'])

  const project = makeProject({
    ...FILES,
    'src/main.ts': "glob-import './pages/**'\nglob-import './pages/*.ts'",
  })
  symlinkSync('..', join(project, 'src/pages/up'))
  const scanned = await scanOf(project)
  if (!scanned.ok) throw new Error(scanned.failure.message)
  const main = scanned.value.files.find(({ path }) => path === 'src/main.ts')
  expect(main?.imports.map(({ specifier, target }) => `${specifier} ${wordsOf(target)}`)).toEqual([
    './pages/** unknown',
    './pages/*.ts file src/pages/a.ts',
  ])
})

test('what only such an import reaches ships', async () => {
  const files = { ...FILES, 'src/main.ts': "glob-import './pages/*.ts'", 'src/pages/a.ts': "import 'y'" }
  const graph = await graphOf({ ...files, 'node_modules/y/package.json': { name: 'y' } })
  const inventory = tree({ '': ['dev y'], 'node_modules/y': [] })
  const about = importCase(graph, importRules({ production: ['src/main.ts'] }), inventory)
  expect(packageUse(about)(['node_modules/y'])).toMatchObject({
    shipped: true,
    because: 'src/pages/a.ts:1 imports it',
  })
})

test('files in node_modules are those of a package, which is named once', async () => {
  const files = {
    'package.json': { devDependencies: { icons: '1' } },
    'src/a.js': "glob-import '../node_modules/icons/*.json'",
    'node_modules/icons/a.json': '{}',
    'node_modules/icons/b.json': '{}',
  }
  const graph = await graphOf(files)
  expect(graph.files[0]?.imports.map(({ target }) => target)).toEqual([
    { kind: 'package', name: 'icons', subpath: 'b.json' },
  ])
})
