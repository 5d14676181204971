/** Lists what lies in a cache folder without ever following a symlink. */
import type { Stats } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode } from './folder.ts'

/** One thing in the folder. */
export interface WalkedFile {
  /** Absolute path. */
  path: string
  /** Of the thing itself, never of what a link points to. */
  stats: Stats
}

/** Everything below a folder that is not itself a folder, in no particular order; what vanishes meanwhile is left out. */
export async function* walkFiles(root: string): AsyncGenerator<WalkedFile> {
  const folders = [root]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of await unlessGone(readdir(folder), [])) {
      const path = join(folder, name)
      const stats = await unlessGone(lstat(path), undefined)
      if (stats?.isDirectory()) folders.push(path)
      else if (stats) yield { path, stats }
    }
  }
}

async function unlessGone<T, D>(result: Promise<T>, otherwise: D): Promise<T | D> {
  try {
    return await result
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return otherwise
    throw error
  }
}
