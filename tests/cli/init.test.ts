/** `depgate init` on real files, up to the test that it writes. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { cliEnvironment } from '../support/cli.ts'
import type { FakeProject } from '../support/project.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const TREE: FakeProject = {
  policy: undefined,
  manifest: { scripts: { build: 'true' }, keywords: ['last'] },
  dependencies: { good: '^1.0.0', copyleft: '^1.0.0', dark: '^1.0.0' },
  devDependencies: { tool: '^1.0.0' },
  packages: [
    { name: 'good', version: '1.0.0', license: 'MIT' },
    { name: 'copyleft', version: '1.2.3', license: 'AGPL-3.0-only' },
    { name: 'dark', version: '1.0.0', license: 'Do what you like' },
    { name: 'tool', version: '1.0.0', license: 'MPL-2.0', lock: { dev: true } },
  ],
}

let scenario: Scenario
afterEach(() => scenario.close())

const path = (name: string) => join(scenario.project.folder, name)
const text = (name: string) => readFileSync(path(name), 'utf8')
const flat = (output: string) => output.replaceAll(/\s+/g, ' ')
const FILES = ['depgate.config.json', 'depgate.baseline.json', 'tests/architecture/dependencies.test.ts']

/** `npm run test:arch`; Vitest and depgate stand one folder further up, where Node and npm find them too. */
async function testArch(): Promise<{ code: number; output: string }> {
  const modules = join(dirname(scenario.project.folder), 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules/vitest'), join(modules, 'vitest'))
  symlinkSync(ROOT, join(modules, 'depgate'))
  symlinkSync(join(ROOT, 'node_modules/vitest/vitest.mjs'), join(modules, '.bin/vitest'))
  const options = {
    cwd: scenario.project.folder,
    env: cliEnvironment({ home: scenario.project.home, registry: scenario.registry.url }),
  }
  try {
    const { stdout, stderr } = await promisify(execFile)('npm', ['run', 'test:arch'], options)
    return { code: 0, output: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, output: stdout + stderr }
  }
}

test('a policy that is true today, a test that passes, and one that fails tomorrow', async () => {
  scenario = await startScenario(TREE)
  const { code, stdout } = await scenario.depgate(['init'])
  expect(code).toBe(0)
  expect(flat(stdout)).toContain('new depgate.config.json: made from what is there; it allows 2 packages')
  expect(flat(stdout)).toContain('AGPL-3.0-only: copyleft@1.2.3')
  expect(flat(stdout)).toContain('depgate explain <package> shows why: dark@1.0.0')
  expect(stdout).toContain('npm install --save-dev vitest depgate')
  expect(text('depgate.config.json')).toContain('// "AGPL-3.0-only", // copyleft@1.2.3')
  expect(text('package.json')).toMatch(
    /"build": "true",\n {4}"test:arch": "vitest run tests\/architecture"\n {2}\},\n {2}"keywords"/,
  )
  expect((JSON.parse(text('depgate.baseline.json')) as { findings: unknown[] }).findings).toHaveLength(2)

  const passed = await testArch()
  expect(passed.output).toContain('1 passed')
  expect(passed.code).toBe(0)

  // What it says is true: without the baseline the same test fails, and names why.
  rmSync(path('depgate.baseline.json'))
  const { code: broken, output } = await promisify(execFile)('npm', ['run', 'test:arch'], {
    cwd: scenario.project.folder,
    env: cliEnvironment({ home: scenario.project.home, registry: scenario.registry.url }),
  }).then(
    () => ({ code: 0, output: '' }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  )
  expect(broken).toBe(1)
  expect(output).toContain('copyleft@1.2.3 is AGPL-3.0-only')
})

test('a second time it changes nothing', async () => {
  scenario = await startScenario(TREE)
  await scenario.depgate(['init', '--workflow', 'github'])
  const names = [...FILES, 'package.json', '.github/workflows/depgate.yml']
  const before = names.map(text)
  const again = await scenario.depgate(['init', '--workflow', 'github'])
  expect(again.code).toBe(0)
  expect(again.stdout.match(/^kept /gm)).toHaveLength(4)
  expect(again.stdout).not.toMatch(/^new /m)
  expect(names.map(text)).toEqual(before)
})

test('--dry-run shows the files and writes none', async () => {
  scenario = await startScenario(TREE)
  const before = text('package.json')
  const { code, stdout } = await scenario.depgate(['init', '--dry-run', '--workflow', 'gitlab'])
  expect(code).toBe(0)
  expect(stdout).toContain('--- depgate.baseline.json')
  expect(stdout).toContain('"group:permissive"')
  expect([...FILES, '.gitlab/depgate.yml'].filter((name) => existsSync(path(name)))).toEqual([])
  expect(text('package.json')).toBe(before)
})

test('in an empty new project it begins with what most begin with, and says what is next', async () => {
  scenario = await startScenario({ policy: undefined, packages: [], lockfile: false })
  writeFileSync(path('package.json'), '{\n\t"name": "new"\n}\n')
  rmSync(path('node_modules'), { recursive: true, force: true })
  const { code, stdout } = await scenario.depgate(['init'])
  expect(code).toBe(0)
  expect(flat(stdout)).toContain('what most projects begin with, because nothing is installed here')
  expect(stdout).toContain('npm install --save-dev vitest depgate')
  expect(stdout).not.toContain('npm ci')
  expect(text('package.json')).toBe(
    '{\n\t"name": "new",\n\t"scripts": {\n\t\t"test:arch": "vitest run tests/architecture"\n\t}\n}\n',
  )
  expect((await scenario.depgate(['config', '--check'])).code).toBe(0)
})

test('a lockfile that lies without an installation is looked at too', async () => {
  scenario = await startScenario(TREE)
  rmSync(path('node_modules'), { recursive: true, force: true })
  const { stdout } = await scenario.depgate(['init'])
  expect(flat(stdout)).not.toContain('nothing is installed here')
  expect(stdout).toMatch(/^ {2}npm ci$/m)
  expect((await scenario.depgate(['config', '--check'])).code).toBe(0)
})

test('files that are there are never replaced, links among them', async () => {
  scenario = await startScenario({ ...TREE, files: { 'tests/architecture/dependencies.test.ts': 'mine' } })
  symlinkSync('nowhere.json', path('depgate.baseline.json'))
  const { stdout } = await scenario.depgate(['init'])
  expect(text('tests/architecture/dependencies.test.ts')).toBe('mine')
  expect(existsSync(path('nowhere.json'))).toBe(false)
  expect(flat(stdout)).toContain('kept depgate.baseline.json: is there already')
})

test('a policy with mistakes, and no package.json, are told and nothing is written', async () => {
  scenario = await startScenario({ ...TREE, policy: { licenses: { allow: ['MTI'] } } })
  const wrong = await scenario.depgate(['init'])
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain('Did you mean "MIT"?')
  rmSync(path('depgate.config.json'))
  rmSync(path('package.json'))
  const none = await scenario.depgate(['init'])
  expect(none.code).toBe(2)
  expect(none.stderr).toContain('npm init')
  expect(FILES.filter((name) => existsSync(path(name)))).toEqual([])
})

test('what no baseline may know is named, and is exit code 1', async () => {
  scenario = await startScenario(TREE)
  const lock = text('package-lock.json')
  const first = /"integrity": "sha512-(.)/.exec(lock)?.[1] === 'A' ? 'B' : 'A'
  writeFileSync(
    path('package-lock.json'),
    lock.replace(/"integrity": "sha512-./, `"integrity": "sha512-${first}`),
  )
  const { code, stdout } = await scenario.depgate(['init'])
  expect(code).toBe(1)
  expect(flat(stdout)).toContain(
    'These fail until they are dealt with; depgate says how: - integrity-mismatch',
  )
})

describe('--import', () => {
  test('takes over what the scripts of package.json say, and names what it cannot', async () => {
    scenario = await startScenario({
      ...TREE,
      manifest: {
        scripts: {
          licenses:
            'license-checker-rseidelsohn --onlyAllow "MIT;MPL-2.0;BSD" --excludePackages "copyleft@1.2.3" --excludePrivatePackages',
        },
      },
    })
    const { code, stdout } = await scenario.depgate(['init', '--import'])
    expect(code).toBe(0)
    expect(flat(stdout)).toContain(
      'Read: license-checker-rseidelsohn in the script "licenses" of package.json.',
    )
    expect(flat(stdout)).toContain('- licence "BSD": is not one SPDX licence.')
    expect(stdout).toContain('Name an owner for each imported exception.')
    const { report } = await scenario.json()
    expect(report.packages.map(({ id, verdict, known }) => [id, known === true ? 'known' : verdict])).toEqual(
      [
        ['copyleft@1.2.3', 'pass'],
        ['dark@1.0.0', 'known'],
        ['good@1.0.0', 'pass'],
        ['tool@1.0.0', 'pass'],
      ],
    )
  })

  test('reads a named file, YAML too', async () => {
    scenario = await startScenario({
      ...TREE,
      files: { 'conf/review.yml': 'allow-licenses:\n  - MIT\n  - GPL-3.0\nfail-on-severity: low\n' },
    })
    const { stdout } = await scenario.depgate(['init', '--import', 'conf/review.yml'])
    expect(text('depgate.config.json')).toContain('// From conf/review.yml.')
    expect(flat(stdout)).toContain('- licence "GPL-3.0": is not one SPDX licence. Write "GPL-3.0-only"')
  })

  test.each<[string, Record<string, string>, string[], RegExp]>([
    ['nothing to import', {}, [], /there is no configuration to import/],
    ['a file that is not there', {}, ['gone.json'], /gone\.json cannot be read/],
    ['code', { 'license-compliance.config.js': 'process.exit(9)' }, [], /is code, which is not run/],
    ['damaged YAML', { '.github/dependency-review-config.yml': 'a: [' }, [], /is not what its name says/],
    [
      'a bomb',
      { '.github/dependency-review-config.yml': `a: &a [x]\nb: [${'*a,'.repeat(99)}]\n` },
      [],
      /is not what its name says/,
    ],
  ])('%s is exit code 2', async (_what, files, args, message) => {
    scenario = await startScenario({ ...TREE, files })
    const { code, stderr } = await scenario.depgate(['init', '--import', ...args])
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
    expect(existsSync(path('depgate.config.json'))).toBe(false)
  })
})
