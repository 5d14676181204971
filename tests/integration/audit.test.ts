/** `depgate audit`, twice and more: what is different since the last time, and what its exit code then is. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import type { CliResult } from '../support/cli.ts'
import { installPackage, lockfileOf, publishAll } from '../support/project.ts'
import type { FakePackage } from '../support/project.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

let scenario: Scenario
afterEach(() => scenario?.close())

const ROOT = { name: 'app', version: '1.0.0', dependencies: { a: '^1.0.0', b: '*', old: '*' } }
const b = (version: string, license: string): FakePackage => ({ name: 'b', version, license })
const tree = (moved: FakePackage): FakePackage[] => [
  { name: 'a', version: '1.0.0', license: 'MIT' },
  moved,
  { name: 'old', version: '1.0.0', license: 'AGPL-3.0-only' },
]

/** Installs another version of `b`, as npm would. */
function move(to: FakePackage): void {
  const { folder } = scenario.project
  rmSync(join(folder, 'node_modules/b'), { recursive: true })
  installPackage(folder, to)
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfileOf(ROOT, tree(to)), undefined, 2))
  publishAll(scenario.registry, [to])
}

/** Judging alone: what later releases and advisories say is tested where it is made. */
async function audit(...args: string[]): Promise<CliResult & { report: RunReport }> {
  const result = await scenario.depgate([
    'audit',
    '--no-forecast',
    '--no-advisories',
    '--format',
    'json',
    ...args,
  ])
  if (result.stdout === '') throw new Error(`no report: ${result.stderr}`)
  return { ...result, report: JSON.parse(result.stdout) as RunReport }
}

describe('an audit', () => {
  test('says exactly what has moved since the last one, and fails on new findings only where it is told so', async () => {
    scenario = await startScenario({
      dependencies: ROOT.dependencies,
      packages: tree(b('1.0.0', 'MIT')),
      policy: { extends: 'depgate:permissive', packages: { licenseText: 'off' } },
    })
    const first = await audit()
    expect(first.code).toBe(1)
    expect(first.report.audit).toMatchObject({ lapsing: [], trend: [{ packages: 3, denied: 1 }] })
    expect(first.report.audit?.comparison).toBeUndefined()
    expect(first.report.warnings).toEqual([])

    move(b('2.0.0', 'ISC'))
    scenario.registry.requests.length = 0
    const second = await audit('--fail-on', 'new')
    expect({ code: second.code, verdict: second.report.verdict }).toEqual({ code: 0, verdict: 'violation' })
    expect(second.report.audit?.comparison).toMatchObject({
      since: { id: first.report.run.id },
      newFindings: [],
      fixedFindings: [],
      unchanged: first.report.findings.length,
    })
    expect(second.report.audit?.comparison?.packages).toEqual([
      {
        type: 'updated',
        name: 'b',
        before: { version: '1.0.0', license: 'MIT', kinds: ['production'] },
        after: { version: '2.0.0', license: 'ISC', kinds: ['production'] },
        differs: ['license', 'version'],
        path: ['app@1.0.0', 'b@2.0.0'],
      },
    ])
    expect(second.report.audit?.trend.map(({ id }) => id)).toEqual([
      first.report.run.id,
      second.report.run.id,
    ])
    // What was asked within the hour is not asked again.
    expect(scenario.registry.asked()).toEqual(['b@2.0.0'])

    move(b('3.0.0', 'AGPL-3.0-only'))
    const third = await scenario.depgate([
      'audit',
      '--no-forecast',
      '--no-advisories',
      '--fail-on',
      'new',
      '--performance-metrics',
      '--format',
      'human',
      '--format',
      'json=third.json',
    ])
    expect(third.code, third.stderr).toBe(1)
    expect(third.stdout).toContain(': 1 new finding, 0 fixed, ')
    expect(third.stdout).toContain('\n  new      license-not-allowed: b@3.0.0\n')
    expect(third.stdout).toContain('\n  updated  b 2.0.0 to 3.0.0, ISC to AGPL-3.0-only\n')

    const listed = await scenario.depgate(['history', '--format', 'json'])
    const { runs } = JSON.parse(listed.stdout) as { runs: { denied: number; peakMemory?: number }[] }
    expect(runs.map(({ denied }) => denied)).toEqual([1, 1, 2])
    expect(runs[2]?.peakMemory).toBeGreaterThan(10_000_000)
  })

  test('that was killed is gone on with: what was answered is not asked again, and half a run is not stored', async () => {
    const names = ['a', 'b', 'c', 'slow']
    const packages = names.map((name) => ({ name, version: '1.0.0', license: 'MIT' }))
    const dependencies = Object.fromEntries(names.map((name) => [name, '*']))
    scenario = await startScenario({ dependencies, packages })
    const { project, registry } = scenario
    registry.behave({ type: 'hang' }, { package: 'slow@1.0.0' })
    let pid = 0
    const ended = scenario.depgate(['audit', '--no-forecast', '--no-advisories'], {
      onStart: (started) => (pid = started),
    })
    const journals = join(project.folder, '.cache/depgate/v1/journal')
    await expect.poll(() => existsSync(journals) && registry.requests.length, { timeout: 30_000 }).toBe(4)
    await sleep(700)
    process.kill(pid, 'SIGKILL')
    expect((await ended).signal).toBe('SIGKILL')
    registry.recover()
    registry.requests.length = 0
    const { code, report } = await audit()
    expect(code).toBe(0)
    expect(registry.asked()).toEqual(['slow@1.0.0'])
    expect(report.audit?.trend).toHaveLength(1)
  })

  test('refuses what would make it no audit', async () => {
    scenario = await startScenario({ packages: [] })
    const { code, stderr } = await scenario.depgate(['audit', '--offline'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'depgate: an audit asks everything anew, which --offline forbids\n' +
        '  fix: Run `depgate check --offline`, which judges by what is known.\n',
    })
  })
})
