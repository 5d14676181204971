/** The forecast of an audit, by the whole program against a registry on the loopback. */
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { ALLOW, startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

let scenario: Scenario
beforeAll(async () => {
  scenario = await startScenario({
    dependencies: { 'ua-parser-js': '^1.0.2', lib: '^1.0.0' },
    packages: [
      { name: 'ua-parser-js', version: '1.0.40', license: 'MIT' },
      { name: 'lib', version: '1.0.0', license: 'MIT', dependencies: { deep: '1.x' } },
      { name: 'deep', version: '1.2.0', license: 'ISC' },
    ],
  })
  scenario.registry.publish('ua-parser-js', '2.0.0', { license: 'AGPL-3.0-or-later' })
  scenario.registry.publish('deep', '1.3.0', { license: 'FSL-1.1-MIT' })
  for (const id of ['ua-parser-js@2.0.0', 'deep@1.3.0'])
    scenario.registry.publishedAt(id.split('@')[0] ?? '', id.split('@')[1] ?? '', '2026-10-01T00:00:00.000Z')
})
afterAll(() => scenario.close())

const RULES = new Set(['license-changing', 'license-lost', 'package-silent', 'repository-missing'])

async function audit(...more: string[]): Promise<{ code: number | null; report: RunReport }> {
  const { code, stdout, stderr } = await scenario.depgate([
    'audit',
    '--no-advisories',
    '--format',
    'json',
    ...more,
  ])
  if (stdout === '') throw new Error(stderr)
  return { code, report: JSON.parse(stdout) as RunReport }
}

const ahead = ({ findings }: RunReport): string[] =>
  findings.filter(({ rule }) => RULES.has(rule)).map(({ message }) => message)

const packuments = (): number => {
  const names = new Set(['ua-parser-js', 'lib', 'deep'])
  return scenario.registry.asked().filter((id) => names.has(id ?? '')).length
}

test('a registry that does not answer leaves the verdict alone and is told of', async () => {
  await audit('--no-forecast')
  expect(packuments()).toBe(0)
  scenario.registry.behave({ type: 'status', status: 404 }, { package: 'deep' })
  const { code, report } = await audit()
  scenario.registry.recover()
  expect(code).toBe(0)
  expect(report.verdict).toBe('pass')
  expect(report.audit?.forecast).toMatchObject({ asked: 3, unanswered: ['deep'] })
  expect(report.warnings.map(({ code: about }) => about)).toContain('forecast-incomplete')
  expect(ahead(report)).toHaveLength(1)
})

test('says what is coming, and goes on for an hour with what it has', async () => {
  const { code, report } = await audit()
  expect(ahead(report)).toEqual([
    'deep 1.2.0 is ISC; the next npm update brings 1.3.0, which is FSL-1.1-MIT, not allowed by the policy',
    'ua-parser-js 1.0.40 is MIT; 2.0.0 and later are AGPL-3.0-or-later, not allowed by the policy',
  ])
  expect(code).toBe(0)
  expect(report.audit?.forecast).toMatchObject({ asked: 3, unanswered: [] })
  const fix = report.findings.find((finding) => finding.package === 'deep@1.2.0')?.fix
  expect(fix).toContain(`"overrides": { "deep": ">=1.2.0 <1.3.0" }`)
  // Only the one that was not answered before.
  expect(packuments()).toBe(4)
  const again = await audit()
  expect(again.report.audit?.forecast).toEqual(report.audit?.forecast)
  expect(packuments()).toBe(4)
})

test('check knows nothing of it', async () => {
  const { code, report } = await scenario.json()
  expect(code).toBe(0)
  expect(ahead(report)).toEqual([])
  expect(packuments()).toBe(4)
})

test('a policy may make it fail', async () => {
  const rules = { licenses: { allow: ALLOW }, forecast: { relicensed: 'deny' } }
  writeFileSync(`${scenario.project.folder}/depgate.config.json`, JSON.stringify(rules))
  const { code, report } = await audit()
  expect(code).toBe(1)
  expect(report.findings.filter(({ severity }) => severity === 'deny').map(({ rule }) => rule)).toEqual([
    'license-changing',
    'license-changing',
  ])
})
