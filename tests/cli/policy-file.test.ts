/** The policy file as a newcomer and a company meet it: presets, a shared package, workspaces, unused entries. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { spdxText } from '../support/license-texts.ts'
import type { FakePackage } from '../support/project.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const PRODUCTION = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Python-2.0']
const LICENSES = [...PRODUCTION, 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', '(MIT OR GPL-3.0-only)']
const DEV = ['MPL-2.0', 'CC-BY-3.0', 'CC-BY-4.0']

let scenario: Scenario

function packagesOf(prefix: string, licenses: string[], lock: Record<string, unknown>): FakePackage[] {
  return licenses.map((license, at) => ({
    name: `${prefix}${at}`,
    version: '1.0.0',
    license,
    lock,
    files: { LICENSE: spdxText(license.startsWith('(') ? 'MIT' : license) },
  }))
}

function wanted(packages: FakePackage[]): Record<string, string> {
  return Object.fromEntries(packages.map(({ name }) => [name, '^1.0.0']))
}

beforeEach(async () => {
  const production = packagesOf('p', LICENSES, {})
  const dev = packagesOf('d', DEV, { dev: true })
  scenario = await startScenario({
    dependencies: wanted(production),
    devDependencies: wanted(dev),
    packages: [...production, ...dev],
  })
})
afterEach(() => scenario.close())

const write = (text: string) => writeFileSync(join(scenario.project.folder, 'depgate.config.json'), text)

test('the file that a newcomer is offered lets a usual tree pass, without a word about unused entries', async () => {
  rmSync(join(scenario.project.folder, 'depgate.config.json'))
  const offered = await scenario.depgate()
  expect(offered.code).toBe(2)
  write(offered.stderr.slice(offered.stderr.indexOf('{'), offered.stderr.lastIndexOf('}') + 1))
  const { code, report } = await scenario.json()
  expect(
    report.findings.filter(({ rule }) => rule.startsWith('license-not') || rule === 'allow-unused'),
  ).toEqual([])
  expect(report.packages.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  expect(code).toBe(0)
})

test('strict refuses what permissive lets pass', async () => {
  write('{ "extends": "depgate:strict" }')
  const { code, report } = await scenario.json()
  expect(code).toBe(1)
  const refused = report.packages
    .filter(({ verdict }) => verdict === 'violation')
    .map(({ license }) => license)
  expect(new Set(refused)).toEqual(new Set([...DEV, 'CC0-1.0', 'Python-2.0', 'Unlicense']))
})

test('an entry that nothing needs is told with its line; the verdict stays', async () => {
  write(
    '{ "extends": "depgate:permissive", "licenses": {\n "allow": ["extends",\n "WTFPL", "ISC"],\n "scopes": { "dev": { "allow": ["group:weak-copyleft", "group:content"] } } } }',
  )
  const { code, report } = await scenario.json()
  expect(code).toBe(0)
  expect(report.findings.filter(({ rule }) => rule === 'allow-unused')).toMatchObject([
    {
      message: 'WTFPL in licenses.allow is needed by no package',
      location: { file: 'depgate.config.json', line: 3 },
    },
  ])
  const narrowed = await scenario.json(['--omit', 'dev'])
  expect(narrowed.report.findings.filter(({ rule }) => rule === 'allow-unused')).toEqual([])
})

test.each([
  ['{ "extends": "depgate:permisive" }', 'Did you mean "depgate:permissive"?'],
  ['{ "licenses": { "allow": ["group:permisive"] } }', 'Did you mean "group:permissive"?'],
  ['{ "extends": "./none.json" }', 'there is no file "./none.json"'],
  [
    '{ "extends": "depgate:permissive", "licenses": {\n "workspaces": { "packages/web": { "allow": ["0BSD"] } } } }',
    'depgate.config.json:2  licenses.workspaces["packages/web"]: there is no workspace in this folder',
  ],
])('%s: exit 2, with what to write instead', async (text, words) => {
  write(text)
  const { code, stderr } = await scenario.depgate()
  expect(code).toBe(2)
  expect(stderr).toContain(words)
})
