/** Where the answer goes: `--output` holds for each command that reports, and a place that takes nothing is told of. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
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

test.each([
  ['check', ['check'], 'depgate  pass: the 1 package may be used'],
  ['list', ['list'], 'a@1.0.0  MIT  production'],
  ['explain', ['explain', 'a'], 'verdict     pass'],
  ['list as JSON', ['list', '--format', 'json'], '"schemaVersion": 1'],
])('%s writes into the file, without colours, and nothing to stdout', async (_, args, text) => {
  const { code, stdout, stderr } = await scenario.depgate([...args, '--output', 'reports/deep/depgate.out'], {
    env: { FORCE_COLOR: '1' },
  })
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' })
  const file = join(scenario.project.folder, 'reports/deep/depgate.out')
  expect(readFileSync(file, 'utf8')).toContain(text)
  expect(readFileSync(file, 'utf8')).not.toContain('\u001b')
  expect(statSync(file).mode & 0o077).toBe(0)
})

test.each([['check'], ['list']])('%s: a report that cannot be written is no pass', async (command) => {
  const { code, stderr } = await scenario.depgate([command, '--output', 'node_modules'])
  expect(code).toBe(2)
  expect(stderr).toBe(
    'depgate: node_modules could not be written (EISDIR); choose another place with --output\n',
  )
})

test.runIf(process.platform === 'linux')(
  'a place that can never be made ends the run all the same',
  async () => {
    const { code, stderr } = await scenario.depgate([
      '--output',
      '/proc/depgate/a/b.json',
      '--cache-dir',
      '/proc/depgate/a',
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('could not be written (ENOENT)')
  },
)

test('the help names no default that is empty', async () => {
  const { stdout } = await scenario.depgate(['check', '--help'])
  expect(stdout).toContain('--workspace <name>')
  expect(stdout).not.toContain('[]')
})
