/** Reads, writes and removes one sealed record in a cacache folder; throws what the file system throws. */
import { chmod, lstat, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { TEMPORARY_FOLDER, bucketPath, contentPath, prefixes } from './cacache-layout.ts'
import { readContent, readIndexEntry } from './cacache-read.ts'
import type { IndexEntry } from './cacache-read.ts'
import { FILE_MODE, ensureFile, ensureFolder, errorCode } from './folder.ts'
import { seal, unseal } from './seal.ts'
import type { CacheRecord } from './store.ts'

/** Largest record that is kept on disk or believed, in bytes; a manifest has a few thousand, a snapshot some million. */
const MAX_RECORD_BYTES = 64 * 1024 * 1024
/** An index bucket holds a line of some 200 bytes for each time its record was written; beyond this it starts anew. */
const MAX_BUCKET_BYTES = 32 * 1024
/** A bucket that is larger than any of ours is not read at all. */
const MAX_READABLE_BUCKET_BYTES = 1024 * 1024
/** A record, the path of its content, or why there is none. */
export type ReadRecord = { record: CacheRecord; path: string } | 'absent' | 'rejected'

/** Where records lie and what they are sealed with. */
export interface RecordFolder {
  /** Absolute path of the folder of the present format. */
  root: string
  secret: Uint8Array
}

/** Reads a key. Whatever cannot be read because of what it says (not because of a fault) is `rejected`. */
export async function readRecord(folder: RecordFolder, key: string, now: number): Promise<ReadRecord> {
  const bucket = await fileSize(join(folder.root, ...bucketPath(key)))
  if (bucket === undefined) return 'absent'
  if (bucket > MAX_READABLE_BUCKET_BYTES) return 'rejected'
  try {
    const entry = await readIndexEntry(folder.root, key)
    if (!entry) return 'absent'
    const size = await fileSize(entry.path)
    if (size === undefined) return 'absent'
    if (size > MAX_RECORD_BYTES) return 'rejected'
    const record = unseal(folder.secret, key, await readContent(entry), now)
    return record === 'rejected' ? record : { record, path: entry.path }
  } catch (error) {
    if (!isSystemError(error)) return 'rejected'
    // Another process replaced the record between the look and the read.
    if (errorCode(error) === 'ENOENT') return 'absent'
    throw error
  }
}

/**
 * Writes a record and drops the content it replaces. `folders` remembers which folders exist, so that thousands of
 * records do not ask again. Every folder and file gets its mode here, because cacache leaves that to the umask.
 */
export async function writeRecord(
  folder: RecordFolder,
  key: string,
  record: CacheRecord,
  folders: Set<string>,
): Promise<void> {
  const { root, secret } = folder
  const sealed = Buffer.from(seal(secret, key, record))
  if (sealed.byteLength > MAX_RECORD_BYTES) return
  const index = bucketPath(key)
  const content = contentPath(sealed)
  for (const path of [
    join(root, TEMPORARY_FOLDER),
    ...prefixes(root, index.slice(0, -1)),
    ...prefixes(root, content.slice(0, -1)),
  ]) {
    if (folders.has(path)) continue
    await ensureFolder(path)
    folders.add(path)
  }
  const bucket = join(root, ...index)
  const known = await ensureFile(bucket)
  const replaced = known > 0 ? await findReplaced(root, key, known) : undefined
  if (known > MAX_BUCKET_BYTES) {
    await rm(bucket, { force: true })
    await ensureFile(bucket)
  }
  const cacache = await import('cacache')
  await cacache.put(root, key, sealed)
  const path = join(root, ...content)
  await chmod(path, FILE_MODE).catch((error: unknown) => {
    // Another process has replaced this record already, and dropped its content.
    if (errorCode(error) !== 'ENOENT') throw error
  })
  if (replaced && replaced.path !== path) await removeFile(replaced.path)
}

/** Removes a key with its content; cacache keeps damaged content for ever unless it is removed like this. */
export async function removeRecord(root: string, key: string): Promise<void> {
  const bucket = join(root, ...bucketPath(key))
  const size = await fileSize(bucket)
  if (size === undefined) return
  const entry = await findReplaced(root, key, size)
  if (entry) await removeFile(entry.path)
  await removeFile(bucket)
}

/** Whether an error comes from the file system rather than from what a file says. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

/** A folder is none of ours and stays: what the index says must never lead to a recursive removal. */
async function removeFile(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch (error) {
    if (errorCode(error) !== 'ERR_FS_EISDIR') throw error
  }
}

/** Size of a regular file; undefined if there is none, and infinite for links, pipes, devices: never to be opened. */
async function fileSize(path: string): Promise<number | undefined> {
  try {
    const stats = await lstat(path)
    return stats.isFile() ? stats.size : Infinity
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The entry that a write or removal replaces; one that makes no sense is not worth a fault. */
async function findReplaced(root: string, key: string, bucketSize: number): Promise<IndexEntry | undefined> {
  if (bucketSize > MAX_READABLE_BUCKET_BYTES) return undefined
  try {
    return await readIndexEntry(root, key)
  } catch (error) {
    if (isSystemError(error)) throw error
    return undefined
  }
}
