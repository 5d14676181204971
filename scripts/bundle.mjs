/**
 * Bundles what people start and import into dist/bundle, from what the compiler wrote into dist.
 *
 * A warm run needs some fifty modules, and Node spends longer on finding and linking them than on running them. The
 * packages that depgate depends on stay outside: they are installed beside it, and looked at by their own names.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

const dist = resolve(import.meta.dirname, '../dist')

/** What starts each file; what runs in a thread or process of its own lies beside all chunks, because that is where they are looked for. */
const ENTRIES = {
  depgate: 'cli/main.js',
  index: 'index.js',
  vitest: 'vitest/index.js',
  setup: 'vitest/setup.js',
  worker: 'run/worker.js',
  'fetch-worker': 'run/fetch-worker.js',
  'text-thread': 'run/text-thread.js',
  'parse-child': 'imports/parse-child.js',
}

/**
 * What one start needs anyway lies in one file: each file costs a third of a millisecond to find, read and link. The
 * first is for every start, the second for a start from the command line, which alone needs the package that reads
 * flags, and the third for whatever is shown to people.
 */
const TOGETHER = [
  {
    name: 'start',
    modules: {
      '': 'clock home recall-snapshot run tool-version trace',
      'cache/': 'folder honest-device key seal sealed-files secret',
      'config/': 'duration',
      'disk/': 'change-times folder-entries git-index look look-again safe-read tracked-names',
      'model/': 'audit exit-code outcome package-summary',
      'reporters/': 'reporter',
      'run/': 'compare-reports fail-on',
      'snapshot/': 'environment press recall snapshot snapshot-bytes snapshot-key times',
    },
  },
  {
    name: 'command-line',
    modules: {
      'adopt/': 'templates',
      'cli/': 'deliver-report optimise-late options report-formats run-for-terminal terminal',
    },
  },
  {
    name: 'shown',
    modules: {
      'model/': 'finding likeness rule-traits',
      'reporters/':
        'audit-text audit-words change-rows change-text claim-text coverage display finding-text known-text terminal text-layout',
    },
  },
]

/** One file for some modules and for nothing else. */
function groupOf({ name, files }) {
  for (const file of files)
    if (!existsSync(file)) throw new Error(`${file} is to be bundled and is not there`)
  return { name, test: (id) => files.has(id) }
}

function listed({ name, modules }) {
  const files = Object.entries(modules).flatMap(([place, names]) =>
    names.split(' ').map((module) => join(dist, `${place}${module}.js`)),
  )
  return { name, files: new Set(files) }
}

/** An import or export from another module of ours, as the compiler writes it. */
const LOADS = /^(?:import|export)\s+(?:[\w$*{},\s]+\sfrom\s+)?['"]([#.][^'"]+)['"]/gm

/** The modules that these files load before they run, themselves included; what they load later is not among them. */
function loadedBy(...names) {
  const files = new Set(names.map((name) => join(dist, `${name}.js`)))
  for (const file of files) {
    for (const [, from] of readFileSync(file, 'utf8').matchAll(LOADS)) {
      files.add(from.startsWith('#') ? join(dist, `${from.slice(1)}.js`) : resolve(file, '..', from))
    }
  }
  return files
}

/** What every run that judges anything loads, as far as it is ours. */
function loadedByJudging() {
  return loadedBy(
    'pipeline',
    'run/judge-change',
    'run/known-change',
    'run/tarball-reader',
    'run/whole-run',
    'run/worker',
    'runtime',
  )
}

/** What every run that judges anything loads, in whichever thread, and nobody who only shows what is known. */
function judging() {
  const shown = loadedBy(
    'cli/main',
    'cli/commands/check',
    'cli/commands/diff',
    'index',
    'vitest/index',
    'vitest/setup',
  )
  const files = loadedByJudging()
  // What starts a thread must not run in another one.
  const starts = new Set(Object.values(ENTRIES).map((file) => join(dist, file)))
  return {
    name: 'judging',
    files: new Set([...files].filter((file) => !shown.has(file) && !starts.has(file))),
  }
}

/**
 * What test files load and whoever judges loads too. Left in the file of those who judge, it would bring all of that file, and
 * the packages that it needs, into each worker of Vitest.
 */
function tested() {
  const judges = loadedByJudging()
  const others = new Set(TOGETHER.flatMap((group) => [...listed(group).files]))
  const files = [...loadedBy('vitest/index')].filter((file) => judges.has(file) && !others.has(file))
  return { name: 'tested', files: new Set(files) }
}

const folder = join(dist, 'bundle')
rmSync(folder, { recursive: true, force: true })
const bundle = await rolldown({
  input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(dist, file)])),
  platform: 'node',
  external: (id) => /^[@a-z]/.test(id),
  // What one start loads late another one loads at once: both are meant.
  checks: { ineffectiveDynamicImport: false },
})
await bundle.write({
  dir: folder,
  format: 'esm',
  chunkFileNames: 'chunk-[name].js',
  codeSplitting: { groups: [...TOGETHER.map(listed), tested(), judging()].map(groupOf) },
})
await bundle.close()
