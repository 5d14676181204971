/** Tells which work tree a folder lies in, and whether a path leads into one: by the disk alone, whatever git can say. */
import { lstatSync, realpathSync } from 'node:fs'
import { dirname, sep } from 'node:path'

/** The nearest folder that has `.git` in it, at or above an absolute path; undefined if there is none. */
export function workTreeAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(`${at}${sep}.git`, { throwIfNoEntry: false }) !== undefined) return at
    if (dirname(at) === at) return undefined
  }
}

/**
 * Whether an absolute path, or any folder on the way to it, really lies in a folder (a real path): links that lead into
 * it count, and so do those that lead out of it.
 */
export function leadsInto(folder: string, path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    const real = realPathOf(at)
    if (real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return true
    if (dirname(at) === at) return false
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
