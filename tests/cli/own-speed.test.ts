/** `check --save-baseline` and `--against`: a gate that got slower is told, and nothing else is called slow. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Speed } from '#metrics/regression'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const PATIENT = ['--no-cache', '--deadline', '2m']

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: { a: '^1.0.0' },
    packages: [{ name: 'a', version: '1.0.0', license: 'MIT' }],
  })
})
afterEach(() => scenario.close())

const file = (): string => join(scenario.project.folder, 'speed.json')

/** Stores a run and writes into it what the test needs it to say. */
async function stored(changes: Partial<Speed> = {}): Promise<void> {
  const { code } = await scenario.depgate([...PATIENT, '--save-baseline', 'speed.json'])
  expect(code).toBe(0)
  const speed = JSON.parse(readFileSync(file(), 'utf8')) as Speed
  writeFileSync(file(), JSON.stringify({ ...speed, ...changes }))
}

test('a stored run tells kind, packages and the speed of the machine', async () => {
  await stored()
  const { kind, packages, durationMs, referenceMs } = JSON.parse(readFileSync(file(), 'utf8')) as Speed
  expect({ kind, packages }).toEqual({ kind: 'network', packages: 1 })
  expect(durationMs).toBeGreaterThan(10)
  expect(referenceMs).toBeGreaterThan(0)
})

test('much slower is exit code 1 with one line on stderr, and the report stays what it is', async () => {
  await stored({ durationMs: 1, referenceMs: 1000 })
  const { code, stdout, stderr } = await scenario.depgate([...PATIENT, '--against', 'speed.json'])
  expect(code).toBe(1)
  expect(stdout).toContain('depgate  pass')
  expect(stderr).toMatch(
    /^depgate: your gate got slower: [\d.]+ times the stored run, as many packages \(.*\)\n$/,
  )
})

test('as fast as ever is told and changes nothing', async () => {
  await stored({ durationMs: 600_000 })
  const { code, stderr } = await scenario.depgate([...PATIENT, '--against', 'speed.json'])
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(/^depgate: your gate did not get slower: /) as string,
  })
})

test('a run of another kind is not compared', async () => {
  await stored({ durationMs: 1, kind: 'snapshot' })
  const { code, stderr } = await scenario.depgate([...PATIENT, '--against', 'speed.json'])
  expect(code).toBe(0)
  expect(stderr).toContain('not compared with the baseline')
})

test('a file that holds no stored run is a mistake of usage, and a violation stays one', async () => {
  const { code, stderr } = await scenario.depgate(['--against', 'package.json'])
  expect(code).toBe(2)
  expect(stderr).toContain('package.json holds no stored run; make one with --save-baseline package.json')
  writeFileSync(join(scenario.project.folder, 'depgate.config.json'), '{ "licenses": { "allow": ["ISC"] } }')
  expect((await scenario.depgate(['--against', 'no-such-file'])).code).toBe(1)
})
