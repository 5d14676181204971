/** Judging by the lockfile alone: the same tree and the same answer as of an installation, and every lie in it found. */
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { inventoryFromLockfile, readTree } from '#collectors/collect'
import { openDisk } from '#disk/disk'
import type { Inventory, PackageInstance } from '#model/inventory'
import type { PackageReport } from '#model/run-report'
import { judgementOf } from '../support/judgement.ts'
import { spdxText } from '../support/license-texts.ts'
import { packed, publishPacked } from '../support/packed.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const MIT = spdxText('MIT')
const LICENSE = { LICENSE: MIT }
const PATIENT = ['--deadline', '2m']
const LOCKED = ['--from', 'lockfile', ...PATIENT]

const PACKAGES = packed([
  { name: 'a', version: '1.2.0', license: 'MIT', files: LICENSE, dependencies: { b: '^1.0.0' } },
  { name: 'b', version: '1.0.0', license: 'ISC', files: LICENSE, peerDependencies: { a: '*' } },
  { name: '@s/c', version: '2.0.0', license: 'MIT', files: LICENSE, optionalDependencies: { b: '0.9' } },
  {
    name: 'b',
    version: '0.9.0',
    license: 'MIT',
    files: LICENSE,
    location: 'node_modules/@s/c/node_modules/b',
  },
  {
    name: 'real',
    version: '3.0.0',
    license: 'MIT',
    files: LICENSE,
    location: 'node_modules/alias',
    lock: { name: 'real' },
  },
  { name: 'tool', version: '1.0.0', license: 'GPL-3.0-only', files: LICENSE, lock: { dev: true } },
  {
    name: 'native',
    version: '1.0.0',
    license: 'MIT',
    files: LICENSE,
    optionalDependencies: { 'native-linux': '1', 'native-win32': '1', 'native-darwin': '1' },
  },
  ...['linux', 'win32', 'darwin'].map((system) => ({
    name: `native-${system}`,
    version: '1.0.0',
    license: 'MIT',
    files: LICENSE,
    installed: system === 'linux',
    lock: { os: [system], optional: true },
  })),
])

let scenario: Scenario
let original: string
const inProject = (path: string): string => join(scenario.project.folder, path)
const lockfile = (): string => readFileSync(inProject('package-lock.json'), 'utf8')

beforeAll(async () => {
  scenario = await startScenario({
    dependencies: { a: '^1.0.0', '@s/c': '2', alias: 'npm:real@^3.0.0', native: '1' },
    devDependencies: { tool: '1.0.0' },
    packages: PACKAGES,
  })
  publishPacked(scenario.registry, PACKAGES)
  original = `${scenario.project.folder}-original`
  cpSync(scenario.project.folder, original, { recursive: true })
})

beforeEach(() => {
  rmSync(scenario.project.folder, { recursive: true })
  cpSync(original, scenario.project.folder, { recursive: true })
})

afterAll(async () => {
  rmSync(original, { recursive: true, force: true })
  await scenario.close()
})

/** Lets a test change what the lockfile says. */
function lie(change: (packages: Record<string, Record<string, unknown>>) => void): void {
  const whole = JSON.parse(lockfile()) as { packages: Record<string, Record<string, unknown>> }
  change(whole.packages)
  writeFileSync(inProject('package-lock.json'), JSON.stringify(whole, null, 2))
}

/** The addresses that npm writes. */
function withAddresses(packages: Record<string, Record<string, unknown>>): void {
  for (const entry of PACKAGES) {
    const { name, version } = entry
    const found = packages[entry.location ?? `node_modules/${name}`]
    const file = `${name}/-/${name.split('/').at(-1)}-${version}.tgz`
    if (found) found['resolved'] = `${scenario.registry.url}${file}`
  }
}

const place = ({ declared: _declared, installed: _installed, ...instance }: PackageInstance) => instance
const tree = ({ instances, edges, lockfileSha256 }: Inventory) => ({
  instances: instances.map(place),
  edges,
  lockfileSha256,
})

const left = ({ instances }: Inventory): string[] =>
  instances.filter((instance) => !instance.installed).map(({ name }) => name)

test('lockfile and installed tree give the same inventory; those of other platforms are listed', () => {
  const project = scenario.project.folder
  const disk = openDisk(project)
  const installed = readTree({ disk, lockfiles: disk }, { project, omitDev: false })
  const locked = inventoryFromLockfile({
    lockfile: { name: 'package-lock.json', text: lockfile() },
    manifest: readFileSync(inProject('package.json'), 'utf8'),
  })
  if (!installed.ok || !locked.ok) throw new Error('no tree')
  expect(tree(locked.value)).toEqual(tree(installed.value.inventory))
  expect(left(installed.value.inventory)).toEqual(['native-darwin', 'native-win32'])
  expect(left(locked.value)).toEqual(['native-darwin', 'native-linux', 'native-win32'])
})

const verdictsOf = (packages: PackageReport[]) =>
  packages.map(({ id, verdict, license, conclusion, kinds }) => ({ id, verdict, license, conclusion, kinds }))

test('the same answer with and without an installation, which is not looked at', async () => {
  const installed = await scenario.json(PATIENT)
  expect(installed.report.inputs.tree).toBe('installed')
  writeFileSync(
    inProject('node_modules/a/package.json'),
    '{"name":"a","version":"1.2.0","license":"AGPL-3.0"}',
  )
  const beside = await scenario.json(LOCKED)
  rmSync(inProject('node_modules'), { recursive: true })
  const without = await scenario.depgate(['check', '--format', 'json', '--log-format', 'json', ...PATIENT])
  expect(without.stderr).not.toContain('npm-ls')
  const bare = JSON.parse(without.stdout) as typeof installed.report
  expect([installed.code, beside.code, without.code]).toEqual([1, 1, 1])
  expect(verdictsOf(beside.report.packages)).toEqual(verdictsOf(installed.report.packages))
  expect(judgementOf(bare)).toEqual(judgementOf(beside.report))
  expect(bare.inputs.tree).toBe('lockfile')
  expect(bare.coverage.notInstalled).toEqual([
    'native-darwin@1.0.0',
    'native-linux@1.0.0',
    'native-win32@1.0.0',
  ])
  expect(
    bare.packages.find(({ name }) => name === 'a')?.claims.map(({ witness, from }) => [witness, from]),
  ).toEqual([
    ['registry', expect.anything()],
    ['installed', 'tarball'],
    ['text', 'tarball'],
    ['lockfile', 'lockfile'],
  ])
  const words = await scenario.depgate(['check', ...PATIENT])
  expect(words.stdout).toContain('the tree of the lockfile')
})

test('every platform gets the same verdict', async () => {
  const reports = []
  for (const platform of ['linux', 'darwin', 'win32']) {
    const preload = `Object.defineProperty(process,"platform",{value:"${platform}"})`
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` }
    reports.push(judgementOf((await scenario.json([...LOCKED, '--no-cache'], { env })).report))
  }
  expect(reports[1]).toEqual(reports[0])
  expect(reports[2]).toEqual(reports[0])
})

test('tarballs are read once, and packages for some systems on request', async () => {
  await scenario.json(LOCKED)
  scenario.registry.requests.length = 0
  const warm = await scenario.json(LOCKED)
  expect(warm.report.run.network.requests).toBe(0)
  expect(warm.report.run.snapshot).toBeUndefined()
  const all = await scenario.json([...LOCKED, '--texts', 'all'])
  expect(all.report.coverage.notInstalled).toEqual([])
  expect(all.report.run.network.requests).toBe(3)
})

test('a snapshot of the installed tree answers nothing about the lockfile, nor the other way round', async () => {
  const first = await scenario.json(LOCKED)
  const cold = await scenario.json(PATIENT)
  expect(cold.report.run.snapshot).toBeUndefined()
  expect((await scenario.json(LOCKED)).report).toMatchObject({
    inputs: { tree: 'lockfile' },
    coverage: first.report.coverage,
  })
  rmSync(inProject('node_modules'), { recursive: true })
  const bare = await scenario.json(PATIENT)
  expect(judgementOf(bare.report)).toEqual(judgementOf(first.report))
})

test('without tarballs nothing passes, and a licence that is not allowed is still refused', async () => {
  const { code, report } = await scenario.json([...LOCKED, '--no-texts'])
  expect(code).toBe(1)
  expect(report.coverage.oneWitness).toBe(7)
  expect(verdictsOf(report.packages).filter(({ verdict }) => verdict === 'pass')).toHaveLength(3)
  expect(report.packages.find(({ name }) => name === 'tool')?.verdict).toBe('violation')
  const words = await scenario.depgate([...LOCKED, '--no-texts'])
  expect(words.stdout.replaceAll(/\s+/g, ' ')).toContain('7 of them with one witness only')
  expect((await scenario.depgate(['--no-texts'])).code).toBe(2)
})

test('a tarball that is not what the lockfile says leaves its package open', async () => {
  lie((packages) => {
    const entry = packages['node_modules/b']
    if (entry) delete entry['integrity']
  })
  const { code, report } = await scenario.json(LOCKED)
  expect(code).toBe(1)
  const b = report.packages.find(({ id }) => id === 'b@1.0.0')
  expect(b?.verdict).toBe('incomplete')
})

test('npm-shrinkwrap.json counts, whatever lies beside it', async () => {
  const text = lockfile()
  renameSync(inProject('package-lock.json'), inProject('npm-shrinkwrap.json'))
  writeFileSync(inProject('package-lock.json'), '{"lockfileVersion": 3, "packages": {}}')
  const { report } = await scenario.json(LOCKED)
  expect(report.packages).toHaveLength(PACKAGES.length)
  expect(report.findings.find(({ rule }) => rule === 'lockfile-twice')).toMatchObject({ severity: 'warn' })
  expect(report.findings.find(({ package: named }) => named === 'tool@1.0.0')).toMatchObject({
    location: { file: 'npm-shrinkwrap.json' },
  })
  writeFileSync(inProject('package-lock.json'), text)
  const installed = await scenario.json(PATIENT)
  expect(installed.report.findings.map(({ rule }) => rule)).toContain('lockfile-twice')
})

test('no lockfile: nothing to judge by', async () => {
  rmSync(inProject('package-lock.json'))
  const { code, report } = await scenario.json(LOCKED)
  expect(code).toBe(3)
  expect(report.findings).toMatchObject([{ rule: 'tree-untrusted', verdict: 'incomplete' }])
})

const elsewhere = (path: string): string => `https://evil.example/${path}`
const manifest = (): string => readFileSync(inProject('package.json'), 'utf8')

const HONESTY = /^(?:source-|integrity-|license-noted|lockfile-|package-extraneous|tree-untrusted|metadata-)/

async function honesty(args = LOCKED): Promise<string[]> {
  const { report } = await scenario.json(args)
  const found = report.findings.filter(({ rule }) => HONESTY.test(rule))
  return found.map(({ rule, verdict, package: named }) => `${rule} ${verdict} ${named ?? ''}`.trim())
}

describe('lies', () => {
  const b = 'node_modules/b'
  const set = (fields: Record<string, unknown>) => () =>
    lie((packages) => Object.assign(packages[b] ?? {}, fields))

  test.each<[string, () => void, string[]]>([
    ['none', () => undefined, []],
    ['none, with addresses', () => lie(withAddresses), []],
    ['another licence', set({ license: 'GPL-3.0-only' }), ['license-noted pass b@1.0.0']],
    ['another host', set({ resolved: elsewhere('b/-/b-1.0.0.tgz') }), ['source-address violation b@1.0.0']],
    [
      'no TLS',
      set({ resolved: 'http://registry.example/b/-/b-1.0.0.tgz' }),
      ['source-address violation b@1.0.0'],
    ],
    [
      'the tarball of another package',
      () => set({ resolved: `${scenario.registry.url}evil/-/evil-1.0.0.tgz` })(),
      ['source-name violation b@1.0.0'],
    ],
    [
      'no integrity',
      set({ integrity: undefined }),
      ['integrity-missing pass b@1.0.0', 'metadata-unavailable incomplete b@1.0.0'],
    ],
    [
      'another integrity',
      set({ integrity: `sha512-${Buffer.alloc(64).toString('base64')}` }),
      ['integrity-mismatch violation b@1.0.0', 'metadata-unavailable incomplete b@1.0.0'],
    ],
    [
      'a range that is not met',
      () => writeFileSync(inProject('package.json'), manifest().replace('"^1.0.0"', '"^9.0.0"')),
      ['lockfile-out-of-step incomplete a'],
    ],
    [
      'a package that nothing asks for',
      () => lie((packages) => Object.assign(packages, { 'node_modules/x': { ...packages[b] } })),
      ['license-unknown'],
    ],
    [
      'conflict markers',
      () => writeFileSync(inProject('package-lock.json'), `<<<<<<< HEAD\n${lockfile()}`),
      ['tree-untrusted incomplete'],
    ],
  ])('%s', async (_, tell, expected) => {
    tell()
    const found = await honesty()
    if (expected[0] === 'license-unknown') expect(found).toContain('package-extraneous pass x@1.0.0')
    else expect(found.toSorted()).toEqual(expected.toSorted())
  })

  test('a weak integrity', async () => {
    lie((packages) => Object.assign(packages[b] ?? {}, { integrity: 'sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }))
    expect(await honesty()).toContain('integrity-missing pass b@1.0.0')
  })

  test('addresses and notes are looked at where the tree is installed, too', async () => {
    lie((packages) => {
      withAddresses(packages)
      Object.assign(packages[b] ?? {}, { resolved: elsewhere('evil/-/evil-1.0.0.tgz'), license: 'WTFPL' })
    })
    expect((await honesty(PATIENT)).toSorted()).toEqual([
      'license-noted pass b@1.0.0',
      'source-address violation b@1.0.0',
      'source-name violation b@1.0.0',
    ])
  })
})
