import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatFolder } from '#cache/folder'
import { JOURNAL_FOLDER, openJournal } from '#cache/journal'
import type { JournalOptions } from '#cache/journal'
import type { Pack } from '#cache/pack'

const secret = Buffer.alloc(32, 7)
const LONG_AGO = new Date(Date.now() - 3_600_000)

let directory: string
let folder: string
beforeEach(() => {
  directory = join(fs.mkdtempSync(join(tmpdir(), 'depgate-journal-')), 'cache')
  folder = join(formatFolder(directory), JOURNAL_FOLDER)
})
afterEach(() => fs.rmSync(join(directory, '..'), { recursive: true, force: true }))

function open(more: Partial<JournalOptions> = {}) {
  const warnings: string[] = []
  const counts = { rejected: 0 }
  const journal = openJournal({
    directory,
    secret,
    now: Date.now,
    warn: ({ message }) => warnings.push(message),
    rejected: () => counts.rejected++,
    ...more,
  })
  return { journal, warnings, counts }
}

function packOf(...texts: string[]): Pack {
  return new Map(texts.map((text) => [text, { body: Buffer.from(`body of ${text}`), storedAt: 1 }]))
}

async function recovered(): Promise<string[]> {
  const { journal, warnings } = open()
  const records = await journal.recover()
  for (const [key, { body }] of records) expect(Buffer.from(body).toString()).toBe(`body of ${key}`)
  expect(warnings).toEqual([])
  return [...records.keys()]
}

/** A journal of three batches; gives the path of its file. */
async function threeBatches(): Promise<string> {
  const { journal } = open()
  for (const batch of [packOf('a', 'b'), packOf('c'), packOf('d')]) await journal.append(batch)
  return join(folder, fs.readdirSync(folder)[0] ?? expect.unreachable())
}

test('what was appended is there for whoever comes next, and creates nothing before that', async () => {
  expect(await recovered()).toEqual([])
  await open().journal.append(new Map())
  expect(fs.existsSync(directory)).toBe(false)
  const path = await threeBatches()
  expect(await recovered()).toEqual(['a', 'b', 'c', 'd'])
  expect(fs.statSync(path).mode & 0o777).toBe(0o600)
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700)
})

test('several runs have a journal each, and of each key the latest record counts', async () => {
  const [one, two] = [open().journal, open().journal]
  await one.append(packOf('a'))
  await two.append(new Map([['a', { body: Buffer.from('newer'), storedAt: 2 }]]))
  await one.append(packOf('b'))
  expect(fs.readdirSync(folder)).toHaveLength(2)
  const records = await open().journal.recover()
  expect(Buffer.from(records.get('a')?.body ?? []).toString()).toBe('newer')
  expect(records.has('b')).toBe(true)
})

test('wherever a journal is cut off, the whole batches before that are there and nothing is said', async () => {
  const path = await threeBatches()
  const bytes = fs.readFileSync(path)
  const seen = new Set<number>()
  for (let length = bytes.byteLength; length >= 0; length--) {
    fs.writeFileSync(path, bytes.subarray(0, length))
    const keys = await recovered()
    expect(['a', 'b', 'c', 'd'].slice(0, keys.length)).toEqual(keys)
    seen.add(keys.length)
  }
  expect([...seen]).toEqual([4, 3, 2, 0])
  fs.writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(4096)]))
  expect(await recovered()).toEqual(['a', 'b', 'c', 'd'])
})

describe('what is not ours is not believed, is told, and is gone', () => {
  test.each<[string, (path: string) => void]>([
    ['a changed byte', (path) => change(path, (bytes) => bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100))],
    ['batches in another order', (path) => change(path, reversed)],
    ['a whole batch of a stranger', (path) => fs.writeFileSync(path, stranger())],
    ['more than any journal holds', (path) => fs.truncateSync(path, 65 * 1024 * 1024)],
    ['under another name', (path) => fs.renameSync(path, join(folder, '0'.repeat(32)))],
  ])('%s', async (_what, forge) => {
    forge(await threeBatches())
    const { journal, counts } = open()
    expect((await journal.recover()).size).toBe(0)
    expect(counts.rejected).toBe(1)
    expect(fs.readdirSync(folder)).toEqual([])
  })

  test('with another key', async () => {
    await threeBatches()
    const { journal, counts } = open({ secret: Buffer.alloc(32, 8) })
    expect((await journal.recover()).size).toBe(0)
    expect(counts.rejected).toBe(1)
  })

  test('links and folders are not followed', async () => {
    const path = await threeBatches()
    const elsewhere = join(directory, 'elsewhere')
    fs.renameSync(path, elsewhere)
    fs.symlinkSync(elsewhere, path)
    fs.mkdirSync(join(folder, '0'.repeat(32)))
    expect(await recovered()).toEqual([])
    fs.rmSync(folder, { recursive: true })
    fs.symlinkSync(directory, folder)
    expect(await recovered()).toEqual([])
  })
})

test('forgetting removes what it wrote and what others left long ago, not what they may be writing', async () => {
  const old = await threeBatches()
  fs.utimesSync(old, LONG_AGO, LONG_AGO)
  const going = open().journal
  await going.append(packOf('going on'))
  const { journal } = open()
  expect([...(await journal.recover()).keys()].toSorted()).toEqual(['a', 'b', 'c', 'd', 'going on'])
  await journal.append(packOf('mine'))
  await journal.forget()
  expect(await recovered()).toEqual(['going on'])
  await journal.append(packOf('after'))
  expect((await recovered()).toSorted()).toEqual(['after', 'going on'])
})

test('a cache that is cleared meanwhile is begun anew', async () => {
  const { journal, warnings } = open()
  await journal.append(packOf('a'))
  await journal.append(packOf('b'))
  fs.rmSync(formatFolder(directory), { recursive: true })
  await journal.append(packOf('c'))
  await journal.append(packOf('d'))
  expect(await recovered()).toEqual(['c', 'd'])
  expect(warnings).toEqual([])
})

test('where it cannot be written that is told, and tried only once', async () => {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  fs.mkdirSync(formatFolder(directory), { mode: 0o700 })
  fs.writeFileSync(folder, 'a file')
  const { journal, warnings } = open()
  await journal.append(packOf('a'))
  await journal.append(packOf('b'))
  expect(warnings).toEqual(['The disk cache could not be written (ENOTDIR).'])
  expect((await journal.recover()).size).toBe(0)
  await journal.forget()
  expect(fs.readFileSync(folder, 'utf8')).toBe('a file')
})

function change(path: string, alter: (bytes: Buffer) => unknown): void {
  const bytes = fs.readFileSync(path)
  const altered = alter(bytes)
  fs.writeFileSync(path, Buffer.isBuffer(altered) ? altered : bytes)
}

/** The batches of a journal from the last one to the first. */
function reversed(bytes: Buffer): Buffer {
  const batches: Buffer[] = []
  for (let at = 0; at < bytes.byteLength;) {
    const end = at + 4 + bytes.readUInt32BE(at)
    batches.unshift(bytes.subarray(at, end))
    at = end
  }
  return Buffer.concat(batches)
}

function stranger(): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(200)
  return Buffer.concat([length, Buffer.alloc(200, 1)])
}
