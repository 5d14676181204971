/**
 * The short form of the bench for CI: warm and cold runs of a generated tree beside their references, and the
 * comparison with the stored baseline.
 *
 * npm run bench:guard [-- --baseline docs/bench/baseline.json] [--save] [--out <file>] [--threshold 1.12] [--slack 2]
 *                     [--floor-ms 8] [--warm-only] [--cli <file of a test build>]
 *
 * The threshold is for the processor time of a warm run, the slack for all that depends on what else the machine does.
 * Ends with 1 for a regression. What looks like one, or nearly so, is measured on, twice at most, with all rounds taken
 * together.
 * ADR 0022 tells why it is measured so.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openProject } from './measured-project.mjs'
import { timesOf } from './process.mjs'
import { compareRows, comparisonText } from './regression.mjs'
import { quantile } from './statistics.mjs'
import { generatedTree } from './trees.mjs'

const COUNT = 600
const WARM_ROUNDS = 20
const COLD_ROUNDS = 4
const LATENCY = 20
const ATTEMPTS = 3
const TIMES = { processor: 'processor time', clock: 'clock' }
const STRICT = 'warm, processor time'

const { values: options } = parseArgs({
  options: {
    baseline: { type: 'string', default: resolve(import.meta.dirname, '../docs/bench/baseline.json') },
    save: { type: 'boolean', default: false },
    out: { type: 'string' },
    threshold: { type: 'string', default: '1.12' },
    slack: { type: 'string', default: '2' },
    'floor-ms': { type: 'string', default: '8' },
    cli: { type: 'string' },
    'warm-only': { type: 'boolean', default: false },
  },
})
const settings = {
  threshold: Number(options.threshold),
  slack: Number(options.slack),
  floorMs: Number(options['floor-ms']),
}
const work = mkdtempSync(join(tmpdir(), 'depgate-guard-'))
const project = await openProject(generatedTree(work, COUNT), {
  latency: LATENCY,
  ...(options.cli !== undefined && { cli: resolve(options.cli) }),
})
try {
  project.prime()
  const rounds = { warm: [], cold: [] }
  // What is stored is compared with for months: it is measured as long as the longest guard.
  for (let attempt = 0; attempt < (options.save ? ATTEMPTS : 1); attempt += 1) measure(rounds)
  if (options.save) keep(options.baseline, rounds)
  else process.exitCode = guard(rounds)
} finally {
  project.close()
  rmSync(work, { recursive: true, force: true })
}

function guard(rounds) {
  const { rows: baseline } = JSON.parse(readFileSync(options.baseline, 'utf8'))
  for (let attempt = 1; ; attempt += 1) {
    const rows = rowsOf(rounds)
    const found = Object.keys(rows).map((name) => judged(name, baseline, rows))
    if (options.out !== undefined) keep(options.out, rounds)
    const unclear = found.filter((row) => row.unclear).map(({ name }) => name)
    if (unclear.length === 0 || attempt === ATTEMPTS) return found.some(({ regressed }) => regressed) ? 1 : 0
    console.log('\nMeasured on, to be sure:\n')
    measure(rounds, (kind) => unclear.some((name) => name.startsWith(kind)))
  }
}

/** What comes halfway to a regression may be one: a disturbance of the reference hides it. */
function judged(name, baseline, rows) {
  const { threshold, slack, floorMs } = settings
  const limits = { floorMs, threshold: name === STRICT ? threshold : slack }
  const comparison = compareRows(only(baseline, name), only(rows, name), limits)
  if (comparison.rows.length === 0)
    throw new Error(`${options.baseline} does not know "${name}": store it anew with --save`)
  console.log(`${comparisonText(comparison, limits)}\n`)
  const halfway = { threshold: Math.sqrt(limits.threshold), floorMs: limits.floorMs / 2 }
  const { regressed: unclear } = compareRows(only(baseline, name), only(rows, name), halfway)
  return { name, regressed: comparison.regressed, unclear }
}

/** Adds rounds, ours and the reference in turn. */
function measure({ warm, cold }, isWanted = (kind) => kind === 'warm' || !options['warm-only']) {
  project.report()
  for (let round = 0; isWanted('warm') && round < WARM_ROUNDS; round += 1) {
    warm.push([timesOf(project.depgate()), timesOf(project.bareReader())])
  }
  for (let round = 0; isWanted('cold') && round < COLD_ROUNDS; round += 1) {
    project.forget()
    cold.push([timesOf(project.coldRun()), timesOf(project.bareDownload())])
  }
}

/** The lower quartile on both sides: what disturbs a run only ever makes it longer. */
function rowsOf(rounds) {
  const rows = Object.entries(rounds).flatMap(([name, pairs]) => {
    if (pairs.length === 0) return []
    const of = (side, time) =>
      quantile(
        pairs.map((pair) => pair[side][time]),
        0.25,
      )
    return Object.entries(TIMES).map(([time, words]) => [
      `${name}, ${words}`,
      { seconds: of(0, time), reference: of(1, time) },
    ])
  })
  return Object.fromEntries(rows)
}

function keep(file, rounds) {
  const content = { schemaVersion: 1, node: process.versions.node, packages: COUNT, rows: rowsOf(rounds) }
  writeFileSync(file, `${JSON.stringify(content, places, 2)}\n`)
}

/** Figures beyond the hundredth of a millisecond say nothing. */
function places(_key, value) {
  return typeof value === 'number' ? Number(value.toFixed(5)) : value
}

function only(rows, name) {
  return Object.hasOwn(rows, name) ? { [name]: rows[name] } : {}
}
