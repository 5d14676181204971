/** The disk as a run sees it: every look is remembered, with a digest of all that was seen, so that it can be repeated. */
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import type { Dirent, Stats } from 'node:fs'
import { isAbsolute } from 'node:path'
import { hashEntries, hashFile, hashWord, readLook, spellLook } from './look.ts'
import type { Entry, Kind, ListType, Look, LookType } from './look.ts'
import { readLinkedFile, readRegularFile } from './safe-read.ts'
import type { FileBytes } from './safe-read.ts'

/** All looks of a disk, in order, and the sha256 (hex) of what they saw. */
export interface Looks {
  looks: Look[]
  digest: string
}

/** Reads, and remembers. All paths are absolute; nothing throws. */
export interface Disk {
  /** A regular file, never through a link. */
  file(path: string, maxBytes?: number): FileBytes
  /** A regular file that may be a link, as the user's own files may. */
  linkedFile(path: string, maxBytes?: number): FileBytes
  /** The entries of a folder, sorted by name; undefined if it cannot be listed. */
  list(folder: string): readonly Entry[] | undefined
  /** The same without those that begin with a dot. */
  places(folder: string): readonly Entry[] | undefined
  /** Those that are folders or links. */
  folders(folder: string): readonly Entry[] | undefined
  kind(path: string): Kind
  /** The real path; undefined if there is none. */
  realPath(path: string): string | undefined
  /** What has been looked at so far. */
  looks(): Looks
}

/** A disk that has not been looked at. Paths below `root` (absolute) are remembered relative to it. */
export function openDisk(root: string): Disk {
  const inside = `${root}/`
  const hash = createHash('sha256')
  const looks: Look[] = []
  const listings = new Map<string, readonly Entry[] | undefined>()

  function remember(type: LookType, path: string, maxBytes?: number): void {
    looks.push(spellLook(type, path.startsWith(inside) ? path.slice(inside.length) : path, maxBytes))
  }

  function listed(type: ListType, folder: string): readonly Entry[] | undefined {
    const key = `${type}${folder}`
    if (listings.has(key)) return listings.get(key)
    const entries = entriesOf(folder, type)
    listings.set(key, entries)
    remember(type, folder)
    hashEntries(hash, entries)
    return entries
  }

  return {
    file(path, maxBytes) {
      const read = readRegularFile(path, maxBytes)
      remember('f', path, maxBytes)
      hashFile(hash, read)
      return read
    },
    linkedFile(path, maxBytes) {
      const read = readLinkedFile(path, maxBytes)
      remember('F', path, maxBytes)
      hashFile(hash, read)
      return read
    },
    list: (folder) => listed('l', folder),
    places: (folder) => listed('p', folder),
    folders: (folder) => listed('d', folder),
    kind(path) {
      const slash = path.lastIndexOf('/')
      // A folder that was listed has told already, and has been remembered for it.
      const entries = listings.get(`l${path.slice(0, slash)}`)
      const name = path.slice(slash + 1)
      if (entries !== undefined) return entries.find((entry) => entry.name === name)?.kind ?? 'absent'
      const kind = kindAt(path)
      remember('k', path)
      hashWord(hash, kind)
      return kind
    },
    realPath(path) {
      const real = realPathOf(path)
      remember('r', path)
      hashWord(hash, real)
      return real
    },
    looks: () => ({ looks: [...looks], digest: hash.copy().digest('hex') }),
  }
}

/**
 * Looks at everything again; the digest is the same if and only if all of it is as it was. Undefined for what are no
 * looks, and when `goOn`, asked now and then, says no.
 */
export function lookAgain(root: string, looks: readonly Look[], goOn: () => boolean): string | undefined {
  const disk = openDisk(root)
  for (const [index, look] of looks.entries()) {
    if (index % ASK_EVERY === 0 && !goOn()) return undefined
    const parts = readLook(look)
    if (parts === undefined) return undefined
    const path = isAbsolute(parts.path) ? parts.path : `${root}/${parts.path}`
    LOOK[parts.type](disk, path, parts.maxBytes)
  }
  return disk.looks().digest
}

const ASK_EVERY = 256

const LOOK: Record<LookType, (disk: Disk, path: string, maxBytes: number | undefined) => unknown> = {
  f: (disk, path, maxBytes) => disk.file(path, maxBytes),
  F: (disk, path, maxBytes) => disk.linkedFile(path, maxBytes),
  l: (disk, path) => disk.list(path),
  p: (disk, path) => disk.places(path),
  d: (disk, path) => disk.folders(path),
  k: (disk, path) => disk.kind(path),
  r: (disk, path) => disk.realPath(path),
}

function entriesOf(folder: string, type: ListType): Entry[] | undefined {
  try {
    const entries: Entry[] = []
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (type === 'p' && entry.name.startsWith('.')) continue
      const kind = kindOf(entry)
      if (type === 'd' && kind !== 'folder' && kind !== 'link') continue
      entries.push({ name: entry.name, kind })
    }
    return entries.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  } catch {
    return undefined
  }
}

function kindAt(path: string): Kind {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    return stats === undefined ? 'absent' : kindOf(stats)
  } catch {
    return 'other'
  }
}

function kindOf(entry: Dirent | Stats): Entry['kind'] {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
