/** depgate where npm could not install oxc-parser: what needs it says so, and everything else works as ever. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALLOW, startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'depgate-without-parser-'))
const installed = join(base, 'node_modules')
const cli = join(installed, 'depgate/dist/bundle/depgate.js')
const licenses = { allow: ALLOW }
const scenarios: Scenario[] = []

/** What is installed here, without the parser; depgate itself is copied, so that it looks beside the copy. */
beforeAll(() => {
  const own = join(installed, 'depgate')
  mkdirSync(own, { recursive: true })
  for (const name of ['dist', 'package.json', 'schema'])
    cpSync(join(ROOT, name), join(own, name), { recursive: true })
  symlinkSync(join(ROOT, 'data'), join(own, 'data'))
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (!/^(?:\.|oxc-parser$|@oxc-parser$|depgate$)/.test(name))
      symlinkSync(join(ROOT, 'node_modules', name), join(installed, name))
})
afterAll(async () => {
  await Promise.all(scenarios.map((scenario) => scenario.close()))
  rmSync(base, { recursive: true, force: true })
})

async function depgate(policy: unknown, ...args: string[]): Promise<{ code: number | null; text: string }> {
  const scenario = await startScenario({
    dependencies: { a: '^1.0.0' },
    packages: [{ name: 'a', version: '1.0.0', license: 'MIT' }],
    files: { 'index.js': "import 'a'\n" },
    policy,
  })
  scenarios.push(scenario)
  const { code, stdout, stderr } = await scenario.depgate([...args, '--deadline', '1m'], { cli })
  return { code, text: stdout + stderr }
}

const MISSING = /oxc-parser[^]*npm install --save-dev oxc-parser/

test.each([
  ['a rule about imports', { licenses, imports: { undeclared: 'deny' } }],
  [
    'a list for what does not ship',
    { licenses: { ...licenses, scopes: { notShipped: { allow: ['MPL-2.0'] } } } },
  ],
])('%s ends with exit code 2, and says what to install', async (_name, policy) => {
  const { code, text } = await depgate(policy, 'check')
  expect(text).toMatch(MISSING)
  expect(code).toBe(2)
})

test('depgate imports as well', async () => {
  const { code, text } = await depgate({ licenses }, 'imports')
  expect(text).toMatch(MISSING)
  expect(code).toBe(2)
})

test('without such a rule nothing is missing', async () => {
  const { code, text } = await depgate({ licenses }, 'check')
  expect(text).not.toContain('oxc-parser')
  expect(code).toBe(0)
})
