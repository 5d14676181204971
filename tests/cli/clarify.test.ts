/** `depgate clarify` as a person uses it, on real files. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const MIT = readFileSync(resolve(import.meta.dirname, '../../LICENSE'), 'utf8')
const LIMITED = MIT.replace('without restriction', 'without any restriction but evil')
const POLICY = '{\r\n    "licenses": {\r\n        "allow": ["MIT"] // all\r\n    }\r\n}\r\n'
const WORDS = ['--license', 'MIT', '--reason', 'the author told us']

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: { odd: '^1.0.0', wrap: '^1.0.0', bare: '^1.0.0', fine: '^1.0.0' },
    packages: [
      {
        name: 'odd',
        version: '1.0.0',
        license: 'SEE LICENSE IN LICENSE',
        files: { LICENSE: LIMITED, NOTICE: 'Parts by others.' },
      },
      { name: 'wrap', version: '1.0.0', license: 'MIT', dependencies: { odd: '^2.0.0', copied: '^1.0.0' } },
      {
        name: 'odd',
        version: '2.0.0',
        license: 'Custom',
        files: { LICENSE: `${LIMITED}\nVersion two.` },
        location: 'node_modules/wrap/node_modules/odd',
      },
      { name: 'copied', version: '1.0.0', license: 'Custom', files: { LICENSE: 'One.' } },
      {
        name: 'copied',
        version: '1.0.0',
        license: 'Custom',
        files: { LICENSE: 'Another.' },
        location: 'node_modules/fine/node_modules/copied',
      },
      { name: 'bare', version: '1.0.0', license: 'Custom', files: { 'README.md': '# bare\n' } },
      { name: 'fine', version: '1.0.0', license: 'MIT', dependencies: { copied: '^1.0.0' } },
    ],
  })
  write(POLICY)
})
afterEach(() => scenario.close())

const path = (name: string) => join(scenario.project.folder, name)
const policy = () => readFileSync(path('depgate.config.json'), 'utf8')
const write = (text: string) => writeFileSync(path('depgate.config.json'), text)
const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

test('without --license it shows the text beside the nearest one and guesses nothing', async () => {
  const { code, stdout, stderr } = await scenario.depgate(['clarify', 'odd@1.0.0'])
  expect(code).toBe(2)
  expect(stdout).toContain('nearest is MIT')
  expect(stdout).toMatch(/^ {2}\+ .*any$/m)
  expect(stdout).toMatch(/^ {2}\+ .*but evil$/m)
  expect(stdout).toContain('NOTICE (speaks for parts of others)')
  expect(stdout).toContain('"license": "…"')
  expect(stdout).toContain(`"sha256": "${sha256(LIMITED)}"`)
  expect(stderr).toContain('--license')
  expect(stderr).toContain('--reason')
  const long = stdout.split('\n').filter((line) => line.length > 80 && !line.includes('sha256'))
  expect(long).toEqual([])
  expect(policy()).toBe(POLICY)
})

test('what it writes makes the package pass until the text changes; then it is renewed in place', async () => {
  const { code, stdout } = await scenario.depgate(['clarify', 'odd@1.0.0', ...WORDS])
  expect(stdout).toContain('Written to depgate.config.json:')
  expect(code).toBe(0)
  expect(policy()).toBe(
    POLICY.replace(
      '"allow": ["MIT"] // all',
      `"allow": ["MIT"], // all\r\n        "clarify": [\r\n            {\r\n                "package": "odd@1.0.0",\r\n                "license": "MIT",\r\n                "file": "LICENSE",\r\n                "sha256": "${sha256(LIMITED)}",\r\n                "reason": "the author told us"\r\n            }\r\n        ]`,
    ),
  )
  const odd = async () => (await scenario.json()).report.packages.find(({ id }) => id === 'odd@1.0.0')
  expect(await odd()).toMatchObject({ verdict: 'pass', conclusion: 'clarified', license: 'MIT' })

  const changed = `${LIMITED}\nMore.`
  writeFileSync(path('node_modules/odd/LICENSE'), changed)
  expect((await odd())?.verdict).toBe('unknown')
  write(policy().replace('"license": "MIT"', '/* sic */ "license": "MIT"'))
  await scenario.depgate(['clarify', 'odd@1.0.0', ...WORDS])
  expect(policy()).toContain(sha256(changed))
  expect(policy()).not.toContain(sha256(LIMITED))
  expect(policy()).toContain('/* sic */')
  expect((await odd())?.verdict).toBe('pass')
})

test('each version is pinned by itself; a range only where all carry the same files', async () => {
  const { code, stdout } = await scenario.depgate(['clarify', 'odd', ...WORDS])
  expect(code).toBe(0)
  expect(stdout).toContain('odd@2.0.0')
  expect(policy()).toContain('"package": "odd@1.0.0"')
  expect(policy()).toContain('"package": "odd@2.0.0"')
  const before = policy()
  const wide = await scenario.depgate(['clarify', 'odd', ...WORDS, '--range', '1 || 2'])
  expect(wide.code).toBe(2)
  expect(flat(wide.stderr)).toContain('do not carry the same files')
  expect(policy()).toBe(before)
})

test('a range is written as it was given', async () => {
  const { code } = await scenario.depgate(['clarify', 'odd@1.0.0', ...WORDS, '--range', '^1.0.0'])
  expect(code).toBe(0)
  expect(policy()).toContain('"package": "odd@^1.0.0"')
})

test('several files that were read are all pinned', async () => {
  const files = ['--file', 'LICENSE', '--file', 'package.json']
  const { code } = await scenario.depgate(['clarify', 'odd@1.0.0', ...WORDS, ...files])
  expect(code).toBe(0)
  const { report } = await scenario.json()
  expect(report.packages.find(({ id }) => id === 'odd@1.0.0')).toMatchObject({ conclusion: 'clarified' })
})

test('--dry-run shows the change and writes nothing', async () => {
  const { code, stdout } = await scenario.depgate(['clarify', 'odd@1.0.0', ...WORDS, '--dry-run'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ +\d+ \+ +"license": "MIT",$/m)
  expect((await scenario.depgate(['clarify', 'odd@1.0.0', '--dry-run'])).code).toBe(0)
  expect(policy()).toBe(POLICY)
})

test.each([
  [['clarify', 'bare', ...WORDS], 'bare@1.0.0 ships no licence file to pin'],
  [['clarify', 'copied', ...WORDS], 'the copies of copied@1.0.0 differ'],
  [['clarify', 'none', ...WORDS], 'none is not in this tree'],
  [['clarify', 'odd', '--license', 'MIT', '--reason', '…'], '--reason: "…" is a placeholder'],
  [['clarify', 'odd', '--license', 'MTI', '--reason', 'r'], '--license: '],
  [['clarify', 'odd', ...WORDS, '--file', '../../secret'], '--file: '],
  [['clarify', 'odd', ...WORDS, '--file', 'nothing'], 'missing or outside the package'],
  [['clarify', 'odd', ...WORDS, '--range', 'latest'], '--range: '],
  [['clarify', 'odd@1.0.0', ...WORDS, '--range', '^2'], 'odd@1.0.0 is not in the range ^2'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await scenario.depgate(args)
  expect(flat(stderr)).toContain(message)
  expect(code).toBe(2)
  expect(policy()).toBe(POLICY)
})

test('a file of a package that has none can be named', async () => {
  const { code } = await scenario.depgate(['clarify', 'bare', ...WORDS, '--file', 'package.json'])
  expect(code).toBe(0)
  expect(policy()).toContain('"file": "package.json"')
})

test('without a policy there is nothing to write into', async () => {
  write('{ "licenses": { "allow": ["MIT"], } ')
  const { code, stderr } = await scenario.depgate(['clarify', 'odd', ...WORDS])
  expect(code).toBe(2)
  expect(stderr).toContain('depgate.config.json:1')
})
