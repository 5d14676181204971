/** Finds the key that cache records are sealed with: from the environment, or a file that only this user can read. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, open, realpath, rm } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { FILE_MODE, FOLDER_MODE, errorCode, isShared, makeFolders, ownedByUs } from './folder.ts'
import type { CacheWarning } from './store.ts'

/** Shortest key that is accepted, in bytes: as long as the HMAC itself. */
const MIN_KEY_BYTES = 32
/** Longest key file that is read, in bytes. */
const MAX_KEY_BYTES = 4096
const NAME = 'cache-key'

/** Where to look for the key. */
export interface SecretOptions {
  env: Readonly<Record<string, string | undefined>>
  /** The user's home folder. */
  home: string
  /** Absolute path of the project. */
  project: string
  /** Absolute path of the cache folder, if there is one. */
  cacheDirectory: string | undefined
}

/** The key, or why there is none: without a key there is no disk tier. */
export type CacheSecret =
  { key: Uint8Array } | { warning: CacheWarning; /** Why, as the end of a sentence. */ reason: string }

/**
 * `DEPGATE_CACHE_KEY` if it is set, even if it is unfit (a job that was given no key must not fall back to another),
 * else `depgate/cache-key` in the user's configuration folder, made on first use. A file that a stranger could have
 * written or read is refused: inside the project or the cache, a link, another user's, readable by others.
 */
export async function loadCacheSecret(options: SecretOptions): Promise<CacheSecret> {
  const given = options.env['DEPGATE_CACHE_KEY']
  if (given !== undefined) {
    const key = Buffer.from(given, 'utf8')
    if (key.byteLength >= MIN_KEY_BYTES) return { key }
    return refused(`DEPGATE_CACHE_KEY is shorter than ${MIN_KEY_BYTES} bytes`)
  }
  const folder = join(configurationFolder(options), 'depgate')
  if (!isAbsolute(folder)) return refused('there is no home folder to keep its key in')
  try {
    const real = await nearestRealPath(folder)
    for (const place of [options.project, options.cacheDirectory]) {
      if (place !== undefined && isInside(await nearestRealPath(place), real)) {
        return refused('the key file would lie inside the project or the cache')
      }
    }
    await makeFolders(real, FOLDER_MODE)
    const path = join(real, NAME)
    return (
      (await readKey(path)) ?? (await createKey(path)) ?? refused('the key file vanished while it was read')
    )
  } catch (error) {
    return refused(`the key file cannot be used (${errorCode(error)})`)
  }
}

/** The XDG rule: a relative `XDG_CONFIG_HOME` is ignored. */
function configurationFolder({ env, home }: SecretOptions): string {
  const configured = env['XDG_CONFIG_HOME']
  return configured !== undefined && isAbsolute(configured) ? configured : join(home, '.config')
}

/** The key in a file, why it is refused, or undefined if there is no file. */
async function readKey(path: string): Promise<CacheSecret | undefined> {
  let file
  try {
    // Without O_NONBLOCK a named pipe in its place would hang the run.
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT') return undefined
    return refused(
      code === 'ELOOP' ? 'the key file is a symbolic link' : `the key file cannot be read (${code})`,
    )
  }
  try {
    const stats = await file.stat()
    if (!stats.isFile()) return refused('the key file is not a regular file')
    if (!ownedByUs(stats)) return refused('the key file belongs to another user')
    if (isShared(stats, 0o077)) return refused('the key file can be read or written by other users')
    if (stats.size < MIN_KEY_BYTES || stats.size > MAX_KEY_BYTES) {
      return refused(`the key file does not hold ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes`)
    }
    return { key: await file.readFile() }
  } finally {
    await file.close()
  }
}

/**
 * Makes the key file whole or not at all: written under another name, then linked, which fails if somebody was
 * quicker. A file that was opened exclusively under its own name could be read by another process while still empty.
 */
async function createKey(path: string): Promise<CacheSecret | undefined> {
  const draft = join(dirname(path), `${NAME}.${randomBytes(8).toString('hex')}`)
  try {
    const file = await open(draft, 'wx', FILE_MODE)
    try {
      await file.chmod(FILE_MODE)
      await file.writeFile(randomBytes(MIN_KEY_BYTES))
      await file.sync()
    } finally {
      await file.close()
    }
    await link(draft, path)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  return readKey(path)
}

/** The real path of a place that may not exist yet: its nearest existing ancestor's, with the rest behind it. */
async function nearestRealPath(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    // A file on the way (ENOTDIR) is for whoever opens the place to name.
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error)) || dirname(path) === path) throw error
    return join(await nearestRealPath(dirname(path)), path.slice(dirname(path).length))
  }
}

function isInside(place: string, path: string): boolean {
  const way = relative(place, path)
  return way === '' || (!isAbsolute(way) && way.split(sep)[0] !== '..')
}

function refused(reason: string): CacheSecret {
  return { warning: { code: 'cache-key-refused', message: `The disk cache is off: ${reason}.` }, reason }
}
