/** Measuring: what `--performance-metrics`, `--log-format json` and `--profile` add, and that they change no answer. */
import { execFile } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { cliEnvironment } from '../support/cli.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: { a: '^1.0.0', b: '^2.0.0' },
    packages: [
      { name: 'a', version: '1.0.0', license: 'MIT' },
      { name: 'b', version: '2.0.0', license: 'AGPL-3.0-only' },
    ],
  })
})
afterEach(() => scenario.close())

/** A report without what differs between two runs of the same thing. */
function answerOf({ run, metrics: _metrics, packages, ...rest }: RunReport): unknown {
  const { id: _id, startedAt: _startedAt, durationMs: _durationMs, ...facts } = run
  const timeless = packages.map((entry) => ({
    ...entry,
    claims: entry.claims.map(({ at: _at, ...claim }) => claim),
  }))
  return { ...rest, run: facts, packages: timeless }
}

const whole = ['--no-cache']

describe('--performance-metrics', () => {
  test('adds figures of everything a run does, and nothing else', async () => {
    const off = await scenario.json(whole)
    const on = await scenario.json([...whole, '--performance-metrics'])
    expect(off.report.metrics).toBeUndefined()
    expect(on.code).toBe(off.code)
    expect(on.stderr).toBe(off.stderr)
    expect(answerOf(on.report)).toEqual(answerOf(off.report))

    const { metrics } = on.report
    if (metrics === undefined) throw new Error('no metrics')
    expect(Object.keys(metrics)).toEqual([
      'operations',
      'memory',
      'cpu',
      'cache',
      'pool',
      'limiters',
      'breakers',
      'hitRates',
    ])
    expect(Object.keys(metrics.operations)).toEqual([
      'policy.judge',
      'registry.connection-wait',
      'registry.queue',
      'registry.request',
      'step.confirm',
      'step.judge',
      'step.load-policy',
      'step.npm-ls',
      'step.open-cache',
      'step.open-registry',
      'step.read-tree',
      'step.recall-previous',
      'step.recall-snapshot',
      'step.report',
      'step.start',
      'step.start-worker',
      'step.whole-run',
      'step.write-cache',
    ])
    for (const entry of Object.values(metrics.operations)) {
      expect(entry.count).toBeGreaterThan(0)
      expect(entry.minMs).toBeLessThanOrEqual(entry.medianMs)
      expect(entry.medianMs).toBeLessThanOrEqual(entry.p95Ms)
      expect(entry.p95Ms).toBeLessThanOrEqual(entry.p99Ms)
      expect(entry.p99Ms).toBeLessThanOrEqual(entry.maxMs)
    }
    expect(metrics.operations['registry.request']).toMatchObject({ count: 2, errors: 0 })
    expect(metrics.operations['policy.judge']?.count).toBe(2)
    expect(metrics.cache).toMatchObject({ memory: { hits: 0, misses: 2, hitRate: 0, entries: 2 } })
    const took = (step: string): number => metrics.operations[`step.${step}`]?.totalMs ?? Infinity
    expect(took('start-worker') + took('judge')).toBeLessThan(took('whole-run'))
    expect(metrics.hitRates).toEqual({ cache: 0, texts: null })
    expect(metrics.pool.requests).toBe(2)
    expect(metrics.pool.sockets).toBeGreaterThan(0)
    expect(metrics.limiters.map(({ changes }) => changes.map(({ to }) => to))).toEqual([[16]])
    expect(metrics.breakers.map(({ last }) => last)).toEqual(['closed'])
    expect(metrics.cpu.userMs).toBeGreaterThan(0)
    expect(metrics.memory.peak).toBeGreaterThanOrEqual(metrics.memory.start)
  })

  test('counts what fails: retries, their requests, and nothing that succeeded among the errors', async () => {
    scenario.registry.behave({ type: 'status', status: 500 }, { package: 'a@1.0.0' })
    const { report } = await scenario.json([...whole, '--performance-metrics'])
    expect(report.run.network).toMatchObject({ requests: 4, retries: 2 })
    expect(report.metrics?.operations['registry.request']).toMatchObject({ count: 4, errors: 3 })
    expect(report.metrics?.operations['registry.backoff']?.count).toBe(2)
    expect(report.metrics?.pool.retries).toBe(2)
  })

  test('DEPGATE_METRICS=1 does the same, any other value nothing', async () => {
    const on = await scenario.json(whole, { env: { DEPGATE_METRICS: '1' } })
    expect(on.report.metrics?.operations['policy.judge']?.count).toBe(2)
    const off = await scenario.json(whole, { env: { DEPGATE_METRICS: '0' } })
    expect(off.report.metrics).toBeUndefined()
  })

  test('measures a run that a snapshot answers, and leaves no metrics in the snapshot', async () => {
    await scenario.json(['--performance-metrics'])
    const { report } = await scenario.json(['--performance-metrics'])
    expect(report.run.snapshot).toBeDefined()
    expect(Object.keys(report.metrics?.operations ?? {})).toEqual(['step.recall-snapshot', 'step.start'])
    const plain = await scenario.json()
    expect(plain.report.run.snapshot).toBeDefined()
    expect(plain.report.metrics).toBeUndefined()
  })

  test.each([['check'], ['list']])('%s shows a table of 80 columns after the report', async (command) => {
    const off = await scenario.depgate([command, ...whole])
    const on = await scenario.depgate([command, ...whole, '--performance-metrics'])
    const report = off.stdout.split('\n').slice(0, -2)
    expect(on.stdout.split('\n').slice(0, report.length)).toEqual(report)
    const table = on.stdout.slice(on.stdout.indexOf('\noperation '))
    expect(table).toMatch(/^step\.npm-ls +1 +\d/m)
    expect(table).toMatch(/^registry\.request +2 +0 /m)
    expect(table).toMatch(/^memory +[\d.]+ MiB at the start/m)
    expect(table.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test('--quiet stays quiet', async () => {
    const { stdout } = await scenario.depgate(['check', ...whole, '--quiet', '--performance-metrics'])
    expect(stdout).not.toContain('operation')
  })
})

/** Lines of a log; each must be JSON. */
function linesOf(stderr: string): Record<string, unknown>[] {
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('--log-format json', () => {
  test('writes start, steps and end, each with the run id of the report, and changes no answer', async () => {
    const off = await scenario.json(whole)
    const on = await scenario.json([...whole, '--log-format', 'json'])
    expect(answerOf(on.report)).toEqual(answerOf(off.report))
    const lines = linesOf(on.stderr)
    expect(new Set(lines.map(({ run }) => run))).toEqual(new Set([on.report.run.id]))
    expect(lines[0]).toMatchObject({ level: 'info', event: 'run.start', command: 'check' })
    expect(lines.at(-1)).toMatchObject({
      level: 'error',
      event: 'run.end',
      verdict: 'violation',
      packages: 2,
      requests: 2,
    })
    expect(lines.filter(({ event }) => event === 'step').map(({ step }) => step)).toEqual(
      expect.arrayContaining(['recall-snapshot', 'read-tree', 'npm-ls', 'judge', 'report', 'whole-run']),
    )
    expect(lines.filter(({ event }) => event === 'registry.limit')).toMatchObject([{ value: 16 }])
    for (const { time } of lines) expect(new Date(String(time)).toISOString()).toBe(time)
    const times = lines.map(({ time }) => Date.parse(String(time)))
    const [start = 0, end = 0] = [times[0], times.at(-1)]
    // The two clocks differ by less than a millisecond.
    expect(times.filter((time) => time < start - 5 || time > end + 5)).toEqual([])
  })

  test('tells warnings as lines', async () => {
    const { stderr } = await scenario.json(['--log-format', 'json', '--cache-dir', '/dev/null/x'])
    expect(linesOf(stderr).filter(({ event }) => event === 'warning')).toMatchObject([
      { level: 'warn', code: expect.stringMatching(/^cache-/) as string },
    ])
  })

  test.each([
    ['a policy that is none', ['--config', 'missing.json'], 2],
    ['a report that cannot be written', ['--output', 'node_modules'], 1],
  ])('%s is a line too', async (_, args, exitCode) => {
    const { code, stderr } = await scenario.depgate(['check', ...whole, ...args, '--log-format', 'json'])
    expect(code).toBe(exitCode)
    const lines = linesOf(stderr)
    expect(lines.filter(({ event }) => event === 'error')).toHaveLength(1)
    expect(new Set(lines.map(({ run }) => run)).size).toBe(1)
  })
})

test('a bug of our own and an interrupt end the log with the same run id', async () => {
  const file = join(scenario.project.folder, 'throw.mjs')
  writeFileSync(
    file,
    "import { isMainThread } from 'node:worker_threads'\n" +
      "if (!isMainThread) Array.prototype.toSorted = () => { throw new TypeError('planted') }\n",
  )
  const args = ['check', ...whole, '--log-format', 'json']
  const bug = await scenario.depgate(args, { env: { NODE_OPTIONS: `--import ${pathToFileURL(file).href}` } })
  expect(bug.code).toBe(70)
  const told = linesOf(bug.stderr)
  expect(told.at(-1)).toMatchObject({ level: 'error', event: 'error' })
  expect(told.at(-1)?.['message']).toContain('This is a bug of depgate, not a verdict')
  expect(new Set(told.map(({ run }) => run)).size).toBe(1)

  scenario.registry.behave({ type: 'hang' })
  const before = scenario.registry.requests.length
  const interrupted = await scenario.depgate(args, {
    onStart: (pid) => {
      const poll = setInterval(() => {
        if (scenario.registry.requests.length === before) return
        clearInterval(poll)
        process.kill(pid, 'SIGINT')
      }, 20)
    },
  })
  expect(interrupted.code).toBe(130)
  expect(linesOf(interrupted.stderr).at(-1)).toMatchObject({ event: 'run.end', exitCode: 130 })
})

describe('--profile', () => {
  test.each([
    ['the worker', ['--refresh']],
    ['the main thread where a snapshot answers', []],
    ['the main thread where there is nothing to run', ['--project', 'nowhere']],
  ])('writes a CPU profile of %s', async (_, args) => {
    await scenario.depgate()
    const file = join(scenario.project.folder, 'run.cpuprofile')
    await scenario.depgate(['check', ...args, '--profile', file])
    const profile = JSON.parse(readFileSync(file, 'utf8')) as {
      nodes: { callFrame: { functionName: string } }[]
      startTime: number
      endTime: number
      samples: number[]
    }
    expect(profile.nodes.length).toBeGreaterThan(1)
    expect(profile.samples.length).toBeGreaterThan(0)
    expect(profile.endTime).toBeGreaterThan(profile.startTime)
    expect(profile.nodes.some(({ callFrame }) => callFrame.functionName === 'runPipeline')).toBe(
      args.includes('--refresh'),
    )
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  test('one that cannot be written is a warning and changes no verdict', async () => {
    const { code, report } = await scenario.json([...whole, '--profile', '/dev/null/x'])
    expect(code).toBe(1)
    expect(report.warnings).toMatchObject([{ code: 'profile-not-written' }])
  })
})

test('metrics.subscribe hears what the worker does, once, and nobody listens after the run', async () => {
  const script = `
    import { channel } from 'node:diagnostics_channel'
    import { metrics, run } from '${pathToFileURL(resolve(import.meta.dirname, '../../dist/bundle/index.js')).href}'
    const heard = {}
    const end = metrics.subscribe(({ type, name, relayed }) => {
      const key = [type, name, relayed === true ? 'worker' : 'main'].join(' ')
      heard[key] = (heard[key] ?? 0) + 1
    })
    const { report } = await run({ cacheDirectory: false, metrics: true, deadline: '2m' })
    end()
    const left = ['step', 'span', 'count', 'level'].filter((type) => channel('depgate:' + type).hasSubscribers)
    console.log(JSON.stringify({ heard, left, judged: report.metrics.operations['policy.judge'].count }))
  `
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: scenario.project.folder,
    env: cliEnvironment({ home: scenario.project.home, registry: scenario.registry.url }),
  })
  const { heard, left, judged } = JSON.parse(stdout) as {
    heard: Record<string, number>
    left: string[]
    judged: number
  }
  expect(heard).toMatchObject({
    'step whole-run main': 1,
    'step judge worker': 1,
    'span registry.request worker': 2,
    'span policy.judge worker': 2,
    'count registry.queued worker': 4,
    'level cache.misses worker': 2,
    'level registry.limit worker': 1,
  })
  expect(left).toEqual([])
  expect(judged).toBe(2)
})
