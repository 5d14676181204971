/** Looks at the cache folder before anything in it is touched, and makes folders and files that only their owner sees. */
import type { Stats } from 'node:fs'
import { chmod, lstat, mkdir, open, stat, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { CACHE_FORMAT } from './key.ts'
import type { CacheWarning } from './store.ts'

/** Mode of every folder of the cache. */
export const FOLDER_MODE = 0o700
/** Mode of every file of the cache. */
export const FILE_MODE = 0o600
/** Names of the folders that are depgate's own, of whatever format. */
export const FORMAT_FOLDER = /^v\d+$/

/** What a cache folder is: usable, not there yet, or refused with the warning that says why. */
export type FolderState = { state: 'usable' | 'absent' } | { state: 'refused'; warning: CacheWarning }

/** The folder of the present format inside a cache folder. */
export function formatFolder(directory: string): string {
  return join(directory, `v${CACHE_FORMAT}`)
}

/** The code of a file system error (`ENOSPC`), or `unknown`. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

/**
 * Refuses a cache folder that somebody else could have prepared: a symlink anywhere below the project, not a folder,
 * another user's, or writable by others. Only looks; creates nothing.
 */
export async function inspectFolder(directory: string, project?: string): Promise<FolderState> {
  const found = await lookAtFolder([directory, formatFolder(directory)], project)
  return typeof found === 'string' ? { state: found } : refused(found.refused)
}

/**
 * The same for any folder of ours, the outermost first, with those inside it that have to be as good: why it is refused
 * is the end of a sentence.
 */
export async function lookAtFolder(
  [directory, ...below]: readonly [string, ...string[]],
  project?: string,
): Promise<'usable' | 'absent' | { refused: string }> {
  const own = [directory, ...below]
  for (const path of [...between(project, directory), ...own]) {
    let stats: Stats
    try {
      stats = await lstat(path)
    } catch (error) {
      const code = errorCode(error)
      return code === 'ENOENT' ? 'absent' : { refused: `cannot be looked at (${code})` }
    }
    if (stats.isSymbolicLink()) return { refused: 'is, or lies below, a symbolic link' }
    if (!stats.isDirectory()) return { refused: 'is, or lies below, something that is not a folder' }
    if (!own.includes(path)) continue
    if (!ownedByUs(stats)) return { refused: 'belongs to another user' }
    if (isShared(stats, 0o022)) return { refused: 'can be written by other users' }
  }
  return 'usable'
}

/** Makes the cache folder and the folder of the present format, with a `.gitignore` so that nobody commits it. */
export async function createFolder(directory: string): Promise<void> {
  await createOwnFolder(directory)
  await chmod(directory, FOLDER_MODE)
  await ensureFolder(formatFolder(directory))
}

/** Makes a folder of ours with the same `.gitignore`; one that is there already is left as it is. */
export async function createOwnFolder(directory: string): Promise<void> {
  if (!(await makeFolders(directory, FOLDER_MODE))) return
  await chmod(directory, FOLDER_MODE)
  await writeFile(join(directory, '.gitignore'), '*\n', { mode: FILE_MODE, flag: 'wx' }).catch(() => {})
}

/**
 * Makes a folder and those above it; false if it was there already. Not the `recursive` of node's mkdir: that never
 * comes back where the system answers ENOENT for a folder that nobody can make, as below /proc.
 */
export async function makeFolders(path: string, mode = 0o777): Promise<boolean> {
  try {
    return await makeOrFind(path, mode)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error
    await makeFolders(dirname(path), mode)
    return makeOrFind(path, mode)
  }
}

/** Makes one folder with the right mode; throws ENOTDIR if a link or anything else stands in its place. */
export async function ensureFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: FOLDER_MODE })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    const stats = await lstat(path)
    if (!stats.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' })
    if ((stats.mode & 0o777) === FOLDER_MODE) return
  }
  await chmod(path, FOLDER_MODE)
}

/** Makes an empty file with the right mode unless it is there; gives its size. Throws if it is not a regular file. */
export async function ensureFile(path: string): Promise<number> {
  try {
    const file = await open(path, 'wx', FILE_MODE)
    try {
      await file.chmod(FILE_MODE)
    } finally {
      await file.close()
    }
    return 0
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    const stats = await lstat(path)
    if (!stats.isFile()) throw Object.assign(new Error('not a regular file'), { code: 'ENOTDIR' })
    if ((stats.mode & 0o777) !== FILE_MODE) await chmod(path, FILE_MODE)
    return stats.size
  }
}

/** Whether a file or folder is ours; always true where there are no users (Windows). */
export function ownedByUs(stats: Stats): boolean {
  return process.getuid === undefined || stats.uid === process.getuid()
}

/** Whether group or others have one of these permissions; never where modes mean nothing (Windows). */
export function isShared(stats: Stats, permissions: number): boolean {
  return process.getuid !== undefined && (stats.mode & permissions) !== 0
}

async function makeOrFind(path: string, mode: number): Promise<boolean> {
  try {
    await mkdir(path, { mode })
    return true
  } catch (error) {
    const found = await stat(path).catch(() => undefined)
    if (found?.isDirectory() === true) return false
    throw error
  }
}

/** The folders between the project and the cache folder, outermost first; none if the cache lies elsewhere. */
function between(project: string | undefined, directory: string): string[] {
  if (project === undefined) return []
  const inside = relative(project, dirname(directory))
  if (inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..') return []
  const parts = inside.split(sep)
  return parts.map((_part, index) => join(project, ...parts.slice(0, index + 1)))
}

function refused(reason: string): FolderState {
  return {
    state: 'refused',
    warning: {
      code: 'cache-folder-refused',
      message: `The disk cache is off because its folder ${reason}.`,
    },
  }
}
