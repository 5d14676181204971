import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCache } from '#cache/tiered-store'
import { afterEach, beforeEach, expect, test } from 'vitest'

const NOW = Date.UTC(2027, 0, 1)
const key = Buffer.alloc(32, 7)
const body = Buffer.from('body')

let base: string
let directory: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'depgate-tiered-'))
  directory = join(base, 'cache')
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const open = (more: Partial<Parameters<typeof openCache>[0]> = {}) =>
  openCache({ directory, key, now: () => NOW, ...more })

test('memory first, then disk, and what the disk knew the memory knows from then on', async () => {
  const writer = await open()
  await writer.put('a', body, NOW)
  expect(await writer.get('a')).toMatchObject({ tier: 'memory', storedAt: NOW })
  await writer.flush()
  const reader = await open()
  expect(await reader.get('a')).toMatchObject({ tier: 'disk', storedAt: NOW })
  expect(await reader.get('a')).toMatchObject({ tier: 'memory', storedAt: NOW })
  expect(await reader.get('b')).toBeUndefined()
  expect(writer.statistics()).toMatchObject({ memory: 1, disk: 0, misses: 0, writes: 1, rejected: 0 })
  expect(reader.statistics()).toMatchObject({ memory: 1, disk: 1, misses: 1, writes: 0, entries: 1 })
})

test('a record that memory dropped while it was on its way to the disk is found there', async () => {
  const cache = await open({ memory: { maxEntries: 1, maxBytes: 1000 } })
  await cache.put('a', body, NOW)
  await cache.put('b', body, NOW)
  expect(await cache.get('a')).toMatchObject({ tier: 'disk' })
  expect(cache.statistics().evictions).toBeGreaterThan(0)
})

test('changes of one key reach the disk in their order', async () => {
  const cache = await open()
  for (let index = 0; index < 20; index++) {
    void cache.put('a', Buffer.from(`${index}`), NOW)
    void cache.put('gone', Buffer.from(`${index}`), NOW)
  }
  await cache.delete('gone')
  await cache.flush()
  const reader = await open()
  expect((await reader.get('a'))?.body.toString()).toBe('19')
  expect(await reader.get('gone')).toBeUndefined()
})

test('flush waits for all, also for what comes while it waits', async () => {
  const cache = await open()
  await cache.put('a', body, NOW)
  const flushed = cache.flush()
  await cache.put('b', body, NOW)
  await flushed
  const reader = await open()
  expect(await reader.get('b')).toBeDefined()
})

test('without a folder there is memory alone and nothing to warn of', async () => {
  const cache = await open({ directory: undefined, key: undefined })
  await cache.put('a', body, NOW)
  await cache.flush()
  expect(await cache.get('a')).toMatchObject({ tier: 'memory' })
  expect(cache.warnings()).toEqual([])
})

test('without a key there is memory alone and one warning', async () => {
  const cache = await open({ key: undefined })
  await cache.put('a', body, NOW)
  await cache.flush()
  expect(await cache.get('a')).toMatchObject({ tier: 'memory' })
  expect(cache.warnings().map(({ code }) => code)).toEqual(['cache-key-missing'])
  const reader = await open()
  expect(await reader.get('a')).toBeUndefined()
})

test('a folder that cannot be used is one warning, whatever is asked of it', async () => {
  writeFileSync(directory, 'a file')
  const cache = await open()
  await Promise.all(Array.from({ length: 50 }, (_value, index) => cache.put(`${index}`, body, NOW)))
  await cache.flush()
  expect(await cache.get('7')).toMatchObject({ tier: 'memory' })
  expect(cache.warnings()).toHaveLength(1)
  expect(cache.warnings()[0]?.message).not.toContain(base)
})

test('records that are not believed are counted and told of once', async () => {
  const writer = await open({ key: Buffer.alloc(32, 8) })
  for (const name of ['a', 'b', 'c']) await writer.put(name, body, NOW)
  await writer.flush()
  const cache = await open()
  for (const name of ['a', 'b', 'c']) expect(await cache.get(name)).toBeUndefined()
  expect(cache.statistics()).toMatchObject({ rejected: 3, misses: 3, disk: 0 })
  expect(cache.warnings()).toMatchObject([{ code: 'cache-records-rejected' }])
  expect(cache.warnings()[0]?.message).toContain('3 records')
})

test('a record is in memory once, however many tiers it has', async () => {
  const cache = await open()
  const size = 256 * 1024
  const large = Buffer.alloc(size, 1)
  const before = process.memoryUsage().arrayBuffers
  for (let index = 0; index < 64; index++) await cache.put(`key ${index}`, large, NOW)
  const added = process.memoryUsage().arrayBuffers - before
  expect(cache.statistics().bytes).toBeGreaterThanOrEqual(64 * size)
  expect(added).toBeLessThan(1.5 * 64 * size)
})

test('nobody writes into what is kept: neither who put it nor who got it', async () => {
  const writer = await open()
  const mine = Buffer.from(body)
  await writer.put('a', mine, NOW)
  mine.fill(0)
  for (let times = 0; times < 2; times++) {
    const hit = await writer.get('a')
    expect(Buffer.from(hit?.body ?? []).toString()).toBe('body')
    hit?.body.fill(0)
  }
  await writer.flush()
  const reader = await open()
  for (const tier of ['disk', 'memory']) {
    const hit = await reader.get('a')
    expect(hit?.tier).toBe(tier)
    expect(Buffer.from(hit?.body ?? []).toString()).toBe('body')
    hit?.body.fill(0)
  }
})
