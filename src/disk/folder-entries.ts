/** Lists folders and names what stands at a path: sorted, so that the order on disk never shows. */
import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import type { Dirent, Stats } from 'node:fs'
import type { EntriesType, Entry, Kind } from './look.ts'

/** All names in a folder, sorted; undefined if it cannot be listed. */
export function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return undefined
  }
}

/** Entries with their kinds, sorted by name; undefined if the folder cannot be listed. */
export function entriesIn(folder: string, type: EntriesType): Entry[] | undefined {
  try {
    const entries: Entry[] = []
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const kind = kindOf(entry)
      if (isWanted(entry.name, kind, type)) entries.push({ name: entry.name, kind })
    }
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  } catch {
    return undefined
  }
}

function isWanted(name: string, kind: Entry['kind'], type: EntriesType): boolean {
  if (type === 'd') return kind === 'folder' || kind === 'link'
  return type === 'a' || !name.startsWith('.')
}

/** What stands at a path. */
export function kindAt(path: string): Kind {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    return stats === undefined ? 'absent' : kindOf(stats)
  } catch {
    return 'other'
  }
}

/** The real path; undefined if there is none. */
export function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function kindOf(entry: Dirent | Stats): Entry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}
