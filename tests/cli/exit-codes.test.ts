/** Bad input: each gets its exit code and a message that names the file, the place and the fix, never a stack. */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CLI, cliEnvironment } from '../support/cli.ts'
import type { CliResult } from '../support/cli.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: { a: '^1.0.0' },
    packages: [{ name: 'a', version: '1.0.0', license: 'MIT' }],
  })
})
afterEach(() => scenario.close())

function inProject(path: string): string {
  return join(scenario.project.folder, path)
}

function textOf({ stdout, stderr }: CliResult): string {
  const text = stdout + stderr
  expect(text).not.toMatch(/\n\s+at .*:\d+:\d+/)
  expect(text).not.toContain(scenario.project.folder)
  return text
}

describe('usage and configuration: 2', () => {
  test('no policy: a minimal file to paste', async () => {
    rmSync(inProject('depgate.config.json'))
    const result = await scenario.depgate()
    expect(result.code).toBe(2)
    expect(textOf(result)).toContain('"licenses"')
  })

  test('a broken policy: file, line, column and fix of each fault', async () => {
    writeFileSync(
      inProject('depgate.config.json'),
      '{\n  "licenses": {\n    "allow": ["MIT", "Apache 2", "MIT OR ISC"],\n    "alow": []\n  }\n}\n',
    )
    const result = await scenario.depgate()
    expect(result.code).toBe(2)
    const text = textOf(result)
    expect(text).toMatch(/depgate\.config\.json:3:\d+ {2}licenses\.allow\[1\]/)
    expect(text).toMatch(/depgate\.config\.json:3:\d+ {2}licenses\.allow\[2\]/)
    expect(text).toMatch(/depgate\.config\.json:4:\d+/)
    expect(text).toContain('fix:')
  })

  test.each([
    [['--frobnicate'], '--frobnicate'],
    [['chekc'], 'chekc'],
    [['--format', 'xml'], 'xml'],
    [['--deadline', 'soon'], '--deadline soon'],
    [['--workspace', 'nowhere'], 'nowhere'],
    [['--project', 'nowhere'], 'nowhere'],
    [['--config', 'nowhere.json'], 'nowhere.json'],
    [['explain', 'nothing'], 'nothing'],
  ])('%j', async (args, named) => {
    const result = await scenario.depgate(args)
    expect(result.code).toBe(2)
    expect(textOf(result)).toContain(named)
  })
})

describe('could not check: 3', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'neither node_modules nor a lockfile',
      () => {
        rmSync(inProject('node_modules'), { recursive: true })
        rmSync(inProject('package-lock.json'))
      },
      /npm ci[^]*--workspace/,
    ],
    ['a broken package.json', () => writeFileSync(inProject('package.json'), '{ "name": '), /package\.json/],
    [
      'a lockfile that is no JSON',
      () => writeFileSync(inProject('package-lock.json'), 'x'),
      /package-lock\.json/,
    ],
    [
      'a lockfile with conflict markers',
      () => writeFileSync(inProject('package-lock.json'), '{\n<<<<<<< HEAD\n}\n'),
      /package-lock\.json/,
    ],
    [
      'a folder in node_modules that nobody can name',
      () => {
        mkdirSync(inProject('node_modules/b'))
        writeFileSync(inProject('node_modules/b/index.js'), '')
      },
      /node_modules\/b/,
    ],
    [
      'another version on disk than in the lockfile',
      () =>
        writeFileSync(
          inProject('node_modules/a/package.json'),
          '{"name":"a","version":"2.0.0","license":"MIT"}',
        ),
      /a@?.*2\.0\.0/,
    ],
  ])('%s', async (_, spoil, named) => {
    // The lockfile with conflict markers takes the policy along: package.json is not where it lies.
    spoil()
    const result = await scenario.depgate()
    expect(textOf(result)).toMatch(named)
    expect(result.code).toBe(3)
  })

  test('a tree that npm was told a lie about: a forged hidden lockfile', async () => {
    writeFileSync(
      inProject('node_modules/.package-lock.json'),
      JSON.stringify({
        name: 'app',
        version: '1.0.0',
        lockfileVersion: 3,
        requires: true,
        packages: { 'node_modules/a': { version: '9.9.9', license: 'MIT' } },
      }),
    )
    const result = await scenario.depgate()
    expect(result.code).toBe(3)
    expect(textOf(result)).toContain('9.9.9')
  })

  test('--offline with nothing cached, and no request is made', async () => {
    const result = await scenario.depgate(['--offline'])
    expect(result.code).toBe(3)
    expect(textOf(result)).toContain('--offline')
    expect(scenario.registry.requests).toEqual([])
    expect(scenario.registry.connections()).toBe(0)
  })
})

describe('the rest', () => {
  test('no dependency at all passes and says so', async () => {
    const empty = await startScenario({ packages: [] })
    const result = await empty.depgate()
    expect(result.stdout).toContain('there is no dependency to judge')
    expect(result.code).toBe(0)
    await empty.close()
  })

  test('a missing lockfile is a warning, and integrity is said not to be checked', async () => {
    rmSync(inProject('package-lock.json'))
    const { report, code } = await scenario.json()
    expect(code).toBe(0)
    const rules = report.findings.map(({ rule }) => rule)
    expect(rules.filter((rule) => rule !== 'allow-unused' && rule !== 'license-text-missing')).toEqual([
      'no-lockfile',
    ])
  })

  test('a licence nobody can name on complete evidence: 1', async () => {
    const odd = await startScenario({
      dependencies: { a: '^1.0.0' },
      packages: [{ name: 'a', version: '1.0.0', license: 'BSD' }],
    })
    const { code, report } = await odd.json()
    expect(report.verdict).toBe('unknown')
    expect(code).toBe(1)
    await odd.close()
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s in mid-run: %i, no half report, no child left', async (signal, code) => {
    scenario.registry.behave({ type: 'hang' })
    let pid = 0
    const ended = scenario.depgate(['--output', 'report.txt'], { onStart: (id) => (pid = id) })
    // Only then the run is in its midst, however slow the machine.
    await expect.poll(() => scenario.registry.requests.length, { timeout: 30_000 }).toBeGreaterThan(0)
    process.kill(pid, signal)
    const result = await ended
    expect(result.code).toBe(code)
    expect(result.stdout).toBe('')
    expect(() => process.kill(-0x7fff_fff0, 0)).toThrow()
  })

  test('a reader that goes away does not change the exit code', async () => {
    const child = spawn(process.execPath, [CLI, 'check', '--format', 'json'], {
      cwd: scenario.project.folder,
      env: cliEnvironment({ home: scenario.project.home, registry: scenario.registry.url }),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    child.stdout.destroy()
    const code = await new Promise((done) => child.once('exit', done))
    expect(code).toBe(0)
  })

  test('--output writes the whole report to the file, and nothing else', async () => {
    const result = await scenario.depgate(['--format', 'json', '--output', 'out/report.json'])
    expect(result).toMatchObject({ code: 0, stdout: '' })
    const { default: report } = (await import(inProject('out/report.json'), { with: { type: 'json' } })) as {
      default: { verdict: string }
    }
    expect(report.verdict).toBe('pass')
  })
})
