/** The folder of stored runs: one file a run, put there whole or not at all and never changed again. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createOwnFolder, errorCode, FILE_MODE, isShared, lookAtFolder, ownedByUs } from '#cache/folder'
import { decodeBody, decodeHead, HEAD_BYTES, MAX_ENTRY_BYTES } from './entry.ts'
import type { EntryProblem, RunHead } from './entry.ts'
import { readRunName } from './run-name.ts'
import type { StoredRun } from './stored-run.ts'

/** Where stored runs lie, and what they are sealed with. */
export interface HistoryFolder {
  /** Absolute path. */
  directory: string
  /** Absolute path of the project: below it no part of `directory` may be a symlink. */
  project: string
  /** The HMAC key. */
  secret: Uint8Array
}

/** A stored run by its name; its run is read only when somebody asks for it. */
export interface StoredEntry {
  name: string
  head: RunHead
}

/** An entry that was left out. */
export interface LeftOut {
  name: string
  problem: EntryProblem
}

/** What a folder holds, oldest first. */
export interface HistoryList {
  entries: StoredEntry[]
  leftOut: LeftOut[]
}

const DRAFT = '.draft-'
/** Drafts that are older were left by somebody who did not come to the end, in milliseconds. */
const MIN_DRAFT_AGE = 3_600_000
/** Files that are open at a time. */
const LOT = 32
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Whether the folder can be used; a folder that is not there yet can. */
export async function inspectHistory({
  directory,
  project,
}: Omit<HistoryFolder, 'secret'>): Promise<'usable' | 'absent' | { refused: string }> {
  return lookAtFolder([directory], project)
}

/** All names of runs in a folder, oldest first; none where it is not there. */
export async function runNames(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch(() => [])
  return names.filter((name) => readRunName(name) !== undefined).toSorted()
}

/** The heads of all stored runs. Never rejects for what lies in the folder. */
export async function listRuns({ directory, secret }: HistoryFolder): Promise<HistoryList> {
  const names = await runNames(directory)
  const list: HistoryList = { entries: [], leftOut: [] }
  for (let at = 0; at < names.length; at += LOT) {
    const lot = names.slice(at, at + LOT)
    const heads = await Promise.all(lot.map((name) => readHead({ directory, name, secret })))
    for (const [index, name] of lot.entries()) {
      const found = heads[index]
      if (found === undefined) continue
      if ('kind' in found) list.leftOut.push({ name, problem: found })
      else list.entries.push({ name, head: found.head })
    }
  }
  return list
}

/** The run of an entry. Never rejects for what lies in the folder. */
export async function readRun(
  { directory, secret }: HistoryFolder,
  name: string,
): Promise<StoredRun | EntryProblem> {
  const found = await readHead({ directory, name, secret })
  if (found === undefined) return { kind: 'damaged' }
  if ('kind' in found) return found
  const bytes = await withFile(join(directory, name), (file) => file.readFile())
  if (bytes === undefined) return { kind: 'damaged' }
  try {
    return decodeBody(bytes.subarray(found.bodyAt), found.head)
  } catch {
    return { kind: 'damaged' }
  }
}

/**
 * Puts a run there: written under another name, then linked, so that nobody ever sees half of it and an end at any
 * moment costs at most a draft. Gives the code of the error that kept it from being there, if one did.
 */
export async function storeRun(
  { directory, project }: Omit<HistoryFolder, 'secret'>,
  name: string,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const draft = join(directory, `${DRAFT}${randomBytes(6).toString('hex')}`)
  try {
    await createOwnFolder(directory)
    // It may have been made by somebody else since it was looked at.
    if ((await lookAtFolder([directory], project)) !== 'usable') return 'refused'
    const file = await open(draft, 'wx', FILE_MODE)
    try {
      await file.chmod(FILE_MODE)
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await publish(draft, join(directory, name))
    return undefined
  } catch (error) {
    return errorCode(error)
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
  }
}

/** Removes runs, and drafts that nobody can still be writing; gives the names of the runs that are gone now. */
export async function removeRuns(
  directory: string,
  names: readonly string[],
  now: number,
): Promise<string[]> {
  const removed: string[] = []
  for (const name of names) {
    const isGone = await rm(join(directory, name)).then(
      () => true,
      () => false,
    )
    if (isGone) removed.push(name)
  }
  for (const name of await readdir(directory).catch(() => [])) {
    if (!name.startsWith(DRAFT)) continue
    const path = join(directory, name)
    const age = await stat(path).then(
      ({ mtimeMs }) => now - mtimeMs,
      () => 0,
    )
    if (age > MIN_DRAFT_AGE) await rm(path, { force: true }).catch(() => undefined)
  }
  return removed
}

/** Some file systems know no links; there nobody else uses the name of a run, which holds its id. */
async function publish(draft: string, target: string): Promise<void> {
  try {
    await link(draft, target)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return
    await rename(draft, target)
  }
}

/** Undefined for a file that has gone since its name was read. */
async function readHead({
  directory,
  name,
  secret,
}: Pick<HistoryFolder, 'directory' | 'secret'> & { name: string }): Promise<
  ReturnType<typeof decodeHead> | undefined
> {
  try {
    return await withFile(join(directory, name), async (file, size) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, HEAD_BYTES)), 0)
      return decodeHead(buffer.subarray(0, bytesRead), { name, size, secret })
    })
  } catch {
    return { kind: 'damaged' }
  }
}

/** Undefined for a file that is not there; throws for one that is not ours to read. */
async function withFile<T>(
  path: string,
  use: (file: FileHandle, size: number) => Promise<T>,
): Promise<T | undefined> {
  let file: FileHandle
  try {
    file = await open(path, FLAGS)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    const stats = await file.stat()
    if (!stats.isFile() || stats.size > MAX_ENTRY_BYTES) throw new TypeError('no file of ours')
    if (!ownedByUs(stats) || isShared(stats, 0o022)) throw new TypeError('no file of ours')
    return await use(file, stats.size)
  } finally {
    await file.close()
  }
}
