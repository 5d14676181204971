/** A snapshot in the shared Redis: answers on every machine that sees the same bytes, and is a miss for all else. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { runCli } from '../support/cli.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { judgementOf } from '../support/judgement.ts'
import { spdxText } from '../support/license-texts.ts'
import { hasRedis, startRedis } from '../support/redis-server.ts'
import type { RedisServer } from '../support/redis-server.ts'
import { ALLOW, startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

const KEY = 'the key of a fleet of CI machines'
const PATIENT = ['--deadline', '2m']

let scenario: Scenario
let redis: RedisServer
/** The project as it is checked out, without any cache. */
let original: string
let honest: RunReport
/** What the first machine has put into Redis for all others. */
let snapshot: { name: string; value: Buffer }
/** Everything that two honest runs have left in Redis, and the snapshot among it. */
const kept: { name: string; value: Buffer | null; ttl: number }[] = []
const shared: typeof kept = []
const places: string[] = []

interface Machine {
  folder: string
  home: string
  run: (args?: string[], env?: Record<string, string>) => Promise<RunReport>
}

/** The same project in another folder, of another user. */
function machine(): Machine {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'depgate-machine-')))
  places.push(place)
  const [folder, home] = [join(place, 'work', 'checkout'), join(place, 'home')]
  mkdirSync(dirname(folder))
  mkdirSync(join(home, '.config'), { recursive: true })
  cpSync(original, folder, { recursive: true, verbatimSymlinks: true })
  return {
    folder,
    home,
    async run(args = [], env = {}) {
      const result = await runCli(['check', '--format', 'json', ...PATIENT, ...args], {
        cwd: folder,
        home,
        registry: scenario.registry.url,
        env: { DEPGATE_CACHE_KEY: KEY, DEPGATE_REDIS_URL: redis.url, ...env },
      })
      if (result.stdout === '') throw new Error(`no report: ${result.stderr}`)
      return JSON.parse(result.stdout) as RunReport
    },
  }
}

const isAnswered = ({ run }: RunReport): boolean => run.snapshot !== undefined && run.cache.redis === 1

// Its patience of 300 ms may come to an end on a machine that is busy with other work; twice in a row that says something.
describe.runIf(hasRedis())('a shared snapshot', { retry: 2 }, () => {
  beforeAll(async () => {
    scenario = await startScenario({
      dependencies: { a: '^1.0.0', b: '^1.0.0' },
      devDependencies: { tool: '1.0.0' },
      packages: [
        { name: 'a', version: '1.2.0', license: 'MIT', files: { LICENSE: spdxText('MIT') } },
        { name: 'b', version: '1.0.0', license: 'MIT', dependencies: { a: '^0.9.0' } },
        { name: 'a', version: '0.9.9', license: 'ISC', location: 'node_modules/b/node_modules/a' },
        { name: 'tool', version: '1.0.0', license: 'GPL-3.0-only' },
      ],
      policy: {
        extends: './base.json',
        licenses: { allow: ALLOW },
        cache: { redis: { url: 'env:DEPGATE_REDIS_URL' } },
      },
      files: { 'base.json': JSON.stringify({ packages: { deprecated: 'warn' } }) },
    })
    original = scenario.project.folder
    redis = await startRedis()
    await machine().run(['--no-cache'])
    const before = new Set(await redis.client.keys('*'))
    honest = await machine().run()
    expect(honest.run.snapshot).toBeUndefined()
    expect(honest.warnings).toEqual([])
    for (const name of await redis.client.keys('*')) {
      const record = { name, value: await redis.client.getBuffer(name), ttl: await redis.client.pttl(name) }
      kept.push(record)
      if (!before.has(name)) shared.push(record)
    }
    expect(shared).toHaveLength(1)
  })
  afterAll(async () => {
    await redis.close()
    await scenario.close()
    for (const place of places) rmSync(place, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await redis.client.flushall()
    for (const { name, value, ttl } of kept) await redis.client.set(name, value ?? '', 'PX', ttl)
    snapshot = { name: shared[0]?.name ?? '', value: shared[0]?.value ?? Buffer.alloc(0) }
  })

  test("answers in another folder, for another user, without a request, and is that machine's own then", async () => {
    const second = machine()
    const before = scenario.registry.requests.length
    const report = await second.run()
    expect(isAnswered(report)).toBe(true)
    expect(scenario.registry.requests.length).toBe(before)
    expect(judgementOf(report)).toEqual(judgementOf(honest))
    expect(JSON.stringify(report)).not.toContain(second.folder)
    const again = await second.run([], { DEPGATE_REDIS_MODE: 'off' })
    expect(again.run).toMatchObject({ cache: { redis: 0 }, snapshot: report.run.snapshot })
    expect(judgementOf(again)).toEqual(judgementOf(honest))
    const verified = await second.run(['--verify-snapshot'])
    expect(judgementOf(verified)).toEqual(judgementOf(honest))
  })

  test('what changes afterwards is noticed by that machine, which keeps what it knows of the rest', async () => {
    const second = machine()
    await second.run()
    const path = join(second.folder, 'node_modules/b/package.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"MIT"', '"GPL"'))
    const report = await second.run()
    expect(report.run.snapshot).toBeUndefined()
    expect(report.packages.find(({ id }) => id === 'b@1.0.0')?.verdict).not.toBe('pass')
  })

  test('goes within a day', async () => {
    const ttl = await redis.client.pttl(snapshot.name)
    expect(ttl).toBeGreaterThan(0)
    expect(ttl).toBeLessThanOrEqual(86_400_000)
  })

  test('asks for no more rights than single records do', async () => {
    const { client } = redis
    onTestFinished(async () => void (await client.acl('DELUSER', 'depgate-reader')))
    await client.acl('SETUSER', 'depgate-reader', 'on', '>r3ad', '~depgate:*', '+getrange')
    const url = `redis://depgate-reader:r3ad@127.0.0.1:${redis.port}`
    expect(isAnswered(await machine().run([], { DEPGATE_REDIS_URL: url }))).toBe(true)
  })

  describe('does not answer', () => {
    test.each<[what: string, change: (place: Machine) => void]>([
      [
        'a package.json with another licence',
        ({ folder }) => replace(folder, 'node_modules/a/package.json', '"MIT"', '"GPL"'),
      ],
      [
        'a downgraded copy',
        ({ folder }) => replace(folder, 'node_modules/b/node_modules/a/package.json', '0.9.9', '0.9.8'),
      ],
      [
        'another LICENSE',
        ({ folder }) => replace(folder, 'node_modules/a/LICENSE', 'Permission', 'permission'),
      ],
      ['no LICENSE', ({ folder }) => rmSync(join(folder, 'node_modules/a/LICENSE'))],
      [
        'a package that nobody asked for',
        ({ folder }) =>
          write(join(folder, 'node_modules/extra/package.json'), '{"name":"extra","version":"1.0.0"}'),
      ],
      ['another lockfile', ({ folder }) => replace(folder, 'package-lock.json', '0.9.9', '0.9.8')],
      ['another policy', ({ folder }) => replace(folder, 'depgate.config.json', '"ISC"', '"Unlicense"')],
      ['another policy behind the policy', ({ folder }) => write(join(folder, 'base.json'), '{}')],
      [
        'another registry in the .npmrc of the user',
        ({ home }) => write(join(home, '.npmrc'), '@acme:registry=https://registry.example/\n'),
      ],
      ['an .npmrc in the project', ({ folder }) => write(join(folder, '.npmrc'), 'omit=dev\n')],
    ])('%s', async (_what, change) => {
      const second = machine()
      change(second)
      const report = await second.run()
      expect(report.run.snapshot).toBeUndefined()
      const alone = await second.run(['--no-cache'], { DEPGATE_REDIS_MODE: 'off' })
      expect(judgementOf(report)).toEqual(judgementOf(alone))
    })

    test.each<[what: string, args: string[], env: Record<string, string>]>([
      ['other options', ['--omit', 'dev'], {}],
      ['another environment', [], { npm_config_omit: 'dev' }],
      ['whoever wants everything anew', ['--refresh'], {}],
      ['whoever wants no cache folder', ['--no-cache'], {}],
      ['whoever wants it verified', ['--verify-snapshot'], {}],
      ['offline', ['--offline'], {}],
      ['where the environment leaves Redis out', [], { DEPGATE_REDIS_MODE: 'off' }],
      ['with another key', [], { DEPGATE_CACHE_KEY: 'the key of another fleet of CI machines' }],
      ['without a key', [], { DEPGATE_CACHE_KEY: '' }],
    ])('%s', async (_what, args, env) => {
      expect((await machine().run(args, env)).run.snapshot).toBeUndefined()
    })
  })

  describe('poisoned, it is a miss that is told of, and is healed by the run that met it', () => {
    test.each<[how: string, spoil: (value: Buffer, other: Buffer) => Buffer]>([
      ['raw bytes', () => Buffer.from('{"verdict":"pass"}')],
      ['cut short', (value) => value.subarray(0, value.length - 1)],
      ['cut to its seal', (value) => value.subarray(0, 48)],
      ['another time', flipped(9)],
      ['another head', flipped(60)],
      ['another end', flipped(-1)],
      ['the record of something else', (_value, other) => other],
    ])('%s', async (_how, spoil) => {
      const other = kept.find(({ name }) => name !== snapshot.name)?.value ?? Buffer.alloc(1)
      await redis.client.set(snapshot.name, spoil(snapshot.value, other))
      const report = await machine().run()
      expect(report.run.snapshot).toBeUndefined()
      expect(report.run.cache.rejected).toBe(1)
      expect(report.warnings.map(({ code }) => code)).toEqual(['cache-redis-records-rejected'])
      expect(judgementOf(report)).toEqual(judgementOf(honest))
      expect(isAnswered(await machine().run())).toBe(true)
    })

    test('a value of the wrong type', async () => {
      await redis.client.del(snapshot.name)
      await redis.client.lpush(snapshot.name, 'pass')
      const report = await machine().run()
      expect(report.run).toMatchObject({ cache: { rejected: 1 } })
      expect(isAnswered(await machine().run())).toBe(true)
    })

    test('a value of 100 MB, of which no more is read than a snapshot may have', async () => {
      await redis.client.setrange(snapshot.name, 100 * 1024 * 1024, 'x')
      const before = sent(await redis.client.info('stats'))
      const report = await machine().run()
      expect(report.run.snapshot).toBeUndefined()
      expect(report.warnings).toHaveLength(1)
      expect(judgementOf(report)).toEqual(judgementOf(honest))
      expect(sent(await redis.client.info('stats')) - before).toBeLessThan(20 * 1024 * 1024)
    })
  })

  test('read-only, nothing is sent', async () => {
    await redis.client.flushall()
    await machine().run([], { DEPGATE_REDIS_MODE: 'read-only' })
    expect(await redis.client.dbsize()).toBe(0)
  })

  test('a report that does not last is not shared', async () => {
    await redis.client.flushall()
    const second = machine()
    replace(second.folder, 'package-lock.json', 'sha512-', 'sha512-AAAA')
    const report = await second.run()
    expect(report.findings.map(({ rule }) => rule)).toContain('integrity-mismatch')
    expect(await redis.client.exists(snapshot.name)).toBe(0)
    expect((await second.run()).run.snapshot).toBeUndefined()
  })

  test.each(['black-hole', 'reset'] as const)(
    'a server that is a %s is asked once in a run',
    async (type) => {
      const proxy = await startFaultProxy(redis.port, type === 'reset' ? { type, afterBytes: 200 } : { type })
      onTestFinished(() => proxy.close())
      const report = await machine().run([], { DEPGATE_REDIS_URL: `redis://127.0.0.1:${proxy.port}` })
      expect(report.run.snapshot).toBeUndefined()
      expect(report.warnings.map(({ code }) => code)).toEqual(['cache-redis-left-out'])
      expect(proxy.connections()).toBe(1)
      expect(judgementOf(report)).toEqual(judgementOf(honest))
    },
  )
})

/** The same bytes with one bit turned, counted from the end below 0. */
function flipped(place: number): (value: Buffer) => Buffer {
  return (value) => {
    const bytes = Buffer.from(value)
    const at = place < 0 ? bytes.length + place : place
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    return bytes
  }
}

function replace(folder: string, file: string, old: string, by: string): void {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(old)
  writeFileSync(path, text.replace(old, by))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Bytes that the server has sent so far. */
function sent(stats: string): number {
  return Number(/total_net_output_bytes:(\d+)/.exec(stats)?.[1])
}
