import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createMemoryStore } from '#cache/memory-store'
import { createPackedStore } from '#cache/packed-store'
import type { PackDisk } from '#cache/packed-store'
import type { Journal } from '#cache/journal'
import type { Pack } from '#cache/pack'
import type { CacheStore } from '#cache/store'

const NOW = 1_800_000_000_000
const now = (): number => NOW

function recordOf(text: string): { body: Uint8Array; storedAt: number } {
  return { body: Buffer.from(text), storedAt: NOW }
}

function memoryDisk(): PackDisk {
  return { ...createMemoryStore(), sound: () => true }
}

/** A journal that lies in memory, where the next run finds what was not forgotten. */
function memoryJournal(left: Pack = new Map()): Journal & { batches: number } {
  const journal = {
    batches: 0,
    recover: () => Promise.resolve(new Map(left)),
    append: (records: Pack) => {
      if (records.size > 0) journal.batches++
      for (const [key, record] of records) left.set(key, record)
      return Promise.resolve()
    },
    forget: () => Promise.resolve(left.clear()),
  }
  return journal
}

/** A store that counts what is asked of it. */
function counted(store: PackDisk): PackDisk & { puts: number; gets: number } {
  const counts = {
    tier: store.tier,
    sound: () => store.sound(),
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
  const below = counted(memoryDisk())
  const store = createPackedStore(below, memoryJournal(), now)
  const keys = Array.from({ length: 1000 }, (_, at) => `key ${at}`)
  await Promise.all(keys.map((key) => store.put(key, recordOf(key))))
  await store.flush()
  expect(below.puts).toBe(16)
  below.gets = 0
  const reader = createPackedStore(below, memoryJournal(), now)
  expect(await Promise.all(keys.map((key) => textOf(reader, key)))).toEqual(keys)
  expect(below.gets).toBe(16)
})

test('what another process wrote meanwhile is kept, what was changed here wins', async () => {
  const below = memoryDisk()
  const keys = Array.from({ length: 64 }, (_, at) => `key ${at}`)
  const [one, two] = [
    createPackedStore(below, memoryJournal(), now),
    createPackedStore(below, memoryJournal(), now),
  ]
  // Both read the empty packs before either writes.
  await Promise.all(keys.flatMap((key) => [one.get(key), two.get(key)]))
  for (const key of keys.slice(0, 40)) await one.put(key, recordOf(`one ${key}`))
  for (const key of keys.slice(20)) await two.put(key, recordOf(`two ${key}`))
  await two.delete('key 63')
  await one.flush()
  await two.flush()
  const reader = createPackedStore(below, memoryJournal(), now)
  const found = await Promise.all(keys.map((key) => textOf(reader, key)))
  expect(found.slice(0, 20)).toEqual(keys.slice(0, 20).map((key) => `one ${key}`))
  expect(found.slice(20, 63)).toEqual(keys.slice(20, 63).map((key) => `two ${key}`))
  expect(found[63]).toBeUndefined()
})

test('without a flush it is in the journal soon, in one batch, and flushing nothing writes nothing', async () => {
  const below = counted(memoryDisk())
  const left: Pack = new Map()
  const journal = memoryJournal(left)
  const store = createPackedStore(below, journal, now)
  await store.flush()
  for (let at = 0; at < 100; at++) await store.put(`key ${at}`, recordOf('soon'))
  for (let tries = 0; tries < 50 && journal.batches === 0; tries++) await sleep(100)
  expect(journal.batches).toBe(1)
  expect(left.size).toBe(100)
  expect(below.puts).toBe(0)
  await store.flush()
  expect(below.puts).toBe(16)
  expect(left.size).toBe(0)
  await store.flush()
  expect(journal.batches).toBe(1)
  expect(below.puts).toBe(16)
})

test('what a run that was cut off left in its journal is read, and folded into the packs by the next one', async () => {
  const below = counted(memoryDisk())
  const left: Pack = new Map()
  const keys = Array.from({ length: 64 }, (_, at) => `key ${at}`)
  const cut = createPackedStore(below, memoryJournal(left), now)
  for (const key of keys) await cut.put(key, recordOf(key))
  await cut.save()
  expect(below.puts).toBe(0)

  const next = createPackedStore(below, memoryJournal(left), now)
  expect(await textOf(next, 'key 7')).toBe('key 7')
  await next.flush()
  expect(left.size).toBe(0)
  const reader = createPackedStore(below, memoryJournal(), now)
  expect(await Promise.all(keys.map((key) => textOf(reader, key)))).toEqual(keys)
})

test('a journal older than the pack does not undo it, and a pack that is as new is not written again', async () => {
  const below = counted(memoryDisk())
  const writer = createPackedStore(below, memoryJournal(), now)
  await writer.put('key', recordOf('new'))
  await writer.put('same', recordOf('same'))
  await writer.flush()
  below.puts = 0
  const old = { body: Buffer.from('old'), storedAt: NOW - 1 }
  const left: Pack = new Map([
    ['key', old],
    ['same', recordOf('same')],
  ])
  const reader = createPackedStore(below, memoryJournal(left), now)
  expect(await textOf(reader, 'key')).toBe('new')
  await reader.flush()
  expect(below.puts).toBe(0)
})

test('the journal is kept where the packs could not be written', async () => {
  const below = { ...memoryDisk(), sound: () => false }
  const left: Pack = new Map()
  const store = createPackedStore(below, memoryJournal(left), now)
  await store.put('key', recordOf('text'))
  await store.flush()
  expect([...left.keys()]).toEqual(['key'])
})

test('no more than four packs are written at a time', async () => {
  const disk = memoryDisk()
  let writing = 0
  let most = 0
  const slow: PackDisk = {
    ...disk,
    async put(key, record) {
      most = Math.max(most, ++writing)
      await sleep(1)
      writing--
      await disk.put(key, record)
    },
  }
  const store = createPackedStore(slow, memoryJournal(), now)
  for (let index = 0; index < 200; index++) await store.put(`key ${index}`, recordOf('a'))
  await store.flush()
  expect(most).toBe(4)
  const next = createPackedStore(disk, memoryJournal(), now)
  for (let index = 0; index < 200; index++) expect(await textOf(next, `key ${index}`)).toBe('a')
})
