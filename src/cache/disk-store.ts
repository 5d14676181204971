/** The disk tier: sealed records in a content-addressed cacache folder, where every fault is a miss and one warning. */
import pLimit from 'p-limit'
import { readRecord, removeRecord, writeRecord } from './disk-record.ts'
import { count, span } from '../trace.ts'
import { createFolder, errorCode, formatFolder, inspectFolder } from './folder.ts'
import type { PackDisk } from './packed-store.ts'
import type { CacheWarning } from './store.ts'

/** What the disk tier needs. */
export interface DiskOptions {
  /** Absolute path of the cache folder. */
  directory: string
  /** Absolute path of the project: below it no part of `directory` may be a symlink. */
  project?: string | undefined
  /** The HMAC key. */
  secret: Uint8Array
  /** Epoch milliseconds. */
  now: () => number
  /** Told of every fault; it is the listener who tells people only once. */
  warn: (warning: CacheWarning) => void
  /** Told of every record that was not believed. */
  rejected: () => void
}

/** Open files are scarce (`ulimit -n` may be 64), and four threads do the work anyway. */
const READS_AT_ONCE = 16
const WRITES_AT_ONCE = 8

/** Faults that the next write would meet again. */
const PERSISTENT = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'])
/** Writes are given up after this many faults of any kind. */
const MAX_WRITE_FAULTS = 3

/** Opens the disk tier, or says in a warning why there is none. Creates nothing before the first write. */
export async function openDiskStore(options: DiskOptions): Promise<PackDisk | undefined> {
  const { directory, project, secret, now, warn, rejected } = options
  const found = await inspectFolder(directory, project)
  if (found.state === 'refused') {
    warn(found.warning)
    return undefined
  }
  const folder = { root: formatFolder(directory), secret }
  const folders = new Set<string>()
  const reads = pLimit(READS_AT_ONCE)
  const writes = pLimit(WRITES_AT_ONCE)
  let present = found.state === 'usable'
  let creation: Promise<void> | undefined
  let faults = 0
  let stopped = false

  function writeFault(error: unknown): void {
    const code = faultCode(error)
    faults++
    stopped ||= PERSISTENT.has(code) || faults >= MAX_WRITE_FAULTS
    // The folder may have been cleared by another process: what was made before may have to be made again.
    folders.clear()
    creation = undefined
    warn({ code: 'cache-write-failed', message: `The disk cache could not be written (${code}).` })
  }

  async function reject(key: string): Promise<void> {
    rejected()
    await removeRecord(folder.root, key)
  }

  return {
    tier: 'disk',
    sound: () => faults === 0,
    get: (key) =>
      reads(async () => {
        if (!present) return undefined
        try {
          const read = await span('cache.disk-read', () => readRecord(folder, key, now()))
          if (read === 'rejected') await reject(key)
          if (typeof read === 'string') return undefined
          count('cache.bytes-read', 'disk', read.record.body.byteLength)
          return read.record
        } catch (error) {
          warn({
            code: 'cache-read-failed',
            message: `The disk cache could not be read (${faultCode(error)}).`,
          })
          return undefined
        }
      }),
    put: (key, record) =>
      writes(async () => {
        if (stopped) return
        try {
          creation ??= createFolder(directory)
          await creation
          present = true
          await span('cache.disk-write', () => writeRecord(folder, key, record, folders))
          count('cache.bytes-written', 'disk', record.body.byteLength)
        } catch (error) {
          writeFault(error)
        }
      }),
    delete: (key) =>
      writes(async () => {
        if (!present || stopped) return
        try {
          await removeRecord(folder.root, key)
        } catch (error) {
          writeFault(error)
        }
      }),
  }
}

/** The code to show; cacache calls every failed move `EEXIST` and leaves the true code in the message. */
function faultCode(error: unknown): string {
  const code = errorCode(error)
  if (code !== 'EEXIST' || !(error instanceof Error)) return code
  return /^E[A-Z]+/.exec(error.message)?.[0] ?? code
}
