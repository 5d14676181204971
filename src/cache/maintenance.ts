/** Looks at, cleans and clears a cache folder: slow work for the `cache` command, never for a run. */
import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CONTENT_FOLDER, INDEX_FOLDER, TEMPORARY_FOLDER, bucketPath } from './cacache-layout.ts'
import { readRecord, removeRecord } from './disk-record.ts'
import type { RecordFolder } from './disk-record.ts'
import { FORMAT_FOLDER, formatFolder, inspectFolder } from './folder.ts'
import type { FolderState } from './folder.ts'
import { walkFiles } from './folder-walk.ts'
import { JOURNAL_FOLDER, journalsIn, readJournal } from './journal.ts'

/** Younger leftovers may be another process's work in progress, in milliseconds. */
const MIN_LEFTOVER_AGE = 10 * 60 * 1000
/** Larger index files are none of ours. */
const MAX_INDEX_BYTES = 1024 * 1024

/** What a cache folder holds. */
export type CacheInfo = FolderState & {
  /** Records of the present format. */
  records: number
  /** Bytes of all files of the present format. */
  bytes: number
}

/** What a verification found and did. */
export type CacheVerification = FolderState & {
  /** Records whose seal holds. */
  kept: number
  /** Records that were unsigned, altered, damaged or signed with another key, and are gone now. */
  removed: number
  /** Links, unfinished writes and contents that no record needs, gone now. */
  leftovers: number
}

/** What a clearing did. */
export type CacheClearing = FolderState & {
  /** Formats whose folder was removed, for example `v1`. */
  removed: string[]
}

/** Counts records and bytes. `project` is as in {@link inspectFolder}. */
export async function cacheInfo(directory: string, project?: string): Promise<CacheInfo> {
  const found = await inspectFolder(directory, project)
  let records = 0
  let bytes = 0
  if (found.state === 'usable') {
    const root = formatFolder(directory)
    for await (const { path, stats } of walkFiles(root)) {
      bytes += stats.size
      if (path.startsWith(join(root, CONTENT_FOLDER))) records++
    }
  }
  return { ...found, records, bytes }
}

/** Checks the seal of each record with `key` and removes all that does not belong. `now` is epoch milliseconds. */
export async function verifyCache(
  directory: string,
  key: Uint8Array,
  now: number,
  project?: string,
): Promise<CacheVerification> {
  const found = await inspectFolder(directory, project)
  if (found.state !== 'usable') return { ...found, kept: 0, removed: 0, leftovers: 0 }
  const folder = { root: formatFolder(directory), secret: key }
  let leftovers = await removeOddFiles(folder.root)
  let removed = 0
  removed += await removeForgedJournals(folder, now)
  const live = new Set<string>()
  for await (const { path, stats } of walkFiles(join(folder.root, INDEX_FOLDER))) {
    const content = await verifyBucket(folder, path, now)
    if (content !== undefined) live.add(content)
    else if (stats.size > 0) removed++
    else if (now - stats.mtimeMs > MIN_LEFTOVER_AGE) leftovers++
    else continue
    if (content === undefined) await rm(path, { force: true })
  }
  for (const name of [CONTENT_FOLDER, TEMPORARY_FOLDER]) {
    for await (const { path, stats } of walkFiles(join(folder.root, name))) {
      if (live.has(path) || now - stats.mtimeMs <= MIN_LEFTOVER_AGE) continue
      await rm(path, { force: true })
      leftovers++
    }
  }
  return { ...found, kept: live.size, removed, leftovers }
}

/** Removes the folders of all formats, and nothing else that lies in the cache folder. */
export async function clearCache(directory: string, project?: string): Promise<CacheClearing> {
  const found = await inspectFolder(directory, project)
  if (found.state === 'refused') return { ...found, removed: [] }
  const names = await readdir(directory, { withFileTypes: true }).catch(() => [])
  const removed = names.filter((entry) => entry.isDirectory() && FORMAT_FOLDER.test(entry.name))
  for (const { name } of removed) await rm(join(directory, name), { recursive: true, force: true })
  return { ...found, removed: removed.map((entry) => entry.name) }
}

/** Links, pipes and oversized index files go first, so that nothing after this can open them. */
async function removeOddFiles(root: string): Promise<number> {
  let removed = 0
  for await (const { path, stats } of walkFiles(root)) {
    const oversized = stats.size > MAX_INDEX_BYTES && path.startsWith(join(root, INDEX_FOLDER))
    if (stats.isFile() && !oversized) continue
    await rm(path, { force: true })
    removed++
  }
  return removed
}

/** Journals are folded by the next run; one that is not ours goes. */
async function removeForgedJournals({ root, secret }: RecordFolder, now: number): Promise<number> {
  const folder = join(root, JOURNAL_FOLDER)
  let removed = 0
  for (const name of await journalsIn(folder)) {
    if ((await readJournal(folder, name, secret, now))?.forged !== true) continue
    await rm(join(folder, name), { force: true })
    removed++
  }
  return removed
}

/** The content path of a bucket's record if all is well with it; otherwise the record is removed. */
async function verifyBucket(folder: RecordFolder, path: string, now: number): Promise<string | undefined> {
  const key = lastKey(await readFile(path, 'utf8'))
  if (key === undefined || join(folder.root, ...bucketPath(key)) !== path) return undefined
  const read = await readRecord(folder, key, now)
  if (typeof read !== 'string') return read.path
  await removeRecord(folder.root, key)
  return undefined
}

/** The key that the last readable line of a bucket is about. Its checksum is cacache's to look at. */
function lastKey(bucket: string): string | undefined {
  for (const line of bucket.split('\n').toReversed()) {
    try {
      const entry: unknown = JSON.parse(line.slice(line.indexOf('\t') + 1))
      if (typeof entry === 'object' && entry !== null && 'key' in entry && typeof entry.key === 'string') {
        return entry.key
      }
    } catch {
      // A torn line: the one before it counts.
    }
  }
  return undefined
}
