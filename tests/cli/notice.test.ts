/** The attribution file and the bills of materials of a real tree, as a newcomer would ask for them. */
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { Ajv } from 'ajv'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { spdxText } from '../support/license-texts.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const MIT = spdxText('MIT').replace('<year> <copyright holders>', '2020 Somebody').trim()

let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario({
    dependencies: { a: '^1.0.0', b: '^1.0.0', bare: '^1.0.0', named: '^1.0.0' },
    devDependencies: { tool: '^1.0.0' },
    optionalDependencies: { elsewhere: '^1.0.0' },
    packages: [
      { name: 'a', version: '1.0.0', license: 'MIT', dependencies: { b: '^1.0.0' }, files: { LICENSE: MIT } },
      {
        name: 'b',
        version: '1.0.0',
        license: 'MIT',
        files: { 'license.md': MIT.replaceAll('\n', '\r\n'), NOTICE: 'Contains \u202eparts of C.' },
      },
      { name: 'bare', version: '1.0.0', license: 'ISC' },
      {
        name: 'named',
        version: '1.0.0',
        license: 'SEE LICENSE IN docs/terms.txt',
        files: { 'docs/terms.txt': 'The terms of Named.' },
      },
      {
        name: 'tool',
        version: '1.0.0',
        license: 'MIT',
        lock: { dev: true },
        files: { LICENSE: 'Tool text' },
      },
      { name: 'elsewhere', version: '1.0.0', license: 'MIT', lock: { optional: true }, installed: false },
    ],
  })
})
afterEach(() => scenario.close())

const inProject = (path: string): string => join(scenario.project.folder, path)

test('lists what ships with its texts, and what has none', async () => {
  const { code, stdout, stderr } = await scenario.depgate(['notice'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('app@1.0.0 contains 5 third-party packages.')
  expect(stdout).toContain('  a@1.0.0  MIT  [1]\n')
  expect(stdout).toContain('  b@1.0.0  MIT  [1] [2]\n')
  expect(stdout).toContain('  bare@1.0.0  ISC (ships no licence file)\n')
  expect(stdout).toContain('  elsewhere@1.0.0  MIT\n')
  expect(stdout).toContain('PACKAGES NOT INSTALLED HERE')
  expect(stdout).toContain('  named@1.0.0  (unknown) (no licence could be established)\n')
  expect(stdout).toContain('The terms of Named.')
  expect(stdout).toContain(`${'-'.repeat(80)}\n\n${MIT}\n`)
  expect(stdout).toContain('Contains parts of C.')
  expect(stdout.split('Somebody')).toHaveLength(2)
  expect(stdout).not.toContain('tool')
})

test('the same tree gives the same bytes; what development needs only on request; no policy needed', async () => {
  rmSync(inProject('depgate.config.json'))
  const first = await scenario.depgate(['notice', '--format', 'json'])
  const second = await scenario.depgate(['notice', '--format', 'json'])
  expect(first).toMatchObject({ code: 0, stdout: second.stdout })
  const more = await scenario.depgate(['notice', '--include', 'dev', '--format', 'markdown'])
  expect(more.code).toBe(0)
  expect(more.stdout).toContain('```text\nTool text\n```')
})

test('a file that could not be read is in the notice, on stderr and in the exit code', async () => {
  rmSync(inProject('node_modules/a/LICENSE'))
  symlinkSync('/etc/passwd', inProject('node_modules/a/LICENSE'))
  writeFileSync(inProject('node_modules/b/license.md'), Buffer.from('MIT\0\0'))
  writeFileSync(inProject('node_modules/bare/LICENSE'), Buffer.alloc(3 * 1024 * 1024, 'x'))
  const { code, stderr } = await scenario.depgate(['notice', '--output', 'NOTICES'])
  expect(code).toBe(3)
  expect(stderr).toBe(`depgate: the notice is not complete
  a@1.0.0: LICENSE is a symbolic link
  b@1.0.0: license.md is not text
  bare@1.0.0: LICENSE is larger than 2048 KiB
`)
  const text = readFileSync(inProject('NOTICES'), 'utf8')
  expect(text).toContain('THIS FILE IS NOT COMPLETE')
  expect(text).toContain('  a@1.0.0  MIT (but LICENSE is no known text) (LICENSE is a symbolic link)\n')
  expect(text).not.toContain('root:')
})

test('a list of third parties may be larger than a licence', async () => {
  writeFileSync(inProject('node_modules/a/THIRD-PARTY-NOTICES.md'), `${'x'.repeat(79)}\n`.repeat(5000))
  expect((await scenario.depgate(['notice'])).code).toBe(0)
})

test('a registry that was not heard makes it incomplete', async () => {
  const { code, stdout, stderr } = await scenario.depgate(['notice', '--offline'])
  expect(code).toBe(3)
  expect(stdout).toContain('  a@1.0.0  (could not check) (its licence could not be checked)\n')
  expect(stderr).toContain('a@1.0.0 is not in the cache, and --offline forbids asking for it.')
})

test('without a tree there is no notice', async () => {
  writeFileSync(inProject('node_modules/a/package.json'), '{"name":"a","version":"6.6.6"}')
  const { code, stdout, stderr } = await scenario.depgate(['notice', '--output', 'NOTICES'])
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  expect(stderr).toContain('depgate: no notice: ')
  expect(existsSync(inProject('NOTICES'))).toBe(false)
})

test('the help page tells what ships and every exit code', async () => {
  const { stdout } = await scenario.depgate(['notice', '--help'])
  expect(stdout).toContain('Exit codes: 0 the notice is complete')
  expect(stdout).not.toContain('--omit')
  expect((await scenario.depgate(['notice', '--format', 'cyclonedx'])).code).toBe(2)
})

test.each(['check', 'list'])(
  '%s gives bills of materials that the official schemas accept',
  async (command) => {
    const cyclonedx = await scenario.depgate([command, '--format', 'cyclonedx'])
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6)
    expect(await validator.validate(cyclonedx.stdout)).toBeNull()
    const bom = JSON.parse(cyclonedx.stdout) as { dependencies: { ref: string; dependsOn: string[] }[] }
    expect(bom.dependencies.find(({ ref }) => ref === 'app@1.0.0')?.dependsOn).toEqual([
      'a@1.0.0',
      'b@1.0.0',
      'bare@1.0.0',
      'elsewhere@1.0.0',
      'named@1.0.0',
      'tool@1.0.0',
    ])
    expect(bom.dependencies.find(({ ref }) => ref === 'a@1.0.0')?.dependsOn).toEqual(['b@1.0.0'])

    const spdx = await scenario.depgate([command, '--format', 'spdx'])
    const schema = readFileSync(
      resolve(import.meta.dirname, '../../fixtures/schemas/spdx-2.3.schema.json'),
      'utf8',
    )
    const validate = new Ajv({ strict: true }).compile(JSON.parse(schema) as object)
    validate(JSON.parse(spdx.stdout))
    expect(validate.errors).toBeNull()
    expect([cyclonedx.code, spdx.code]).toEqual(command === 'check' ? [1, 1] : [0, 0])
  },
)
