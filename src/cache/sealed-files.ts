/** Sealed files: one whole file a record, read without anything heavy, for what has to be known before all else. */
import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createFolder,
  ensureFolder,
  FILE_MODE,
  formatFolder,
  inspectFolder,
  isShared,
  ownedByUs,
} from './folder.ts'
import { seal, unseal } from './seal.ts'
import type { CacheRecord } from './store.ts'

/** Where sealed files lie, and what they are sealed with. */
export interface SealedFolder {
  /** Absolute path of the cache folder. */
  directory: string
  /** Absolute path of the project: below it no part of `directory` may be a symlink. */
  project: string
  /** The HMAC key. */
  secret: Uint8Array
  /** Which files; `snapshots` if absent. One kind never makes another forget its files. */
  shelf?: Shelf
}

/** A folder of sealed files of one kind. */
export type Shelf = 'snapshots' | 'imports'

/** Fifty thousand packages fit. */
const MAX_BYTES = 256 * 1024 * 1024
/**
 * Files that are kept: a project is checked in a few ways and against a few bases, and each has its change times beside it;
 * what is known of source files lies in three files a project and sixteen for all.
 */
const MAX_FILES: Record<Shelf, number> = { snapshots: 32, imports: 64 }
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * The record of a key: undefined if there is none or it cannot be read, `rejected` if it was not sealed by us for this
 * key or comes from the future. `now` is epoch milliseconds. Never rejects.
 */
export async function readSealedFile(
  { directory, project, secret, shelf = 'snapshots' }: SealedFolder,
  key: string,
  now: number,
): Promise<CacheRecord | 'rejected' | undefined> {
  try {
    if ((await inspectFolder(directory, project)).state !== 'usable') return undefined
    const file = await open(join(shelfFolder(directory, shelf), nameOf(key)), FLAGS)
    try {
      const stats = await file.stat()
      if (!stats.isFile() || stats.size > MAX_BYTES) return 'rejected'
      if (!ownedByUs(stats) || isShared(stats, 0o022)) return 'rejected'
      return unseal(secret, key, await file.readFile(), now)
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

/** Writes a record whole or not at all, and forgets the oldest ones. Resolves to whether it is there. Never rejects. */
export async function writeSealedFile(
  { directory, project, secret, shelf = 'snapshots' }: SealedFolder,
  key: string,
  record: CacheRecord,
): Promise<boolean> {
  const folder = shelfFolder(directory, shelf)
  const target = join(folder, nameOf(key))
  const draft = `${target}.${randomBytes(6).toString('hex')}`
  try {
    if ((await inspectFolder(directory, project)).state === 'refused') return false
    await createFolder(directory)
    await ensureFolder(folder)
    const file = await open(draft, 'wx', FILE_MODE)
    try {
      await file.chmod(FILE_MODE)
      await file.writeFile(seal(secret, key, record))
    } finally {
      await file.close()
    }
    await rename(draft, target)
    await forgetOldest(folder, MAX_FILES[shelf])
    return true
  } catch {
    await rm(draft, { force: true }).catch(() => undefined)
    return false
  }
}

/** Where the files of a kind lie inside a cache folder; it changes with each that is written. */
export function shelfFolder(directory: string, shelf: Shelf): string {
  return join(formatFolder(directory), shelf)
}

async function forgetOldest(folder: string, kept: number): Promise<void> {
  const names = await readdir(folder)
  if (names.length <= kept) return
  const files = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  )
  const oldest = files.toSorted((a, b) => b.at - a.at).slice(kept)
  await Promise.all(oldest.map(({ name }) => rm(join(folder, name), { force: true })))
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 40)
}
