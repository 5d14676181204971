/** `depgate config`: what holds and where it comes from, and every mistake with its place. */
import { afterEach, expect, test } from 'vitest'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

let scenario: Scenario
afterEach(() => scenario.close())

const POLICY = `{
  // The company's, and a little more.
  "extends": "@acme/policy",
  "licenses": {
    "allow": ["extends", "WTFPL"]
  },
  "packages": { "duplicates": "warn" }
}
`
const PARENT =
  '{\n  "extends": "depgate:permissive",\n  "packages": { "deprecated": "deny" },\n  "deadline": "20s"\n}\n'
const start = (policy: string) =>
  startScenario({
    packages: [],
    policy: undefined,
    files: {
      'depgate.config.json': policy,
      'node_modules/@acme/policy/package.json': '{ "name": "@acme/policy", "version": "1.0.0" }',
      'node_modules/@acme/policy/depgate.config.json': PARENT,
    },
  })

interface Printed {
  ok: boolean
  file: string
  sha256: string
  values: { key: string; value: unknown; origin: Record<string, unknown>; licenses?: string[] }[]
}

test('each value has its origin: file, package, preset or default', async () => {
  scenario = await start(POLICY)
  const { code, stdout } = await scenario.depgate(['config'])
  expect(code).toBe(0)
  const parent = 'node_modules/@acme/policy/depgate.config.json'
  const origin = (key: string) => {
    const line = stdout.split('\n').find((text) => text.startsWith(`${key} `)) ?? ''
    return line.slice(key.length).trim().split(/ {2,}/)
  }
  expect(origin('licenses.allow[0]')).toEqual([
    'group:permissive (145 licences)',
    'preset depgate:permissive',
  ])
  expect(origin('licenses.allow[1]')).toEqual(['WTFPL', 'depgate.config.json:5'])
  expect(origin('packages.duplicates')).toEqual(['warn', 'depgate.config.json:7'])
  expect(origin('packages.deprecated')).toEqual(['deny', `${parent}:3`])
  expect(origin('deadline')).toEqual(['20s', `${parent}:4`])
  expect(origin('network.timeout')).toEqual(['3s', 'default'])
})

test('the same as JSON', async () => {
  scenario = await start(POLICY)
  const { stdout } = await scenario.depgate(['config', '--format', 'json'])
  const printed = JSON.parse(stdout) as Printed
  const byKey = new Map(printed.values.map((entry) => [entry.key, entry]))
  expect(printed).toMatchObject({
    ok: true,
    file: 'depgate.config.json',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  })
  expect(byKey.get('licenses.allow[0]')?.origin).toEqual({ type: 'preset', name: 'depgate:permissive' })
  expect(byKey.get('licenses.allow[0]')?.licenses).toContain('MIT')
  expect(byKey.get('deadline')).toEqual({
    key: 'deadline',
    value: '20s',
    origin: { type: 'package', file: 'node_modules/@acme/policy/depgate.config.json', line: 4, column: 15 },
  })
  expect(byKey.get('sources.git')?.origin).toEqual({ type: 'default' })
})

test('--check says that it is valid, or what is wrong and where', async () => {
  scenario = await start(POLICY)
  const valid = await scenario.depgate(['config', '--check'])
  expect(valid.stdout).toBe(
    'depgate.config.json is valid, with depgate:permissive, node_modules/@acme/policy/depgate.config.json\n',
  )
  expect(valid.code).toBe(0)
  await scenario.close()
  scenario = await start(POLICY.replace('"WTFPL"', '"WTFLP"').replace('"warn"', '"wran"'))
  const wrong = await scenario.depgate(['config', '--check'])
  expect(wrong.code).toBe(2)
  expect(wrong.stdout).toBe('')
  expect(wrong.stderr).toContain(
    'depgate.config.json:5:26  licenses.allow[1]: "WTFLP" is not an SPDX licence id',
  )
  expect(wrong.stderr).toContain('depgate.config.json:7:31  packages.duplicates: "wran" is not a severity')
  const json = await scenario.depgate(['config', '--check', '--format', 'json'])
  expect(json.code).toBe(2)
  expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, errors: [{ line: 5, column: 26 }, { line: 7 }] })
})

test('words of another tool are known for what they are', async () => {
  scenario = await start(
    '{\n"licenses": { "allow": ["MIT"], "clarify": [{ "crate": "a" }, { "expression": "MIT" }] },\n"bans": { "multiple-versions": "deny" } }',
  )
  const { code, stderr } = await scenario.depgate(['config', '--check'])
  expect(code).toBe(2)
  expect(stderr).toMatch(/clarify\[0\]\.crate: is not a key that depgate knows\n {2}fix: Write "package"/)
  expect(stderr).toMatch(
    /clarify\[1\]\.expression: is not a key that depgate knows\n {2}fix: Write "license"/,
  )
  expect(stderr).toMatch(/bans: is not a key that depgate knows\n {2}fix: Write "packages"/)
})

test('a damaged baseline is a mistake too', async () => {
  scenario = await start(POLICY)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(`${scenario.project.folder}/depgate.baseline.json`, '{ "schemaVersion": 1, "findings": [] }')
  expect((await scenario.depgate(['config', '--check'])).stdout).toContain(
    '; depgate.baseline.json with 0 entries',
  )
  writeFileSync(`${scenario.project.folder}/depgate.baseline.json`, '{ "schemaVersion": 1 }')
  const { code, stderr } = await scenario.depgate(['config', '--check'])
  expect(code).toBe(2)
  expect(stderr).toContain('depgate.baseline.json:1:1  findings: is missing')
})
