/** A cache that somebody else may have prepared: nothing in it changes a verdict unless this user signed it. */
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { get, ls, put } from 'cacache'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { formatFolder } from '#cache/folder'
import { openJournal } from '#cache/journal'
import { cacheKey } from '#cache/key'
import { SEAL_BYTES, seal } from '#cache/seal'
import { openCache } from '#cache/tiered-store'
import type { RunReport } from '#model/run-report'
import { encodeRecord, RECORD_SCHEMA } from '#registry/manifest-record'
import { judgementOf } from '../support/judgement.ts'
import { integrityOf } from '../support/project.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

/** Other tests may keep both processors busy; what a deadline does is not the question here. */
const PATIENT = ['--deadline', '2m']

const OURS = 'the key of the user who runs the gate'
const THEIRS = 'the key of whoever committed the cache'
const AGPL = { license: 'AGPL-3.0-only' }

/** Whom a forged record would help: each is AGPL for the registry, and only the first one's own copy admits it. */
const VICTIMS = ['copyleft', 'two-faced', 'elsewhere']

let scenario: Scenario
let cache: string
let honest: { code: number | null; report: RunReport }

beforeAll(async () => {
  scenario = await startScenario({
    dependencies: { copyleft: '^1.0.0', 'two-faced': '^1.0.0', plain: '^1.0.0' },
    optionalDependencies: { elsewhere: '^1.0.0' },
    packages: [
      { name: 'plain', version: '1.0.0', license: 'MIT' },
      { name: 'copyleft', version: '1.0.0', ...AGPL },
      { name: 'two-faced', version: '1.0.0', license: 'MIT' },
      {
        name: 'elsewhere',
        version: '1.0.0',
        ...AGPL,
        installed: false,
        lock: { optional: true, os: ['aix'] },
      },
    ],
  })
  republish('two-faced', AGPL)
  cache = join(scenario.project.folder, '.cache/depgate')
  honest = await scenario.json([...PATIENT, '--no-cache'])
  expect(honest.code).toBe(1)
  expect(verdicts(honest.report)).toEqual({
    'copyleft@1.0.0': 'violation',
    'elsewhere@1.0.0': 'violation',
    'plain@1.0.0': 'pass',
    'two-faced@1.0.0': 'violation',
  })
})
afterAll(() => scenario.close())
afterEach(() => {
  const { folder, home } = scenario.project
  for (const path of [`${folder}/.cache`, `${folder}/.config`, elsewhere(), `${home}/.config`]) {
    fs.rmSync(path, { recursive: true, force: true })
  }
})

function republish(name: string, changes: Record<string, unknown>): void {
  const { registry } = scenario
  registry.publish(name, '1.0.0', { ...registry.manifestOf(name, '1.0.0'), ...changes })
}

/** The registry says of every victim what it is. */
function admit(): void {
  for (const name of VICTIMS) republish(name, AGPL)
}

function verdicts({ packages }: RunReport): Record<string, string> {
  return Object.fromEntries(packages.map(({ id, verdict }) => [id, verdict]))
}

async function expectRefused(): Promise<void> {
  const report = await expectUntouched()
  expect(report.warnings.map(({ code }) => code)).toEqual(['cache-folder-refused'])
  expect(report.run.cache).toMatchObject({ disk: 0, rejected: 0 })
}

function elsewhere(): string {
  return join(scenario.project.folder, 'elsewhere')
}

function linkAway(folder: string): void {
  fs.renameSync(folder, elsewhere())
  fs.symlinkSync(elsewhere(), folder)
}

const run = (env: Record<string, string> = { DEPGATE_CACHE_KEY: OURS }) => scenario.json(PATIENT, { env })

/** Runs, and fails unless the registry was asked for everything and was believed. */
async function expectUntouched(env?: Record<string, string>) {
  const before = scenario.registry.requests.length
  const { code, report } = await run(env)
  expect(code).toBe(1)
  expect(judgementOf(report)).toEqual(judgementOf(honest.report))
  expect(scenario.registry.requests.length - before).toBe(honest.report.run.network.requests)
  return report
}

/** The key of a manifest record, spelt as the product spells it. */
function keyOf(name: string, { base = scenario.registry.url, version = '1.0.0' } = {}): string {
  return cacheKey('manifest', RECORD_SCHEMA, base, name, version)
}

/** What a victim's record would have to say. */
function lie(name: string): Uint8Array {
  const license = { license: 'MIT' }
  return encodeRecord({ name, version: '1.0.0', license, integrity: [integrityOf(name, '1.0.0')] })
}

/** Has the product itself write what is wanted for each victim, signed with this key. */
async function forge(secret: string, record = { keyOf, lie, storedAt: Date.now() }): Promise<void> {
  const { storedAt } = record
  const store = await openCache({ directory: cache, key: Buffer.from(secret), now: () => storedAt })
  for (const name of VICTIMS) await store.put(record.keyOf(name), record.lie(name), storedAt)
  await store.flush()
}

/** Replaces what lies on the disk, byte by byte as wanted and with index entries and hashes as they should be. */
async function tamper(alter: (key: string, body: Uint8Array) => Uint8Array): Promise<void> {
  await forge(OURS)
  const root = formatFolder(cache)
  for (const { key, integrity } of Object.values(await ls(root))) {
    const good = await get.byDigest(root, integrity)
    await put(root, key, Buffer.from(alter(key, good.subarray(SEAL_BYTES))))
  }
}

const sealed = (secret: string, key: string, body: Uint8Array): Uint8Array =>
  seal(Buffer.from(secret), key, { body, storedAt: Date.now() })

test('these forgeries are well made: signed with our own key they would be believed', async () => {
  await forge(OURS)
  const { report } = await run()
  expect(verdicts(report)).toMatchObject({ 'elsewhere@1.0.0': 'pass', 'two-faced@1.0.0': 'pass' })
  expect(report.run.cache).toMatchObject({ disk: VICTIMS.length, rejected: 0 })
})

describe('a forged cache committed to the project, with well-made keys and hashes, changes no verdict', () => {
  test.each<[how: string, prepare: () => Promise<void>]>([
    ['written by the product with another key', () => forge(THEIRS)],
    ['never signed', () => tamper((_key, body) => body)],
    [
      'with an empty signature',
      () => tamper((_key, body) => Buffer.concat([Buffer.alloc(SEAL_BYTES), body])),
    ],
    ['signed with an empty key', () => tamper((key, body) => sealed('', key, body))],
    ['signed with another key', () => tamper((key, body) => sealed(THEIRS, key, body))],
    ['signed with our key for another place', () => tamper((key, body) => sealed(OURS, `${key} `, body))],
    [
      'with our signature of another body',
      () =>
        tamper((key, body) =>
          Buffer.concat([sealed(OURS, key, Buffer.from('{}')).subarray(0, SEAL_BYTES), body]),
        ),
    ],
  ])('%s', async (_how, prepare) => {
    await prepare()
    const records = Object.keys(await ls(formatFolder(cache))).length
    expect(records).toBeGreaterThan(0)
    const report = await expectUntouched()
    expect(report.run.cache).toMatchObject({ disk: 0, rejected: records })
  })

  test('as the journal of a run that was cut off', async () => {
    const journal = (secret: string) =>
      openJournal({
        directory: cache,
        secret: Buffer.from(secret),
        now: Date.now,
        warn: ({ message }) => expect.unreachable(message),
        rejected: () => expect.unreachable(),
      })
    const lies = VICTIMS.map((name) => [keyOf(name), { body: lie(name), storedAt: Date.now() }] as const)
    await journal(OURS).append(new Map(lies))
    expect((await run()).report.run.cache).toMatchObject({ disk: VICTIMS.length, rejected: 0 })
    fs.rmSync(cache, { recursive: true })
    await journal(THEIRS).append(new Map(lies))
    const report = await expectUntouched()
    expect(report.run.cache).toMatchObject({ disk: 0, rejected: 1 })
    expect((await run()).report.run).toMatchObject({ network: { requests: 0 }, cache: { rejected: 0 } })
  })

  test('and is healed by the run that met it', async () => {
    await forge(THEIRS)
    await expectUntouched()
    const { report } = await run()
    expect(report.run).toMatchObject({ network: { requests: 0 }, cache: { rejected: 0 } })
  })

  test('the whole cache of a run that met another registry at the same address, as git checks it out', async () => {
    onTestFinished(admit)
    for (const name of VICTIMS) republish(name, { license: 'MIT' })
    await run({ DEPGATE_CACHE_KEY: THEIRS })
    admit()
    fs.rmSync(join(cache, '.gitignore'))
    for (const entry of fs.readdirSync(cache, { recursive: true, withFileTypes: true })) {
      fs.chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644)
    }
    fs.chmodSync(cache, 0o755)
    const records = Object.keys(await ls(formatFolder(cache))).length
    const report = await expectUntouched()
    expect(report.run.cache).toMatchObject({ disk: 0, rejected: records })
  })
})

describe('a record that was signed with our key is a miss', () => {
  test.each<[what: string, of: (name: string) => string]>([
    ['another version', (name) => keyOf(name, { version: '0.9.0' })],
    ['another registry', (name) => keyOf(name, { base: 'https://registry.example/' })],
    ['another path of the registry', (name) => keyOf(name, { base: `${scenario.registry.url}other/` })],
  ])('when it was made for %s', async (_what, of) => {
    await forge(OURS, { keyOf: of, lie, storedAt: Date.now() })
    const report = await expectUntouched()
    expect(report.run.cache).toMatchObject({ disk: 0, rejected: 0 })
  })

  test('when it is about another package', async () => {
    await forge(OURS, { keyOf, lie: () => lie('plain'), storedAt: Date.now() })
    await expectUntouched()
  })

  test.each([
    ['an hour ahead', 3_600_000],
    ['a minute ahead', 60_000],
    ['without a time', Number.NaN],
    ['before all time', Number.NEGATIVE_INFINITY],
  ])('when it is %s', async (_when, offset) => {
    await forge(OURS, { keyOf, lie, storedAt: Date.now() + offset })
    await expectUntouched()
  })
})

describe('a folder that others could have prepared is refused with one warning, even if what is in it is signed', () => {
  test.each<[what: string, prepare: () => void]>([
    ['is a symlink', () => linkAway(cache)],
    ['lies below a symlink', () => linkAway(dirname(cache))],
    ['has a symlink inside', () => linkAway(formatFolder(cache))],
    ['can be written by the group', () => fs.chmodSync(cache, 0o770)],
    ['can be written by all', () => fs.chmodSync(formatFolder(cache), 0o702)],
  ])('it %s', async (_what, prepare) => {
    await forge(OURS)
    prepare()
    await expectRefused()
  })

  // Only root can give a folder away.
  test.runIf(process.getuid?.() === 0)('it belongs to another user', async () => {
    await forge(OURS)
    fs.chownSync(cache, 65_534, 65_534)
    await expectRefused()
  })
})

describe('without a key that only this user has the disk cache is off, with one warning', () => {
  const homes = {
    none: () => '',
    'a file': () => {
      const path = join(scenario.project.home, 'file')
      fs.writeFileSync(path, '')
      return path
    },
    'the project, where a stranger left a key': () => {
      const { folder } = scenario.project
      fs.mkdirSync(join(folder, '.config/depgate'), { recursive: true, mode: 0o700 })
      fs.writeFileSync(join(folder, '.config/depgate/cache-key'), THEIRS, { mode: 0o600 })
      return folder
    },
  }

  test.each(Object.entries(homes))('home is %s', async (_what, home) => {
    await forge(THEIRS)
    const report = await expectUntouched({ HOME: home() })
    expect(report.warnings.map(({ code }) => code)).toEqual(['cache-key-refused'])
    expect(report.run.cache.rejected).toBe(0)
  })

  test.each(['', 'short', 'k'.repeat(31)])('DEPGATE_CACHE_KEY is "%s"', async (key) => {
    const report = await expectUntouched({ DEPGATE_CACHE_KEY: key })
    expect(report.warnings).toEqual([
      {
        code: 'cache-key-refused',
        message: 'The disk cache is off: DEPGATE_CACHE_KEY is shorter than 32 bytes.',
      },
    ])
    expect(fs.existsSync(cache), 'nothing is written').toBe(false)
    expect(fs.existsSync(join(scenario.project.home, '.config')), 'no other key is made').toBe(false)
  })
})

test('files are 0600 and folders 0700, whatever the umask', async () => {
  const mask = process.umask(0)
  const running = run({})
  process.umask(mask)
  expect((await running).report.run.cache.writes).toBeGreaterThan(0)
  const config = join(scenario.project.home, '.config')
  for (const folder of [cache, join(config, 'depgate')]) {
    expect(fs.lstatSync(folder).mode & 0o777, folder).toBe(0o700)
    const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      expect(fs.lstatSync(path).mode & 0o777, path).toBe(entry.isDirectory() ? 0o700 : 0o600)
    }
  }
  expect(fs.readdirSync(join(config, 'depgate'))).toEqual(['cache-key'])
})
