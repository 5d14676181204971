/** Tells which work tree a folder lies in, and where a path leads to in one: by the disk alone, whatever git can say. */
import { lstatSync, realpathSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

/** The nearest folder that has `.git` in it, at or above an absolute path; undefined if there is none. */
export function workTreeAbove(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (lstatSync(`${at}${sep}.git`, { throwIfNoEntry: false }) !== undefined) return at
    if (dirname(at) === at) return undefined
  }
}

/**
 * Where an absolute path leads to in a folder (a real path): links outside of the folder that lead into it are followed,
 * those inside are not. Undefined if neither the path nor any folder on the way to it really lies there.
 */
export function placeIn(folder: string, path: string): string | undefined {
  const inside = folder.endsWith(sep) ? folder : folder + sep
  const above: string[] = []
  for (let at = path; above.at(-1) !== at; at = dirname(at)) above.push(at)
  for (const at of above.toReversed()) {
    const real = realPathOf(at)
    if (real === folder || real.startsWith(inside)) return join(real, path.slice(at.length))
  }
  return undefined
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
