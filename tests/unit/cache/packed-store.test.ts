import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createMemoryStore } from '#cache/memory-store'
import { createPackedStore } from '#cache/packed-store'
import type { CacheStore } from '#cache/store'

const NOW = 1_800_000_000_000
const now = (): number => NOW

function recordOf(text: string): { body: Uint8Array; storedAt: number } {
  return { body: Buffer.from(text), storedAt: NOW }
}

/** A store that counts what is asked of it. */
function counted(store: CacheStore): CacheStore & { puts: number; gets: number } {
  const counts = {
    tier: store.tier,
    puts: 0,
    gets: 0,
    get: (key: string) => {
      counts.gets++
      return store.get(key)
    },
    put: (key: string, record: { body: Uint8Array; storedAt: number }) => {
      counts.puts++
      return store.put(key, record)
    },
    delete: (key: string) => store.delete(key),
  }
  return counts
}

async function textOf(store: CacheStore, key: string): Promise<string | undefined> {
  const found = await store.get(key)
  return found && Buffer.from(found.body).toString()
}

test('a thousand records are sixteen writes and sixteen reads', async () => {
  const below = counted(createMemoryStore())
  const store = createPackedStore(below, now)
  const keys = Array.from({ length: 1000 }, (_, at) => `key ${at}`)
  await Promise.all(keys.map((key) => store.put(key, recordOf(key))))
  await store.flush()
  expect(below.puts).toBe(16)
  below.gets = 0
  const reader = createPackedStore(below, now)
  expect(await Promise.all(keys.map((key) => textOf(reader, key)))).toEqual(keys)
  expect(below.gets).toBe(16)
})

test('what another process wrote meanwhile is kept, what was changed here wins', async () => {
  const below = createMemoryStore()
  const keys = Array.from({ length: 64 }, (_, at) => `key ${at}`)
  const [one, two] = [createPackedStore(below, now), createPackedStore(below, now)]
  // Both read the empty packs before either writes.
  await Promise.all(keys.flatMap((key) => [one.get(key), two.get(key)]))
  for (const key of keys.slice(0, 40)) await one.put(key, recordOf(`one ${key}`))
  for (const key of keys.slice(20)) await two.put(key, recordOf(`two ${key}`))
  await two.delete('key 63')
  await one.flush()
  await two.flush()
  const reader = createPackedStore(below, now)
  const found = await Promise.all(keys.map((key) => textOf(reader, key)))
  expect(found.slice(0, 20)).toEqual(keys.slice(0, 20).map((key) => `one ${key}`))
  expect(found.slice(20, 63)).toEqual(keys.slice(20, 63).map((key) => `two ${key}`))
  expect(found[63]).toBeUndefined()
})

test('without a flush it is written soon, and flushing nothing writes nothing', async () => {
  const below = counted(createMemoryStore())
  const store = createPackedStore(below, now)
  await store.flush()
  expect(below.puts).toBe(0)
  await store.put('key', recordOf('soon'))
  for (let tries = 0; tries < 50 && below.puts === 0; tries++) await sleep(100)
  expect(await textOf(createPackedStore(below, now), 'key')).toBe('soon')
  await store.flush()
  expect(below.puts).toBe(1)
})
