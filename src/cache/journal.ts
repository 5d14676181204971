/** Writes down what a run learns as it learns it, cheaply, so that nothing is lost when the run is cut off. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE, createFolder, ensureFolder, errorCode, formatFolder } from './folder.ts'
import { decodeBatches, encodeBatch } from './journal-file.ts'
import type { JournalContent } from './journal-file.ts'
import type { Pack } from './pack.ts'
import type { CacheWarning } from './store.ts'

/** Name of the folder of journals inside the folder of the present format. */
export const JOURNAL_FOLDER = 'journal'
/** A journal grows no larger; a larger one is none of ours, and of all journals no more is read. In bytes. */
const MAX_BYTES = 64 * 1024 * 1024
/** A journal that was written to so lately may be that of a run that is still going on, in milliseconds. */
const MIN_REST_MS = 60 * 1000
const READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
const CREATE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
/** Without creating: a journal that somebody has cleared away cannot go on in the middle. */
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW

/** What a journal needs. */
export interface JournalOptions {
  /** Absolute path of the cache folder, which has been inspected. */
  directory: string
  /** The HMAC key. */
  secret: Uint8Array
  /** Epoch milliseconds. */
  now: () => number
  /** Told of every fault; it is the listener who tells people only once. */
  warn: (warning: CacheWarning) => void
  /** Told of every journal that was not believed. */
  rejected: () => void
}

/** The journal of one run, and what others have left. None of its promises ever rejects. */
export interface Journal {
  /** What runs that were cut off had learned, the latest of each key. */
  recover(): Promise<Pack>
  /** Adds records. When it resolves they are on the disk or were given up. */
  append(records: Pack): Promise<void>
  /** Forgets what was recovered and appended so far, because it is kept elsewhere now. */
  forget(): Promise<void>
}

/** One file a run: no two processes ever write the same one. Creates nothing before the first record. */
export function openJournal({ directory, secret, now, warn, rejected }: JournalOptions): Journal {
  const folder = join(formatFolder(directory), JOURNAL_FOLDER)
  const recovered: string[] = []
  let own: { name: string; batches: number; bytes: number } | undefined
  let givenUp = false

  async function start(): Promise<NonNullable<typeof own>> {
    await createFolder(directory)
    await ensureFolder(folder)
    own = { name: randomBytes(16).toString('hex'), batches: 0, bytes: 0 }
    return own
  }

  async function add(records: Pack): Promise<void> {
    const journal = own ?? (await start())
    const bytes = encodeBatch(secret, journal.name, journal.batches, records, now())
    if (journal.bytes + bytes.byteLength > MAX_BYTES) return
    const file = await open(join(folder, journal.name), journal.batches === 0 ? CREATE : APPEND, FILE_MODE)
    try {
      if (journal.batches === 0) await file.chmod(FILE_MODE)
      await file.appendFile(bytes)
    } finally {
      await file.close()
    }
    journal.batches++
    journal.bytes += bytes.byteLength
  }

  async function drop(): Promise<void> {
    const dropped = own
    own = undefined
    if (dropped) await remove(dropped.name)
  }

  async function remove(name: string): Promise<void> {
    await rm(join(folder, name), { force: true }).catch(() => undefined)
  }

  return {
    async recover() {
      const records: Pack = new Map()
      let room = MAX_BYTES
      try {
        for (const name of await journalsIn(folder)) {
          const read = room > 0 ? await readJournal(folder, name, secret, now()) : undefined
          if (read === undefined) continue
          room -= read.bytes
          if (read.forged) {
            rejected()
            await remove(name)
          } else if (now() - read.writtenAt > MIN_REST_MS) recovered.push(name)
          for (const batch of read.batches) takeLatest(records, batch)
        }
      } catch (error) {
        warn({
          code: 'cache-read-failed',
          message: `The disk cache could not be read (${errorCode(error)}).`,
        })
      }
      return records
    },
    async append(records) {
      if (givenUp || records.size === 0) return
      try {
        await add(records).catch(async (error: unknown) => {
          if (errorCode(error) !== 'ENOENT') throw error
          // Somebody has cleared the cache.
          own = undefined
          await add(records)
        })
      } catch (error) {
        givenUp = true
        // A journal that is not whole is of no use, and takes room on what may be a full disk.
        await drop()
        warn({
          code: 'cache-write-failed',
          message: `The disk cache could not be written (${errorCode(error)}).`,
        })
      }
    },
    async forget() {
      await drop()
      for (const name of recovered.splice(0)) await remove(name)
    },
  }
}

function takeLatest(records: Pack, batch: Pack): void {
  for (const [key, record] of batch) {
    const known = records.get(key)
    if (known === undefined || known.storedAt <= record.storedAt) records.set(key, record)
  }
}

/** Names of the journals there are; none where the folder is a link or anything else. */
export async function journalsIn(folder: string): Promise<string[]> {
  try {
    if (!(await lstat(folder)).isDirectory()) return []
    return (await readdir(folder)).filter((name) => /^[0-9a-f]{32}$/.test(name))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

/** What a journal says, when it was last written to (epoch milliseconds), and its size. */
export interface ReadJournal extends JournalContent {
  writtenAt: number
  bytes: number
}

/** Reads a journal; undefined if there is none, or something else in its place. */
export async function readJournal(
  folder: string,
  name: string,
  secret: Uint8Array,
  now: number,
): Promise<ReadJournal | undefined> {
  let file
  try {
    file = await open(join(folder, name), READ)
  } catch (error) {
    if (['ENOENT', 'ELOOP'].includes(errorCode(error))) return undefined
    throw error
  }
  try {
    const stats = await file.stat()
    if (!stats.isFile()) return undefined
    const { size: bytes, mtimeMs: writtenAt } = stats
    if (bytes > MAX_BYTES) return { batches: [], forged: true, writtenAt, bytes: 0 }
    return { ...decodeBatches(secret, name, await file.readFile(), now), writtenAt, bytes }
  } finally {
    await file.close()
  }
}
