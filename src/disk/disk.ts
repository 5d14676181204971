/** The disk as a run sees it: every look is remembered, with a digest of all that was seen, so that it can be repeated. */
import { createHash } from 'node:crypto'
import { entriesIn, kindAt, namesIn, realPathOf } from './folder-entries.ts'
import {
  seenEntries,
  seenFile,
  seenNames,
  seenRealPath,
  seenSum,
  seenWord,
  spellLook,
  trailer,
} from './look.ts'
import type { EntriesType, Entry, Kind, Look, LookType, Seen } from './look.ts'
import { sumRegularFile } from './file-sum.ts'
import type { FileSum } from './file-sum.ts'
import { readBeginning, readLinkedFile, readRegularFile } from './safe-read.ts'
import type { FileBytes } from './safe-read.ts'
import { trackedNames } from './tracked-names.ts'

/** All looks of a disk, in order, and the sha256 (hex) of what they saw. */
export interface Looks {
  looks: Look[]
  digest: string
}

/** Reads. All paths are absolute; nothing throws. */
export interface DiskReader {
  /** A regular file, never through a link. */
  file(path: string, maxBytes?: number): FileBytes
  /** A regular file that may be a link, as the user's own files may. */
  linkedFile(path: string, maxBytes?: number): FileBytes
  /** All names in a folder, sorted; undefined if it cannot be listed. */
  names(folder: string): readonly string[] | undefined
  /** All entries of a folder, sorted by name; undefined if it cannot be listed. */
  entries(folder: string): readonly Entry[] | undefined
  /** Those that do not begin with a dot. */
  places(folder: string): readonly Entry[] | undefined
  /** Those that are folders or links. */
  folders(folder: string): readonly Entry[] | undefined
  kind(path: string): Kind
  /** The real path; undefined if there is none. */
  realPath(path: string): string | undefined
  /** The names that an index of git's lists; none where there is no index, undefined where it cannot be read. */
  tracked(index: string): readonly string[] | undefined
}

/** Reads, and remembers. */
export interface Disk extends DiskReader {
  /** The hash of a regular file, never through a link: its content, without its bytes. */
  sum(path: string, maxBytes: number): FileSum
  /** The first bytes of a regular file, at most so many; never through a link. */
  beginning(path: string, length: number): FileBytes
  /** What has been looked at so far. */
  looks(): Looks
}

/** A disk that has not been looked at. Paths below `root` (absolute) are remembered relative to it. */
export function openDisk(root: string): Disk {
  const inside = `${root}/`
  const hash = createHash('sha256')
  const looks: Look[] = []
  const known = { names: new Map<string, Set<string>>(), kinds: new Map<string, Map<string, Kind>>() }
  const listings = new Map<string, readonly Entry[] | undefined>()

  function remember(type: LookType, path: string, seen: Seen, maxBytes?: number): void {
    looks.push(spellLook(type, path.startsWith(inside) ? path.slice(inside.length) : path, maxBytes))
    hash.update(seen.content).update(trailer(seen.type, seen.content.length))
  }

  function entries(type: EntriesType, folder: string): readonly Entry[] | undefined {
    const key = `${type}${folder}`
    if (listings.has(key)) return listings.get(key)
    const found = entriesIn(folder, type)
    listings.set(key, found)
    if (type === 'p' && found !== undefined)
      known.kinds.set(folder, new Map(found.map(({ name, kind }) => [name, kind])))
    remember(type, folder, seenEntries(found))
    return found
  }

  /** A folder that was listed has told already, and was remembered for it. */
  function kindByListing(path: string): Kind | undefined {
    const slash = path.lastIndexOf('/')
    const folder = path.slice(0, slash)
    const name = path.slice(slash + 1)
    if (known.names.get(folder)?.has(name) === false) return 'absent'
    return name.startsWith('.') ? undefined : known.kinds.get(folder)?.get(name)
  }

  return {
    file(path, maxBytes) {
      const read = readRegularFile(path, maxBytes)
      remember('f', path, seenFile(read), maxBytes)
      return read
    },
    sum(path, maxBytes) {
      const sum = sumRegularFile(path, maxBytes)
      remember('s', path, seenSum(sum), maxBytes)
      return sum
    },
    beginning(path, length) {
      const read = readBeginning(path, length)
      remember('b', path, seenFile(read), length)
      return read
    },
    tracked(index) {
      const names = trackedNames(index)
      remember('t', index, seenNames(names))
      return names
    },
    linkedFile(path, maxBytes) {
      const read = readLinkedFile(path, maxBytes)
      remember('F', path, seenFile(read), maxBytes)
      return read
    },
    names(folder) {
      const before = known.names.get(folder)
      if (before !== undefined) return [...before]
      const names = namesIn(folder)
      if (names !== undefined) known.names.set(folder, new Set(names))
      remember('l', folder, seenNames(names))
      return names
    },
    entries: (folder) => entries('a', folder),
    places: (folder) => entries('p', folder),
    folders: (folder) => entries('d', folder),
    kind(path) {
      const told = kindByListing(path)
      if (told !== undefined) return told
      const kind = kindAt(path)
      remember('k', path, seenWord(kind))
      return kind
    },
    realPath(path) {
      const real = realPathOf(path)
      remember('r', path, seenRealPath(real, root))
      return real
    },
    looks: () => ({ looks: [...looks], digest: hash.copy().digest('hex') }),
  }
}
