/** A small change of which everything is known is judged without a worker, and nobody judges twice what has not changed. */
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { filesBelow } from '../support/cache-faults.ts'
import { runCli } from '../support/cli.ts'
import { judgementOf } from '../support/judgement.ts'
import { spdxText } from '../support/license-texts.ts'
import { packed, publishPacked } from '../support/packed.ts'
import { lockfileOf } from '../support/project.ts'
import type { FakePackage } from '../support/project.ts'
import { startRepository } from '../support/repository.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const MIT = { LICENSE: spdxText('MIT') }
const ALL = packed([
  { name: 'a', version: '1.0.0', license: 'MIT', files: MIT },
  {
    name: 'a',
    version: '2.0.0',
    license: 'ISC',
    files: { LICENSE: spdxText('ISC') },
    dependencies: { b: '*' },
  },
  { name: 'b', version: '1.0.0', license: 'GPL-3.0-only', files: { LICENSE: spdxText('GPL-3.0-only') } },
  ...Array.from({ length: 120 }, (_value, at) => ({
    name: `many-${at}`,
    version: '1.0.0',
    license: 'MIT',
    files: MIT,
  })),
])
const [a1, a2, b, ...many] = ALL

let scenario: Scenario
let original: string
/** The same after a change was judged of which nothing was known, and what was said of it. */
let answered: string
let first: RunReport
const inProject = (path: string): string => join(scenario.project.folder, path)

beforeAll(async () => {
  scenario = await startScenario({
    packages: [],
    lockfile: false,
    policy: { licenses: { allow: ['MIT', 'ISC'] }, packages: { duplicates: 'warn' } },
  })
  publishPacked(scenario.registry, ALL)
  write([a1])
  startRepository(scenario.project.folder)
  // Whoever starts a worker leaves a word.
  writeFileSync(
    inProject('../told.cjs'),
    `const workers = require('node:worker_threads')
    const { Worker } = workers
    workers.Worker = class extends Worker {
      constructor(...args) {
        super(...args)
        require('node:fs').appendFileSync(${JSON.stringify(inProject('../workers.txt'))}, 'started\\n')
      }
    }
    require('node:module').syncBuiltinESMExports()`,
  )
  original = `${scenario.project.folder}-original`
  cpSync(scenario.project.folder, original, { recursive: true })
  write([a2, b])
  first = (await diff()).report
  answered = `${scenario.project.folder}-answered`
  cpSync(scenario.project.folder, answered, { recursive: true })
})
beforeEach(() => goOnFrom(original))
afterAll(() => scenario.close())

/** Goes on from a copy of the project, its cache and repository included. */
function goOnFrom(copy: string): void {
  rmSync(scenario.project.folder, { recursive: true, force: true })
  cpSync(copy, scenario.project.folder, { recursive: true })
}

function write(packages: (FakePackage | undefined)[]): void {
  const all = packages.flatMap((entry) => entry ?? [])
  const root = {
    name: 'app',
    version: '1.0.0',
    dependencies: Object.fromEntries(all.map(({ name }) => [name, '*'])),
  }
  writeFileSync(inProject('package.json'), JSON.stringify(root, null, 2))
  writeFileSync(inProject('package-lock.json'), JSON.stringify(lockfileOf(root, all), null, 2))
}

/** Runs it, judging anew what is known; `workers` is how many were started. */
function diff(...flags: string[]): Promise<Answer> {
  for (const file of snapshots()) rmSync(file)
  return ask('main', flags)
}

interface Answer {
  report: RunReport
  workers: number
  code: number | null
}

function snapshots(): string[] {
  const cache = inProject('.cache')
  return existsSync(cache) ? filesBelow(cache).filter((file) => file.includes('/snapshots/')) : []
}

/** Asks as anybody would. */
async function ask(
  base = 'main',
  flags: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Answer> {
  rmSync(inProject('../workers.txt'), { force: true })
  const { stdout, stderr, code } = await runCli(
    ['diff', base, '--format', 'json', '--deadline', '2m', ...flags],
    {
      cwd: scenario.project.folder,
      home: scenario.project.home,
      registry: scenario.registry.url,
      env: { NODE_OPTIONS: `--require=${inProject('../told.cjs')}`, ...env },
    },
  )
  if (stdout === '') throw new Error(`no report, exit ${code}: ${stderr}`)
  return { report: JSON.parse(stdout) as RunReport, workers: workersStarted(), code }
}

function workersStarted(): number {
  try {
    return readFileSync(inProject('../workers.txt'), 'utf8').split('\n').length - 1
  } catch {
    return 0
  }
}

/** What two runs of the same change may differ in. */
function withoutTimes({ run, metrics: _metrics, ...report }: RunReport): object {
  const { id: _id, startedAt: _startedAt, durationMs: _durationMs, ...rest } = run
  const told = JSON.stringify({ ...report, run: rest })
  // A claim of what was read in this run has its time.
  return JSON.parse(told.replaceAll(run.startedAt, 'now')) as object
}

test('the first run asks in a worker, the second one knows everything and needs none', async () => {
  write([a2, b])
  const cold = await diff()
  expect(cold).toMatchObject({ workers: 1, code: 1 })
  expect(cold.report.run.network.requests).toBeGreaterThan(0)
  const warm = await diff()
  expect(warm).toMatchObject({ workers: 0, code: 1 })
  expect(warm.report.run.network).toEqual({ requests: 0, retries: 0, failures: 0 })
  expect(warm.report.findings).toEqual(cold.report.findings)
  expect(warm.report.change).toEqual(cold.report.change)
})

test('says byte for byte what a worker says', async () => {
  goOnFrom(answered)
  const here = await diff()
  // Whoever measures the run measures the worker.
  const there = await diff('--performance-metrics')
  expect([here.workers, there.workers]).toEqual([0, 1])
  expect(withoutTimes(here.report)).toEqual(withoutTimes(there.report))
})

test('a change of which something is unknown goes to a worker after all', async () => {
  write([a2])
  await diff()
  write([a2, b])
  const { report, workers, code } = await diff()
  expect({ workers, code }).toEqual({ workers: 1, code: 1 })
  expect(report.findings.map(({ rule }) => rule).toSorted()).toEqual([
    'license-changed',
    'license-not-allowed',
  ])
})

test.each([
  ['younger than all answers has a worker started, which is ended where everything is known', -3600, 1],
  ['older than an answer has none started', 3600, 0],
])('a lockfile that is %s', async (_what, seconds, workers) => {
  goOnFrom(answered)
  const answeredAt = new Date(Date.now() + seconds * 1000)
  utimesSync(dirname(snapshots()[0] ?? ''), answeredAt, answeredAt)
  // Another base is another question about the same change.
  git('commit', '--allow-empty', '--message', 'more')
  const answer = await ask()
  expect(answer).toMatchObject({ workers, code: 1 })
  expect(answer.report.run.network.requests).toBe(0)
  expect(answer.report.findings).toEqual(first.findings)
})

test('a worker that fails before it is asked has another one take its place', async () => {
  const failing = inProject('../failing.cjs')
  writeFileSync(
    failing,
    `const workers = require('node:worker_threads')
    const { Worker } = workers
    let started = 0
    workers.Worker = class extends Worker {
      constructor(...args) {
        super(...args)
        started += 1
        if (started === 1) setImmediate(() => this.emit('error', new Error('out of memory')))
      }
    }
    require('node:module').syncBuiltinESMExports()`,
  )
  write([a2, b])
  const told = `--require=${inProject('../told.cjs')} --require=${failing}`
  const { report, workers, code } = await ask('main', [], { NODE_OPTIONS: told })
  expect({ workers, code }).toEqual({ workers: 2, code: 1 })
  expect(report.findings).toEqual(first.findings)
})

test('what the attempt found wrong with the cache is told', async () => {
  goOnFrom(answered)
  const contents = filesBelow(inProject('.cache')).filter((file) => file.includes('content-v2'))
  for (const file of contents)
    writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, -1), Buffer.from('?')]))
  const { report, workers } = await diff()
  expect(workers).toBe(1)
  expect(report.warnings.map(({ code }) => code)).toContain('cache-records-rejected')
  expect(report.run.cache.rejected).toBeGreaterThan(0)
})

test.each([
  ['more new lines than a small change has', (): void => write([a2, b, ...many])],
  [
    'a linked folder',
    (): void => {
      write([a2, b])
      const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')) as {
        packages: Record<string, object>
      }
      lock.packages['node_modules/own'] = { resolved: 'own', link: true }
      writeFileSync(inProject('package-lock.json'), JSON.stringify(lock, null, 2))
    },
  ],
  [
    'a key that is escaped',
    (): void => {
      write([a2, b])
      const text = readFileSync(inProject('package-lock.json'), 'utf8')
      writeFileSync(inProject('package-lock.json'), text.replaceAll('"version"', String.raw`"\u0076ersion"`))
    },
  ],
  [
    'workspaces',
    (): void => {
      write([a2, b])
      const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as object
      writeFileSync(inProject('package.json'), JSON.stringify({ ...manifest, workspaces: ['x/*'] }, null, 2))
    },
  ],
])('%s is read by a worker only', async (_what, change) => {
  goOnFrom(answered)
  change()
  await diff()
  expect(await diff()).toMatchObject({ workers: 1 })
})

test.each([[['--offline']], [['--refresh']], [['--deadline', '4s']]])(
  '%j asks for a worker',
  async (flags) => {
    goOnFrom(answered)
    expect(await diff(...flags)).toMatchObject({ workers: 1 })
  },
)

describe('the same question', () => {
  beforeEach(() => goOnFrom(answered))

  test('has the same answer, without a worker and without a request', async () => {
    const { report, workers, code } = await ask()
    expect({ workers, code }).toEqual({ workers: 0, code: 1 })
    expect(report.run.snapshot).toBeDefined()
    expect(report.run.network).toEqual({ requests: 0, retries: 0, failures: 0 })
    expect(judgementOf(report)).toEqual(judgementOf(first))
    expect(report.change).toEqual(first.change)
  })

  test.each<[string, () => Parameters<typeof ask> | void]>([
    ['the lockfile, of the same size and time', () => swap('package-lock.json', '"ISC"', '"MIT"')],
    ['package.json, of the same size and time', () => swap('package.json', '1.0.0', '1.0.1')],
    ['the policy of the change', () => swap('depgate.config.json', '"ISC"', '"0BSD"')],
    ['the base, where the branch goes on', () => git('commit', '--allow-empty', '--message', 'more')],
    ['the name of the base', () => ['HEAD']],
    [
      'the registry, by the user',
      () => appendFileSync(join(scenario.project.home, '.npmrc'), '\nregistry=http://127.0.0.1:9/\n'),
    ],
    ['the registry, by the environment', () => ['main', [], { npm_config_registry: 'http://127.0.0.1:9/' }]],
    ['what is left out', () => ['main', ['--omit', 'dev']]],
    ['the snapshot, which is cut', () => snapshots().forEach((file) => truncate(file))],
  ])('is another one after a change of %s', async (_what, change) => {
    const npmrc = join(scenario.project.home, '.npmrc')
    const before = existsSync(npmrc) ? readFileSync(npmrc) : undefined
    try {
      const { report } = await ask(...(change() ?? []))
      expect(report.run.snapshot).toBeUndefined()
    } finally {
      if (before === undefined) rmSync(npmrc, { force: true })
      else writeFileSync(npmrc, before)
    }
  })

  test('is put again where the change has a policy of its own: its answer may depend on the day', async () => {
    swap('depgate.config.json', '"warn"', '"off" ')
    await ask()
    const { report, code } = await ask()
    expect(code).toBe(1)
    expect(report.change?.needsPolicyOwner).toHaveLength(1)
    expect(report.run.snapshot).toBeUndefined()
  })
})

/** Another content of the same size, with the same times. */
function swap(file: string, one: string, other: string): void {
  const path = inProject(file)
  const { atime, mtime } = statSync(path)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(one)
  writeFileSync(path, text.replace(one, other))
  utimesSync(path, atime, mtime)
}

function truncate(file: string): void {
  writeFileSync(file, readFileSync(file).subarray(0, -1))
}

function git(...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@registry.example', ...args], {
    cwd: scenario.project.folder,
    stdio: 'ignore',
  })
}
