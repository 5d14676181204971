/** What a change does to imports: packages that begin to ship by it, and mistakes that were not there before. */
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { spdxText } from '../support/license-texts.ts'
import { packed, publishPacked } from '../support/packed.ts'
import { commitAll, startRepository } from '../support/repository.ts'
import type { RunGit } from '../support/repository.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const GPL = { license: 'GPL-3.0-only', files: { LICENSE: spdxText('GPL-3.0-only') } }
const PACKAGES = packed([
  { name: 'lib', version: '1.0.0', license: 'MIT', files: { LICENSE: spdxText('MIT') } },
  { name: 'suite', version: '1.0.0', ...GPL, dependencies: { inner: '1.0.0' }, lock: { dev: true } },
  { name: 'inner', version: '1.0.0', ...GPL, lock: { dev: true } },
  { name: 'checker', version: '1.0.0', ...GPL, lock: { dev: true } },
])
const POLICY = {
  licenses: { allow: ['MIT'], scopes: { notShipped: { allow: ['GPL-3.0-only'] } } },
  imports: { undeclared: 'deny', unused: 'off', devInProduction: 'off' },
}
const FILES = {
  'src/main.js': "import 'lib'\nimport 'undeclared-before'\n",
  'src/old-sin.js': "import 'checker'\n",
  'test/main.test.js': "import 'suite'\n",
}

let scenario: Scenario
let git: RunGit

beforeAll(async () => {
  scenario = await startScenario({
    dependencies: { lib: '1.0.0' },
    devDependencies: { suite: '1.0.0', checker: '1.0.0' },
    packages: PACKAGES,
    policy: POLICY,
  })
  publishPacked(scenario.registry, PACKAGES)
  write(FILES)
  git = startRepository(scenario.project.folder)
})
beforeEach(() => {
  git('reset', '--quiet', '--hard', 'main')
  git('clean', '--quiet', '-ffd')
})
afterAll(() => scenario.close())

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(scenario.project.folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

async function diff(base = 'main', cwd = scenario.project.folder) {
  const { code, stdout, stderr } = await scenario.depgate(
    ['diff', base, '--format', 'json', '--deadline', '1m'],
    { cwd },
  )
  if (stdout === '') throw new Error(`no report, exit ${code}: ${stderr}`)
  const report = JSON.parse(stdout) as RunReport
  return {
    code,
    report,
    changes: report.change?.packages.map(({ type, name, differs }) => `${type} ${name} ${differs.join()}`),
    findings: report.findings.map(({ rule, package: id }) => `${rule} ${id}`),
  }
}

test('what was wrong before is nothing that a change brings', async () => {
  write({ 'src/more.js': "import 'lib'\n" })
  const { code, changes, findings, report } = await diff()
  expect(findings).toEqual([])
  expect(changes).toEqual([])
  expect(code).toBe(0)
  expect(report.warnings.map((warning) => warning.code)).toEqual(['base-is-head'])
  const check = await scenario.json(['--deadline', '1m'])
  expect(check.report.findings.map(({ rule, package: id }) => `${rule} ${id}`)).toEqual([
    'license-by-use checker@1.0.0',
    'import-undeclared undeclared-before',
  ])
})

describe('a package that was there before and begins to ship', () => {
  test('is judged, and so is what it brings along', async () => {
    write({ 'src/more.js': "import 'suite'\n" })
    const { code, changes, findings, report } = await diff()
    expect(changes).toEqual(['changed inner use', 'changed suite use'])
    expect(findings).toEqual(['license-by-use inner@1.0.0', 'license-by-use suite@1.0.0'])
    expect(report.findings[1]?.location).toMatchObject({ file: 'src/more.js', line: 1 })
    expect(code).toBe(1)
  })

  test('is judged too where only its doubt is new', async () => {
    write({ 'src/more.js': 'export const load = (name) => import(name)\n' })
    const { code, findings } = await diff()
    expect(findings).toEqual(['license-by-use inner@1.0.0', 'license-by-use suite@1.0.0'])
    expect(code).toBe(1)
  })

  test('is named as such for people', async () => {
    write({ 'src/more.js': "import 'suite'\n" })
    const { stdout } = await scenario.depgate(['diff', 'main', '--format', 'markdown', '--deadline', '1m'])
    expect(stdout).toContain('begins to ship')
  })

  test('needs a base that has source files', async () => {
    const base = mkdtempSync(join(tmpdir(), 'depgate-diff-base-'))
    onTestFinished(() => rmSync(base, { recursive: true }))
    for (const name of ['package.json', 'package-lock.json'])
      copyFileSync(join(scenario.project.folder, name), join(base, name))
    write({ 'src/more.js': "import 'suite'\n" })
    const { code, stderr } = await scenario.depgate([
      'diff',
      join(base, 'package-lock.json'),
      '--deadline',
      '1m',
    ])
    expect(stderr).toContain('a lockfile does not tell what was imported')
    expect(stderr).toContain('depgate diff <ref>')
    expect(code).toBe(2)
  })
})

test('since a lockfile everything is told that the policy beside it does not want, with a warning', async () => {
  const { folder } = scenario.project
  const base = mkdtempSync(join(tmpdir(), 'depgate-diff-base-'))
  onTestFinished(() => rmSync(base, { recursive: true }))
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(folder, name), join(base, name))
  const policy = { licenses: { allow: ['MIT'] }, imports: { undeclared: 'deny', unused: 'off' } }
  writeFileSync(join(base, 'depgate.config.json'), JSON.stringify(policy))
  write({ 'depgate.config.json': JSON.stringify(policy) })
  const { code, changes, findings, report } = await diff(join(base, 'package-lock.json'))
  expect(findings).toEqual(['dev-in-production checker', 'import-undeclared undeclared-before'])
  expect(changes).toEqual([])
  expect(report.warnings.map((warning) => warning.code)).toEqual(['imports-not-compared'])
  expect(code).toBe(1)
})

test('only mistakes that a change brings are told', async () => {
  write({ 'src/more.js': "import 'undeclared-now'\n", 'src/again.js': "import 'undeclared-before'\n" })
  const { code, findings } = await diff()
  expect(findings).toEqual(['import-undeclared undeclared-now'])
  expect(code).toBe(1)
})

test('a project below the top of its repository, where files are ignored from above', async () => {
  const { folder } = scenario.project
  git('checkout', '--quiet', '-b', 'below')
  mkdirSync(join(folder, 'sub dir'))
  for (const name of ['package.json', 'package-lock.json', 'depgate.config.json', 'src', 'test'])
    renameSync(join(folder, name), join(folder, 'sub dir', name))
  // Committed although it is ignored: what it imports counts on both sides.
  write({ '.gitignore': 'node_modules\nbuilt/\n', 'sub dir/built/main.js': "import 'inner'\n" })
  commitAll(git, 'below')
  // Ignored and not committed: it would make everything ship on one side.
  write({ 'sub dir/src/more.js': "import 'suite'\n", 'sub dir/built/other.js': 'import(process.argv[2])\n' })
  const { code, findings } = await diff('HEAD', join(folder, 'sub dir'))
  git('checkout', '--quiet', 'main')
  // What the committed file imports has shipped before.
  expect(findings).toEqual(['license-by-use suite@1.0.0'])
  expect(code).toBe(1)
})
