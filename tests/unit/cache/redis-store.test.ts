import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createRedisStore, MAX_SHARED_BYTES, redisName } from '#cache/redis-store'
import type { RedisOptions } from '#cache/redis-store'
import { seal } from '#cache/seal'
import { startFaultProxy } from '../../support/fault-proxy.ts'
import type { Fault } from '../../support/fault-proxy.ts'
import { hasRedis, startRedis } from '../../support/redis-server.ts'
import type { RedisServer } from '../../support/redis-server.ts'

const NOW = 1_800_000_000_000
const DAY = 86_400_000
const secret = Buffer.alloc(32, 7)
const body = Buffer.from('body')

let redis: RedisServer

function open(more: Partial<RedisOptions> = {}, port = redis.port) {
  const warnings: string[] = []
  const counts = { rejected: 0 }
  const store = createRedisStore({
    address: { host: '127.0.0.1', port, tls: false },
    mode: 'read-write',
    secret,
    now: () => NOW,
    clock: () => performance.now(),
    warn: ({ code }) => warnings.push(code),
    rejected: () => counts.rejected++,
    ...more,
  })
  return { store, warnings, counts }
}

/** Puts what is given under the name of `a`, whatever it is. */
const plant = (value: Uint8Array) => redis.client.set(redisName(secret, 'a'), Buffer.from(value))

describe.runIf(hasRedis())('redis-store', () => {
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.close())
  beforeEach(() => redis.client.flushall())

  test.each([
    ['just now', 0, true],
    ['almost a month old', -30 * DAY + 1000, true],
    ['a month old', -30 * DAY, false],
    ['years old', -2000 * DAY, false],
    ['a little ahead, as clocks are', 60_000, true],
    ['from the future', 3_600_000, false],
    ['without a time', Number.NaN, false],
    ['before all time', Number.NEGATIVE_INFINITY, false],
  ])('a record that is %s', async (_when, offset, believed) => {
    await plant(seal(secret, 'a', { body, storedAt: NOW + offset }))
    const { store, counts, warnings } = open()
    expect((await store.get('a')) !== undefined).toBe(believed)
    expect(counts.rejected).toBe(believed ? 0 : 1)
    expect(warnings).toEqual([])
  })

  test.each<[string, () => Uint8Array]>([
    ['bytes that nobody sealed', () => body],
    ['sealed for another key', () => seal(secret, 'b', { body, storedAt: NOW })],
    ['sealed by somebody else', () => seal(Buffer.alloc(32, 8), 'a', { body, storedAt: NOW })],
    ['too large', () => seal(secret, 'a', { body: Buffer.alloc(MAX_SHARED_BYTES), storedAt: NOW })],
  ])('%s: not believed, and counted', async (_what, value) => {
    await plant(value())
    const { store, counts } = open()
    expect(await store.get('a')).toBeUndefined()
    expect(counts.rejected).toBe(1)
  })

  test('two teams at one server do not meet', async () => {
    const { store } = open()
    await store.put('a', { body, storedAt: NOW })
    await store.flush()
    const other = open({ secret: Buffer.alloc(32, 8) })
    expect(await other.store.get('a')).toBeUndefined()
    expect(other.counts.rejected).toBe(0)
  })

  test('what is nearly a month old goes after what is left of it; what is older or too large is not sent', async () => {
    const { store } = open()
    await store.put('a', { body, storedAt: NOW - 29 * DAY })
    await store.put('b', { body, storedAt: NOW - 31 * DAY })
    await store.put('c', { body: Buffer.alloc(MAX_SHARED_BYTES), storedAt: NOW })
    await store.flush()
    expect(await redis.client.dbsize()).toBe(1)
    expect(await redis.client.pttl(redisName(secret, 'a'))).toBeLessThanOrEqual(DAY)
  })

  test('two thousand records are written in a few pipelines and read in two', async () => {
    const keys = Array.from({ length: 2000 }, (_value, at) => `key ${at}`)
    const { store } = open()
    for (const key of keys) await store.put(key, { body: Buffer.from(key), storedAt: NOW })
    await store.flush()
    const reader = open()
    const found = await Promise.all(keys.map((key) => reader.store.get(key)))
    expect(found.map((record) => record && Buffer.from(record.body).toString())).toEqual(keys)
    expect(reader.warnings).toEqual([])
  })

  test('read-only it sends nothing', async () => {
    const { store, warnings } = open({ mode: 'read-only' })
    await store.put('a', { body, storedAt: NOW })
    await store.delete('a')
    await store.flush()
    expect(await redis.client.dbsize()).toBe(0)
    expect(warnings).toEqual([])
  })

  test('it speaks to the database that the address names', async () => {
    const address = { host: '127.0.0.1', port: redis.port, tls: false, database: 3 }
    const { store } = open({ address })
    await store.put('a', { body, storedAt: NOW })
    await store.flush()
    expect(await redis.client.dbsize()).toBe(0)
    expect(await open({ address }).store.get('a')).toBeDefined()
    const none = open({ address: { ...address, database: 99 } })
    expect(await none.store.get('a')).toBeUndefined()
    expect(none.warnings).toEqual(['cache-redis-left-out'])
  })

  test.each<[string, Fault]>([
    ['accepts and never answers', { type: 'black-hole' }],
    ['answers after five seconds', { type: 'delay', ms: 5000 }],
    ['answers byte by byte', { type: 'throttle', bytesPerSecond: 200 }],
    ['is cut off at once', { type: 'reset', afterBytes: 0 }],
    ['is cut off in the middle', { type: 'reset', afterBytes: 500 }],
  ])('a server that %s costs its patience once, for a whole run', async (_how, fault) => {
    const keys = Array.from({ length: 500 }, (_value, at) => `key ${at}`)
    const { store: writer } = open()
    for (const key of keys) await writer.put(key, { body, storedAt: NOW })
    await writer.flush()
    const proxy = await startFaultProxy(redis.port, fault)
    onTestFinished(() => proxy.close())

    const { store, warnings } = open({}, proxy.port)
    const started = performance.now()
    await Promise.all(keys.map((key) => store.get(key)))
    for (const key of keys) expect(await store.get(key)).toBeUndefined()
    for (const key of keys) await store.put(key, { body, storedAt: NOW })
    await store.flush()
    // 300 ms are promised; the rest is for machines that do other work at the same time.
    expect(performance.now() - started).toBeLessThan(1500)
    expect(warnings).toEqual(['cache-redis-left-out'])
    expect(proxy.connections()).toBe(1)
  })

  test('a server that freezes between reading and writing is not waited for in the end', async () => {
    const frozen = await startRedis()
    onTestFinished(() => frozen.close())
    const { store, warnings } = open({}, frozen.port)
    expect(await store.get('a')).toBeUndefined()
    frozen.signal('SIGSTOP')
    await store.put('a', { body, storedAt: NOW })
    const started = performance.now()
    await store.flush()
    await store.flush()
    expect(performance.now() - started).toBeLessThan(1500)
    expect(warnings).toEqual(['cache-redis-left-out'])
  })
})
