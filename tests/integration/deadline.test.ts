/** The deadline holds whatever blocks: npm, the registry, parsing, judging, memory. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'
import { deadlineOf } from '../support/slowness.ts'

const PACKAGES = Array.from({ length: 29 }, (_, at) => ({ name: `p${at}`, version: '1.0.0', license: 'MIT' }))

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: Object.fromEntries(PACKAGES.map(({ name }) => [name, '^1.0.0'])),
    packages: PACKAGES,
  })
})
afterEach(() => scenario.close())

/** Writes a module that node loads before the program; by NODE_OPTIONS, which alone reach the worker thread too. */
function preload(name: string, code: string): Record<string, string> {
  const file = join(scenario.project.home, name)
  writeFileSync(file, code)
  return { NODE_OPTIONS: `--import ${pathToFileURL(file).href}` }
}

/** An npm outside the project that does what a test wants instead of listing. */
function fakeNpm(code: string): Record<string, string> {
  const folder = join(scenario.project.home, 'npm/bin')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'npm-cli.js'), code)
  writeFileSync(join(folder, '../package.json'), '{"name":"npm","version":"11.0.0"}')
  return { npm_execpath: join(folder, 'npm-cli.js') }
}

/** Code that does something when the worker parses a text with this marker. */
const blocksOn = (marker: string, action: string): string => `
  import { isMainThread } from 'node:worker_threads'
  if (!isMainThread) {
    const parse = JSON.parse
    JSON.parse = (text, reviver) => {
      if (typeof text === 'string' && text.includes(${JSON.stringify(marker)})) { ${action} }
      return parse(text, reviver)
    }
  }
`

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries += 1) {
    // A zombie without a parent to reap it counts as gone.
    const state = existsSync(`/proc/${pid}/stat`)
      ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0]
      : 'gone'
    if (state === 'gone' || state === 'Z') return true
    await new Promise((wait) => setTimeout(wait, 100))
  }
  return false
}

describe('npm ls that does not end', () => {
  const HANGS = `
    const { spawn } = require('node:child_process')
    const { renameSync, writeFileSync } = require('node:fs')
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
    // Whoever sees the file must find both in it.
    writeFileSync(process.env.HOME + '/pids.new', process.pid + ' ' + child.pid)
    renameSync(process.env.HOME + '/pids.new', process.env.HOME + '/pids')
    setInterval(() => {}, 1000)
  `

  test('leaves a judged tree, not confirmed, and no process behind', async () => {
    const env = fakeNpm(HANGS)
    const { flag, endsWithinMs } = deadlineOf(6)
    const result = await scenario.json(flag, { env })
    expect(result.code).toBe(3)
    expect(result.wallMs).toBeLessThan(endsWithinMs)
    expect(result.report.coverage.judged).toBe(29)
    const denied = result.report.findings.filter(({ severity }) => severity === 'deny')
    expect(denied.map(({ rule }) => rule)).toEqual(['tree-not-confirmed'])
    expect(denied[0]?.fix).toContain('--deadline 5m')
    const pids = readFileSync(join(scenario.project.home, 'pids'), 'utf8').split(' ').map(Number)
    expect(await Promise.all(pids.map(isGone))).toEqual([true, true])
  })

  test('is killed by SIGTERM with everything it started', async () => {
    const env = fakeNpm(HANGS)
    const result = await scenario.depgate([], {
      env,
      onStart: (pid) => {
        const timer = setInterval(() => {
          if (!existsSync(join(scenario.project.home, 'pids'))) return
          clearInterval(timer)
          process.kill(pid, 'SIGTERM')
        }, 50)
      },
    })
    expect(result.code).toBe(143)
    const pids = readFileSync(join(scenario.project.home, 'pids'), 'utf8').split(' ').map(Number)
    expect(await Promise.all(pids.map(isGone))).toEqual([true, true])
  })
})

describe('npm ls that answers garbage', () => {
  test.each([
    ['nothing', ''],
    ['an empty object', 'console.log("{}")'],
    [
      'half of the JSON',
      'process.stdout.write(`{"name":"app","version":"1.0.0","dependencies":{"p0":{"ver`)',
    ],
    ['prose before JSON', 'console.log("hello {}")'],
    ['a crash', 'process.exit(7)'],
    [
      'a smaller tree',
      'console.log(`{"name":"app","version":"1.0.0","dependencies":{"p0":{"version":"1.0.0"}}}`)',
    ],
    ['100 MB', 'const s = "x".repeat(1 << 20); for (let i = 0; i < 100; i++) process.stdout.write(s)'],
  ])('%s: no trustworthy tree', async (_, code) => {
    const { code: exit, report } = await scenario.json([], { env: fakeNpm(code) })
    expect(exit).toBe(3)
    expect(report.packages).toEqual([])
    expect(report.findings.map(({ rule }) => rule)).toEqual(['tree-untrusted'])
  })
})

describe('a thread that blocks', () => {
  test.each([
    ['while parsing', 'for (;;);', /deadline/],
    [
      'while its heap grows',
      'const all = []; for (;;) all.push(new Array(1000).fill({}));',
      /deadline|out-of-memory|memory/,
    ],
  ])('%s: what was known is reported in time', async (_, action, says) => {
    scenario.registry.publish('p5', '1.0.0', { license: 'MIT', description: 'block-me' })
    scenario.registry.behave({ type: 'latency', ms: 1200 }, { package: 'p5' })
    const env = preload('block.mjs', blocksOn('block-me', action))
    const { flag, endsWithinMs } = deadlineOf(6)
    const result = await scenario.json(flag, { env })
    expect(result.code).toBe(3)
    expect(result.wallMs).toBeLessThan(endsWithinMs)
    expect(result.report.verdict).toBe('incomplete')
    expect(JSON.stringify(result.report.findings)).toMatch(says)
    const verdicts = new Map(result.report.packages.map(({ name, verdict }) => [name, verdict]))
    expect(verdicts.size).toBe(29)
    expect(verdicts.get('p5')).toBe('incomplete')
    expect([...verdicts.values()].every((verdict) => verdict === 'pass' || verdict === 'incomplete')).toBe(
      true,
    )
  })

  const THROWS = `
    import { isMainThread } from 'node:worker_threads'
    if (!isMainThread) Array.prototype.toSorted = () => { throw new TypeError('planted') }
  `

  test('a bug of our own is no verdict: exit 70, and how to report it', async () => {
    const env = preload('throw.mjs', THROWS)
    const result = await scenario.depgate([], { env })
    expect(result.code).toBe(70)
    expect(result.stderr).toContain('This is a bug of depgate, not a verdict')
    expect(result.stderr).not.toMatch(/\n\s+at /)
  })
})

describe('a registry too slow for the deadline', () => {
  test('what came in time is kept, the next run asks only for the rest', async () => {
    for (const { name } of PACKAGES.slice(19)) {
      scenario.registry.behave({ type: 'hang' }, { package: name })
    }
    const { flag, endsWithinMs } = deadlineOf(6)
    const first = await scenario.json(flag)
    expect(first.code).toBe(3)
    expect(first.wallMs).toBeLessThan(endsWithinMs)
    expect(first.report.packages.filter(({ verdict }) => verdict === 'pass')).toHaveLength(19)
    scenario.registry.recover()
    scenario.registry.requests.length = 0
    const second = await scenario.json()
    expect(new Set(scenario.registry.asked()).size).toBe(10)
    expect(second.report.coverage.incomplete).toBe(0)
  })
})
