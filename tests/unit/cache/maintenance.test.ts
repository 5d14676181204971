import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDiskStore } from '#cache/disk-store'
import { formatFolder } from '#cache/folder'
import { walkFiles } from '#cache/folder-walk'
import { openJournal } from '#cache/journal'
import { cacheInfo, clearCache, verifyCache } from '#cache/maintenance'
import * as cacache from 'cacache'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const NOW = Date.now()
const key = Buffer.alloc(32, 7)

let base: string
let directory: string
let root: string
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'depgate-maintenance-'))
  directory = join(base, 'cache')
  root = formatFolder(directory)
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

let rejected = 0
const warn = (warning: { message: string }) => expect.unreachable(warning.message)

async function open() {
  const store = await openDiskStore({
    directory,
    secret: key,
    now: () => NOW,
    warn,
    rejected: () => rejected++,
  })
  return store ?? expect.unreachable('refused')
}

async function fill(count: number) {
  const cache = await open()
  for (let index = 0; index < count; index++) {
    await cache.put(`key ${index}`, { body: Buffer.from(`${index}`), storedAt: NOW })
  }
}

async function contentOf(name: string) {
  return (await cacache.get.info(root, name))?.path ?? expect.unreachable()
}

function age(path: string) {
  const old = NOW / 1000 - 3600
  utimesSync(path, old, old)
}

describe('where there is no cache', () => {
  test('nothing is found, nothing is made', async () => {
    expect(await cacheInfo(directory)).toEqual({ state: 'absent', records: 0, bytes: 0 })
    expect(await verifyCache(directory, key, NOW)).toEqual({
      state: 'absent',
      kept: 0,
      removed: 0,
      leftovers: 0,
    })
    expect(await clearCache(directory)).toEqual({ state: 'absent', removed: [] })
    expect(existsSync(directory)).toBe(false)
  })
})

test('info counts records and bytes', async () => {
  await fill(5)
  const info = await cacheInfo(directory)
  expect(info).toMatchObject({ state: 'usable', records: 5 })
  expect(info.bytes).toBeGreaterThan(5)
})

describe('verify', () => {
  test('keeps what is sealed', async () => {
    await fill(5)
    expect(await verifyCache(directory, key, NOW)).toMatchObject({ kept: 5, removed: 0, leftovers: 0 })
    const cache = await open()
    expect((await cache.get('key 3'))?.body.toString()).toBe('3')
  })

  test('removes what is damaged, unsigned, signed with another key or stored under another key', async () => {
    await fill(4)
    truncateSync(await contentOf('key 1'), 20)
    await cacache.put(root, 'unsigned', 'MIT')
    await cacache.put(root, 'moved', (await cacache.get(root, 'key 2')).data)
    rmSync(await contentOf('key 3'))
    expect(await verifyCache(directory, key, NOW)).toMatchObject({ kept: 1, removed: 5 })
    const cache = await open()
    const hits = await Promise.all(
      ['key 0', 'key 1', 'key 2', 'unsigned', 'moved'].map((name) => cache.get(name)),
    )
    expect(hits.map((hit) => hit !== undefined)).toEqual([true, false, false, false, false])
    expect(rejected).toBe(0)
  })

  test('removes everything when the key is another one', async () => {
    await fill(3)
    expect(await verifyCache(directory, Buffer.alloc(32, 8), NOW)).toMatchObject({ kept: 0, removed: 3 })
    expect(await cacheInfo(directory)).toMatchObject({ records: 0 })
  })

  test('removes old leftovers, and spares those that may still be in use', async () => {
    await fill(1)
    const old = [join(root, 'tmp', 'old'), join(root, 'content-v2', 'sha512', 'orphan')]
    const fresh = [
      join(root, 'tmp', 'fresh'),
      join(root, 'content-v2', 'sha512', 'fresh'),
      join(root, 'index-v5', 'f'),
    ]
    for (const path of [...old, ...fresh]) writeFileSync(path, path.endsWith('f') ? '' : 'x')
    for (const path of old) age(path)
    expect(await verifyCache(directory, key, NOW)).toMatchObject({ kept: 1, removed: 0, leftovers: 2 })
    expect(old.filter((path) => existsSync(path))).toEqual([])
    expect(fresh.filter((path) => !existsSync(path))).toEqual([])
  })

  test('removes links, pipes and endless index files without following, hanging or reading', async () => {
    await fill(1)
    const outside = join(base, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'precious'), 'x')
    age(join(outside, 'precious'))
    symlinkSync(outside, join(root, 'content-v2', 'link'))
    symlinkSync(outside, join(root, 'index-v5', 'link'))
    execFileSync('mkfifo', [join(root, 'index-v5', 'pipe')])
    writeFileSync(join(root, 'index-v5', 'endless'), '')
    truncateSync(join(root, 'index-v5', 'endless'), 2 ** 33)
    expect(await verifyCache(directory, key, NOW)).toMatchObject({ kept: 1, removed: 0, leftovers: 4 })
    expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('x')
  })
})

describe('clear', () => {
  test('removes the folders of all formats and nothing else', async () => {
    await fill(2)
    mkdirSync(join(directory, 'v0', 'x'), { recursive: true })
    mkdirSync(join(directory, 'verdicts'))
    writeFileSync(join(directory, 'v2'), 'a file')
    expect((await clearCache(directory)).removed.toSorted()).toEqual(['v0', 'v1'])
    expect(existsSync(root)).toBe(false)
    expect(existsSync(join(directory, 'verdicts'))).toBe(true)
    expect(existsSync(join(directory, 'v2'))).toBe(true)
  })

  test('follows no link', async () => {
    const outside = join(base, 'outside')
    mkdirSync(join(outside, 'v1'), { recursive: true })
    writeFileSync(join(outside, 'v1', 'precious'), 'x')
    await fill(1)
    symlinkSync(outside, join(root, 'link'))
    symlinkSync(outside, join(directory, 'v7'))
    await clearCache(directory)
    expect(existsSync(join(outside, 'v1', 'precious'))).toBe(true)
    rmSync(directory, { recursive: true })
    symlinkSync(outside, directory)
    expect(await clearCache(directory)).toMatchObject({ state: 'refused', removed: [] })
    expect(await cacheInfo(directory)).toMatchObject({ state: 'refused', records: 0 })
    expect(await verifyCache(directory, key, NOW)).toMatchObject({ state: 'refused', kept: 0 })
    expect(existsSync(join(outside, 'v1', 'precious'))).toBe(true)
  })
})

test('a journal that a run left is kept for the next one, a forged one goes', async () => {
  await fill(1)
  const options = { directory, now: Date.now, warn, rejected: () => rejected++ }
  const batch = new Map([['a', { body: Buffer.from('a'), storedAt: NOW }]])
  await openJournal({ ...options, secret: key }).append(batch)
  expect(await verifyCache(directory, key, NOW)).toMatchObject({ kept: 1, removed: 0, leftovers: 0 })
  await openJournal({ ...options, secret: Buffer.alloc(32, 8) }).append(batch)
  expect(await verifyCache(directory, key, NOW)).toMatchObject({ kept: 1, removed: 1, leftovers: 0 })
  expect((await openJournal({ ...options, secret: key }).recover()).size).toBe(1)
  await clearCache(directory)
  expect((await openJournal({ ...options, secret: key }).recover()).size).toBe(0)
})

test('walkFiles lists what is not a folder, links as links', async () => {
  mkdirSync(join(base, 'a', 'b'), { recursive: true })
  writeFileSync(join(base, 'a', 'b', 'file'), '')
  symlinkSync(base, join(base, 'a', 'loop'))
  const found = []
  for await (const { path, stats } of walkFiles(base)) found.push([path, stats.isSymbolicLink()])
  expect(found.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    [join(base, 'a', 'b', 'file'), false],
    [join(base, 'a', 'loop'), true],
  ])
})
