/** The law of imports, by depgate itself: a folder imports only what stands before it in the flow; effects live in named files only. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { imports } from 'depgate/vitest'
import type { ImportSelection, Layers } from 'depgate/vitest'
import { beforeAll, describe, expect, test } from 'vitest'
import { EFFECTS, LAYERS, PURE } from './law.ts'
import { plantedScan } from './planted.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Where a name is put together: each of these was read, and leads to depgate's own files and packages. */
const EXPRESSIONS = [
  'src/config/built-in.ts',
  'src/registry/kept-config.ts',
  'src/registry/npmrc.ts',
  'src/run/supervise.ts',
  'src/tool-version.ts',
]

const source = (): ImportSelection => imports().from('src/**')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

describe('the law of imports', () => {
  let files: string[] = []
  beforeAll(async () => {
    files = (await source().resolve()).files.map(({ path }) => path)
  })

  test('each folder imports only what it may', async () => {
    expect(files.length).toBeGreaterThan(400)
    await expect(source().allowingExpressionsIn(EXPRESSIONS)).toRespectLayers(LAYERS)
  })

  test('every file is under the law', async () => {
    const globs = Object.values(LAYERS).flatMap((layer) => layer.files)
    const outside = source().from(globs.map((glob) => `!${glob}`))
    await expect(outside.resolve()).rejects.toThrow('the source is empty')
  })

  test.each(EFFECTS)('only its files use $modules', async ({ modules, files: allowed }) => {
    const others = source().from(allowed.map((file) => `!src/${file}`))
    const read = EXPRESSIONS.filter((file) => !allowed.includes(file.slice('src/'.length)))
    await expect(others.allowingExpressionsIn(read)).toNotImport(modules)
  })

  test('what tells of effects loads next to nothing', async () => {
    await expect(imports().from('src/trace.ts')).toOnlyImport(['node:diagnostics_channel'])
  })

  test('nothing goes in circles, nothing is undeclared, nothing is unused', async () => {
    await expect(imports()).toHaveNoCycles()
    await expect(imports()).toHaveNoUndeclaredImports()
    await expect(imports()).toHaveNoUnusedDependencies()
  })

  test('keeps clock and environment out of the pure folders', () => {
    const pure = files.filter((file) => PURE.some((folder) => file.startsWith(`src/${folder}/`)))
    const impure = pure.filter((file) =>
      /\bDate\.now\(|new Date\(\)|\bperformance\.|\bprocess\.|Math\.random\(/.test(read(file)),
    )
    expect(pure.length).toBeGreaterThan(200)
    expect(impure).toEqual([])
  })

  test('keeps every file below 300 lines', () => {
    expect(files.filter((file) => read(file).split('\n').length > 300)).toEqual([])
  })
})

describe('the law in a tree where it is broken', () => {
  const planted: Record<string, string> = {
    'src/reporters/x.ts': "import { judge } from '#policy/judge-package'",
    'src/cache/x.ts': "import type { Finding } from '#model/finding'",
    'src/cache/y.ts': "import { run } from '../run.ts'",
    'src/model/x.ts': "import '../cli/main.ts'",
    'src/policy/y.ts': "import { span } from '../trace.ts'",
    'src/trace.ts': "import { recorder } from '#reporters/json'",
    'src/license/x.ts': "import { readFileSync } from 'node:fs'",
    'src/policy/x.ts': "const { request } = await import('undici')",
    'src/registry/client.ts': "import net from 'node:net'",
    // Allowed: what has effects may tell of them.
    'src/cache/z.ts': "import { span } from '../trace.ts'",
    'src/policy/judge-package.ts': '',
    'src/model/finding.ts': '',
    'src/cli/main.ts': '',
    'src/run.ts': '',
    'src/reporters/json.ts': '',
  }
  let selection: ImportSelection
  beforeAll(async () => {
    selection = await plantedScan(planted)
  })

  test('is found to be broken by each of its files, and by no other', async () => {
    const there = Object.entries(LAYERS).filter(([, { files }]) =>
      files.some((glob) => Object.keys(planted).some((file) => file.startsWith(glob.replace(/\*.*/, '')))),
    )
    const names = new Set(there.map(([name]) => name))
    const layers: Layers = Object.fromEntries(
      there.map(([name, layer]) => [
        name,
        { ...layer, imports: layer.imports.filter((entry) => names.has(entry) || entry in planted) },
      ]),
    )
    expect(await placesOf(expect(selection).toRespectLayers(layers))).toEqual([
      'src/cache/x.ts',
      'src/cache/y.ts',
      'src/model/x.ts',
      'src/policy/y.ts',
      'src/reporters/x.ts',
      'src/trace.ts',
    ])
  })

  test.each([
    ['node:fs', ['src/license/x.ts']],
    ['node:net', ['src/policy/x.ts', 'src/registry/client.ts']],
  ])('uses %s and its like where it must not', async (module, files) => {
    const effect = EFFECTS.find(({ modules }) => modules.includes(module))
    const others = selection.from('**', ...(effect?.files ?? []).map((allowed) => `!src/${allowed}`))
    expect(await placesOf(expect(others).toNotImport(effect?.modules ?? []))).toEqual(files)
  })
})

/** The files in which a failure has found something. */
async function placesOf(asked: Promise<void>): Promise<string[]> {
  const error: unknown = await asked.then(
    () => new Error('nothing was found'),
    (reason: unknown) => reason,
  )
  const places = String(error).matchAll(/^violation {2}(\S+?):\d+:\d+$/gm)
  return [...places].map(([, file = '']) => file)
}
