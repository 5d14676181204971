/** Folds the folders of source files until there are few enough of them to be looked at. */

interface Folder {
  path: string
  /** Files that lie in it, not below it. */
  own: number
  /** With all below it. */
  all: number
  below: Map<string, Folder>
}

/** Gives the folder of the folded tree that a file belongs to. */
export type FoldFile = (path: string) => string

/**
 * Opens the folder with the most files again and again as long as there are no more than `most` in all. A folder that
 * holds nothing but one other is never shown for itself.
 */
export function foldFolders(files: readonly string[], most: number): FoldFile {
  const shown = new Map<string, Folder>()
  const opened = new Set<string>()
  const show = (folder: Folder): void => {
    const inside = soleFolder(folder)
    shown.set(inside.path, inside)
  }
  show(folderTree(files))
  for (;;) {
    const closed = largestFirst([...shown.values()]).filter(
      ({ path, below }) => !opened.has(path) && below.size > 0,
    )
    const next = closed.find((folder) => shown.size + gain(folder) <= most)
    if (next === undefined) {
      // Of a folder with too many others the largest are shown, and it stands for the rest.
      const room = most - shown.size
      for (const folder of largestFirst([...(closed[0]?.below.values() ?? [])]).slice(0, room)) show(folder)
      break
    }
    opened.add(next.path)
    if (next.own === 0) shown.delete(next.path)
    for (const folder of next.below.values()) show(folder)
  }
  return (path) => {
    for (let folder = parentOf(path); folder !== '.'; folder = parentOf(folder)) {
      if (shown.has(folder)) return folder
    }
    return '.'
  }
}

/** The folder that a path lies in, `.` for the project's own. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '.' : path.slice(0, slash)
}

function largestFirst(folders: readonly Folder[]): Folder[] {
  return folders.toSorted((a, b) => b.all - a.all || (a.path < b.path ? -1 : 1))
}

/** How many more folders are shown once one is opened. */
function gain({ own, below }: Folder): number {
  return below.size - (own === 0 ? 1 : 0)
}

function soleFolder(folder: Folder): Folder {
  const [only, second] = folder.below.values()
  return folder.own === 0 && only !== undefined && second === undefined ? soleFolder(only) : folder
}

function folderTree(files: readonly string[]): Folder {
  const root: Folder = { path: '.', own: 0, all: 0, below: new Map() }
  for (const file of files.toSorted()) {
    let folder = root
    folder.all += 1
    let path = ''
    for (const name of file.split('/').slice(0, -1)) {
      path = path === '' ? name : `${path}/${name}`
      const next = folder.below.get(name) ?? { path, own: 0, all: 0, below: new Map<string, Folder>() }
      folder.below.set(name, next)
      next.all += 1
      folder = next
    }
    folder.own += 1
  }
  return root
}
