/** What every cache tier promises, run over each of them. */
import { openDiskStore } from '#cache/disk-store'
import { createMemoryStore } from '#cache/memory-store'
import { createRedisStore } from '#cache/redis-store'
import type { CacheStore, CacheTier } from '#cache/store'
import { openCache } from '#cache/tiered-store'
import type { Cache } from '#cache/tiered-store'
import * as fc from 'fast-check'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hasRedis, startRedis } from '../support/redis-server.ts'
import type { RedisServer } from '../support/redis-server.ts'

const NOW = Date.UTC(2027, 0, 1)
const secret = Buffer.alloc(32, 7)

type Harness = { open(directory: string): Promise<CacheStore>; needs?: 'redis' }

const bytes = (text: string) => Buffer.from(text)
const warn = (warning: { message: string }) => expect.unreachable(warning.message)

const openRedis = () =>
  createRedisStore({
    ...sharedTier(),
    now: () => NOW,
    clock: () => performance.now(),
    warn,
    rejected: () => {},
  })

const opened: Cache[] = []

/** What it writes later is written before the folder is removed. */
async function open(options: Parameters<typeof openCache>[0]): Promise<Cache> {
  const cache = await openCache(options)
  opened.push(cache)
  return cache
}

const openSharedCache = () =>
  open({ directory: undefined, key: undefined, now: () => NOW, shared: sharedTier() })

/** Written by one cache, read by another that has nothing in memory. */
async function readBack(tier: CacheTier, openOne: () => Promise<Cache>): Promise<CacheStore> {
  const writer = await openOne()
  return {
    tier,
    get: async (key) => (await openOne()).get(key),
    async put(key, record) {
      await writer.put(key, record.body, record.storedAt)
      await writer.flush()
    },
    async delete(key) {
      await writer.delete(key)
      await writer.flush()
    },
  }
}

const implementations: Record<string, Harness> = {
  'redis-store': { needs: 'redis', open: () => Promise.resolve(openRedis()) },
  'redis-store, read back by another machine': {
    needs: 'redis',
    open() {
      const [writer, reader] = [openRedis(), openRedis()]
      return Promise.resolve({
        tier: 'redis',
        get: (key) => reader.get(key),
        async put(key, record) {
          await writer.put(key, record)
          await writer.flush()
        },
        async delete(key) {
          await writer.delete(key)
          await writer.flush()
        },
      })
    },
  },
  'tiered-store, with nothing but Redis behind the memory': {
    needs: 'redis',
    open: () => readBack('redis', openSharedCache),
  },
  'memory-store': { open: () => Promise.resolve(createMemoryStore()) },
  'disk-store': {
    async open(directory) {
      const store = await openDiskStore({ directory, secret, now: () => NOW, warn, rejected: () => {} })
      return store ?? expect.unreachable('refused')
    },
  },
  'tiered-store, memory in front': {
    async open(directory) {
      const cache = await open({ directory, key: secret, now: () => NOW })
      return {
        tier: 'memory',
        get: (key) => cache.get(key),
        put: (key, record) => cache.put(key, record.body, record.storedAt),
        delete: (key) => cache.delete(key),
      }
    },
  },
  'tiered-store, read back by another process': {
    open: (directory) => readBack('disk', () => open({ directory, key: secret, now: () => NOW })),
  },
}

const REDIS = hasRedis()
let redis: RedisServer | undefined

beforeAll(async () => {
  if (REDIS) redis = await startRedis()
})
afterAll(() => redis?.close())

function sharedTier() {
  const address = { host: '127.0.0.1', port: redis?.port ?? expect.unreachable('no redis'), tls: false }
  return { address, mode: 'read-write', secret } as const
}

const present = Object.entries(implementations).filter(([, { needs }]) => REDIS || needs !== 'redis')

/** A shared cache has 300 ms: a machine may stand still for that long. */
const patience = (needs: Harness['needs']) => (needs === 'redis' ? { retry: 2 } : {})

for (const [name, implementation] of present)
  describe(name, patience(implementation.needs), () => {
    let directory: string
    let store: CacheStore
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'depgate-contract-'))
      await redis?.client.flushall()
      store = await implementation.open(directory)
    })
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((cache) => cache.flush()))
      await rm(directory, { recursive: true, force: true })
    })

    async function body(key: string) {
      const record = await store.get(key)
      return record && Buffer.from(record.body).toString()
    }

    test('an unknown key is a miss', async () => {
      expect(await store.get('nothing')).toBeUndefined()
    })

    test('gives back what was put, with its time', async () => {
      await store.put('a', { body: bytes('one'), storedAt: NOW - 5 })
      const record = await store.get('a')
      expect(record).toMatchObject({ storedAt: NOW - 5 })
      expect(await body('a')).toBe('one')
    })

    test('the last put wins', async () => {
      await store.put('a', { body: bytes('one'), storedAt: NOW })
      await store.put('a', { body: bytes('two'), storedAt: NOW })
      expect(await body('a')).toBe('two')
    })

    test('putting the same bytes twice is fine', async () => {
      await store.put('a', { body: bytes('one'), storedAt: NOW })
      await store.put('a', { body: bytes('one'), storedAt: NOW })
      expect(await body('a')).toBe('one')
    })

    test('a deleted key is a miss, deleting nothing is fine, and it can be put again', async () => {
      await store.delete('a')
      await store.put('a', { body: bytes('one'), storedAt: NOW })
      await store.delete('a')
      expect(await store.get('a')).toBeUndefined()
      await store.put('a', { body: bytes('one'), storedAt: NOW })
      expect(await body('a')).toBe('one')
    })

    test('keys with the same body do not touch each other', async () => {
      await store.put('a', { body: bytes('same'), storedAt: NOW })
      await store.put('b', { body: bytes('same'), storedAt: NOW })
      await store.delete('a')
      expect(await body('b')).toBe('same')
    })

    test('an empty body is a record, not a miss', async () => {
      await store.put('a', { body: new Uint8Array(0), storedAt: NOW })
      expect(await body('a')).toBe('')
    })

    test('later writing into the same buffers changes nothing', async () => {
      const given = bytes('one')
      await store.put('a', { body: given, storedAt: NOW })
      given.fill(0)
      const first = await store.get('a')
      first?.body.fill(0)
      expect(await body('a')).toBe('one')
    })

    test('200 puts at once are all there', async () => {
      const keys = Array.from({ length: 200 }, (_value, index) => `key ${index}`)
      await Promise.all(keys.map((key) => store.put(key, { body: bytes(key), storedAt: NOW })))
      expect(await Promise.all(keys.map(body))).toEqual(keys)
    })

    test('any key and any bytes', async () => {
      const odd = fc.constantFrom('__proto__', 'constructor', '', '../../x', '\n', '\t', '\0', '💥')
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(odd, fc.string({ unit: 'grapheme' })),
          fc.uint8Array(),
          async (key, value) => {
            await store.put(key, { body: value, storedAt: NOW })
            const record = await store.get(key)
            expect(Buffer.from(record?.body ?? expect.unreachable())).toEqual(Buffer.from(value))
            await store.delete(key)
            expect(await store.get(key)).toBeUndefined()
          },
        ),
        { numRuns: 50 },
      )
    })
  })
