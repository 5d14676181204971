/** What has no tarball of its own at a registry, judged by the lockfile alone: read where it can be proved, named where it cannot. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PackageReport, RunReport } from '#model/run-report'
import { runCli } from '../support/cli.ts'
import { startFakeRegistry } from '../support/fake-registry.ts'
import { spdxText } from '../support/license-texts.ts'
import { packed, publishPacked } from '../support/packed.ts'
import { lockfileOf, manifestOf } from '../support/project.ts'
import type { FakePackage } from '../support/project.ts'
import { commitAll, startRepository } from '../support/repository.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'
import { integrityOf, npmTarball } from '../support/tarball.ts'

const MIT = spdxText('MIT')
const PATIENT = ['--deadline', '2m']
const LOCKED = ['--from', 'lockfile', ...PATIENT]

/** What a tarball has of a package that it carries. */
function carry(place: string, { files, ...entry }: Omit<FakePackage, 'location'>): Record<string, string> {
  const inside = Object.entries({ 'package.json': JSON.stringify(manifestOf(entry)), ...files })
  return Object.fromEntries(inside.map(([path, text]) => [`${place}/${path}`, text]))
}

const CARRIED = { name: 'carried', version: '1.0.0', license: 'MIT', files: { LICENSE: MIT } }
const INNER = { name: '@s/inner', version: '2.0.0', license: 'ISC', files: { LICENSE: spdxText('ISC') } }
const BUNDLE = { bundleDependencies: ['carried'] }

/** A package that carries two others, one in the other. */
function carrierOf(files: Record<string, string>, manifest: Record<string, unknown> = BUNDLE): FakePackage {
  const [entry] = packed([
    {
      name: 'carrier',
      version: '1.0.0',
      license: 'MIT',
      dependencies: { carried: '^1.0.0' },
      manifest,
      lock: BUNDLE,
      files: { LICENSE: MIT, ...files },
    },
  ])
  if (entry === undefined) throw new Error('nothing was packed')
  return entry
}

const CARRIED_FILES = {
  ...carry('node_modules/carried', CARRIED),
  ...carry('node_modules/carried/node_modules/@s/inner', INNER),
}
const IN_BUNDLE = { inBundle: true, integrity: undefined }
const LISTED: FakePackage[] = [
  {
    ...CARRIED,
    dependencies: { '@s/inner': '2' },
    location: 'node_modules/carrier/node_modules/carried',
    lock: IN_BUNDLE,
  },
  { ...INNER, location: 'node_modules/carrier/node_modules/carried/node_modules/@s/inner', lock: IN_BUNDLE },
]

const LIB = { name: 'lib', version: '1.0.0', license: 'MIT' }
const ARCHIVE = npmTarball({ 'package.json': LIB, LICENSE: MIT })

let scenario: Scenario
let original: string
const inProject = (path: string): string => join(scenario.project.folder, path)

beforeAll(async () => {
  scenario = await startScenario({ packages: [], lockfile: false })
  original = `${scenario.project.folder}-original`
  cpSync(scenario.project.folder, original, { recursive: true })
})
beforeEach(() => {
  rmSync(scenario.project.folder, { recursive: true, force: true })
  cpSync(original, scenario.project.folder, { recursive: true })
  scenario.registry.recover()
  scenario.registry.requests.length = 0
})
afterAll(() => scenario.close())

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(inProject(path)), { recursive: true })
  writeFileSync(inProject(path), content)
}

/** A project that depends on some packages, by its lockfile; nothing is installed. */
function write(dependencies: Record<string, string>, packages: FakePackage[]): void {
  const root = { name: 'app', version: '1.0.0', dependencies }
  put('package.json', JSON.stringify(root, null, 2))
  put('package-lock.json', JSON.stringify(lockfileOf(root, packages), null, 2))
}

function writeCarrier(carrier: FakePackage, listed = LISTED): void {
  publishPacked(scenario.registry, [carrier])
  write({ carrier: '^1.0.0' }, [carrier, ...listed])
}

const short = ({ id, verdict, license }: PackageReport): string => `${id} ${verdict} ${license ?? '-'}`

const ofPackages = ({ findings }: RunReport): string[] =>
  findings.flatMap(({ rule, package: id }) => (id === undefined ? [] : `${rule} ${id}`))

/** Why packages could not be heard, by id. */
function unheard({ findings }: RunReport): Record<string, string> {
  const found = findings.filter(({ rule }) => rule === 'metadata-unavailable')
  return Object.fromEntries(
    found.map(({ package: id = '', message, fix }) => [id, `${message} ${fix ?? ''}`]),
  )
}

async function diffMain(): Promise<{ code: number | null; report: RunReport }> {
  const { stdout, stderr, code } = await runCli(['diff', 'main', '--format', 'json', ...PATIENT], {
    cwd: scenario.project.folder,
    home: scenario.project.home,
    registry: scenario.registry.url,
  })
  if (stdout === '') throw new Error(stderr)
  return { code, report: JSON.parse(stdout) as RunReport }
}

describe('what a tarball carries', () => {
  test('is read out of it, and once', async () => {
    writeCarrier(carrierOf(CARRIED_FILES))
    const { code, report } = await scenario.json(LOCKED)
    expect(report.packages.map(short)).toEqual([
      '@s/inner@2.0.0 pass ISC',
      'carried@1.0.0 pass MIT',
      'carrier@1.0.0 pass MIT',
    ])
    expect(code).toBe(0)
    expect(report.packages[1]?.claims.map(({ witness, from }) => [witness, from])).toEqual([
      ['installed', 'tarball'],
      ['text', 'tarball'],
      ['lockfile', 'lockfile'],
    ])
    expect(scenario.registry.asked()).toEqual(['carrier@1.0.0', 'carrier@1.0.0.tgz'])
    const warm = await scenario.json(LOCKED)
    expect(warm.report.run.network.requests).toBe(0)
    expect(warm.report.packages.map(short)).toEqual(report.packages.map(short))
  })

  test('says what it says, whatever the lockfile and the registry say of its name', async () => {
    const liar = { ...CARRIED, files: { LICENSE: spdxText('GPL-3.0-only') } }
    scenario.registry.publish('carried', '1.0.0', { license: 'MIT' })
    writeCarrier(carrierOf({ ...CARRIED_FILES, ...carry('node_modules/carried', liar) }))
    const { code, report } = await scenario.json(LOCKED)
    expect(code).toBe(1)
    expect(report.packages[1]).toMatchObject({ id: 'carried@1.0.0', verdict: 'violation' })
  })

  test.each<[string, FakePackage, RegExp]>([
    ['nothing', carrierOf({}), /the tarball that is said to carry carried@1\.0\.0 does not have it/i],
    [
      'another version',
      carrierOf({ ...CARRIED_FILES, ...carry('node_modules/carried', { ...CARRIED, version: '1.0.1' }) }),
      /another package or version/,
    ],
    [
      'another package',
      carrierOf({ ...CARRIED_FILES, ...carry('node_modules/carried', { ...CARRIED, name: 'other' }) }),
      /another package or version/,
    ],
    [
      'what is no package.json',
      carrierOf({ ...CARRIED_FILES, 'node_modules/carried/package.json': '[]' }),
      /package\.json that is not a JSON object/,
    ],
  ])('where the tarball has %s there, nobody knows', async (_, carrier, message) => {
    writeCarrier(carrier)
    const { code, report } = await scenario.json(LOCKED)
    expect(code).toBe(3)
    expect(report.packages[1]).toMatchObject({ id: 'carried@1.0.0', verdict: 'incomplete' })
    expect(unheard(report)['carried@1.0.0']).toMatch(message)
  })

  test('counts only where the registry says that there is a bundle; else it is asked for by name as well', async () => {
    const carrier = carrierOf(CARRIED_FILES, {})
    scenario.registry.publish('carried', '1.0.0', { license: 'GPL-3.0-only' })
    scenario.registry.publish('@s/inner', '2.0.0', { license: 'ISC' })
    writeCarrier(carrier)
    const { code, report } = await scenario.json(LOCKED)
    expect(code).toBe(1)
    expect(report.packages.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['@s/inner@2.0.0', 'incomplete'],
      ['carried@1.0.0', 'violation'],
      ['carrier@1.0.0', 'pass'],
    ])
    expect(unheard(report)['@s/inner@2.0.0']).toContain('of which the registry says no such thing')
  })

  test('is what an installation would leave: the same verdicts', async () => {
    const carrier = carrierOf(CARRIED_FILES)
    writeCarrier(carrier)
    for (const entry of [carrier, ...LISTED]) {
      const { location = `node_modules/${entry.name}` } = entry
      for (const [path, text] of Object.entries({
        'package.json': JSON.stringify(manifestOf(entry)),
        ...entry.files,
      }))
        put(`${location}/${path}`, text)
    }
    const installed = await scenario.json(PATIENT)
    const locked = await scenario.json(LOCKED)
    expect(installed.report.inputs.tree).toBe('installed')
    expect(installed.code).toBe(0)
    expect(locked.report.packages.map(short)).toEqual(installed.report.packages.map(short))
  })

  test('of a carrier for some systems is asked for by name, and read where all texts are wanted', async () => {
    const wasm = {
      ...carrierOf(CARRIED_FILES),
      lock: { ...carrierOf(CARRIED_FILES).lock, cpu: ['wasm32'], optional: true },
    }
    publishPacked(scenario.registry, [wasm])
    for (const [name, version, license] of [
      ['carried', '1.0.0', 'MIT'],
      ['@s/inner', '2.0.0', 'ISC'],
    ] as const)
      scenario.registry.publish(name, version, { license })
    const root = { name: 'app', version: '1.0.0', optionalDependencies: { carrier: '^1.0.0' } }
    put('package.json', JSON.stringify(root))
    put('package-lock.json', JSON.stringify(lockfileOf(root, [wasm, ...LISTED])))
    const { code, report } = await scenario.json(LOCKED)
    expect(ofPackages(report)).toEqual([])
    expect(code).toBe(0)
    expect(report.coverage.notInstalled).toEqual(['@s/inner@2.0.0', 'carried@1.0.0', 'carrier@1.0.0'])
    const all = await scenario.json([...LOCKED, '--texts', 'all'])
    expect(ofPackages(all.report)).toEqual([])
    expect(all.report.packages.map(short)).toEqual([
      '@s/inner@2.0.0 pass ISC',
      'carried@1.0.0 pass MIT',
      'carrier@1.0.0 pass MIT',
    ])
    expect(all.report.coverage.notInstalled).toEqual([])
  })
})

const shrinkwrapped = (integrity: unknown): FakePackage[] => {
  const shrinkwrap = {
    lockfileVersion: 3,
    packages: {
      '': { name: 'own', version: '1.0.0', dependencies: { carried: '1' } },
      'node_modules/carried': { version: '1.0.0', integrity },
    },
  }
  const files = { LICENSE: MIT, 'npm-shrinkwrap.json': JSON.stringify(shrinkwrap) }
  return packed([{ name: 'own', version: '1.0.0', license: 'MIT', dependencies: { carried: '1' }, files }])
}

const libUnder = (license: string): string => JSON.stringify({ name: 'lib', version: '1.0.0', license })

describe('what npm would install, and the lockfile does not say', () => {
  const GPL = { ...CARRIED, license: 'GPL-3.0-only', files: { LICENSE: spdxText('GPL-3.0-only') } }

  test('a package in the tarball that the lockfile does not list leaves its carrier open', async () => {
    writeCarrier(carrierOf(CARRIED_FILES), LISTED.slice(0, 1))
    const { code, report } = await scenario.json(LOCKED)
    expect(code).toBe(3)
    expect(unheard(report)['carrier@1.0.0']).toMatch(
      /carries node_modules\/carried\/node_modules\/@s\/inner, which the lockfile does not list/,
    )
  })

  test('a package that the carrier does not name is fetched, whatever the flag says of it', async () => {
    const fetched = { ...GPL, location: 'node_modules/carrier/node_modules/carried' }
    const [entry] = packed([fetched])
    if (entry === undefined) throw new Error('nothing was packed')
    const carrier = carrierOf(CARRIED_FILES, BUNDLE)
    publishPacked(scenario.registry, [carrier, entry])
    const [, inner] = LISTED
    if (inner === undefined) throw new Error('nothing is listed')
    const listed = {
      ...entry,
      license: 'MIT',
      lock: { ...entry.lock, inBundle: true },
      dependencies: { '@s/inner': '2' },
    }
    write({ carrier: '^1.0.0' }, [
      { ...carrier, lock: { ...carrier.lock, bundleDependencies: ['other'] } },
      listed,
      inner,
    ])
    scenario.registry.publish('@s/inner', '2.0.0', { license: 'ISC' })
    const { code, report } = await scenario.json(LOCKED)
    expect(report.packages.find(({ id }) => id === 'carried@1.0.0')).toMatchObject({
      source: 'registry',
      verdict: 'violation',
    })
    expect(code).toBe(1)
  })

  test('a shrinkwrap in the tarball has to be what the lockfile lists', async () => {
    const below = packed([{ ...CARRIED, location: 'node_modules/own/node_modules/carried' }])
    const [{ lock }] = below as [FakePackage]
    const judged = async (integrity: unknown) => {
      const packages = [...shrinkwrapped(integrity), ...below]
      publishPacked(scenario.registry, packages)
      write({ own: '^1.0.0' }, packages)
      return scenario.json(LOCKED)
    }
    const honest = await judged(lock?.['integrity'])
    expect(honest.report.packages.map(short)).toEqual(['carried@1.0.0 pass MIT', 'own@1.0.0 pass MIT'])
    expect(honest.code).toBe(0)
    const other = await judged(integrityOf(Buffer.from('other')))
    expect(other.code).toBe(3)
    expect(unheard(other.report)['own@1.0.0']).toMatch(
      /npm-shrinkwrap\.json by which npm installs carried@1\.0\.0/,
    )
  })

  test('a second hash beside the right one is refused', async () => {
    const [entry] = packed([CARRIED]) as [FakePackage]
    const both = `${String(entry.lock?.['integrity'])} ${integrityOf(Buffer.from('other'))}`
    publishPacked(scenario.registry, [entry])
    write({ carried: '^1.0.0' }, [{ ...entry, lock: { integrity: both } }])
    const { code, report } = await scenario.json(LOCKED)
    expect(code).toBe(1)
    expect(ofPackages(report)).toContain('integrity-mismatch carried@1.0.0')
  })

  test('another version of a carrier brings the same version of what it carries anew', async () => {
    writeCarrier(carrierOf(CARRIED_FILES))
    startRepository(scenario.project.folder)
    const files = { ...CARRIED_FILES, ...carry('node_modules/carried', GPL) }
    const [next] = packed([{ ...carrierOf(files), version: '1.1.0', lock: BUNDLE }]) as [FakePackage]
    publishPacked(scenario.registry, [next])
    write({ carrier: '^1.0.0' }, [next, ...LISTED])
    const { code, report } = await diffMain()
    expect(report.packages.map(short)).toContain('carried@1.0.0 violation GPL-3.0-only')
    expect(code).toBe(1)
  })

  test('a linked folder that says something else is a change, under the same version too', async () => {
    const root = { name: 'app', version: '1.0.0', dependencies: { lib: 'file:vendor/lib' } }
    const packages = {
      '': root,
      'vendor/lib': { name: 'lib', version: '1.0.0' },
      'node_modules/lib': { resolved: 'vendor/lib', link: true },
    }
    put('package.json', JSON.stringify(root, null, 2))
    put('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }, null, 2))
    put('vendor/lib/package.json', libUnder('MIT'))
    startRepository(scenario.project.folder)
    put('vendor/lib/README.md', 'more')
    expect((await diffMain()).report.change?.packages).toEqual([])
    put('vendor/lib/package.json', libUnder('AGPL-3.0-only'))
    const { code, report } = await diffMain()
    expect(report.packages.map(short)).toEqual(['lib@1.0.0 violation AGPL-3.0-only'])
    expect(code).toBe(1)
  })
})

describe('an archive at an address', () => {
  const integrity = integrityOf(ARCHIVE)

  function writeUrl(url: string, lock: Record<string, unknown> = {}): void {
    write({ lib: url }, [{ ...LIB, lock: { resolved: url, integrity, ...lock } }])
  }

  test('of a registry of the project is read, without a login', async () => {
    scenario.registry.publishTarball('lib', '1.0.0', ARCHIVE)
    writeUrl(`${scenario.registry.url}lib/-/lib-1.0.0.tgz`)
    const { code, report } = await scenario.json(LOCKED)
    expect(report.packages.map(short)).toEqual(['lib@1.0.0 pass MIT'])
    expect(report.packages[0]).toMatchObject({ source: 'url' })
    expect(code).toBe(0)
    expect(scenario.registry.asked()).toEqual(['lib@1.0.0.tgz'])
    expect(scenario.registry.requests[0]?.headers.authorization).toBeUndefined()
    expect((await scenario.json(LOCKED)).report.run.network.requests).toBe(0)
  })

  test('of anybody else is never asked for, even if the same is known', async () => {
    const other = await startFakeRegistry()
    try {
      other.publishTarball('lib', '1.0.0', ARCHIVE)
      scenario.registry.publishTarball('lib', '1.0.0', ARCHIVE)
      writeUrl(`${scenario.registry.url}lib/-/lib-1.0.0.tgz`)
      expect((await scenario.json(LOCKED)).code).toBe(0)
      writeUrl(`${other.url}lib/-/lib-1.0.0.tgz`)
      const { code, report } = await scenario.json(LOCKED)
      expect(code).toBe(3)
      expect(unheard(report)['lib@1.0.0']).toMatch(/that of no configured registry, so it is not asked for/)
      expect(other.requests).toEqual([])
    } finally {
      await other.close()
    }
  })

  test.each([
    ['no integrity', undefined, /no integrity/],
    ['a weak one', integrityOf(ARCHIVE, 'sha1'), /no integrity/],
    ['that of something else', integrityOf(Buffer.from('x')), /not the one whose integrity/],
  ])('with %s is not believed', async (_, said, message) => {
    scenario.registry.publishTarball('lib', '1.0.0', ARCHIVE)
    writeUrl(`${scenario.registry.url}lib/-/lib-1.0.0.tgz`, { integrity: said })
    const { code, report } = await scenario.json(LOCKED)
    expect(code).toBe(3)
    expect(unheard(report)['lib@1.0.0']).toMatch(message)
  })

  test('that holds another package is not that package', async () => {
    scenario.registry.publishTarball('lib', '1.0.0', ARCHIVE)
    const url = `${scenario.registry.url}lib/-/lib-1.0.0.tgz`
    write({ other: url }, [{ ...LIB, name: 'other', lock: { resolved: url, integrity } }])
    const { code, report } = await scenario.json(LOCKED)
    expect(code).toBe(3)
    expect(unheard(report)['other@1.0.0']).toMatch(/holds another package or version/)
  })
})

describe('a file of the project', () => {
  const integrity = integrityOf(ARCHIVE)

  function writeFile(path: string, lock: Record<string, unknown> = {}): void {
    write({ lib: `file:${path}` }, [{ ...LIB, lock: { resolved: `file:${path}`, integrity, ...lock } }])
  }

  test('is read where it lies, if it has the integrity of the lockfile', async () => {
    put('vendor/lib #1.tgz', ARCHIVE)
    writeFile('vendor/lib %231.tgz')
    const { code, report } = await scenario.json(LOCKED)
    expect(report.packages.map(short)).toEqual(['lib@1.0.0 pass MIT'])
    expect(report.packages[0]).toMatchObject({ source: 'file' })
    expect(code).toBe(0)
    expect(scenario.registry.requests).toEqual([])
    put('vendor/lib #1.tgz', npmTarball({ 'package.json': LIB, LICENSE: 'mine' }))
    const changed = await scenario.json(LOCKED)
    expect(changed.code).toBe(3)
    expect(unheard(changed.report)['lib@1.0.0']).toMatch(/not the one whose integrity/)
  })

  test.each<[string, () => void, RegExp]>([
    ['that is not there', () => writeFile('vendor/lib.tgz'), /vendor\/lib\.tgz, which is not there/],
    [
      'outside',
      () => {
        writeFileSync(inProject('../lib.tgz'), ARCHIVE)
        writeFile('../lib.tgz')
      },
      /leads outside the project/,
    ],
    [
      'behind a link',
      () => {
        writeFileSync(inProject('../lib.tgz'), ARCHIVE)
        symlinkSync(inProject('../lib.tgz'), inProject('lib.tgz'))
        writeFile('lib.tgz')
      },
      /leads outside the project/,
    ],
    [
      'in a folder behind a link',
      () => {
        mkdirSync(inProject('real'))
        put('real/lib.tgz', ARCHIVE)
        symlinkSync(inProject('real'), inProject('vendor'))
        writeFile('vendor/lib.tgz')
      },
      /leads outside the project/,
    ],
    [
      'without integrity',
      () => {
        put('lib.tgz', ARCHIVE)
        writeFile('lib.tgz', { integrity: undefined })
      },
      /no integrity/,
    ],
    [
      'that is no tarball',
      () => {
        put('lib.tgz', 'text')
        writeFile('lib.tgz', { integrity: integrityOf(Buffer.from('text')) })
      },
      /not compressed as npm packages are/,
    ],
    [
      'of another package',
      () => {
        const other = npmTarball({ 'package.json': { ...LIB, name: 'other' } })
        put('lib.tgz', other)
        writeFile('lib.tgz', { integrity: integrityOf(other) })
      },
      /another package or version/,
    ],
  ])('%s leaves its package open', async (_, prepare, message) => {
    prepare()
    const { code, report } = await scenario.json(LOCKED)
    expect(code).toBe(3)
    expect(report.packages[0]).toMatchObject({ verdict: 'incomplete' })
    expect(unheard(report)['lib@1.0.0']).toMatch(message)
  })

  test('a folder that npm packs and installs is read where it lies', async () => {
    put('lib/package.json', JSON.stringify(LIB))
    put('lib/LICENSE', MIT)
    writeFile('lib', { integrity: undefined })
    const { code, report } = await scenario.json(LOCKED)
    expect(report.packages.map(short)).toEqual(['lib@1.0.0 pass MIT'])
    expect(report.packages[0]?.claims.map(({ witness, from }) => [witness, from])).toEqual([
      ['installed', 'node_modules'],
      ['text', 'node_modules'],
      ['lockfile', 'lockfile'],
    ])
    expect(code).toBe(0)
    put('lib/package.json', JSON.stringify({ ...LIB, version: '2.0.0' }))
    const other = await scenario.json(LOCKED)
    expect(other.code).toBe(3)
    expect(unheard(other.report)['lib@1.0.0']).toMatch(/another package or version/)
  })
})

test('a git repository stays open, with what to do about it', async () => {
  const address = `git+ssh://git@git.example/x/lib.git#${'a'.repeat(40)}`
  write({ lib: address }, [{ ...LIB, lock: { resolved: address, integrity: undefined } }])
  const { code, report } = await scenario.json(LOCKED)
  expect(code).toBe(3)
  expect(unheard(report)['lib@1.0.0']).toMatch(
    /comes from a git repository.* Use a published version\. Or: install with `npm ci --ignore-scripts`/,
  )
})

test('a change that brings them is judged in the same way, and again without a request', async () => {
  scenario.registry.publishTarball('lib', '1.0.0', ARCHIVE)
  const carrier = carrierOf(CARRIED_FILES)
  publishPacked(scenario.registry, [carrier])
  put('vendor/own.tgz', npmTarball({ 'package.json': { ...LIB, name: 'own' }, LICENSE: MIT }))
  write({}, [])
  const git = startRepository(scenario.project.folder)
  const url = `${scenario.registry.url}lib/-/lib-1.0.0.tgz`
  const own = {
    resolved: 'file:vendor/own.tgz',
    integrity: integrityOf(readFileSync(inProject('vendor/own.tgz'))),
  }
  write({ carrier: '^1.0.0', lib: url, own: 'file:vendor/own.tgz' }, [
    carrier,
    ...LISTED,
    { ...LIB, lock: { resolved: url, integrity: integrityOf(ARCHIVE) } },
    { ...LIB, name: 'own', lock: own },
  ])
  const cold = await diffMain()
  expect(cold.report.packages.map(short)).toEqual([
    '@s/inner@2.0.0 pass ISC',
    'carried@1.0.0 pass MIT',
    'carrier@1.0.0 pass MIT',
    'lib@1.0.0 pass MIT',
    'own@1.0.0 pass MIT',
  ])
  expect(cold.code).toBe(0)
  const again = await diffMain()
  expect(again.report.run.network.requests).toBe(0)
  expect(again.report.run.snapshot).toBeDefined()
  // What the answer rests on has changed.
  unlinkSync(inProject('vendor/own.tgz'))
  const without = await diffMain()
  expect(without.report.run.snapshot).toBeUndefined()
  expect(without.code).toBe(3)
  expect(unheard(without.report)['own@1.0.0']).toMatch(/which is not there/)
  commitAll(git, 'head')
})
