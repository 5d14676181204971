/** Finds out whether the file system of a cache folder keeps change times that nobody can set. */
import { randomBytes } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FILE_MODE, formatFolder, inspectFolder } from './folder.ts'
import type { SealedFolder } from './sealed-files.ts'

/** A time of modification to set, in seconds: long ago, and on every file system's clock. */
const LONG_AGO_S = 1_000_000_000

/**
 * The device on which the folder lies, if a file there can be given an old time of modification but not an old time of
 * change: some file systems know only one of both. Undefined for any doubt. Never rejects.
 */
export async function honestDevice({
  directory,
  project,
}: Pick<SealedFolder, 'directory' | 'project'>): Promise<number | undefined> {
  const path = join(formatFolder(directory), `times.${randomBytes(6).toString('hex')}`)
  try {
    if ((await inspectFolder(directory, project)).state !== 'usable') return undefined
    const file = await open(path, 'wx', FILE_MODE)
    try {
      await file.utimes(LONG_AGO_S, LONG_AGO_S)
      const { dev, mtimeMs, ctimeMs } = await file.stat()
      return mtimeMs === LONG_AGO_S * 1000 && ctimeMs > mtimeMs ? dev : undefined
    } finally {
      await file.close()
      await rm(path, { force: true })
    }
  } catch {
    return undefined
  }
}
