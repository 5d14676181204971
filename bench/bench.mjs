/**
 * Measures depgate beside npm, the floor of the machine and other tools, and says which goals are met.
 *
 * npm run bench [-- --quick | --full] [--only <id>[,<id>]] [--runs 7] [--out <folder>] [--trees <folder>] [--corpus <folder>]
 *
 * Installs the peers and the corpus on first use, into the folder of trees; everything that is timed talks to the
 * loopback only. Writes bench.md, bench.json and bench.svg. Ends with 1 if something could not be measured; a missed
 * goal is no failure.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { EXPERIMENTS } from './experiments.mjs'
import { installPeers } from './peers.mjs'
import { plot } from './plot.mjs'
import { goalsTable, reportText, timesTable } from './table.mjs'
import { corpusTree, generatedTree } from './trees.mjs'

const ROOT = resolve(import.meta.dirname, '..')
const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    runs: { type: 'string' },
    out: { type: 'string', default: join(ROOT, '.cache/bench/results') },
    trees: { type: 'string', default: join(ROOT, '.cache/bench') },
    corpus: { type: 'string', default: join(ROOT, '../shared/corpus') },
  },
})
const trees = resolve(options.trees)
const bench = {
  runs: Number(options.runs ?? (options.quick ? 3 : 7)),
  trees,
  corpus: (name) => corpusTree(trees, options.corpus, name),
  generated: (count, shape) => generatedTree(trees, count, shape),
  peers() {
    installPeers(join(trees, 'peers'))
    return join(trees, 'peers')
  },
}

const results = []
for (const { id, measure } of chosen()) {
  const started = performance.now()
  process.stderr.write(`${id} … `)
  results.push({ id, ...(await attempt(id, measure)) })
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0)} s\n`)
  // It takes half an hour: what was measured is not lost with what comes after it.
  store()
}
console.log(`${goalsTable(results)}\n`)
for (const { title, measured } of panels()) console.log(`${title}\n\n${timesTable(measured)}\n`)
process.exitCode = results.some(({ failed }) => failed !== undefined) ? 1 : 0

function store() {
  const report = { schemaVersion: 1, at: new Date().toISOString(), machine: machine(), results }
  mkdirSync(options.out, { recursive: true })
  writeFileSync(join(options.out, 'bench.json'), `${JSON.stringify(report, places, 1)}\n`)
  writeFileSync(join(options.out, 'bench.md'), reportText(report))
  writeFileSync(join(options.out, 'bench.svg'), plot(panels()))
}

function panels() {
  return results.filter(({ measured }) => measured !== undefined)
}

/** The experiments that the flags ask for. */
function chosen() {
  const ids = options.only?.split(',')
  const strange = ids?.filter((id) => !EXPERIMENTS.some((entry) => entry.id === id)) ?? []
  if (strange.length > 0) {
    console.error(`--only ${strange.join(',')}: there are ${EXPERIMENTS.map(({ id }) => id).join(', ')}`)
    process.exit(2)
  }
  if (ids !== undefined) return EXPERIMENTS.filter(({ id }) => ids.includes(id))
  const wanted = options.quick ? ['quick'] : options.full ? ['quick', 'normal', 'full'] : ['quick', 'normal']
  return EXPERIMENTS.filter((entry) => wanted.includes(entry.in))
}

/** One that fails must not take the others' figures with it. */
async function attempt(id, measure) {
  try {
    return await measure(bench)
  } catch (error) {
    return { title: id, goals: [], failed: error.message.split('\n').slice(0, 3).join(' ') }
  }
}

/** Figures beyond the tenth of a millisecond say nothing. */
function places(_key, value) {
  return typeof value === 'number' ? Number(value.toFixed(4)) : value
}

function machine() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return {
    depgate: version,
    node: process.versions.node,
    npm: execFileSync('npm', ['--version'], { encoding: 'utf8' }).trim(),
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    runs: bench.runs,
  }
}
