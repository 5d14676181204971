/** The law of imports: a folder imports only what stands before it in the flow; effects live in named files only. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { init, parse } from 'es-module-lexer'
import { beforeAll, describe, expect, test } from 'vitest'

const SOURCE = resolve(import.meta.dirname, '../../src')

/** The stages that make a run. */
const STAGES = [
  'model',
  'disk',
  'git',
  'snapshot',
  'config',
  'collectors',
  'registry',
  'cache',
  'tarball',
  'license',
  'policy',
  'forecast',
  'advisories',
  'history',
  'owners',
  'imports',
]

/** What each folder may import besides itself; `''` stands for the files directly in src. */
const MAY_IMPORT: Record<string, string[]> = {
  model: [],
  disk: [],
  git: ['model', 'disk'],
  config: ['model', 'disk', 'license'],
  collectors: ['model', 'disk'],
  cache: [],
  tarball: ['disk'],
  registry: ['model', 'disk', 'cache'],
  license: ['model'],
  policy: ['model', 'license'],
  forecast: ['model', 'policy'],
  advisories: ['model', 'disk', 'cache'],
  snapshot: ['model', 'disk', 'cache'],
  history: ['model', 'cache'],
  owners: ['model'],
  imports: ['model', 'disk', 'cache', 'config', 'collectors'],
  metrics: ['model'],
  adopt: ['model', 'disk', 'config', 'license', 'policy'],
  reporters: ['model'],
  notify: ['model', 'registry', 'reporters'],
  run: [...STAGES, 'metrics', 'notify', ''],
  vitest: ['model', 'license', 'policy', 'reporters', ''],
  cli: [
    ...STAGES.filter((stage) => stage !== 'snapshot' && stage !== 'registry'),
    'adopt',
    'metrics',
    'reporters',
    '',
    'run',
  ],
  '': [...STAGES, 'metrics', 'run'],
}

/** Modules that reach out of the program, and the only files that may use them. */
const EFFECTS: { modules: RegExp; files: string[] }[] = [
  {
    modules: /^(node:)?fs(\/promises)?$/,
    files: [
      'advisories/osv-dump.ts',
      'advisories/osv-zip.ts',
      'cache/cacache-layout.ts',
      'cache/cacache-read.ts',
      'cache/disk-record.ts',
      'cache/disk-store.ts',
      'cache/folder.ts',
      'cache/folder-walk.ts',
      'cache/honest-device.ts',
      'cache/journal.ts',
      'cache/maintenance.ts',
      'cache/sealed-files.ts',
      'cache/secret.ts',
      'cli/rule-pages.ts',
      'cli/scratch-policy.ts',
      'cli/terminal.ts',
      'collectors/npm-program.ts',
      'collectors/npm-runner.ts',
      'config/write-policy.ts',
      'disk/change-times.ts',
      'disk/folder-entries.ts',
      'disk/look-again.ts',
      'disk/safe-read.ts',
      'git/git.ts',
      'git/git-program.ts',
      'history/history-folder.ts',
      'license/text/index-file.ts',
      'metrics/cpu-profile.ts',
      'registry/npmrc.ts',
      'run.ts',
      'run/diff-run.ts',
      'run/judge-change.ts',
    ],
  },
  {
    modules: /^(node:)?child_process$/,
    files: ['collectors/npm-runner.ts', 'git/git.ts', 'imports/parse-lane.ts'],
  },
  {
    modules: /^(node:)?(net|tls|http|https|http2|dgram|dns|dns\/promises)$|^undici$/,
    files: ['cache/redis-connection.ts', 'notify/http.ts', 'registry/dispatcher.ts', 'registry/lookup.ts'],
  },
  { modules: /^(node:)?diagnostics_channel$/, files: ['metrics/pool.ts', 'trace.ts'] },
  { modules: /^(node:)?inspector(\/promises)?$/, files: ['metrics/cpu-profile.ts'] },
  {
    modules: /^(node:)?worker_threads$/,
    files: ['run/fetch-worker.ts', 'run/supervise.ts', 'run/worker.ts'],
  },
]

/** Whatever has effects may tell of them. */
const TRACE = join(SOURCE, 'trace.ts')

/** Folders whose every function is decided by its arguments alone. */
const PURE = new Set(['model', 'license', 'policy', 'forecast', 'owners', 'reporters'])

interface ImportOf {
  file: string
  target: string
}

function sourceFiles(folder = SOURCE): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? sourceFiles(path) : entry.name.endsWith('.ts') ? [path] : []
  })
}

function importsOf(file: string, text: string): ImportOf[] {
  const [imports] = parse(text, file)
  return imports.flatMap((entry) =>
    'specifier' in entry && entry.specifier ? [{ file, target: entry.specifier }] : [],
  )
}

/** The folder a specifier leads to, or undefined for one outside src. */
function folderOf({ file, target }: ImportOf): string | undefined {
  if (target.startsWith('#')) return target.includes('/') ? target.slice(1, target.indexOf('/')) : ''
  if (!target.startsWith('.')) return undefined
  return firstFolder(relative(SOURCE, resolve(file, '..', target)))
}

function firstFolder(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : ''
}

/** Each import that breaks the law, in words. */
function breaches(imports: ImportOf[]): string[] {
  return imports.flatMap((edge) => {
    const from = relative(SOURCE, edge.file)
    const folder = firstFolder(from)
    const target = folderOf(edge)
    const found: string[] = []
    const isTrace = target === '' && resolve(edge.file, '..', edge.target) === TRACE
    if (isTrace && !PURE.has(folder)) return found
    if (target !== undefined && target !== folder && !(MAY_IMPORT[folder] ?? []).includes(target)) {
      found.push(`${from} must not import ${edge.target}`)
    }
    for (const { modules, files } of EFFECTS) {
      if (modules.test(edge.target) && !files.includes(from))
        found.push(`${from} must not use ${edge.target}`)
    }
    return found
  })
}

beforeAll(() => init)

describe('the law of imports', () => {
  const files = sourceFiles()

  test('holds in every source file', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(breaches(files.flatMap((file) => importsOf(file, readFileSync(file, 'utf8'))))).toEqual([])
  })

  test.each([
    ['reporters/x.ts', "import { judge } from '#policy/judge-package'"],
    ['cache/x.ts', "import type { Finding } from '#model/finding'"],
    ['model/x.ts', "import '../cli/main.ts'"],
    ['license/x.ts', "import { readFileSync } from 'node:fs'"],
    ['policy/x.ts', "const { request } = await import('undici')"],
    ['registry/client.ts', "import net from 'node:net'"],
    ['policy/x.ts', "import { span } from '../trace.ts'"],
    ['cache/x.ts', "import { run } from '../run.ts'"],
    ['trace.ts', "import { recorder } from '#reporters/json'"],
  ])('refuses a forbidden import in %s', (file, text) => {
    expect(breaches(importsOf(join(SOURCE, file), text))).toHaveLength(1)
  })

  test('lets everything that has effects tell of them, by a file that loads next to nothing', () => {
    const tells = "import { span } from '../trace.ts'"
    expect(breaches(importsOf(join(SOURCE, 'cache/x.ts'), tells))).toEqual([])
    const loads = importsOf(TRACE, readFileSync(TRACE, 'utf8')).map(({ target }) => target)
    expect(loads).toEqual(['node:diagnostics_channel'])
  })

  test('knows every folder there is', () => {
    const folders = new Set(files.map((file) => firstFolder(relative(SOURCE, file))))
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([])
  })

  test('keeps clock and environment out of the pure folders', () => {
    const impure = files.filter((file) => {
      if (!PURE.has(firstFolder(relative(SOURCE, file)))) return false
      return /\bDate\.now\(|new Date\(\)|\bperformance\.|\bprocess\.|Math\.random\(/.test(
        readFileSync(file, 'utf8'),
      )
    })
    expect(impure.map((file) => relative(SOURCE, file))).toEqual([])
  })

  test('keeps every file below 300 lines', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 300)
    expect(long.map((file) => relative(SOURCE, file))).toEqual([])
  })
})
