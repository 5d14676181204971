/** An audit with a dump of OSV's database, as people start it. */
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const OSV = resolve(import.meta.dirname, '../../fixtures/osv')

let scenario: Scenario
beforeAll(async () => {
  scenario = await startScenario({
    dependencies: { lodash: '4.17.20', ws: '8.17.1' },
    packages: [
      { name: 'lodash', version: '4.17.20', license: 'MIT' },
      { name: 'ws', version: '8.17.1', license: 'MIT' },
    ],
    policy: { licenses: { allow: ['MIT'] }, advisories: { maxAge: '3650d' } },
  })
})
afterAll(() => scenario.close())

async function audit(...args: string[]): Promise<{ code: number | null; report: RunReport }> {
  const { code, stdout, stderr } = await scenario.depgate([
    'audit',
    '--format',
    'json',
    '--no-forecast',
    ...args,
  ])
  if (stdout === '') throw new Error(stderr)
  return { code, report: JSON.parse(stdout) as RunReport }
}

test('finds what is known, and its way into the tree', async () => {
  const { code, report } = await audit('--osv', OSV)
  expect(code).toBe(1)
  expect(report.verdict).toBe('violation')
  expect(report.audit?.advisories).toMatchObject({
    status: 'complete',
    sources: [{ name: 'registry', problem: expect.stringContaining('(404)') as unknown }, { name: 'osv' }],
    matches: [{ id: 'GHSA-35jh-r3h4-6jhm', package: 'lodash@4.17.20', fixedIn: '4.17.21' }],
  })
  expect(report.findings.find(({ rule }) => rule === 'package-vulnerable')?.path.at(-1)).toBe(
    'lodash@4.17.20',
  )
})

test('knows it without the dump the next time, and says so where it knows nothing', async () => {
  const { report } = await audit()
  expect(report.audit?.advisories).toMatchObject({
    status: 'complete',
    matches: [{ package: 'lodash@4.17.20' }],
  })
  const { code, report: bare } = await audit('--no-cache')
  expect(code).toBe(0)
  expect(bare).toMatchObject({ verdict: 'pass', audit: { advisories: { status: 'incomplete' } } })
  expect(bare.findings.map(({ rule }) => rule)).toContain('advisories-unavailable')
})
