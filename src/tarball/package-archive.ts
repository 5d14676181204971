/** Keeps of a package's tarball what may speak of its licence, as a folder that can be looked at but never was on disk. */
import { join, relative, sep } from 'node:path'
import type { Disk } from '#disk/disk'
import type { FileBytes } from '#disk/safe-read'
import { MAX_FILE_BYTES } from '#disk/safe-read'
import { createTarReader } from './tar-reader.ts'
import type { FileSink } from './tar-reader.ts'
import { unpackedPath } from './unpacked-path.ts'

/** What of a disk it takes to look at one package. */
export type PackageFolder = Pick<Disk, 'file' | 'beginning' | 'names' | 'kind' | 'realPath'>

/** Which files are kept. */
export interface Wanted {
  /** Whether a file matters by its path alone. */
  always: (path: string) => boolean
  /** Paths that matter because the package.json names them. */
  named: (manifest: Buffer) => readonly string[]
  /** Of which other files the first `bytes` are kept, of at most `files`, the first by path. */
  beginning?: { of: (path: string) => boolean; files: number; bytes: number }
}

/** Takes in a tarball, inflated. Both functions say what is wrong with it as soon as something is. */
export interface PackageArchive {
  push(chunk: Buffer): string | undefined
  finish(): string | undefined
  /** The package as a folder at {@link ARCHIVE_ROOT}; only for an archive that was read to its end without a flaw. */
  folder(): PackageFolder
}

/** Where the folder of an archive seems to lie. */
export const ARCHIVE_ROOT = join(sep, 'package')

const MANIFEST = 'package.json'
/** Most bytes kept of files that matter; no package has a quarter of it, and many tarballs are read side by side. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024
/** Most bytes of other files that are held until the package.json, which may name one of them, has come. */
const MAX_HELD_BYTES = 2 * 1024 * 1024

/** A file: its bytes, or why they were not kept. */
type Kept = Buffer | 'too-large' | 'denied'

/** Creates an empty archive. */
export function openPackageArchive(wanted: Wanted): PackageArchive {
  const files = new Map<string, Kept>()
  const held = new Map<string, Buffer>()
  const beginnings = new Map<string, Buffer>()
  const top = new Map<string, 'file' | 'folder'>()
  const folders = new Set<string>()
  let named: ReadonlySet<string> | undefined
  let keptBytes = 0
  let heldBytes = 0
  /** Files were passed over: one of them may be what the package.json names, if that came later. */
  let passedSome = false
  let lostSome = false

  /** Remembers the folders of a path, and that what lies at the top is one thing only. */
  function place(path: string, kind: 'file' | 'folder'): string | undefined {
    const segments = path.split('/')
    const [first = ''] = segments
    const at = segments.length > 1 ? 'folder' : kind
    if ((top.get(first) ?? at) !== at) return 'has a file and a folder of one name'
    top.set(first, at)
    for (let count = segments.length - 1; count > 0; count--) {
      const folder = segments.slice(0, count).join('/')
      if (folders.has(folder)) break
      folders.add(folder)
    }
    return undefined
  }

  function file(name: string, size: number): FileSink | { flaw: string } | undefined {
    const path = unpackedPath(name)
    if (path === undefined || typeof path === 'object') return path
    const flaw = place(path, 'file')
    if (flaw !== undefined) return { flaw }
    // npm writes a file that comes again over the one before.
    forget(path)
    if (path === MANIFEST || wanted.always(path) || named?.has(path)) return keep(path, size)
    if (size > MAX_FILE_BYTES) files.set(path, 'too-large')
    if (named !== undefined || size > MAX_FILE_BYTES || heldBytes + size > MAX_HELD_BYTES) {
      passedSome = true
      return keepBeginning(path, size)
    }
    heldBytes += size
    const bytes = Buffer.allocUnsafe(size)
    held.set(path, bytes)
    const beginning = keepBeginning(path, size)
    return beginning === undefined ? filler(bytes) : both(filler(bytes), beginning)
  }

  function keepBeginning(path: string, size: number): FileSink | undefined {
    if (wanted.beginning?.of(path) !== true) return undefined
    const bytes = Buffer.allocUnsafe(Math.min(size, wanted.beginning.bytes))
    beginnings.set(path, bytes)
    // Whichever come first in the archive, those that are first by name are the ones that an installed copy gives.
    const last = [...beginnings.keys()].toSorted().at(wanted.beginning.files)
    if (last !== undefined) beginnings.delete(last)
    return filler(bytes)
  }

  function forget(path: string): void {
    const before = files.get(path)
    if (Buffer.isBuffer(before)) keptBytes -= before.length
    files.delete(path)
    held.delete(path)
    beginnings.delete(path)
  }

  function keep(path: string, size: number): FileSink | undefined {
    if (size > MAX_FILE_BYTES || (keptBytes + size > MAX_KEPT_BYTES && path !== MANIFEST)) {
      files.set(path, size > MAX_FILE_BYTES ? 'too-large' : 'denied')
      return undefined
    }
    keptBytes += size
    const bytes = Buffer.allocUnsafe(size)
    files.set(path, bytes)
    return filler(bytes, path === MANIFEST ? () => learn(bytes) : undefined)
  }

  /** What the package.json names is kept, and what it does not name is let go of. */
  function learn(manifest: Buffer): void {
    lostSome = passedSome
    passedSome ||= held.size > 0
    named = new Set(wanted.named(manifest))
    for (const [path, bytes] of held) if (named.has(path)) files.set(path, bytes)
    held.clear()
  }

  const tar = createTarReader({
    file,
    // npm makes folders only for the files in them.
    folder: () => undefined,
  })
  return {
    push: (chunk) => tar.push(chunk),
    finish: () => tar.finish() ?? (files.has(MANIFEST) ? undefined : 'has no package.json'),
    folder: () => folderOf({ files, beginnings, folders, top, lostSome }),
  }
}

/** Takes in the bytes of a file, as many as there is room for, and says when the file has ended. */
function filler(bytes: Buffer, whole?: () => void): FileSink {
  let filled = 0
  return (part, isLast) => {
    if (filled < bytes.length) filled += part.copy(bytes, filled)
    if (isLast) whole?.()
  }
}

/** A path as entries have it: below the package, with `/`. */
function inside(path: string): string {
  return relative(ARCHIVE_ROOT, path).split(sep).join('/')
}

function both(one: FileSink, other: FileSink): FileSink {
  return (part, isLast) => {
    one(part, isLast)
    other(part, isLast)
  }
}

function folderOf({ files, beginnings, folders, top, lostSome }: Contents): PackageFolder {
  const kind = (place: string): 'file' | 'folder' | 'absent' => {
    if (place === '' || folders.has(place)) return 'folder'
    return files.has(place) || lostSome ? 'file' : (top.get(place) ?? 'absent')
  }
  const file = (place: string): FileBytes => {
    const kept = files.get(place)
    if (Buffer.isBuffer(kept)) return { ok: true, bytes: kept }
    if (kept !== undefined) return { ok: false, reason: kept }
    const reason = { file: 'denied', folder: 'not-a-file', absent: 'absent' } as const
    return { ok: false, reason: reason[kind(place)] }
  }
  return {
    file: (path) => file(inside(path)),
    beginning(path, length) {
      const begun = beginnings.get(inside(path))
      const read = begun === undefined ? file(inside(path)) : { ok: true as const, bytes: begun }
      return read.ok ? { ok: true, bytes: read.bytes.subarray(0, length) } : read
    },
    names(folder) {
      const place = inside(folder)
      if (place === '') return [...top.keys()].toSorted()
      const below = [...files.keys()].filter((file) => file.startsWith(`${place}/`))
      const names = [...below, ...folders].filter((path) => path.startsWith(`${place}/`))
      return [...new Set(names.map((path) => path.slice(place.length + 1).split('/')[0] ?? ''))].toSorted()
    },
    kind: (path) => kind(inside(path)),
    realPath: (path) => (kind(inside(path)) === 'absent' ? undefined : path),
  }
}

interface Contents {
  files: ReadonlyMap<string, Kept>
  beginnings: ReadonlyMap<string, Buffer>
  folders: ReadonlySet<string>
  top: ReadonlyMap<string, 'file' | 'folder'>
  lostSome: boolean
}
