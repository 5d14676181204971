/** The built command line on Node 24: the same answers as on the Node that runs the tests. */
import { execFile, execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLI, cliEnvironment } from '../support/cli.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const NODE_24 = process.env['DEPGATE_TEST_NODE24'] ?? ''
const MISSING = 'DEPGATE_TEST_NODE24 names no Node 24 binary: nothing is known of depgate on Node 24.'

const REQUIRED = process.env['CI'] === 'true'

if (NODE_24 === '' && !REQUIRED) process.stderr.write(`SKIPPED: ${MISSING}\n`)

test.skipIf(NODE_24 === '' && !REQUIRED)('there is a Node 24', () => {
  if (NODE_24 === '') throw new Error(MISSING)
  expect(execFileSync(NODE_24, ['--version'], { encoding: 'utf8' })).toMatch(/^v24\./)
})

describe.skipIf(NODE_24 === '')('on Node 24', () => {
  let scenario: Scenario

  beforeAll(async () => {
    scenario = await startScenario({
      dependencies: { a: '^1.0.0', '@scope/b': '^2.0.0' },
      devDependencies: { c: '^3.0.0' },
      packages: [
        { name: 'a', version: '1.0.0', license: 'MIT', dependencies: { d: '^4.0.0' } },
        { name: '@scope/b', version: '2.0.0', license: '(MIT OR GPL-3.0-only)' },
        { name: 'c', version: '3.0.0', license: { type: 'ISC' }, lock: { dev: true } },
        { name: 'd', version: '4.0.0', license: 'Apache-2.0' },
      ],
    })
  })
  afterAll(() => scenario.close())

  test('check passes, with the same packages, verdicts and claims, cold and from the cache', async () => {
    const here = await check(process.execPath)
    clearCache()
    const asked = scenario.registry.requests.length
    const there = await check(NODE_24)
    expect(there.code).toBe(0)
    expect(there.stderr).toBe('')
    expect(there.answers).toHaveLength(4)
    expect(there.answers).toEqual(here.answers)
    expect(scenario.registry.requests.length - asked).toBe(4)

    const warm = await check(NODE_24)
    expect(warm.answers).toEqual(here.answers)
    expect(scenario.registry.requests.length - asked).toBe(4)
    // What one Node wrote the other believes: the cache of a CI machine outlives its Node.
    expect((await check(process.execPath)).answers).toEqual(here.answers)
    expect(scenario.registry.requests.length - asked).toBe(4)
  })

  test('a licence that is not allowed is refused', async () => {
    const strict = await startScenario({
      dependencies: { copyleft: '^1.0.0' },
      packages: [{ name: 'copyleft', version: '1.0.0', license: 'AGPL-3.0-only' }],
    })
    const { code, stdout } = await runOn(NODE_24, ['check'], strict)
    expect(code).toBe(1)
    expect(stdout).toContain('app@1.0.0 > copyleft@1.0.0')
    await strict.close()
  })

  async function check(node: string): Promise<{ code: unknown; stderr: string; answers: unknown[] }> {
    const { code, stdout, stderr } = await runOn(node, ['check', '--format', 'json'], scenario)
    const report: unknown = JSON.parse(stdout)
    if (typeof report !== 'object' || report === null || !('packages' in report)) throw new Error(stderr)
    if (!Array.isArray(report.packages)) throw new TypeError('packages is no list')
    return { code, stderr, answers: report.packages.map(withoutOrigin) }
  }

  function clearCache(): void {
    rmSync(join(scenario.project.folder, '.cache'), { recursive: true })
  }
})

/** Runs `depgate <args>` with the given binary in the project of a scenario. */
function runOn(
  node: string,
  args: string[],
  { project, registry }: Scenario,
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const env = cliEnvironment({ home: project.home, registry: registry.url })
  return new Promise((done) => {
    execFile(node, [CLI, ...args], { cwd: project.folder, env }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : error.code, stdout, stderr }),
    )
  })
}

/** A package of a report without what differs from run to run: when and from where the claims came. */
function withoutOrigin(entry: unknown): unknown {
  return JSON.parse(
    JSON.stringify(entry, (key, value: unknown) => (key === 'at' || key === 'from' ? undefined : value)),
  )
}
