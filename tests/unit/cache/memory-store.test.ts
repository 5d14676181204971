import { createMemoryStore } from '#cache/memory-store'
import { expect, test } from 'vitest'

const record = (bytes: number) => ({ body: new Uint8Array(bytes), storedAt: 1 })

test('beyond maxEntries the one not used for longest goes', async () => {
  const store = createMemoryStore({ maxEntries: 2, maxBytes: 1000 })
  await store.put('a', record(1))
  await store.put('b', record(1))
  await store.get('a')
  await store.put('c', record(1))
  expect(await store.get('b')).toBeUndefined()
  expect(await store.get('a')).toBeDefined()
  expect(store.statistics()).toMatchObject({ entries: 2, evictions: 1 })
})

test('beyond maxBytes the oldest go until it fits', async () => {
  const store = createMemoryStore({ maxEntries: 100, maxBytes: 1000 })
  for (const key of ['a', 'b', 'c']) await store.put(key, record(300))
  await store.put('d', record(600))
  expect(await store.get('b')).toBeUndefined()
  expect(await store.get('d')).toBeDefined()
  const { bytes, evictions } = store.statistics()
  expect(bytes).toBeLessThanOrEqual(1000)
  expect(evictions).toBe(2)
})

test('a record that alone is too large is not kept, and its predecessor is not given out for it', async () => {
  const store = createMemoryStore({ maxEntries: 100, maxBytes: 1000 })
  await store.put('a', record(10))
  await store.put('a', record(2000))
  expect(await store.get('a')).toBeUndefined()
  expect(store.statistics()).toMatchObject({ entries: 0, bytes: 0, evictions: 1 })
})

test('replacing and deleting are no evictions; the bytes are those that are there', async () => {
  const store = createMemoryStore()
  await store.put('key', record(100))
  await store.put('key', record(50))
  expect(store.statistics()).toEqual({ entries: 1, bytes: 50 + 2 * 'key'.length + 1, evictions: 0 })
  await store.delete('key')
  expect(store.statistics()).toEqual({ entries: 0, bytes: 0, evictions: 0 })
})

test('clear leaves nothing', async () => {
  const store = createMemoryStore()
  await store.put('a', record(1))
  store.clear()
  expect(await store.get('a')).toBeUndefined()
  expect(store.statistics()).toMatchObject({ entries: 0, bytes: 0 })
})

test('a small view does not keep the large buffer behind it alive', async () => {
  const store = createMemoryStore()
  await store.put('a', { body: new Uint8Array(1024 * 1024).subarray(0, 4), storedAt: 1 })
  expect((await store.get('a'))?.body.buffer.byteLength).toBe(4)
})

test('what is adopted is kept as it is, and copied when it is given out', async () => {
  const store = createMemoryStore({ maxEntries: 1, maxBytes: 1000 })
  const own = { body: Buffer.from('body'), storedAt: 1 }
  store.adopt('a', own)
  const given = await store.get('a')
  given?.body.fill(0)
  own.body.write('B')
  expect(Buffer.from((await store.get('a'))?.body ?? []).toString()).toBe('Body')
  store.adopt('b', record(2000))
  expect(await store.get('b')).toBeUndefined()
  expect(store.statistics().evictions).toBe(1)
})
