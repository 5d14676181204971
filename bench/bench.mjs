/**
 * Measures whole processes, warm file cache, depgate and npm in turn, and prints medians and ratios.
 * Usage: npm run bench [-- --corpus <folder with package.json and lockfile> --runs 7 --latency 20]
 */
import { execFileSync, fork, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: '../shared/corpus/p585-actions-checkout' },
    runs: { type: 'string', default: '7' },
    latency: { type: 'string', default: '20' },
  },
})
const runs = Number(options.runs)
const cli = resolve(import.meta.dirname, '../dist/cli/main.js')
const corpus = resolve(options.corpus)
if (!existsSync(join(corpus, 'package-lock.json'))) {
  console.error(`${options.corpus} has no package-lock.json; name a project with --corpus`)
  process.exit(2)
}

const work = mkdtempSync(join(tmpdir(), 'depgate-bench-'))
const project = join(work, 'project')
cpSync(corpus, project, { recursive: true })
execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: project, stdio: 'ignore' })
writeFileSync(
  join(project, 'depgate.config.json'),
  '{ "licenses": { "allow": ["MIT", "ISC", "Apache-2.0"] } }\n',
)

const registry = fork(join(import.meta.dirname, 'registry-of-tree.mjs'), [project, options.latency])
const { url } = await new Promise((ready) => registry.once('message', ready))
const env = { ...process.env, HOME: work, npm_config_registry: url }

try {
  const cold = () => {
    rmSync(join(project, '.cache'), { recursive: true, force: true })
    return depgate(['--deadline', '60s'])
  }
  const warm = () => depgate([])
  const rows = [measure('cold', cold), measure('warm', warm)]
  console.log(
    `node ${process.version}, ${runs} runs, registry on the loopback with ${options.latency} ms latency`,
  )
  console.table(Object.fromEntries(rows))
  console.log('\nLicence texts: warm runs with and without them in turn, and the recognition by itself')
  console.table({ texts: { ...measureTexts(), ...recognition() } })
} finally {
  registry.kill()
  rmSync(work, { recursive: true, force: true })
}

/** Runs depgate and `npm ls` in turn, so that a drift of the machine meets both. */
function measure(name, run) {
  const ours = []
  const theirs = []
  run()
  npmLs()
  let last
  for (let at = 0; at < runs; at += 1) {
    const [seconds, report] = timed(run)
    last = report
    ours.push(seconds)
    theirs.push(timed(npmLs)[0])
  }
  const ratios = ours.map((seconds, at) => seconds / theirs[at])
  return [
    name,
    {
      'depgate s': round(median(ours)),
      'npm ls s': round(median(theirs)),
      'depgate / npm ls': round(median(ratios)),
      packages: last.coverage.judged,
      requests: last.run.network.requests,
    },
  ]
}

/** Warm runs with and without licence files, in turn. Both are preloaded with the same hook. */
function measureTexts() {
  const hook = ['--import', join(import.meta.dirname, 'texts-hook.mjs')].join(' ')
  const run = (texts) => () => depgate([], { NODE_OPTIONS: hook, DEPGATE_BENCH_TEXTS: texts })
  const pairs = Array.from({ length: runs }, () => [timed(run('on')), timed(run('off'))])
  return {
    'with s': round(median(pairs.map(([on]) => on[0]))),
    'without s': round(median(pairs.map(([, off]) => off[0]))),
    'with / without': round(median(pairs.map(([on, off]) => on[0] / off[0]))),
    files: pairs.at(-1)[0][1].run.texts.files,
  }
}

/** A process of its own each time: loading counts. */
function recognition() {
  const results = Array.from({ length: runs }, () =>
    JSON.parse(
      execFileSync(process.execPath, [join(import.meta.dirname, 'texts.mjs'), project], { encoding: 'utf8' }),
    ),
  )
  return {
    'distinct files': results[0].files,
    'ms to load': round(median(results.map(({ load }) => load))),
    'ms a file': round(median(results.map(({ each }) => each))),
  }
}

function depgate(flags, more = {}) {
  const args = [cli, 'check', '--format', 'json', ...flags]
  const result = spawnSync(process.execPath, args, {
    cwd: project,
    env: { ...env, ...more },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (result.status !== 0 && result.status !== 1)
    throw new Error(`depgate ended with ${result.status}: ${result.stderr}`)
  return JSON.parse(result.stdout)
}

function npmLs() {
  spawnSync('npm', ['ls', '--all', '--json'], { cwd: project, env, stdio: 'ignore' })
}

function timed(run) {
  const started = performance.now()
  const result = run()
  return [(performance.now() - started) / 1000, result]
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

function round(value) {
  return Number(value.toFixed(3))
}
