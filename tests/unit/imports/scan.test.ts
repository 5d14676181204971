/** What a scan costs, what it remembers, and that it ends. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import { lookAgain } from '#disk/look-again'
import { scanImports } from '#imports/scan'
import type { ParseMany } from '#imports/scan'
import type { ImportGraph, ImportSite } from '#model/imports'
import { ok } from '#model/outcome'
import { addFiles, makeProject } from '../collectors/project-folder.ts'
import { graphOf, wordsOf } from './scanned.ts'

/** Gives every file the same imports. */
function parseAs(specifiers: readonly (string | null)[]): ParseMany {
  const imports = specifiers.map((specifier): ImportSite => ({
    specifier,
    form: 'import',
    typeOnly: false,
    line: 1,
    column: 1,
  }))
  const statistics = { bytes: 0, contents: 0, parsed: 0, memory: 0, disk: 0, rejected: 0, evicted: 0 }
  return (files) =>
    Promise.resolve(ok({ files: files.map(({ path }) => ({ path, parsed: { imports } })), statistics }))
}

const always = (): boolean => true

describe('what a scan looked at', () => {
  const files = {
    'package.json': {},
    'tsconfig.json': {},
    '.gitignore': 'x',
    'src/a.ts': '',
    'src/b/c.ts': '',
    'lib/d.ts': '',
  }

  test.each<[what: string, change: (project: string) => void]>([
    ['a new source', (project) => addFiles(project, { 'src/b/new.ts': '' })],
    ['a new file with a dot', (project) => addFiles(project, { 'src/.new.ts': '' })],
    ['a rule', (project) => writeFileSync(join(project, '.gitignore'), 'lib')],
    ['rules where there were none', (project) => addFiles(project, { 'lib/.gitignore': '*' })],
    ['a configuration', (project) => writeFileSync(join(project, 'tsconfig.json'), '{"x":1}')],
    ['a configuration where there was none', (project) => addFiles(project, { 'src/tsconfig.json': {} })],
    ['a package', (project) => addFiles(project, { 'node_modules/x/package.json': {} })],
    ['a repository', (project) => addFiles(project, { '.git/info/exclude': 'lib' })],
  ])('%s is noticed', async (_what, change) => {
    const project = makeProject({ ...files, 'node_modules/y/package.json': {} })
    const disk = openDisk(project)
    const scanned = await scanImports({ project, goOn: always }, { disk, parse: parseAs(['x', './b/c']) })
    expect(scanned.ok).toBe(true)
    const { looks, digest } = disk.looks()
    expect(lookAgain(project, looks, always)).toBe(digest)
    change(project)
    expect(lookAgain(project, looks, always)).not.toBe(digest)
  })

  test('is each folder once, however many files and imports there are', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`src/${at % 10}/${at}.ts`, '']))
    const project = makeProject({
      'package.json': { dependencies: { x: '1' } },
      'node_modules/x/package.json': {},
      ...many,
    })
    const disk = openDisk(project)
    await scanImports(
      { project, goOn: always },
      { disk, parse: parseAs(['x', './1', '../2/2', './none', 'fs', null]) },
    )
    expect(disk.looks().looks.length).toBeLessThan(40)
    expect(new Set(disk.looks().looks).size).toBe(disk.looks().looks.length)
  })
})

test('many imports of hostile names end soon, each with a target', async () => {
  const specifiers = Array.from(
    { length: 20_000 },
    (_, at) => `${'../'.repeat(at % 50)}${'a/'.repeat(at % 40)}${at}`,
  )
  const graph = await scanWith([
    ...specifiers,
    './'.repeat(50_000),
    `@${'a'.repeat(100_000)}/b`,
    '%00',
    './\0',
    'a\0b',
    './%2e%2e/x',
  ])
  expect(graph.files[0]?.imports).toHaveLength(20_006)
})

test('whatever a specifier is, it leads somewhere, and never out of the project', async () => {
  const piece = fc.constantFrom(
    '.',
    '..',
    '/',
    'a',
    '@',
    'node_modules',
    '#',
    'node:',
    '*',
    '?',
    '\0',
    '\\',
    '__proto__',
    'src',
    ':',
    '%2f',
    ' ',
  )
  const specifier = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
  await fc.assert(
    fc.asyncProperty(fc.array(specifier, { minLength: 50, maxLength: 50 }), async (specifiers) => {
      const graph = await scanWith(specifiers)
      for (const { target } of graph.files[0]?.imports ?? []) {
        if (target.kind === 'file') expect(target.path).toMatch(/^(?!\/|\.\.)/)
        expect(wordsOf(target)).not.toBe('')
      }
    }),
    { numRuns: 30 },
  )
})

async function scanWith(specifiers: readonly string[]): Promise<ImportGraph> {
  const config = {
    compilerOptions: { baseUrl: '.', paths: { 'a*': ['src/*', '../*', '/*'], '#*': ['./*'] } },
  }
  const project = makeProject({
    'package.json': { imports: { '#*': './*' } },
    'tsconfig.json': config,
    'src/a.ts': '',
  })
  const scanned = await scanImports(
    { project, goOn: () => true },
    { disk: openDisk(project), parse: parseAs(specifiers) },
  )
  if (!scanned.ok) throw new Error(scanned.failure.message)
  return scanned.value
}

test('only what declares a file beside it counts as types alone, besides .d.ts', async () => {
  const graph = await graphOf({
    'package.json': {},
    'src/data.d.routes.ts': "import 'x'",
    'src/a.d.css.ts': "import 'x'",
    'src/a.css': '',
    'src/b.d.js.ts': "import 'x'",
    'src/b.js': '',
    'src/c.d.mts': "import 'x'",
  })
  const typeOnly = graph.files.flatMap(({ path, imports }) =>
    imports.map((site) => `${path} ${site.typeOnly}`),
  )
  expect(typeOnly).toEqual([
    'src/a.d.css.ts true',
    'src/b.d.js.ts false',
    'src/c.d.mts true',
    'src/data.d.routes.ts false',
  ])
})

test.each([
  ['nothing of it', {}, true],
  ['that imports stay as they are written', { verbatimModuleSyntax: true }, false],
  ['the same in older words', { preserveValueImports: true }, false],
])('names that are types: where the configuration says %s', async (_name, compilerOptions, typeOnly) => {
  const graph = await graphOf({
    'package.json': {},
    'tsconfig.json': { compilerOptions },
    'a.ts': "types 'x'\ntype 'y'",
    'b.d.ts': "types 'x'",
  })
  expect(graph.files.map(({ imports }) => imports.map((site) => site.typeOnly))).toEqual([
    [typeOnly, true],
    [true],
  ])
})
