/** Warm runs: answered without npm and network while nothing has changed, and never when anything has. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestContext } from 'vitest'
import type { RunReport } from '#model/run-report'
import { CLI, cliEnvironment } from '../support/cli.ts'
import { judgementOf } from '../support/judgement.ts'
import { spdxText } from '../support/license-texts.ts'
import { integrityOf } from '../support/project.ts'
import { ALLOW, startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const MIT = spdxText('MIT')
const PATIENT = ['--deadline', '2m']
/** After that long, what has changed can not change again unnoticed. */
const RACY_MS = 3100

let scenario: Scenario
let cold: RunReport
/** The project after its first run, with the snapshot of that. */
let original: string

beforeAll(async () => {
  scenario = await startScenario({
    dependencies: { a: '^1.0.0', b: '^1.0.0', deprecated: '1.0.0' },
    devDependencies: { tool: '1.0.0' },
    packages: [
      { name: 'a', version: '1.2.0', license: 'MIT', files: { LICENSE: MIT } },
      { name: 'b', version: '1.0.0', license: 'MIT', dependencies: { a: '^0.9.0' } },
      { name: 'a', version: '0.9.9', license: 'ISC', location: 'node_modules/b/node_modules/a' },
      { name: 'deprecated', version: '1.0.0', license: 'MIT', manifest: { deprecated: 'use a' } },
      { name: 'tool', version: '1.0.0', license: 'GPL-3.0-only', files: { 'lib/index.js': '' } },
    ],
    policy: { extends: './base.json', licenses: { allow: ALLOW } },
    files: {
      'base.json': JSON.stringify({ packages: { deprecated: 'warn' } }),
    },
  })
  scenario.registry.publish('a', '0.9.8', {
    license: 'WTFPL',
    dist: { integrity: integrityOf('a', '0.9.8') },
  })
  const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')) as { packages: object }
  const packages = Object.entries(lock.packages).filter(([location]) => location !== '')
  const hidden = { ...lock, packages: Object.fromEntries(packages) }
  writeFileSync(inProject('node_modules/.package-lock.json'), JSON.stringify(hidden))
  cold = await run()
  original = `${scenario.project.folder}-original`
  cpSync(scenario.project.folder, original, { recursive: true, verbatimSymlinks: true })
})
afterAll(() => scenario.close())
beforeEach(() => {
  rmSync(scenario.project.folder, { recursive: true })
  cpSync(original, scenario.project.folder, { recursive: true, verbatimSymlinks: true })
  rmSync(join(scenario.project.home, '.npmrc'), { force: true })
})

const inProject = (path: string): string => join(scenario.project.folder, path)
const run = async (args: string[] = [], env: Record<string, string> = {}): Promise<RunReport> =>
  (await scenario.json([...PATIENT, ...args], { env })).report
const isWarm = ({ run: { snapshot } }: RunReport): boolean => snapshot !== undefined

/** Writes a file with the size and times of the one that is there. */
function sneak(path: string, change: (text: string) => string): void {
  const file = inProject(path)
  const before = statSync(file)
  const text = change(readFileSync(file, 'utf8'))
  expect(Buffer.byteLength(text)).toBe(before.size)
  writeFileSync(file, text)
  utimesSync(file, before.atime, before.mtime)
}

test('nothing changed: the same report, no request, every claim with its source', async () => {
  const warm = await run()
  expect(isWarm(cold)).toBe(false)
  expect(isWarm(warm)).toBe(true)
  expect(judgementOf(warm)).toEqual(judgementOf(cold))
  expect(warm.run).toMatchObject({ network: { requests: 0 }, cache: { disk: 0, misses: 0 }, offline: false })
  expect(warm.verdict).toBe('violation')
  const sources = warm.packages.flatMap(({ claims }) =>
    claims.map(({ witness, from }) => `${witness} ${from}`),
  )
  expect(new Set(sources)).toEqual(
    new Set(['registry snapshot', 'installed node_modules', 'text node_modules', 'lockfile lockfile']),
  )
  const before = scenario.registry.requests.length
  expect(isWarm(await run(['--offline']))).toBe(true)
  expect(scenario.registry.requests).toHaveLength(before)
})

test('seen from outside: a warm run opens no socket, starts no process and loads nothing heavy', async (context) => {
  needStrace(context)
  await run()
  const warm = trace()
  expect(warm).toMatch(/openat\(.*node_modules\/a\/LICENSE/)
  expect(warm.match(/^\d+ +(?:socket|connect|execve|fork|vfork)\(.*$/gm)).toHaveLength(1) // node itself
  expect(warm).not.toMatch(
    /node_modules\/(?:undici|cacache|@npmcli\/config)\/[^"]*\.js"|npm-cli|bundle\/worker/,
  )
  // Each file costs; whoever needs one more than these knows why.
  const files = [...new Set(warm.match(/dist\/bundle\/[\w.-]+\.js/g))]
  expect(files.length, files.join()).toBeLessThanOrEqual(8)
  // The same eyes do see what a whole run does.
  writeFileSync(inProject('.npmrc'), '')
  const whole = trace()
  expect(whole).toMatch(/^\d+ +execve\(.*npm-cli/m)
  expect(whole).toMatch(/bundle\/worker/)
})

test('npm’s configuration is worked out once: a run that has to ask anew does not load what reads it', (context) => {
  needStrace(context)
  const reader = /openat\(.*@npmcli\/config\/lib\/index\.js"/
  sneak('node_modules/a/LICENSE', (text) => text.replace('without', 'WITHOUT'))
  const asking = trace()
  expect(asking).toMatch(/bundle\/worker/)
  expect(asking).not.toMatch(reader)
  // Any change of the files that it was made of.
  writeFileSync(join(scenario.project.home, '.npmrc'), 'fund=false')
  expect(trace()).toMatch(reader)
})

test('change times that are old enough spare the reading, and still tell of a change', async (context) => {
  needStrace(context)
  await sleep(RACY_MS)
  expect(isWarm(await run())).toBe(true)
  const warm = trace()
  expect(warm).toMatch(/statx\(.*node_modules\/a\/LICENSE/)
  expect(warm).not.toMatch(/openat\(.*node_modules\/a\/LICENSE/)
  expect(isWarm(await run())).toBe(true)
  sneak('node_modules/a/LICENSE', (text) => text.replace('without', 'WITHOUT'))
  const after = await run()
  expect(isWarm(after)).toBe(false)
  expect(judgementOf(after)).toEqual(judgementOf(await run(['--no-cache'])))
})

/** Skips loudly; in CI it has to be there. */
function needStrace(context: TestContext): void {
  if (existsSync('/usr/bin/strace')) return
  if (process.env['CI'] === 'true') expect.unreachable('strace is not installed')
  console.warn('SKIPPED: strace is not installed, so nobody watches a warm run from outside')
  context.skip()
}

/** What a run did, as the system saw it. */
function trace(): string {
  const { project, registry } = scenario
  const log = join(dirname(project.folder), 'strace.log')
  const wanted = 'trace=socket,connect,execve,fork,vfork,openat,statx'
  spawnSync('strace', ['-f', '-s', '400', '-e', wanted, '-o', log, process.execPath, CLI, '-q'], {
    cwd: project.folder,
    env: cliEnvironment({ home: project.home, registry: registry.url }),
  })
  return readFileSync(log, 'utf8')
}

describe('a change that the time of a file does not show', () => {
  test.each<[name: string, change: () => void]>([
    [
      'same size, same time, other content',
      () => sneak('node_modules/a/package.json', (text) => text.replace('"MIT"', '"GPL"')),
    ],
    [
      'a package.json replaced by another file',
      () => {
        const path = inProject('node_modules/b/package.json')
        writeFileSync(`${path}.new`, readFileSync(path, 'utf8').replace('"MIT"', '"ISC"'))
        renameSync(`${path}.new`, path)
      },
    ],
    [
      'a nested copy that is an older version now',
      () => {
        sneak('node_modules/b/node_modules/a/package.json', (text) => text.replace('0.9.9', '0.9.8'))
        const lock = readFileSync(inProject('package-lock.json'), 'utf8')
        writeFileSync(
          inProject('package-lock.json'),
          lock.replace('0.9.9', '0.9.8').replace(integrityOf('a', '0.9.9'), integrityOf('a', '0.9.8')),
        )
      },
    ],
    [
      'a licence file replaced',
      () => sneak('node_modules/a/LICENSE', (text) => text.replace('without', 'WITHOUT')),
    ],
    ['a licence file added', () => writeFileSync(inProject('node_modules/b/COPYING'), MIT)],
    ['a licence file removed', () => rmSync(inProject('node_modules/a/LICENSE'))],
    [
      'a licence file that became a link',
      () => {
        renameSync(inProject('node_modules/a/LICENSE'), inProject('LICENSE'))
        symlinkSync('../../LICENSE', inProject('node_modules/a/LICENSE'))
        lutimesSync(inProject('node_modules/a/LICENSE'), 1, 1)
      },
    ],
    [
      'a package that nothing asks for',
      () => {
        mkdirSync(inProject('node_modules/stray'))
        writeFileSync(
          inProject('node_modules/stray/package.json'),
          '{ "name": "stray", "version": "1.0.0", "license": "MIT" }',
        )
      },
    ],
    [
      'a package that brings others along',
      () =>
        cpSync(inProject('node_modules/deprecated'), inProject('node_modules/a/node_modules/deprecated'), {
          recursive: true,
        }),
    ],
    ['the policy', () => sneak('depgate.config.json', (text) => text.replace('"ISC"', '"W3C"'))],
    ['what the policy extends', () => sneak('base.json', (text) => text.replace('"warn"', '"deny"'))],
    [
      'the lockfile',
      () =>
        sneak('package-lock.json', (text) => text.replace('"lockfileVersion": 3', '"lockfileVersion": 2')),
    ],
    [
      'the lockfile that npm hides',
      () => sneak('node_modules/.package-lock.json', (text) => text.replace('true', 'null')),
    ],
    [
      "the project's .npmrc",
      () => writeFileSync(inProject('.npmrc'), 'registry=https://registry.example/\n'),
    ],
    [
      "the user's .npmrc",
      () =>
        writeFileSync(join(scenario.project.home, '.npmrc'), '@acme:registry=https://registry.example/\n'),
    ],
  ])('%s', async (_name, change) => {
    change()
    const after = await run()
    expect(isWarm(after)).toBe(false)
    expect(judgementOf(after)).toEqual(judgementOf(await run(['--no-cache'])))
  })

  test('another registry in the environment', async () => {
    expect(isWarm(await run([], { npm_config_registry: `${scenario.registry.url}other/` }))).toBe(false)
  })

  test('a variable that the .npmrc refers to', async () => {
    writeFileSync(join(scenario.project.home, '.npmrc'), '//registry.example/:_authToken=${TOKEN}\n')
    await run([], { TOKEN: 'one' })
    expect(isWarm(await run([], { TOKEN: 'one' }))).toBe(true)
    expect(isWarm(await run([], { TOKEN: 'two' }))).toBe(false)
  })
})

test('what nobody asks about may change', async () => {
  writeFileSync(inProject('index.js'), 'export {}\n')
  writeFileSync(inProject('node_modules/tool/lib/index.js'), 'export {}\n')
  mkdirSync(inProject('node_modules/.cache'))
  expect(isWarm(await run([], { SOME_OTHER_VARIABLE: '1' }))).toBe(true)
})

describe('asked for something else, or to look anew', () => {
  test.each([[['--omit', 'dev']], [['--refresh']], [['--no-cache']], [['--config', 'base.json']]])(
    '%j',
    async (args) => {
      const { code, report } = await scenario
        .json([...PATIENT, ...args])
        .catch(() => ({ code: 2, report: undefined }))
      if (report === undefined) expect(code).toBe(2)
      else expect(isWarm(report)).toBe(false)
    },
  )

  test('--verify-snapshot runs both ways, and says so if they differ', async () => {
    expect(isWarm(await run(['--verify-snapshot']))).toBe(false)
  })
})

const snapshots = (): string[] => {
  const folder = inProject('.cache/depgate/v1/snapshots')
  return readdirSync(folder).map((name) => join(folder, name))
}

describe('a snapshot that is not ours, or not whole, is none', () => {
  test.each<[name: string, damage: (path: string, bytes: Buffer) => void]>([
    ['cut', (path, bytes) => writeFileSync(path, bytes.subarray(0, bytes.length - 1))],
    ['empty', (path) => writeFileSync(path, '')],
    [
      'edited by hand',
      (path, bytes) =>
        writeFileSync(path, bytes.toString('latin1').replace('violation', 'pass-pass'), 'latin1'),
    ],
    [
      'one bit flipped',
      (path, bytes) => {
        bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1)
        writeFileSync(path, bytes)
      },
    ],
    [
      'a link',
      (path) => {
        renameSync(path, `${path}.real`)
        symlinkSync(`${path}.real`, path)
      },
    ],
  ])('%s', async (_name, damage) => {
    for (const path of snapshots()) damage(path, readFileSync(path))
    expect(isWarm(await run())).toBe(false)
    expect(isWarm(await run())).toBe(true)
  })

  test('of another project', async () => {
    const other = `${scenario.project.folder}-other`
    cpSync(scenario.project.folder, other, { recursive: true })
    expect(isWarm(await run(['--project', other]))).toBe(false)
  })

  test('of another key', async () => {
    expect(isWarm(await run([], { DEPGATE_CACHE_KEY: 'k'.repeat(32) }))).toBe(false)
  })
})

test('a run that could not hear everybody, or hears a contradiction, leaves no snapshot', async () => {
  rmSync(inProject('.cache'), { recursive: true })
  for (const behaviour of [{ type: 'status', status: 404 } as const, { type: 'reset' } as const]) {
    scenario.registry.behave(behaviour, { package: 'a@1.2.0' })
    await run()
    expect(isWarm(await run())).toBe(false)
    scenario.registry.recover()
  }
  expect(isWarm(await run())).toBe(false)
  expect(isWarm(await run())).toBe(true)
})
