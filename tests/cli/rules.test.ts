/** `depgate rules` as a newcomer uses it, and the rules about packages and sources in a whole run. */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { RULE_IDS, RULES } from '#model/finding'
import type { RunReport } from '#model/run-report'
import { runCli } from '../support/cli.ts'
import type { CliResult } from '../support/cli.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const ALLOW = ['MIT']

function rules(...args: string[]): Promise<CliResult> {
  return runCli(['rules', ...args], { cwd: tmpdir(), home: tmpdir() })
}

function pairs({ report }: { report: RunReport }): string[] {
  return report.findings.map(({ rule, package: id }) => `${rule} ${id ?? ''}`)
}

describe('depgate rules', () => {
  test('lists every rule, in a folder without a project', async () => {
    const { code, stdout, stderr } = await rules()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const id of RULE_IDS) expect(stdout).toContain(`  ${id} `)
  })

  test('prints a page that fits 80 columns', async () => {
    const { code, stdout } = await rules('package-too-young')
    expect(code).toBe(0)
    expect(stdout.startsWith(`package-too-young\n\n${RULES['package-too-young']}\n`)).toBe(true)
    expect(stdout).toContain('\nHow to silence\n')
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(stdout).not.toMatch(/^#|```/m)
  })

  test.each([
    ['licence-not-allowed', 'licence-not-allowed is no rule; did you mean license-not-allowed?'],
    ['package-deprecatd', 'package-deprecatd is no rule; did you mean package-deprecated?'],
    ['__proto__', '__proto__ is no rule; depgate rules lists them all'],
    ['../../../package', '../../../package is no rule; depgate rules lists them all'],
    ['x\u001b[31m', 'x\ufffd[31m is no rule; depgate rules lists them all'],
  ])('%j is refused', async (id, message) => {
    const { code, stdout, stderr } = await rules(id)
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `depgate: ${message}\n` })
  })
})

describe('in a run', () => {
  let scenario: Scenario
  afterEach(() => scenario.close())

  const packages = [
    { name: 'a', version: '1.0.0', license: 'MIT', dependencies: { lib: '^1.0.0' } },
    { name: 'lib', version: '2.0.0', license: 'MIT', manifest: { deprecated: 'use something else' } },
    { name: 'lib', version: '1.5.0', license: 'MIT', location: 'node_modules/a/node_modules/lib' },
  ]
  const start = async (rules: Record<string, unknown>): Promise<void> => {
    scenario = await startScenario({
      dependencies: { a: '^1.0.0', lib: '^2.0.0' },
      packages,
      policy: { licenses: { allow: ALLOW }, ...rules },
    })
  }

  test('duplicates and deprecated versions are told, and fail the run where the policy says so', async () => {
    await start({ packages: { duplicates: 'warn', licenseText: 'off' } })
    const warned = await scenario.json()
    expect(pairs(warned)).toEqual(['package-duplicate lib', 'package-deprecated lib@2.0.0'])
    expect(warned.report.findings[0]?.details).toEqual([
      '1.5.0 is asked for by a@1.0.0',
      '2.0.0 is asked for by app@1.0.0',
    ])
    expect(warned.code).toBe(0)

    policy({ packages: { duplicates: 'deny', deprecated: 'off', licenseText: 'off' } })
    const denied = await scenario.json()
    expect({ code: denied.code, verdict: denied.report.verdict }).toEqual({ code: 1, verdict: 'violation' })
    expect(pairs(denied)).toEqual(['package-duplicate lib'])
  })

  test('a banned version fails the run with its reason', async () => {
    await start({ packages: { ban: [{ package: 'lib@<2', reason: 'it leaks', use: 'lib@2' }] } })
    const { code, stdout } = await scenario.depgate()
    expect(code).toBe(1)
    expect(stdout).toContain('lib@1.5.0 is banned: it leaks')
    expect(stdout).toContain('Use lib@2 instead.')
  })

  test('a version that is too young fails the run; its time is asked once and then known offline', async () => {
    await start({ packages: { minimumAge: '3d', licenseText: 'off', deprecated: 'off' } })
    scenario.registry.publishedAt('lib', '1.5.0', new Date(Date.now() - 3_600_000).toISOString())
    const young = await scenario.json()
    expect({ code: young.code, found: pairs(young) }).toEqual({
      code: 1,
      found: ['package-too-young lib@1.5.0'],
    })
    const asked = scenario.registry.asked()
    expect(asked).toHaveLength(5)
    expect(new Set(asked)).toEqual(new Set(['a', 'a@1.0.0', 'lib', 'lib@1.5.0', 'lib@2.0.0']))

    const again = await scenario.json(['--offline'])
    expect({ code: again.code, found: pairs(again) }).toEqual({
      code: 1,
      found: ['package-too-young lib@1.5.0'],
    })
  })

  test('a registry that gives no time, or no packument, makes the run incomplete', async () => {
    await start({ packages: { minimumAge: '3d', licenseText: 'off', deprecated: 'off' } })
    scenario.registry.publishedAt('a', '1.0.0', undefined)
    scenario.registry.behave({ type: 'status', status: 404 }, { package: 'lib' })
    for (const version of ['1.5.0', '2.0.0']) {
      const manifest = JSON.stringify(scenario.registry.manifestOf('lib', version))
      scenario.registry.behave({ type: 'body', body: manifest }, { package: `lib@${version}` })
    }
    const outcome = await scenario.json()
    expect({ code: outcome.code, found: pairs(outcome) }).toEqual({
      code: 3,
      found: ['package-too-young a@1.0.0', 'package-too-young lib@1.5.0', 'package-too-young lib@2.0.0'],
    })
  })

  test('without a minimum age nobody is asked for one', async () => {
    await start({})
    await scenario.depgate()
    expect(new Set(scenario.registry.asked())).toEqual(new Set(['a@1.0.0', 'lib@1.5.0', 'lib@2.0.0']))
  })

  test('only registries that are named may be used', async () => {
    await start({ sources: { registries: ['@acme'] }, packages: { licenseText: 'off', deprecated: 'off' } })
    const refused = await scenario.json()
    expect({ code: refused.code, found: pairs(refused) }).toEqual({
      code: 1,
      found: ['source-registry a@1.0.0', 'source-registry lib@1.5.0', 'source-registry lib@2.0.0'],
    })
    for (const registries of [['default'], [scenario.registry.url]]) {
      policy({ sources: { registries }, packages: { licenseText: 'off', deprecated: 'off' } })
      expect((await scenario.json()).code).toBe(0)
    }
  })

  test('a lockfile entry without integrity is told of', async () => {
    scenario = await startScenario({
      dependencies: { a: '^1.0.0' },
      packages: [{ name: 'a', version: '1.0.0', license: 'MIT', lock: { integrity: undefined } }],
      policy: {
        licenses: { allow: ALLOW },
        packages: { licenseText: 'off' },
        sources: { integrity: 'deny' },
      },
    })
    const outcome = await scenario.json()
    expect({ code: outcome.code, found: pairs(outcome) }).toEqual({
      code: 1,
      found: ['integrity-missing a@1.0.0'],
    })
  })

  function policy(rules: Record<string, unknown>): void {
    const text = JSON.stringify({ licenses: { allow: ALLOW }, ...rules })
    writeFileSync(join(scenario.project.folder, 'depgate.config.json'), text)
  }
})
