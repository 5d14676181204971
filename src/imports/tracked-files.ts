/** Which files a repository tracks although its rules ignore them: git does not overlook them, and nor does the scan. */
import { parentOf } from '#collectors/tree-location'
import type { DiskReader } from '#disk/disk'

/** Asked for what is ignored alone: the index is read when somebody asks for the first time. Paths are below the project. */
export interface TrackedFiles {
  has(file: string): boolean
  /** Whether anything in a folder is tracked. */
  hasBelow(folder: string): boolean
}

/** A repository, as far as it holds files of the project. */
export interface Tracking {
  /** Absolute path of its index. */
  index: string
  /** Folder of the project in the repository, `''` or with `/` at the end. */
  prefix: string
  /** Folder of the repository in the project, `''` or with `/` at the end. */
  folder: string
}

/** Where there is no repository nothing is tracked. */
export const NOTHING_TRACKED: TrackedFiles = { has: () => false, hasBelow: () => false }

/** `onUnreadable` is called where there is an index and nobody knows what it says. */
export function openTracked(disk: DiskReader, tracking: Tracking, onUnreadable: () => void): TrackedFiles {
  let known: Names | undefined
  const names = (): Names => {
    if (known !== undefined) return known
    const tracked = disk.tracked(tracking.index)
    if (tracked === undefined) onUnreadable()
    known = namesIn(tracked ?? [], tracking)
    return known
  }
  return {
    has: (file) => names().files.has(folded(file)) || names().isInWhole(file),
    hasBelow: (folder) => names().folders.has(folded(folder)) || names().isInWhole(`${folder}/`),
  }
}

interface Names {
  files: ReadonlySet<string>
  /** All folders above files. */
  folders: ReadonlySet<string>
  /** Whether a path lies in a folder of which the index says only that all of it is tracked. */
  isInWhole(path: string): boolean
}

function namesIn(tracked: readonly string[], { prefix, folder }: Tracking): Names {
  const files = new Set<string>()
  const folders = new Set<string>()
  const whole: string[] = []
  for (const name of tracked) {
    if (!name.startsWith(prefix)) continue
    const path = folded(folder + name.slice(prefix.length))
    if (path.endsWith('/')) whole.push(path)
    else files.add(path)
    for (let at = parentOf(path); at !== '' && !folders.has(at); at = parentOf(at)) folders.add(at)
  }
  return { files, folders, isInWhole: (path) => whole.some((start) => folded(path).startsWith(start)) }
}

/** Some disks do not tell case or the spelling of accents apart, and write names otherwise than the index has them. */
function folded(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
