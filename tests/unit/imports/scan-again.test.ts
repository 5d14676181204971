/** Scanning a project again: whatever has changed, the graph is that of a scan that knows nothing. */
import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import type { DiskReader } from '#disk/disk'
import { lookAgain } from '#disk/look-again'
import { decodeGraph, encodeGraph } from '#imports/graph-record'
import type { KnownGraph } from '#imports/graph-record'
import { openGraphShelf } from '#imports/graph-shelf'
import { scanAgain } from '#imports/scan-again'
import { scanImports } from '#imports/scan'
import type { ScannedAgain } from '#imports/scan-again'
import type { SecondLook } from '#imports/second-look'
import type { ImportGraph } from '#model/imports'
import { ok } from '#model/outcome'
import { addFiles, makeProject } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'
import { temporaryFolder } from './project-files.ts'
import { parseLines } from './scanned.ts'

const FILES: ProjectFiles = {
  'package.json': { name: 'app', dependencies: { x: '1' }, scripts: { test: 'y run' } },
  'tsconfig.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } },
  '.gitignore': 'built',
  'src/a.ts': "import './b/c'\nimport 'x'\ntype '@/b/c'\nimport './later'",
  'src/b/c.ts': "import '../a.ts'\nimport 'node:fs'\nrequire './none'",
  'lib/d.ts': "import '../src/a.js'",
  'lib/same.ts': "import 'node:fs'",
  'lib/same-too.ts': "import 'node:fs'",
  'node_modules/x/package.json': { name: 'x' },
}

/** Scans with what an earlier scan has kept, through bytes as on disk; tells what was parsed and kept. */
async function again(project: string, known?: KnownGraph | 'rejected') {
  const parsed: string[] = []
  let begun = 0
  const looked: string[] = []
  let kept: KnownGraph | undefined
  const scanned = await scanAgain(
    { project, goOn: () => true },
    {
      openDisk: () => openDisk(project),
      known: known === undefined || known === 'rejected' ? known : decodeGraph(encodeGraph(known)),
      openParsing: (disk) => {
        const parse = parseLines(disk)
        return Promise.resolve(
          ok((files) => {
            parsed.push(...files.map(({ path }) => path))
            return parse(files)
          }),
        )
      },
      beginParsing: () => {
        begun += 1
        return Promise.resolve()
      },
      openSecondLook: (disk) => lookLines(disk, looked),
      keep: (graph) => {
        kept = graph
        return Promise.resolve()
      },
    },
  )
  if (!scanned.ok) throw new Error(scanned.failure.message)
  return { ...scanned.value, parsed, begun, looked, kept }
}

/** All imports of a file that says `<types>` are erased. */
function lookLines(disk: Pick<DiskReader, 'file'>, looked: string[] = []): SecondLook {
  return (files) => {
    looked.push(...files.map(({ path }) => path))
    const found = files.flatMap(({ path, absolute }) => {
      const read = disk.file(absolute)
      if (!read.ok || !read.bytes.includes('<types>')) return []
      const lines = read.bytes.toString('utf8').split('\n')
      return [[path, new Set(lines.map((line, at) => `${at + 1}:${line.indexOf("'") + 1}`))] as const]
    })
    return Promise.resolve(new Map(found))
  }
}

async function fresh(project: string): Promise<Omit<ImportGraph, 'statistics'>> {
  const disk = openDisk(project)
  const ports = { disk, parse: parseLines(disk), lookAgain: lookLines(disk) }
  const scanned = await scanImports({ project, goOn: () => true }, ports)
  if (!scanned.ok) throw new Error(scanned.failure.message)
  return said(scanned.value)
}

function said({ files, packages }: ImportGraph): Omit<ImportGraph, 'statistics'> {
  return { files, packages }
}

/** Whether everything that a scan looked at still is what it was. */
function holds(project: string, { looks }: Pick<ScannedAgain, 'looks'>): boolean {
  return looks.every((seen) => lookAgain(project, seen.looks, () => true) === seen.digest)
}

test('nothing changed: nothing is parsed, and the statistics say so', async () => {
  const project = makeProject(FILES)
  const { kept } = await again(project)
  const { graph, parsed, looks } = await again(project, kept)
  expect(parsed).toEqual([])
  expect(said(graph)).toEqual(await fresh(project))
  expect(graph.statistics).toMatchObject({ files: 5, contents: 4, disk: 4, parsed: 0, memory: 0 })
  expect(graph.statistics.bytes).toBeGreaterThan(100)
  expect(holds(project, { looks })).toBe(true)
})

test('a process is begun early for files that are not parsed in this one, once', async () => {
  const project = makeProject(FILES)
  const { kept } = await again(project)
  addFiles(project, { 'src/a.ts': "import './b/c'\nimport 'new'" })
  expect((await again(project, kept)).begun).toBe(0)
  const long = '// '.padEnd(2 ** 20, '<')
  addFiles(project, { 'src/a.ts': long, 'src/b/c.ts': long })
  expect((await again(project, kept)).begun).toBe(1)
})

const EDITS: readonly [what: string, parsed: string[] | 'all', change: (project: string) => void][] = [
  ['a file', ['src/a.ts'], (project) => addFiles(project, { 'src/a.ts': "import './b/c'\nimport 'new'" })],
  ['a file that is gone', 'all', (project) => rmSync(join(project, 'src/b/c.ts'))],
  ['a new file', 'all', (project) => addFiles(project, { 'src/later.ts': "import 'x'" })],
  ['a rule of git', 'all', (project) => addFiles(project, { '.gitignore': 'lib' })],
  ['a path', 'all', (project) => addFiles(project, { 'tsconfig.json': {} })],
  ['a configuration', 'all', (project) => addFiles(project, { 'lib/tsconfig.json': {} })],
  ['a dependency', 'all', (project) => addFiles(project, { 'package.json': { name: 'other' } })],
  [
    'a package that becomes one of the project',
    'all',
    (project) => addFiles(project, { 'lib/package.json': { name: 'x' } }),
  ],
  [
    'an installed package',
    'all',
    (project) => addFiles(project, { 'node_modules/x/package.json': { name: 'x', bin: { y: 'y' } } }),
  ],
  [
    'a file that cannot be parsed any more',
    ['lib/d.ts'],
    (project) => addFiles(project, { 'lib/d.ts': '<broken>' }),
  ],
]

test('what is not believed is counted, and kept anew', async () => {
  const project = makeProject(FILES)
  const { graph, parsed, kept } = await again(project, 'rejected')
  expect(said(graph)).toEqual(await fresh(project))
  expect(parsed).toHaveLength(5)
  expect(graph.statistics.rejected).toBe(1)
  expect(kept).toBeDefined()
})

test.each(EDITS)('%s is noticed', async (_what, wanted, change) => {
  const project = makeProject(FILES)
  const { kept } = await again(project)
  change(project)
  const { graph, parsed, looks } = await again(project, kept)
  expect(said(graph)).toEqual(await fresh(project))
  expect(parsed).toEqual(wanted === 'all' ? graph.files.map(({ path }) => path) : wanted)
  expect(holds(project, { looks })).toBe(true)
})

test('a content of the same size and time is noticed', async () => {
  const project = makeProject(FILES)
  const { kept } = await again(project)
  const path = join(project, 'lib/d.ts')
  const { atime, mtime } = statSync(path)
  writeFileSync(path, "import '../src/b.js'")
  utimesSync(path, atime, mtime)
  const { graph } = await again(project, kept)
  expect(said(graph)).toEqual(await fresh(project))
  expect(graph.files.find((file) => file.path === 'lib/d.ts')?.imports[0]?.target.kind).toBe('missing')
})

test('what follows from a change of a part is looked at as well', async () => {
  const project = makeProject(FILES)
  const { kept } = await again(project)
  addFiles(project, { 'src/a.ts': "import 'never-seen'" })
  const { looks, kept: keptAgain } = await again(project, kept)
  expect(keptAgain).toBeUndefined()
  addFiles(project, { 'node_modules/never-seen/package.json': { name: 'never-seen' } })
  expect(holds(project, { looks })).toBe(false)
})

test('what is erased in a circle is known, and looked for only where it may be another', async () => {
  const circle = { ...FILES, 'src/b/c.ts': "import '../a.ts'\n<types>" }
  const project = makeProject(circle)
  const { graph: first, looked, kept } = await again(project)
  expect(looked).toEqual(['src/a.ts', 'src/b/c.ts'])
  expect(first.files.find(({ path }) => path === 'src/b/c.ts')?.imports[0]?.erased).toBe(true)
  const unchanged = await again(project, kept)
  expect([said(unchanged.graph), unchanged.looked]).toEqual([said(first), []])
  addFiles(project, { 'src/a.ts': "import './b/c'\nimport 'more'" })
  const still = await again(project, kept)
  expect([said(still.graph), still.looked]).toEqual([await fresh(project), ['src/a.ts']])
  addFiles(project, { 'src/a.ts': "import 'more'" })
  const opened = await again(project, kept)
  expect([said(opened.graph), opened.looked]).toEqual([await fresh(project), []])
  addFiles(project, { 'src/a.ts': "import './b/c'", 'src/b/c.ts': "import '../a.ts'" })
  expect(said((await again(project, kept)).graph)).toEqual(await fresh(project))
})

test('with many changed files everything is followed anew, and kept', async () => {
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`many/${at}.ts`, "import 'x'"]))
  const project = makeProject({ ...FILES, ...many })
  const { kept } = await again(project)
  addFiles(
    project,
    Object.fromEntries(Object.keys(many).map((path) => [path, `import 'x'\nimport '${path}'`])),
  )
  const { graph, parsed, kept: keptAgain } = await again(project, kept)
  expect(parsed).toHaveLength(45)
  expect(said(graph)).toEqual(await fresh(project))
  expect((await again(project, keptAgain)).parsed).toEqual([])
})

test('nothing is kept of a project with a file that cannot be parsed', async () => {
  const project = makeProject({ ...FILES, 'src/broken.ts': '<broken>' })
  expect((await again(project)).kept).toBeUndefined()
})

test('random edits one after another', async () => {
  const edit = fc.record({
    path: fc.constantFrom('src/a.ts', 'src/b/c.ts', 'src/b/new.ts', 'lib/d.ts', 'lib/package.json', 'x.js'),
    content: fc.constantFrom(
      "import '../a'",
      "import '../a'\nimport './b/c'\n<types>",
      "import './new'\nimport 'x'",
      '<broken>',
      '{ "name": "x" }',
      undefined,
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
      const project = makeProject(FILES)
      let { kept } = await again(project)
      for (const { path, content } of edits) {
        if (content === undefined) rmSync(join(project, path), { force: true })
        else addFiles(project, { [path]: content })
        const scanned = await again(project, kept)
        expect(said(scanned.graph)).toEqual(await fresh(project))
        kept = scanned.kept ?? kept
      }
    }),
    { numRuns: 40 },
  )
})

describe('the record', () => {
  test('is spelt so that it can be read again', async () => {
    const { kept } = await again(makeProject({ ...FILES, 'e.ts': "dynamic-import 'x'\njsx-source 'y'" }))
    expect(kept && decodeGraph(encodeGraph(kept))).toEqual(kept)
  })

  test.each(['', '{', '{}', '[]', '{"rows":[["a","b","c",[9,9,9,9,9]]],"specifiers":[],"targets":[]}'])(
    'is none: %j',
    (text) => {
      expect(decodeGraph(Buffer.from(text))).toBeUndefined()
    },
  )

  test('is sealed, and of one build and one selection of files alone', async () => {
    const folder = temporaryFolder()
    const { kept } = await again(makeProject(FILES))
    if (kept === undefined) throw new Error('nothing was kept')
    const shelf = (tree: string, tool: string, secret = 1) =>
      openGraphShelf({
        folder: { directory: join(folder, '.cache'), project: folder, secret: Buffer.alloc(32, secret) },
        tree,
        tool,
        now: Date.now,
      })
    await shelf('a', '1').write(kept)
    expect(await shelf('a', '1').read()).toEqual(kept)
    expect(await shelf('b', '1').read()).toBeUndefined()
    expect(await shelf('a', '2').read()).toBeUndefined()
    expect(await shelf('a', '1', 2).read()).toBe('rejected')
  })
})
