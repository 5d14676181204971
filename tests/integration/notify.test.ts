/** An audit that tells, as people start it: what it says and how it ends is the same whoever listens. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { keepsIssues, startListener } from '../support/listener.ts'
import type { Listener } from '../support/listener.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

let scenario: Scenario
let listener: Listener
beforeAll(async () => {
  scenario = await startScenario({
    dependencies: { copyleft: '1.0.0' },
    packages: [{ name: 'copyleft', version: '1.0.0', license: 'AGPL-3.0-only' }],
    policy: {
      licenses: { allow: ['MIT'] },
      notify: [
        { type: 'webhook', url: 'env:DEPGATE_WEBHOOK_URL', secret: 'env:DEPGATE_WEBHOOK_SECRET' },
        { type: 'github-issue' },
      ],
    },
  })
})
afterAll(() => scenario.close())
beforeEach(async () => {
  listener = await startListener()
})
afterEach(() => listener.close())

function audit(args: string[], env: Record<string, string>) {
  return scenario.depgate(['audit', '--no-forecast', '--no-advisories', ...args], { env })
}

function environment(): Record<string, string> {
  return {
    DEPGATE_WEBHOOK_URL: `${listener.url}/hook`,
    DEPGATE_WEBHOOK_SECRET: 'a key of the test that is long',
    GITHUB_API_URL: `${listener.url}/api/v3`,
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_TOKEN: 'ghs_abc',
  }
}

test('what is new is told once', async () => {
  const issues = keepsIssues(listener)
  const env = environment()
  expect((await audit(['--notify'], env)).code).toBe(1)
  const hooks = (): number => listener.heard.filter(({ path }) => path === '/hook').length
  expect(hooks()).toBeGreaterThan(0)
  expect(issues).toMatchObject([{ state: 'open', body: expect.stringContaining('AGPL-3.0-only') as unknown }])
  const before = hooks()
  expect((await audit(['--notify'], env)).code).toBe(1)
  expect(hooks()).toBe(before)
  expect(issues).toHaveLength(1)
})

test('who is not there changes nothing but a warning, and what is missing is said before anything is asked', async () => {
  const env = environment()
  await listener.close()
  const { code, stdout } = await audit(['--notify', 'always', '--format', 'json'], env)
  expect(code).toBe(1)
  const report = JSON.parse(stdout) as { verdict: string; warnings: { code: string }[] }
  expect(report.verdict).toBe('violation')
  expect(report.warnings.filter((warning) => warning.code === 'notify-failed')).toHaveLength(2)
  listener = await startListener()

  const { GITHUB_API_URL: _, ...less } = environment()
  const refused = await audit(['--notify'], less)
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('GITHUB_API_URL')
  expect(listener.heard).toEqual([])
})
