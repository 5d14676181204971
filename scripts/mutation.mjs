/**
 * Mutation tests: node scripts/mutation.mjs [--folder <folder>] [--lines <n>] [--all-tests] [glob …]
 *
 * Stryker changes the sources one place at a time and runs the unit tests of license/ and policy/ that reach it. It works
 * on a copy of what is committed, in a folder of its own (a temporary one unless it is named, which may be from an earlier
 * run), and is installed there: nothing of the project changes. Globs name what is changed, by default both folders
 * without src/license/text: name it, and only its own tests run. With --lines only what lies within that many lines of
 * each file is changed, always the same ones. The tests with random cases, those over all texts of the SPDX list and
 * those with floods are slow and left out unless --all-tests is given, so the score is rather too low than too high.
 *
 * Prints the score of each file, then every survivor.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const STRYKER = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/vitest-runner@9.6.1']
/** A table of spellings is data: a changed spelling is another entry, not another behaviour. */
const DEFAULT = ['src/license/*.ts', '!src/license/spellings.ts', 'src/policy/**/*.ts']
const SLOW = [
  'tests/unit/policy/properties.test.ts',
  'tests/unit/policy/never-a-false-pass.test.ts',
  'tests/unit/license/text/round-trip.test.ts',
  'tests/unit/license/text/restricted-texts.test.ts',
  'tests/unit/license/text/bad-input.test.ts',
]
const TESTS = ['tests/unit/license/*.test.ts', 'tests/unit/policy/**/*.test.ts']
const TEXT_TESTS = ['tests/unit/license/text/*.test.ts', 'tests/unit/license/compare-text.test.ts']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    lines: { type: 'string' },
    'all-tests': { type: 'boolean', default: false },
  },
})
const project = resolve(import.meta.dirname, '..')
const copy = values.folder ? resolve(values.folder) : mkdtempSync(join(tmpdir(), 'depgate-mutation-'))
const globs = positionals.length > 0 ? positionals : DEFAULT
const areTexts = globs.some((glob) => glob.startsWith('src/license/text'))

prepare()
print(run(values.lines === undefined ? globs : sampled(globs, Number(values.lines))))

function prepare() {
  mkdirSync(copy, { recursive: true })
  const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: project, maxBuffer: 1024 ** 3 })
  execFileSync('tar', ['-x', '-C', copy], { input: archive })
  if (!existsSync(join(copy, 'node_modules/@stryker-mutator'))) {
    // A real copy: npm writes into the files that it finds there.
    cpSync(join(project, 'node_modules'), join(copy, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
    })
    execFileSync(
      'npm',
      [
        'install',
        '--no-save',
        '--ignore-scripts',
        '--legacy-peer-deps',
        '--no-audit',
        '--no-fund',
        ...STRYKER,
      ],
      { cwd: copy, stdio: 'ignore' },
    )
  }
  const config = {
    resolve: { conditions: ['depgate-source'] },
    ssr: { resolve: { conditions: ['depgate-source'] } },
    test: {
      name: 'unit',
      testTimeout: 60_000,
      include: areTexts ? TEXT_TESTS : TESTS,
      exclude: values['all-tests'] ? [] : SLOW,
    },
  }
  writeFileSync(join(copy, 'vitest.mutation.config.mjs'), `export default ${JSON.stringify(config)}\n`)
}

/** Mutates what the globs or places (`file:line-line`) name; gives Stryker's report. */
function run(mutate) {
  const settings = {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'vitest.mutation.config.mjs' },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // A busy machine is no endless loop.
    timeoutMS: 30_000,
    timeoutFactor: 3,
    // The folder is a copy already, and TypeScript 7 has nothing for Stryker to read a tsconfig with.
    inPlace: true,
    tsconfigFile: 'none.json',
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: 'mutation.json' },
    mutate,
  }
  writeFileSync(join(copy, 'stryker.config.json'), JSON.stringify(settings))
  const { status } = spawnSync('npx', ['stryker', 'run', 'stryker.config.json'], {
    cwd: copy,
    stdio: ['ignore', process.stderr, 'inherit'],
  })
  if (status !== 0) throw new Error(`stryker ended with ${status}`)
  return JSON.parse(readFileSync(join(copy, 'mutation.json'), 'utf8')).files
}

/** As many lines of each file, always the same ones: those whose hash comes first. */
function sampled(patterns, count) {
  const left = new Set(
    patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
  )
  const files = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap((pattern) =>
      execFileSync('git', ['ls-files', `:(glob)${pattern}`], { cwd: project, encoding: 'utf8' }).split('\n'),
    )
  return files
    .filter((file) => file !== '' && !left.has(file))
    .flatMap((file) =>
      readFileSync(join(copy, file), 'utf8')
        .split('\n')
        .map((_line, index) => `${file}:${index + 1}-${index + 1}`)
        .map((place) => ({ place, rank: createHash('sha256').update(place).digest('hex') }))
        .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
        .slice(0, count)
        .map(({ place }) => place),
    )
}

function print(files) {
  const lines = []
  const rows = Object.entries(files).map(([file, { source, mutants }]) => {
    const counts = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0, ...countBy(mutants) }
    const killed = counts.Killed + counts.Timeout
    const all = killed + counts.Survived + counts.NoCoverage
    for (const mutant of mutants) {
      const { location, mutatorName, replacement } = mutant
      const status = statusOf(mutant)
      if (status !== 'Survived' && status !== 'NoCoverage') continue
      const { line, column } = location.start
      const was = textAt(source, location)
      lines.push(
        `${file}:${line}:${column} ${mutatorName}: ${short(was)} -> ${short(replacement)}${status === 'Survived' ? '' : ' (no test)'}`,
      )
    }
    return { file, killed, all }
  })
  const total = rows.reduce((sum, row) => ({ killed: sum.killed + row.killed, all: sum.all + row.all }), {
    killed: 0,
    all: 0,
  })
  console.log('| file | mutants | killed | score |\n| --- | --- | --- | --- |')
  for (const { file, killed, all } of [...rows, { file: 'all', ...total }]) {
    if (all > 0) console.log(`| ${file} | ${all} | ${killed} | ${((100 * killed) / all).toFixed(1)} % |`)
  }
  console.log(`\n${lines.join('\n')}`)
}

/** A change that lets no module load leaves no test to run: Stryker takes that for survival. */
function statusOf({ status, static: isStatic, testsCompleted }) {
  return status === 'Survived' && isStatic && testsCompleted === 0 ? 'Killed' : status
}

function countBy(mutants) {
  const counts = {}
  for (const status of mutants.map(statusOf)) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1)
  lines[0] = lines[0].slice(start.column - 1)
  return lines.join('\n')
}

function short(text) {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > 100 ? `${line.slice(0, 100)}…` : line
}
