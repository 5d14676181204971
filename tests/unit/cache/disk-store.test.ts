import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bucketPath } from '#cache/cacache-layout'
import { openDiskStore } from '#cache/disk-store'
import { formatFolder } from '#cache/folder'
import { seal } from '#cache/seal'
import type { CacheWarning } from '#cache/store'
import * as cacache from 'cacache'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const NOW = Date.UTC(2027, 0, 1)
const secret = Buffer.alloc(32, 7)
const record = { body: Buffer.from('{"license":"MIT"}'), storedAt: NOW }

let project: string
let directory: string
let root: string
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'depgate-disk-'))
  directory = join(project, '.cache', 'depgate')
  root = formatFolder(directory)
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

/** An open tier with all it said. */
async function open(key: Uint8Array = secret) {
  const warnings: CacheWarning[] = []
  let rejected = 0
  const store = await openDiskStore({
    directory,
    project,
    secret: key,
    now: () => NOW,
    warn: (warning) => void warnings.push(warning),
    rejected: () => void rejected++,
  })
  const codes = () => warnings.map(({ code }) => code)
  return { store, warnings, codes, rejected: () => rejected }
}

/** An open tier that was not refused. */
async function openUsable(key?: Uint8Array) {
  const { store, ...rest } = await open(key)
  if (!store) return expect.unreachable('refused')
  return { store, ...rest }
}

/** The one record on disk: its bucket and its content. */
async function putOne(key = 'key') {
  const { store } = await openUsable()
  await store.put(key, record)
  const entry = await cacache.get.info(root, key)
  return { bucket: join(root, ...bucketPath(key)), content: entry?.path ?? expect.unreachable() }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
}

test('creates nothing before the first write, and then a folder that git ignores', async () => {
  const { store } = await openUsable()
  expect(await store.get('key')).toBeUndefined()
  await store.delete('key')
  expect(existsSync(directory)).toBe(false)
  await store.put('key', record)
  expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toBe('*\n')
})

test('what one run wrote the next one reads', async () => {
  await putOne()
  const { store, warnings } = await openUsable()
  expect(await store.get('key')).toEqual(record)
  expect(warnings).toEqual([])
})

test('writing a key over and over leaves one content and a short index', async () => {
  const { store } = await openUsable()
  for (let index = 0; index < 300; index++) await store.put('key', { ...record, storedAt: NOW - index })
  expect(filesBelow(join(root, 'content-v2'))).toHaveLength(1)
  expect(lstatSync(join(root, ...bucketPath('key'))).size).toBeLessThan(64 * 1024)
  expect((await store.get('key'))?.storedAt).toBe(NOW - 299)
})

describe('a folder that somebody else could have prepared is refused with one warning and left alone', () => {
  const prepared: [string, () => void][] = [
    ['a file in its place', () => writeFileSync(directory, 'x')],
    [
      'a file in the place of its format',
      () => {
        mkdirSync(directory)
        writeFileSync(root, 'x')
      },
    ],
    [
      'a file above it',
      () => {
        rmSync(dirname(directory), { recursive: true })
        writeFileSync(dirname(directory), 'x')
      },
    ],
    ['a link in its place', () => symlinkSync(join(project, 'elsewhere'), directory)],
    [
      'a link above it',
      () => {
        rmSync(dirname(directory), { recursive: true })
        symlinkSync(join(project, 'elsewhere'), dirname(directory))
      },
    ],
    [
      'a link in the place of its format',
      () => {
        mkdirSync(directory)
        symlinkSync(join(project, 'elsewhere'), root)
      },
    ],
    [
      'writable by all',
      () => {
        mkdirSync(directory)
        chmodSync(directory, 0o777)
      },
    ],
    [
      'writable by a group',
      () => {
        mkdirSync(root, { recursive: true })
        chmodSync(root, 0o770)
      },
    ],
  ]
  test.each(prepared)('%s', async (_name, prepare) => {
    mkdirSync(dirname(directory))
    mkdirSync(join(project, 'elsewhere', 'depgate', 'v1'), { recursive: true })
    prepare()
    const { store, codes } = await open()
    expect(store).toBeUndefined()
    expect(codes()).toEqual(['cache-folder-refused'])
    expect(filesBelow(join(project, 'elsewhere'))).toEqual([])
  })

  test.skipIf(process.getuid?.() !== 0)("another user's", async () => {
    mkdirSync(directory, { recursive: true })
    chownSync(directory, 12_345, 12_345)
    const { store, warnings } = await open()
    expect(store).toBeUndefined()
    expect(warnings).toMatchObject([
      { message: 'The disk cache is off because its folder belongs to another user.' },
    ])
  })
})

describe('damage is a miss, is counted, and the next put heals it', () => {
  const damages: [string, (files: { bucket: string; content: string }) => void, number][] = [
    [
      'a flipped byte',
      ({ content }) => {
        const bytes = readFileSync(content)
        bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60)
        writeFileSync(content, bytes)
      },
      1,
    ],
    ['a cut content', ({ content }) => truncateSync(content, 30), 1],
    ['an empty content', ({ content }) => truncateSync(content, 0), 1],
    ['a content without end', ({ content }) => truncateSync(content, 2 ** 33), 1],
    ['a lost content', ({ content }) => rmSync(content), 0],
    [
      'a folder for a content',
      ({ content }) => {
        rmSync(content)
        mkdirSync(content)
      },
      1,
    ],
    [
      'a pipe for a content',
      ({ content }) => {
        rmSync(content)
        execFileSync('mkfifo', [content])
      },
      1,
    ],
    [
      'a garbled index line',
      ({ bucket }) => writeFileSync(bucket, readFileSync(bucket, 'utf8').replace('sha512', 'sha513')),
      0,
    ],
    ['a cut index line', ({ bucket }) => truncateSync(bucket, 100), 0],
    ['an empty index', ({ bucket }) => truncateSync(bucket, 0), 0],
    ['an index of 10 MB', ({ bucket }) => appendFileSync(bucket, '\nx'.repeat(5_000_000)), 1],
    [
      'a pipe for an index',
      ({ bucket }) => {
        rmSync(bucket)
        execFileSync('mkfifo', [bucket])
      },
      1,
    ],
    [
      'a link for an index',
      ({ bucket }) => {
        rmSync(bucket)
        symlinkSync(join(project, 'victim'), bucket)
      },
      1,
    ],
  ]
  test.each(damages)('%s', async (_name, damage, rejections) => {
    const files = await putOne()
    writeFileSync(join(project, 'victim'), 'untouched')
    damage(files)
    const { store, warnings, rejected } = await openUsable()
    expect(await store.get('key')).toBeUndefined()
    expect(rejected()).toBe(rejections)
    expect(await store.get('key')).toBeUndefined()
    await store.put('key', record)
    await store.put('key', { ...record, storedAt: NOW - 1 })
    expect(await store.get('key')).toEqual({ ...record, storedAt: NOW - 1 })
    expect(warnings).toEqual([])
    expect(readFileSync(join(project, 'victim'), 'utf8')).toBe('untouched')
  })

  test('a torn last line leaves the record before it', async () => {
    const { bucket } = await putOne()
    appendFileSync(bucket, `\n${readFileSync(bucket, 'utf8').slice(1, 150)}`)
    const { store } = await openUsable()
    expect(await store.get('key')).toEqual(record)
    await store.put('key', { ...record, storedAt: NOW - 1 })
    expect((await store.get('key'))?.storedAt).toBe(NOW - 1)
  })
})

describe('a forged cache with well-made keys and hashes is not believed', () => {
  const forgeries: [string, () => Uint8Array | Promise<Uint8Array>][] = [
    ['unsigned', () => record.body],
    ['signed with another secret', () => seal(Buffer.alloc(32, 8), 'key', record)],
    [
      'a valid record of another key',
      async () => {
        await putOne('other')
        return (await cacache.get(root, 'other')).data
      },
    ],
    ['a valid record from the future', () => seal(secret, 'key', { ...record, storedAt: NOW + 600_000 })],
  ]
  test.each(forgeries)('%s', async (_name, forge) => {
    mkdirSync(root, { recursive: true })
    await cacache.put(root, 'key', Buffer.from(await forge()))
    const { store, rejected, warnings } = await openUsable()
    expect(await store.get('key')).toBeUndefined()
    expect(rejected()).toBe(1)
    expect(warnings).toEqual([])
  })

  test('an index entry cannot make a removal leave the cache', async () => {
    const outside = join(project, 'outside')
    mkdirSync(join(outside, 'fe'), { recursive: true })
    writeFileSync(join(outside, 'fe', 'file'), 'precious')
    mkdirSync(join(root, 'content-v2', 'sha512'), { recursive: true })
    symlinkSync(outside, join(root, 'content-v2', 'sha512', 'aa'))
    await cacache.index.insert(root, 'key', `sha512-${Buffer.from('aafe', 'hex').toString('base64')}`)
    const { store, rejected } = await openUsable()
    expect(await store.get('key')).toBeUndefined()
    expect(rejected()).toBe(1)
    await store.delete('key')
    await store.put('key', record)
    expect(readFileSync(join(outside, 'fe', 'file'), 'utf8')).toBe('precious')
  })

  test.each([5, null, {}, [], 'x', '', 'sha512-', 'sha1-AAAA', 'sha512-AAAA sha512-BBBB', '../../x'])(
    'an index entry that says %j instead of an integrity',
    async (integrity) => {
      const { bucket } = await putOne()
      const line = JSON.stringify({ key: 'key', integrity, time: 1, size: 1 })
      const { createHash } = await import('node:crypto')
      writeFileSync(bucket, `\n${createHash('sha1').update(line).digest('hex')}\t${line}`)
      const { store, warnings } = await openUsable()
      expect(await store.get('key')).toBeUndefined()
      await store.put('key', record)
      expect(await store.get('key')).toEqual(record)
      expect(warnings).toEqual([])
    },
  )

  test.each(['index-v5', 'content-v2', 'content-v2/sha512', 'tmp'])(
    'a link for %s leads no write out',
    async (name) => {
      const outside = join(project, 'outside')
      mkdirSync(outside)
      mkdirSync(dirname(join(root, name)), { recursive: true })
      symlinkSync(outside, join(root, name))
      const { store, codes } = await openUsable()
      await store.put('key', record)
      expect(await store.get('key')).toBeUndefined()
      expect(codes()).toEqual(['cache-write-failed'])
      expect(readdirSync(outside)).toEqual([])
    },
  )
})

describe('a disk that fails in mid-run', () => {
  test('is a miss; writing ends at a fault that would come again', async () => {
    const { store, warnings } = await openUsable()
    await store.put('key', record)
    rmSync(root, { recursive: true })
    writeFileSync(root, 'a file')
    expect(await store.get('key')).toBeUndefined()
    await store.put('a', record)
    await store.put('b', record)
    await store.delete('key')
    expect(warnings).toEqual([
      { code: 'cache-read-failed', message: 'The disk cache could not be read (ENOTDIR).' },
      { code: 'cache-write-failed', message: 'The disk cache could not be written (ENOTDIR).' },
    ])
  })

  test('is written again after somebody cleared it', async () => {
    const { store } = await openUsable()
    await store.put('key', record)
    rmSync(directory, { recursive: true })
    expect(await store.get('key')).toBeUndefined()
    await store.put('a', record)
    await store.put('b', record)
    expect(await store.get('b')).toEqual(record)
  })
})
