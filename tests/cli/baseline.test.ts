/** The life of a baseline, from its adoption to its last entry, on real files and by the built command line. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { installPackage, integrityOf, lockfileOf, publishAll } from '../support/project.ts'
import type { FakePackage } from '../support/project.ts'
import { ALLOW, startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const COPYLEFT = 30
const LICENSES = ['AGPL-3.0-only', 'GPL-3.0-only', 'MPL-2.0', 'Do what you like']

const old = (at: number): FakePackage => ({
  name: `old-${String(at).padStart(2, '0')}`,
  version: '1.0.0',
  license: LICENSES[at % LICENSES.length],
})
const packages: FakePackage[] = [
  { name: 'good', version: '1.0.0', license: 'MIT' },
  ...Array.from({ length: COPYLEFT }, (_, at) => old(at)),
]

let scenario: Scenario

/** The project as nobody has looked at it yet, and after its findings were adopted. */
let untouched: string
let adopted: string

beforeAll(async () => {
  scenario = await startScenario({ dependencies: rangesOf(packages), packages })
  const { folder } = scenario.project
  untouched = `${folder}-untouched`
  adopted = `${folder}-adopted`
  cpSync(folder, untouched, { recursive: true })
  expect((await scenario.depgate(['baseline', '--deadline', '2m'])).code).toBe(0)
  cpSync(folder, adopted, { recursive: true })
})
afterAll(() => scenario.close())
beforeEach(() => begin(untouched))

/** Goes on from a copy of the project, its cache included. */
function begin(copy: string): void {
  rmSync(scenario.project.folder, { recursive: true })
  cpSync(copy, scenario.project.folder, { recursive: true })
}

const path = (name = 'depgate.baseline.json') => join(scenario.project.folder, name)
const text = () => readFileSync(path(), 'utf8')
const entries = () => (JSON.parse(text()) as { findings: { package: string }[] }).findings
const flat = (output: string) => output.replaceAll(/\s+/g, ' ')

function rangesOf(all: FakePackage[]): Record<string, string> {
  return Object.fromEntries(all.map(({ name, version }) => [name, `^${version}`]))
}

/** What `npm install` would leave of another set of packages. */
function install(all: FakePackage[]): void {
  const root = { name: 'app', version: '1.0.0', dependencies: rangesOf(all) }
  writeFileSync(path('package.json'), JSON.stringify(root))
  writeFileSync(path('package-lock.json'), JSON.stringify(lockfileOf(root, all), undefined, 2))
  rmSync(path('node_modules'), { recursive: true, force: true })
  for (const entry of all) installPackage(scenario.project.folder, entry)
  publishAll(scenario.registry, all)
}

test('from adoption to the last entry', async () => {
  expect((await scenario.depgate()).code).toBe(1)
  const adopted = await scenario.depgate(['baseline', '--reason', 'older than the gate'])
  expect(adopted.stdout).toContain('Written to depgate.baseline.json: 30 findings')
  expect(adopted.code).toBe(0)
  expect(entries()).toHaveLength(COPYLEFT)
  expect(text()).toContain('"reason": "older than the gate"')
  expect(text()).not.toContain('1.0.0')

  // Known findings fail nothing, and are counted and shown apart.
  const known = await scenario.depgate()
  expect(known.code).toBe(0)
  expect(flat(known.stdout)).toContain('pass: 1 of 31 packages may be used, the other 30 are known')
  expect(flat(known.stdout)).toContain('known 30 findings of the baseline')
  expect(flat(known.stdout)).toContain('30 findings known to the baseline')
  const { report } = await scenario.json()
  const shown = report.findings.filter((finding) => finding.known !== undefined)
  expect(shown).toHaveLength(COPYLEFT)
  expect(shown[0]).toMatchObject({
    severity: 'warn',
    verdict: 'pass',
    known: { reason: 'older than the gate' },
  })
  expect(report.packages.filter((entry) => entry.known === true)).toHaveLength(COPYLEFT)

  // Another order in the lockfile and newer versions under the same licence change nothing.
  const before = text()
  install(packages.toReversed().map((entry) => Object.assign({}, entry, { version: '1.2.0' })))
  const reordered = await scenario.json()
  expect(reordered.code).toBe(0)
  expect(reordered.report.findings.every((finding) => finding.rule !== 'baseline-stale')).toBe(true)
  expect((await scenario.depgate(['baseline', '--update'])).stdout).toContain('nothing is written')
  expect(text()).toBe(before)

  // A new one fails.
  const added = { name: 'newcomer', version: '1.0.0', license: 'AGPL-3.0-only' }
  install([...packages, added])
  const newcomer = await scenario.json()
  expect(newcomer.code).toBe(1)
  expect(newcomer.report.findings.filter(({ severity }) => severity === 'deny')).toMatchObject([
    { rule: 'license-not-allowed', package: 'newcomer@1.0.0' },
  ])
  // The file does not grow by itself, in no way.
  expect((await scenario.depgate(['baseline'])).code).toBe(1)
  expect((await scenario.depgate(['baseline', '--reason', 'again'])).code).toBe(2)
  expect((await scenario.depgate(['baseline', '--update'])).code).toBe(0)
  expect(text()).toBe(before)

  // One is fixed: its entry is named, and removed by --update alone.
  install(packages.filter(({ name }) => name !== 'old-07'))
  const fixed = await scenario.depgate()
  expect(fixed.code).toBe(0)
  expect(flat(fixed.stdout)).toContain('warning baseline-stale the baseline knows license-unknown of old-07')
  expect(fixed.stdout).toContain('depgate baseline --update')
  expect((await scenario.depgate(['baseline', '--update', '--dry-run'])).stdout).toContain('old-07')
  expect(text()).toBe(before)
  const updated = await scenario.depgate(['baseline', '--update'])
  expect(updated.stdout).toContain('old-07')
  expect(entries()).toHaveLength(COPYLEFT - 1)
  expect(flat((await scenario.depgate()).stdout)).not.toContain('baseline-stale')
  // Gone is gone: the same package fails again.
  install(packages)
  expect((await scenario.depgate()).code).toBe(1)
})

test('a package with another licence than the known one fails', async () => {
  begin(adopted)
  install(
    packages.map((entry) =>
      entry.name === 'old-00' ? { ...entry, version: '2.0.0', license: 'SSPL-1.0' } : entry,
    ),
  )
  const { code, report } = await scenario.json()
  expect(code).toBe(1)
  expect(report.findings.filter(({ severity }) => severity === 'deny')).toMatchObject([
    { package: 'old-00@2.0.0', license: 'SSPL-1.0' },
  ])
})

test('a stale entry is not judged where only a part of the tree was looked at', async () => {
  begin(adopted)
  install(packages.slice(0, 5))
  const { report } = await scenario.json(['--omit', 'dev'])
  expect(report.findings.some(({ rule }) => rule === 'baseline-stale')).toBe(false)
  expect((await scenario.json()).report.findings.filter(({ rule }) => rule === 'baseline-stale').length).toBe(
    26,
  )
})

describe('an entry is only added', () => {
  const added = { name: 'newcomer', version: '1.0.0', license: 'AGPL-3.0-only' }
  const words = ['--reason', 'goes in March', '--expires', '2099-03-31']

  beforeEach(() => {
    begin(adopted)
    install([...packages, added])
  })

  test('with a reason and a day, by rule and package', async () => {
    const wanted = ['baseline', '--add', 'license-not-allowed:newcomer']
    const bare = await scenario.depgate(wanted)
    expect(bare.code).toBe(2)
    expect(bare.stderr).toContain('--reason')
    expect(
      (await scenario.depgate([...wanted, '--reason', 'x', '--expires', '2020-01-01'])).stderr,
    ).toContain('past')
    expect(
      (await scenario.depgate([...wanted, '--reason', '…', '--expires', '2099-01-01'])).stderr,
    ).toContain('placeholder')
    expect((await scenario.depgate([...wanted, ...words])).code).toBe(0)
    expect(entries()).toContainEqual({
      rule: 'license-not-allowed',
      package: 'newcomer',
      license: 'AGPL-3.0-only',
      since: new Date().toISOString().slice(0, 10),
      reason: 'goes in March',
      expires: '2099-03-31',
    })
    expect((await scenario.depgate()).code).toBe(0)
  })

  test('or by its fingerprint', async () => {
    const { report } = await scenario.json()
    const print = report.findings.find((finding) => finding.package === 'newcomer@1.0.0')?.fingerprint ?? ''
    expect((await scenario.depgate(['baseline', '--add', print.slice(0, 8), ...words])).code).toBe(0)
    expect((await scenario.depgate()).code).toBe(0)
  })

  test('for a finding that there is', async () => {
    const { code, stderr } = await scenario.depgate([
      'baseline',
      '--add',
      'license-not-allowed:good',
      ...words,
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('means no finding of this run')
    expect(stderr).toContain('--add license-not-allowed:newcomer')
  })

  test('for one that may be known', async () => {
    const lock = JSON.parse(readFileSync(path('package-lock.json'), 'utf8')) as {
      packages: Record<string, { integrity: string }>
    }
    const locked = lock.packages['node_modules/good']
    if (locked === undefined) throw new Error('not locked')
    locked.integrity = integrityOf('good', '6.6.6')
    writeFileSync(path('package-lock.json'), JSON.stringify(lock))
    const { code, stderr } = await scenario.depgate([
      'baseline',
      '--add',
      'integrity-mismatch:good',
      ...words,
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('integrity-mismatch can never be known')
    rmSync(path())
    const anew = await scenario.depgate(['baseline'])
    expect(anew.code).toBe(1)
    expect(anew.stdout).toContain('No baseline can know these')
    expect(text()).not.toContain('integrity-mismatch')
  })
})

test('nothing is accepted while anything is in doubt', async () => {
  const { code, stderr } = await scenario.depgate(['baseline'], { registry: 'http://127.0.0.1:9/' })
  expect(code).toBe(3)
  expect(stderr).toContain('doubt is never known')
  expect(existsSync(path())).toBe(false)
})

describe('the file is part of the policy that judges', () => {
  test('so a warm run notices that it is there, that it is another one, and that it is gone', async () => {
    const none = await scenario.json()
    expect((await scenario.json()).report.run.snapshot).toBeDefined()
    await scenario.depgate(['baseline'])
    const known = await scenario.json()
    expect([none.code, known.code]).toEqual([1, 0])
    expect(known.report.inputs.policySha256).not.toBe(none.report.inputs.policySha256)
    expect((await scenario.json()).report.run.snapshot).toBeDefined()
    const bytes = text()
    writeFileSync(path(), bytes.replace('"old-00"', '"old-99"'))
    const other = await scenario.json()
    expect(other.code).toBe(1)
    expect(other.report.inputs.policySha256).not.toBe(known.report.inputs.policySha256)
    writeFileSync(path(), bytes)
    expect((await scenario.depgate()).code).toBe(0)
    rmSync(path())
    const gone = await scenario.json()
    expect(gone.code).toBe(1)
    expect(gone.report.inputs.policySha256).toBe(none.report.inputs.policySha256)
  })

  test('and a run that finds the tree changed judges the rest by it as before', async () => {
    begin(adopted)
    await scenario.depgate()
    install([...packages, { name: 'more', version: '1.0.0', license: ALLOW[0] }])
    const { code, report } = await scenario.json(['--verify-snapshot'])
    expect(code).toBe(0)
    expect(report.packages.filter((entry) => entry.known === true)).toHaveLength(COPYLEFT)
    const verified = await scenario.depgate(['check', '--verify-snapshot'])
    expect(verified.code).toBe(0)
  })

  test.each<[string, () => void, RegExp]>([
    ['damaged', () => writeFileSync(path(), '{'), /depgate\.baseline\.json:1:2 {2}is not valid JSON/],
    ['empty', () => writeFileSync(path(), ''), /depgate\.baseline\.json:1:1 {2}is empty/],
    [
      'with an unknown key',
      () => writeFileSync(path(), '{\n"schemaVersion": 1,\n"findings": [],\n"x": 1 }'),
      /baseline\.json:4:1 {2}x: is not a key/,
    ],
    [
      'of a newer depgate',
      () => writeFileSync(path(), '{ "schemaVersion": 7 }'),
      /:1:20 {2}schemaVersion: was written by a newer/,
    ],
    ['not text', () => writeFileSync(path(), Buffer.from([0xff, 0xfe, 0])), /not UTF-8/],
    [
      'with a conflict',
      () => writeFileSync(path(), '{\n<<<<<<< ours\n}'),
      /baseline\.json:2:1 {2}holds the marker/,
    ],
    [
      'a link',
      () => (renameSync(path(), path('other.json')), symlinkSync('other.json', path())),
      /is a symbolic link/,
    ],
  ])('%s it is exit code 2, with file and place', async (_what, damage, message) => {
    begin(adopted)
    damage()
    const { code, stderr, stdout } = await scenario.depgate()
    expect(code).toBe(2)
    expect(stderr).toMatch(message)
    expect(stdout).toBe('')
  })
})

test.each<[string, string, string[], string]>([
  ['in package.json', 'package.json', [], 'depgate.baseline.json'],
  ['named with --config', 'conf/policy.json', ['--config', 'conf/policy.json'], 'conf/depgate.baseline.json'],
])('of a policy %s it lies beside that', async (_what, file, flags, place) => {
  const policy = { licenses: { allow: ALLOW } }
  const manifest = JSON.parse(readFileSync(path('package.json'), 'utf8')) as object
  rmSync(path('depgate.config.json'))
  mkdirSync(path('conf'))
  writeFileSync(
    path(file),
    JSON.stringify(file === 'package.json' ? { ...manifest, depgate: policy } : policy),
  )
  const adopted = await scenario.depgate(['baseline', ...flags])
  expect(adopted.stdout).toContain(`Written to ${place}: 30 findings`)
  expect(existsSync(path(place))).toBe(true)
  expect((await scenario.depgate(['check', ...flags])).code).toBe(0)
  writeFileSync(path(place), '{}')
  const damaged = await scenario.depgate(['check', ...flags])
  expect(damaged.code).toBe(2)
  expect(damaged.stderr).toContain(`${place}:1:1  `)
})
