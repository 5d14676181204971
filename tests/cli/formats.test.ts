/** Several formats at once, the summary of a job, and a stored run shown again. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'
import { reportProblems } from '../support/valid-reports.ts'

let scenario: Scenario
const file = (name: string): string => join(scenario.project.folder, name)
const read = (name: string): string => readFileSync(file(name), 'utf8')

beforeAll(async () => {
  scenario = await startScenario({
    dependencies: { a: '^1.0.0', b: '^2.0.0' },
    packages: [
      { name: 'a', version: '1.0.0', license: 'MIT' },
      { name: 'b', version: '2.0.0', license: 'AGPL-3.0-only' },
    ],
  })
})
afterAll(() => scenario.close())

const FORMATS = 'human json sarif junit github markdown codeclimate cyclonedx spdx html prometheus'.split(' ')

describe('a stored run', () => {
  test('is shown again byte for byte in every format, with the exit code of its verdict', async () => {
    const first = FORMATS.flatMap((format) => ['--format', `${format}=out/first.${format}`])
    const run = await scenario.depgate(['check', ...first])
    expect({ code: run.code, stdout: run.stdout, stderr: run.stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: '',
    })
    for (const format of FORMATS) {
      const again = await scenario.depgate(['report', 'out/first.json', '--format', format])
      expect(again.code).toBe(1)
      expect(again.stdout).toBe(read(`out/first.${format}`))
      expect(again.stderr).toBe('')
    }
    expect(await reportProblems(JSON.parse(read('out/first.json')) as RunReport)).toEqual([])
    expect(read('out/first.sarif')).toContain('"startLine"')
    expect(read('out/first.sarif')).toContain('## How to fix')
    expect(read('out/first.human')).toContain('violation  license-not-allowed  b@2.0.0')
  })

  test('a pass stays a pass, what could not be checked stays so', async () => {
    for (const [verdict, code] of [
      ['pass', 0],
      ['unknown', 1],
      ['incomplete', 3],
    ] as const) {
      const report = { ...(JSON.parse(read('out/first.json')) as object), verdict, findings: [] }
      writeFileSync(file('other.json'), JSON.stringify(report))
      expect((await scenario.depgate(['report', 'other.json', '-q'])).code).toBe(code)
    }
  })

  test.each<[string, (whole: string) => string | Buffer, string]>([
    ['no JSON', () => 'hello }', 'other.json is no JSON'],
    ['cut', (whole) => whole.slice(0, -200), 'other.json is no whole JSON: its end is missing'],
    ['empty', () => '', 'other.json is no JSON'],
    ['no text', () => Buffer.from([0xff, 0xfe, 0x7d]), 'other.json is no JSON'],
    ['something else', () => '{"name":"x"}', 'other.json is no report of a run: schemaVersion is none of 1'],
    [
      'of a newer depgate',
      (whole) => whole.replace('"schemaVersion": 1', '"schemaVersion": 2'),
      'other.json was written by a newer depgate (schemaVersion 2, this one reads 1)',
    ],
    [
      'with a hostile verdict',
      (whole) => whole.replace('"verdict": "violation"', '"verdict": "PASS"'),
      'other.json is no report of a run: verdict is none of pass, violation, unknown, incomplete',
    ],
  ])('%s: exit code 2, and the file is named', async (_, spoil, message) => {
    writeFileSync(file('other.json'), spoil(read('out/first.json')))
    const { code, stdout, stderr } = await scenario.depgate(['report', 'other.json'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`depgate: ${message}`)
    expect(stderr).toContain('\n  fix: ')
  })

  test('a file that is not there, and one that is a folder', async () => {
    mkdirSync(file('folder'), { recursive: true })
    expect(await scenario.depgate(['report', 'nowhere.json'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('depgate: nowhere.json does not exist') as string,
    })
    expect(await scenario.depgate(['report', 'folder'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('depgate: folder is no file') as string,
    })
  })
})

describe('several formats', () => {
  test('one goes to stdout, the others to their files', async () => {
    const { code, stdout } = await scenario.depgate(['--format', 'human', '--format', 'sarif=s/x.sarif'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^depgate {2}violation: 1 of 2 packages may not be used\n/)
    expect(JSON.parse(read('s/x.sarif'))).toMatchObject({ version: '2.1.0' })
  })

  test('--output takes the one without a file', async () => {
    const args = ['--format', 'junit', '--output', 'j.xml', '--format', 'json=j.json']
    expect(await scenario.depgate(args)).toMatchObject({ code: 1, stdout: '' })
    expect(read('j.xml')).toMatch(/^<\?xml/)
    expect(JSON.parse(read('j.json'))).toMatchObject({ verdict: 'violation' })
  })

  test.each([
    [
      ['--format', 'human', '--format', 'json'],
      'only one format can go to stdout',
      '--format json=depgate.json',
    ],
    [
      ['--format', 'json', '-f', 'junit', '-o', 'x'],
      'only one format can go to x',
      '--format junit=depgate.junit',
    ],
    [['-f', 'json=y', '-o', 'y'], 'nothing is left for --output', 'Leave --output out'],
    [
      ['-f', 'json=out/../y', '-f', 'sarif=./y'],
      'json and sarif would both be written to ./y',
      'a file of its own',
    ],
    [['-f', 'json=y', '-f', 'json=y'], 'json and json would both be written to y', 'a file of its own'],
  ])('%j is refused before anything runs', async (args, message, fix) => {
    const { code, stdout, stderr } = await scenario.depgate(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toContain(fix)
    expect(existsSync(file('y'))).toBe(false)
  })

  test.each([['xml'], ['json='], ['sarif-x=y']])('--format %s is no format', async (value) => {
    const { code, stderr } = await scenario.depgate(['--format', value])
    expect(code).toBe(2)
    expect(stderr).toContain("option '-f, --format <format>'")
  })

  test('a file that cannot be written is told with its flag, and the others are written all the same', async () => {
    const args = ['-f', 'json=node_modules', '-f', 'junit=after.xml', '-f', 'markdown']
    const { code, stdout, stderr } = await scenario.depgate(args)
    expect(code).toBe(1)
    expect(stderr).toBe(
      'depgate: node_modules could not be written (EISDIR); choose another place with --format json=<file>\n',
    )
    expect(stdout).toMatch(/^## ❌/)
    expect(read('after.xml')).toMatch(/^<\?xml/)
  })
})

describe('github', () => {
  test('annotations on stdout, the summary appended to the file of the job', async () => {
    writeFileSync(file('summary.md'), '# before\n')
    const { code, stdout } = await scenario.depgate(['--format', 'github'], {
      env: { GITHUB_STEP_SUMMARY: file('summary.md') },
    })
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^::error file=package-lock\.json,line=\d+,title=license-not-allowed {2}b@2\.0\.0::/,
    )
    expect(read('summary.md')).toMatch(/^# before\n## ❌ depgate, violation/)
    expect(read('summary.md')).toContain('`b@2.0.0`')
  })

  test('places are seen from the folder that it is called in', async () => {
    const folder = scenario.project.folder
    const { stdout } = await scenario.depgate([
      'report',
      join(folder, 'out/first.json'),
      '--format',
      'github',
      '--project',
      'packages/web/',
    ])
    expect(stdout).toContain('::error file=packages/web/package-lock.json,line=')
  })

  test('no other format touches the summary, and one that cannot be written is no pass', async () => {
    const before = read('summary.md')
    const env = { GITHUB_STEP_SUMMARY: file('summary.md') }
    await scenario.depgate(['--format', 'markdown'], { env })
    expect(read('summary.md')).toBe(before)
    writeFileSync(
      file('pass.json'),
      JSON.stringify({ ...(JSON.parse(read('out/first.json')) as object), verdict: 'pass', findings: [] }),
    )
    const { code, stderr } = await scenario.depgate(['report', 'pass.json', '--format', 'github'], {
      env: { GITHUB_STEP_SUMMARY: file('folder') },
    })
    expect(code).toBe(2)
    expect(stderr).toContain('GITHUB_STEP_SUMMARY could not be written (EISDIR)')
  })
})
