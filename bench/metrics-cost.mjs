/**
 * What measuring costs: pairs of whole processes with and without `--performance-metrics`, in turn, by processor time.
 *
 * Usage: node bench/metrics-cost.mjs <installed project> [--pairs 60] [--latency 5] [--way warm|whole|cold] [--limit 1.01]
 *
 * `warm` is a run that a snapshot answers, `whole` one that finds everything in the cache but no snapshot, `cold` one
 * that finds nothing. Prints the ratio on / off with its 95 % interval (Hodges-Lehmann: half of all means of two
 * log-ratios lie above it, so that a burst of other work on the machine does not move it) and ends with 1 if the upper
 * bound is not below the limit. `npm ls` is a process of its own, and no part of what is compared.
 */
import { fork, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', default: '60' },
    latency: { type: 'string', default: '5' },
    way: { type: 'string', default: 'whole' },
    limit: { type: 'string', default: '1.01' },
  },
})
const [corpus] = positionals
if (corpus === undefined) {
  console.error('name a project with node_modules and package-lock.json')
  process.exit(2)
}
const cli = resolve(import.meta.dirname, '../dist/bundle/depgate.js')
const hook = join(import.meta.dirname, 'metrics-hook.mjs')
const work = mkdtempSync(join(tmpdir(), 'depgate-metrics-cost-'))
const project = join(work, 'project')
cpSync(resolve(corpus), project, { recursive: true, filter: (path) => !path.endsWith('/.cache') })
writeFileSync(join(project, 'depgate.config.json'), '{ "licenses": { "allow": ["MIT", "ISC"] } }\n')
const registry = fork(join(import.meta.dirname, 'registry-of-tree.mjs'), [served(), options.latency])
const { url } = await new Promise((ready) => registry.once('message', ready))
const cpuFile = join(work, 'cpu')

/** What makes a run go each way, and what has to be undone before it. */
const WAYS = { warm: [], whole: ['--verify-snapshot'], cold: ['--no-cache'] }
const flags = WAYS[options.way]
if (flags === undefined) throw new Error(`--way ${options.way}: one of ${Object.keys(WAYS).join(', ')}`)

try {
  run([])
  for (const more of [[], ['--performance-metrics']]) run([...flags, ...more])
  const ratios = []
  const off = []
  for (let pair = 0; pair < Number(options.pairs); pair += 1) {
    const first = pair % 2 === 0
    const one = run(first ? flags : [...flags, '--performance-metrics'])
    const other = run(first ? [...flags, '--performance-metrics'] : flags)
    const [without, withMetrics] = first ? [one, other] : [other, one]
    off.push(without)
    ratios.push(Math.log(withMetrics / without))
  }
  const { middle, low, high } = interval(ratios)
  console.log(
    `${options.way}, ${ratios.length} pairs, median ${(median(off) / 1000).toFixed(1)} ms of processor time without: ` +
      `on / off ${middle.toFixed(4)}, 95 % interval ${low.toFixed(4)} to ${high.toFixed(4)}`,
  )
  process.exitCode = high < Number(options.limit) ? 0 : 1
} finally {
  registry.kill()
  rmSync(work, { recursive: true, force: true })
}

/** The tree that the registry answers for: what this platform leaves out is there too, or no run would be complete. */
function served() {
  const folder = join(work, 'served')
  cpSync(project, folder, { recursive: true })
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  for (const [location, { version, license = 'MIT' }] of Object.entries(packages)) {
    const manifest = join(folder, location, 'package.json')
    if (existsSync(manifest)) continue
    const name = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length)
    mkdirSync(dirname(manifest), { recursive: true })
    writeFileSync(manifest, JSON.stringify({ name, version, license }))
  }
  return folder
}

/** Microseconds of processor time of one run. */
function run(more) {
  const args = ['--import', hook, cli, 'check', '--format', 'json', '--deadline', '60s', ...more]
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: work, npm_config_registry: url, DEPGATE_BENCH_CPU: cpuFile },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  if (status !== 0 && status !== 1) throw new Error(`depgate ended with ${status}: ${stderr}`)
  return Number(readFileSync(cpuFile, 'utf8'))
}

/** Centre and 95 % interval of the ratio, from Walsh averages and the normal approximation of the signed ranks. */
function interval(logs) {
  const n = logs.length
  const means = []
  for (let i = 0; i < n; i += 1) for (let j = i; j < n; j += 1) means.push((logs[i] + logs[j]) / 2)
  means.sort((a, b) => a - b)
  const spread = 1.96 * Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
  const below = Math.max(0, Math.floor(means.length / 2 - spread))
  return {
    middle: Math.exp(median(means)),
    low: Math.exp(means[below]),
    high: Math.exp(means[means.length - 1 - below]),
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.floor(sorted.length / 2)]) / 2
}
