/** A shared cache in Redis, honest or poisoned: it saves requests, and never changes a judgement. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { makeCertificate } from '../support/certificate.ts'
import { ALWAYS_ASKED } from '../support/mixed-project.ts'
import { hasRedis, startRedis } from '../support/redis-server.ts'
import type { RedisServer } from '../support/redis-server.ts'
import type { Scenario } from '../support/scenario.ts'
import { codes, KEY, PATIENT, startSharedCache } from '../support/shared-cache.ts'
import type { SharedCache } from '../support/shared-cache.ts'

let redis: RedisServer
let scenario: Scenario
let run: SharedCache['run']
let fill: SharedCache['fill']

async function expectWarm(): Promise<void> {
  const warm = await run()
  expect(warm.asked).toEqual(ALWAYS_ASKED)
  expect(warm.warnings).toEqual([])
  expect(warm.cache).toMatchObject({ disk: 0, rejected: 0 })
}

// Its patience of 300 ms may come to an end on a machine that is busy with other work; twice in a row that says something.
describe.runIf(hasRedis())('the shared cache', { retry: 2 }, () => {
  let shared: SharedCache
  beforeAll(async () => {
    shared = await startSharedCache()
    ;({ redis, scenario, run, fill } = shared)
  })
  afterAll(() => shared.close())
  beforeEach(() => redis.client.flushall())

  test('one machine fills it, the next one asks only what no cache may answer, and says where its words are from', async () => {
    const first = await run()
    expect(first.asked).toHaveLength(shared.honest.report.run.network.requests)
    expect(first.cache).toMatchObject({ redis: 0, rejected: 0 })
    const second = await run()
    expect(second.asked).toEqual(ALWAYS_ASKED)
    expect(second.cache).toMatchObject({ disk: 0, misses: ALWAYS_ASKED.length - 1 })
    expect(second.cache.redis).toBeGreaterThan(140)
    const from = second.report.packages.flatMap(({ claims }) => claims.map((claim) => claim.from))
    expect(from.filter((where) => where === 'redis').length).toBeGreaterThan(100)
  })

  test('a tree whose every package can be cached makes no request at all', async () => {
    await fill()
    const omitted = [...PATIENT, '--omit', 'dev']
    const env = { DEPGATE_CACHE_KEY: KEY, DEPGATE_REDIS_URL: redis.url }
    const { report } = await scenario.json(omitted, { env })
    expect(report.run.network.requests).toBe(0)
    expect(report.warnings).toEqual([])
  })

  test('a record that was found there is kept on the disk too', async () => {
    await fill()
    const withDisk = ['--deadline', '2m']
    onTestFinished(() => rmSync(join(scenario.project.folder, '.cache'), { recursive: true, force: true }))
    expect((await run({}, withDisk)).cache.redis).toBeGreaterThan(140)
    const warm = await run({}, withDisk)
    expect(warm.cache).toMatchObject({ redis: 0, rejected: 0 })
    expect(warm.cache.disk).toBeGreaterThan(140)
  })

  test('every record goes by itself after a month, and its name says nothing', async () => {
    await run()
    const names = await redis.client.keys('*')
    expect(names.length).toBeGreaterThan(140)
    for (const name of names) {
      expect(name).toMatch(/^depgate:1:[\w-]{43}$/)
      const ttl = await redis.client.ttl(name)
      expect(ttl).toBeGreaterThan(29 * 86_400)
      expect(ttl).toBeLessThanOrEqual(30 * 86_400)
    }
  })

  describe('is left alone', () => {
    const quiet = { warnings: [], cache: { redis: 0 } }
    test.each<[when: string, env: Record<string, string>, args: string[], expected: object]>([
      ['where the environment says so', { DEPGATE_REDIS_MODE: 'off' }, PATIENT, quiet],
      ['where there is no address', { DEPGATE_REDIS_URL: '' }, PATIENT, quiet],
      ['without a key', { DEPGATE_CACHE_KEY: '' }, PATIENT, { warnings: [{ code: 'cache-redis-key' }] }],
      [
        'with a short key',
        { DEPGATE_CACHE_KEY: 'short' },
        PATIENT,
        { warnings: [{ code: 'cache-redis-key' }] },
      ],
      [
        'with an address that is none',
        { DEPGATE_REDIS_URL: KEY },
        PATIENT,
        { warnings: [{ code: 'cache-redis-address' }] },
      ],
      [
        'with a mode that is none',
        { DEPGATE_REDIS_MODE: 'on' },
        PATIENT,
        { warnings: [{ code: 'cache-redis-mode' }] },
      ],
    ])('%s', async (_when, env, args, expected) => {
      await fill()
      const before = await redis.client.info('stats')
      expect(await run(env, args)).toMatchObject(expected)
      expect(connections(await redis.client.info('stats'))).toBe(connections(before))
    })

    test('offline, which opens no socket', async () => {
      await fill()
      const before = connections(await redis.client.info('stats'))
      const env = { DEPGATE_CACHE_KEY: KEY, DEPGATE_REDIS_URL: redis.url }
      const { code, report } = await scenario.json([...PATIENT, '--offline'], { env })
      expect(code).toBe(1)
      expect(report.coverage.incomplete).toBeGreaterThan(100)
      expect(connections(await redis.client.info('stats'))).toBe(before)
    })
  })

  test('read-only, by policy or environment, it is not written', async () => {
    await run({ DEPGATE_REDIS_MODE: 'read-only' })
    expect(await redis.client.dbsize()).toBe(0)
  })

  describe('poisoned, it is not believed, tells so once, and is healed by the run that met it', () => {
    const oneWarning = ['cache-redis-records-rejected']
    let names: string[]
    beforeEach(async () => {
      await fill()
      names = (await redis.client.keys('*')).toSorted()
    })
    afterEach(expectWarm)

    test('by raw writes', async () => {
      for (const name of names) await redis.client.set(name, '{"license":"MIT"}')
      const { cache, warnings } = await run()
      expect(cache).toMatchObject({ redis: 0, rejected: names.length })
      expect(codes(warnings)).toEqual(oneWarning)
    })

    test('by records under the names of others', async () => {
      const values = await redis.client.mgetBuffer(names)
      for (const [at, name] of names.entries()) {
        await redis.client.set(name, values[(at + 1) % names.length] ?? '')
      }
      const { cache, warnings } = await run()
      expect(cache).toMatchObject({ redis: 0, rejected: names.length })
      expect(codes(warnings)).toEqual(oneWarning)
    })

    test('by values of the wrong type', async () => {
      for (const name of names) {
        await redis.client.del(name)
        await redis.client.lpush(name, 'MIT')
      }
      const { cache, warnings } = await run()
      expect(cache).toMatchObject({ redis: 0, rejected: names.length })
      expect(codes(warnings)).toEqual(oneWarning)
    })

    test('by a value of 100 MB, which is not swallowed', async () => {
      await redis.client.setrange(names[0] ?? '', 100 * 1024 * 1024, 'x')
      const before = received(await redis.client.info('stats'))
      const { cache, warnings } = await run()
      expect(cache.rejected).toBe(1)
      expect(codes(warnings)).toEqual(oneWarning)
      expect(received(await redis.client.info('stats')) - before).toBeLessThan(4 * 1024 * 1024)
    })

    test('by a megabyte under every name', async () => {
      for (const name of names) await redis.client.setrange(name, 1024 * 1023, 'x')
      const { cache, warnings } = await run()
      expect(cache.redis).toBe(0)
      // How much of it is read before patience is at an end depends on the machine: each is told once.
      expect([oneWarning, ['cache-redis-left-out'], ['cache-redis-left-out', ...oneWarning]]).toContainEqual(
        codes(warnings).toSorted(),
      )
    })
  })

  test('a replica is read, and refuses to be written once', async () => {
    await fill()
    await redis.client.config('SET', 'repl-diskless-sync-delay', '0')
    const replica = await startRedis(['--replicaof', '127.0.0.1', String(redis.port)])
    onTestFinished(() => replica.close())
    await expect.poll(() => replica.client.dbsize(), { timeout: 20_000 }).toBe(await redis.client.dbsize())
    const warm = await run({ DEPGATE_REDIS_URL: replica.url })
    expect(warm.asked).toEqual(ALWAYS_ASKED)
    await redis.client.flushall()
    await expect.poll(() => replica.client.dbsize(), { timeout: 20_000 }).toBe(0)
    const { warnings } = await run({ DEPGATE_REDIS_URL: replica.url })
    expect(warnings).toEqual([
      {
        code: 'cache-redis-write-failed',
        message: 'The shared cache (Redis) refused to be written (READONLY).',
      },
    ])
  })

  test('a writer and a reader, each with no more rights than the README gives them', async () => {
    const { client } = redis
    onTestFinished(async () => void (await client.acl('DELUSER', 'depgate-reader', 'depgate-writer')))
    await client.acl('SETUSER', 'depgate-reader', 'on', '>r3ad', '~depgate:*', '+getrange')
    await client.acl(
      'SETUSER',
      'depgate-writer',
      'on',
      '>wr1te',
      '~depgate:*',
      '+getrange',
      '+set',
      '+unlink',
    )
    const reader = { DEPGATE_REDIS_URL: `redis://depgate-reader:r3ad@127.0.0.1:${redis.port}` }
    const writer = { DEPGATE_REDIS_URL: `redis://depgate-writer:wr1te@127.0.0.1:${redis.port}` }

    const refused = await run(reader)
    expect(codes(refused.warnings)).toEqual(['cache-redis-write-failed'])
    expect(await client.dbsize()).toBe(0)
    expect((await run({ ...reader, DEPGATE_REDIS_MODE: 'read-only' })).warnings).toEqual([])

    expect((await run(writer)).warnings).toEqual([])
    const warm = await run({ ...reader, DEPGATE_REDIS_MODE: 'read-only' })
    expect(warm.asked).toEqual(ALWAYS_ASKED)
    expect(warm.warnings).toEqual([])
  })

  test('over TLS the certificate must be right', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'depgate-redis-tls-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    makeCertificate({ key: join(folder, 'server.key'), certificate: join(folder, 'server.crt') })
    cpSync(join(folder, 'server.crt'), join(folder, 'ca.crt'))
    const secure = await startRedis([], folder)
    onTestFinished(() => secure.close())
    const url = `rediss://localhost:${secure.port}`
    const stranger = await run({
      DEPGATE_REDIS_URL: url,
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      NODE_NO_WARNINGS: '1',
    })
    expect(codes(stranger.warnings)).toEqual(['cache-redis-left-out'])
    expect(await secure.client.dbsize()).toBe(0)
    const NODE_EXTRA_CA_CERTS = join(folder, 'ca.crt')
    expect((await run({ DEPGATE_REDIS_URL: url, NODE_EXTRA_CA_CERTS })).warnings).toEqual([])
    for (const host of ['localhost', '127.0.0.1']) {
      const DEPGATE_REDIS_URL = `rediss://${host}:${secure.port}`
      const { asked, warnings } = await run({ DEPGATE_REDIS_URL, NODE_EXTRA_CA_CERTS })
      expect(asked, host).toEqual(ALWAYS_ASKED)
      expect(warnings, host).toEqual([])
    }
  })
})

function connections(stats: string): string | undefined {
  return /total_connections_received:\d+/.exec(stats)?.[0]
}

/** Bytes that the server has sent so far. */
function received(stats: string): number {
  return Number(/total_net_output_bytes:(\d+)/.exec(stats)?.[1])
}
