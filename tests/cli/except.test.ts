/** `depgate except` as a person uses it, on real files. */
import { lstatSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const POLICY = `{
\t// Our policy.
\t"licenses": {
\t\t"allow": ["MIT"], // nothing else
\t},
}
`
const WORDS = ['--reason', 'used inside the company only', '--owner', 'platform']

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: { middle: '^2.0.0', guess: '^1.0.0' },
    packages: [
      { name: 'middle', version: '2.0.0', license: 'MIT', dependencies: { copyleft: '^1.2.0' } },
      { name: 'copyleft', version: '1.2.3', license: 'AGPL-3.0-only' },
      { name: 'guess', version: '1.0.0', license: 'Do what you like' },
    ],
  })
  write(POLICY)
})
afterEach(() => scenario.close())

const path = (name = 'depgate.config.json') => join(scenario.project.folder, name)
const policy = () => readFileSync(path(), 'utf8')
const write = (text: string) => writeFileSync(path(), text)
const flat = (text: string) => text.replaceAll(/\s+/g, ' ')

test('what it writes makes the package pass, and keeps the file as it was', async () => {
  const { code, stdout } = await scenario.depgate(['except', 'copyleft', ...WORDS])
  expect(stdout).toContain('Written to depgate.config.json:6:')
  expect(stdout).toContain('have it reviewed')
  expect(code).toBe(0)
  const expires = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  expect(policy()).toBe(`{
\t// Our policy.
\t"licenses": {
\t\t"allow": ["MIT"], // nothing else
\t\t"exceptions": [
\t\t\t{
\t\t\t\t"package": "copyleft@^1.2.3",
\t\t\t\t"allow": ["AGPL-3.0-only"],
\t\t\t\t"reason": "used inside the company only",
\t\t\t\t"owner": "platform",
\t\t\t\t"expires": "${expires}"
\t\t\t}
\t\t],
\t},
}
`)
  const { report } = await scenario.json()
  expect(report.packages.find(({ name }) => name === 'copyleft')).toMatchObject({
    verdict: 'pass',
    exceptions: ['copyleft@^1.2.3'],
  })
})

test('without the words of a person it shows the entry and writes nothing', async () => {
  const { code, stdout, stderr } = await scenario.depgate(['except', 'copyleft'])
  expect(code).toBe(2)
  expect(stdout).toContain('"reason": "…"')
  expect(stderr).toContain('--reason')
  expect(stderr).toContain('--owner')
  expect((await scenario.depgate(['except', 'copyleft', '--dry-run'])).code).toBe(0)
  expect(policy()).toBe(POLICY)
})

test('--dry-run shows the change and writes nothing', async () => {
  const { code, stdout } = await scenario.depgate(['except', 'copyleft', ...WORDS, '--dry-run'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ +7 \+ +"package": "copyleft@\^1\.2\.3",$/m)
  expect(policy()).toBe(POLICY)
})

/** A policy with an exception that stands on one line between comments. */
const old = (allow: string, expires: string) =>
  POLICY.replace(
    '\t\t"allow": ["MIT"], // nothing else\n',
    `\t\t"allow": ["MIT"],\n\t\t"exceptions": [\n\t\t\t// for the demo\n\t\t\t{ "package": "copyleft@1", "allow": ["${allow}"], "reason": "demo", "owner": "me", "expires": "${expires}" } // soon gone\n\t\t]\n`,
  )

test('a second time renews the exception; its comments and licences stay, a lapsed one gives up its licences', async () => {
  write(old('GPL-2.0-only', '2999-01-01'))
  await scenario.depgate(['except', 'copyleft', ...WORDS, '--expires', '2999-06-30'])
  expect(policy()).toContain(
    '// for the demo\n\t\t\t{ "package": "copyleft@1", "allow": ["GPL-2.0-only", "AGPL-3.0-only"]',
  )
  expect(policy()).toContain('"expires": "2999-06-30" } // soon gone\n')
  write(old('GPL-2.0-only', '2020-01-01'))
  await scenario.depgate(['except', 'copyleft', ...WORDS])
  expect(policy()).toContain('"package": "copyleft@1", "allow": ["AGPL-3.0-only"]')
  expect(policy()).not.toContain('GPL-2.0-only')
})

test.each([
  [['except', 'middle', ...WORDS], 'middle@2.0.0 needs no exception: the policy allows MIT'],
  [['except', 'guess', ...WORDS], 'no exception would help'],
  [['except', 'copyletf', ...WORDS], 'copyletf is not in this tree'],
  [['except', 'copyleft', '--reason', '...', '--owner', 'me'], '--reason: "..." is a placeholder'],
  [['except', 'copyleft', ...WORDS, '--expires', 'soon'], '--expires: "soon" is not a day of the calendar'],
  [['except', 'copyleft', ...WORDS, '--expires', '2020-01-01'], '--expires: 2020-01-01 is past'],
  [['except', 'copyleft', ...WORDS, '--allow', 'AGPL-3.0-onyl'], '--allow: '],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await scenario.depgate(args)
  expect(flat(stderr)).toContain(message)
  expect(code).toBe(2)
  expect(policy()).toBe(POLICY)
})

test('a package that could not be judged gets none', async () => {
  scenario.registry.publish('copyleft', '1.2.3', { license: 5 })
  const { code } = await scenario.depgate(['except', 'copyleft', ...WORDS, '--offline'])
  expect(code).toBe(3)
  expect(policy()).toBe(POLICY)
})

test('a policy that is none stays as it is', async () => {
  const broken = POLICY.replace('"allow"', '"alow"')
  write(broken)
  const { code, stderr } = await scenario.depgate(['except', 'copyleft', ...WORDS])
  expect(code).toBe(2)
  expect(stderr).toContain('depgate.config.json:4')
  expect(policy()).toBe(broken)
})

test('never through a symbolic link', async () => {
  renameSync(path(), path('elsewhere.json'))
  symlinkSync('elsewhere.json', path())
  const { code, stderr } = await scenario.depgate(['except', 'copyleft', ...WORDS])
  expect(code).toBe(2)
  expect(stderr).toContain('symbolic link')
  expect(lstatSync(path()).isSymbolicLink()).toBe(true)
  expect(policy()).toBe(POLICY)
})

test('the key of package.json is written, and nothing beside it', async () => {
  rmSync(path())
  const manifest = JSON.parse(readFileSync(path('package.json'), 'utf8')) as Record<string, unknown>
  const text = `${JSON.stringify({ ...manifest, depgate: { licenses: { allow: ['MIT'] } } }, undefined, 2)}\n`
  writeFileSync(path('package.json'), text)
  const { code, stderr } = await scenario.depgate(['except', 'copyleft', ...WORDS])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  const after = JSON.parse(readFileSync(path('package.json'), 'utf8')) as typeof manifest
  expect(after).toMatchObject({ ...manifest, depgate: { licenses: { exceptions: [{ owner: 'platform' }] } } })
})

test('a list that would hide an inherited one is not begun', async () => {
  const entry = { package: 'other', allow: ['CC0-1.0'], reason: 'ours', owner: 'us', expires: '2999-01-01' }
  writeFileSync(path('base.json'), JSON.stringify({ licenses: { allow: ['MIT'], exceptions: [entry] } }))
  write('{ "extends": "./base.json" }\n')
  const { code, stderr } = await scenario.depgate(['except', 'copyleft', ...WORDS])
  expect(code).toBe(2)
  expect(flat(stderr)).toContain('would replace the entries of base.json')
  expect(policy()).toBe('{ "extends": "./base.json" }\n')
})
