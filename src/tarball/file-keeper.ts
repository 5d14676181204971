/** Keeps of the files of one package, as they come out of an archive, what may speak of its licence. */
import { MAX_FILE_BYTES } from '#disk/safe-read'
import type { KeptFile, KeptFiles } from './kept-folder.ts'
import type { FileSink } from './tar-reader.ts'

/** Which files are kept. */
export interface Wanted {
  /** Whether a file matters by its path alone. */
  always: (path: string) => boolean
  /** Paths that matter because the package.json names them. */
  named: (manifest: Buffer) => readonly string[]
  /** Of which other files the first `bytes` are kept, of at most `files`, the first by path. */
  beginning?: { of: (path: string) => boolean; files: number; bytes: number }
}

/** What may be kept, in bytes; several keepers may share one room. */
export interface Room {
  /** Left for files that matter. */
  kept: number
  /** Left for other files, which are held until the package.json, which may name one of them, has come. */
  held: number
}

/** Takes in the files of a package by their paths in it. */
export interface FileKeeper {
  /** What takes the body of a file; undefined for one that does not matter, or what is wrong. */
  file(path: string, size: number): FileSink | { flaw: string } | undefined
  /** What was kept so far. */
  contents(): KeptFiles
}

/** The file that says which package it is. */
export const MANIFEST = 'package.json'

/** Creates a keeper of nothing so far. */
export function createFileKeeper(wanted: Wanted, room: Room): FileKeeper {
  const files = new Map<string, KeptFile>()
  const held = new Map<string, Buffer>()
  const beginnings = new Map<string, Buffer>()
  const top = new Map<string, 'file' | 'folder'>()
  const folders = new Set<string>()
  let named: ReadonlySet<string> | undefined
  /** Files were passed over: one of them may be what the package.json names, if that came later. */
  let passedSome = false
  let lostSome = false

  /** Remembers the folders of a path, and that what lies at the top is one thing only. */
  function place(path: string): { flaw: string } | undefined {
    const segments = path.split('/')
    const [first = ''] = segments
    const at = segments.length > 1 ? 'folder' : 'file'
    if ((top.get(first) ?? at) !== at) return { flaw: 'has a file and a folder of one name' }
    top.set(first, at)
    for (let count = segments.length - 1; count > 0; count--) {
      const folder = segments.slice(0, count).join('/')
      if (folders.has(folder)) break
      folders.add(folder)
    }
    return undefined
  }

  function file(path: string, size: number): FileSink | { flaw: string } | undefined {
    const flaw = place(path)
    if (flaw !== undefined) return flaw
    // npm writes a file that comes again over the one before.
    forget(path)
    if (path === MANIFEST || wanted.always(path) || named?.has(path)) return keep(path, size)
    if (size > MAX_FILE_BYTES) files.set(path, 'too-large')
    if (named !== undefined || size > MAX_FILE_BYTES || size > room.held) {
      passedSome = true
      return keepBeginning(path, size)
    }
    room.held -= size
    const bytes = Buffer.allocUnsafe(size)
    held.set(path, bytes)
    return bothSinks(filler(bytes), keepBeginning(path, size))
  }

  function keepBeginning(path: string, size: number): FileSink | undefined {
    if (wanted.beginning?.of(path) !== true) return undefined
    const bytes = Buffer.allocUnsafe(Math.min(size, wanted.beginning.bytes))
    room.kept -= bytes.length
    beginnings.set(path, bytes)
    // Whichever come first in the archive, those that are first by name are the ones that an installed copy gives.
    const last = [...beginnings.keys()].toSorted().at(wanted.beginning.files)
    if (last !== undefined) forgetBeginning(last)
    return filler(bytes)
  }

  function forgetBeginning(path: string): void {
    room.kept += beginnings.get(path)?.length ?? 0
    beginnings.delete(path)
  }

  function forget(path: string): void {
    const before = files.get(path)
    if (Buffer.isBuffer(before)) room.kept += before.length
    room.held += held.get(path)?.length ?? 0
    files.delete(path)
    held.delete(path)
    forgetBeginning(path)
  }

  function keep(path: string, size: number): FileSink | undefined {
    if (size > MAX_FILE_BYTES || (size > room.kept && path !== MANIFEST)) {
      files.set(path, size > MAX_FILE_BYTES ? 'too-large' : 'denied')
      return undefined
    }
    room.kept -= size
    const bytes = Buffer.allocUnsafe(size)
    files.set(path, bytes)
    return filler(bytes, path === MANIFEST ? () => learn(bytes) : undefined)
  }

  /** What the package.json names is kept, and what it does not name is let go of. */
  function learn(manifest: Buffer): void {
    lostSome = passedSome
    passedSome ||= held.size > 0
    named = new Set(wanted.named(manifest))
    for (const [path, bytes] of held) {
      room.held += bytes.length
      if (named.has(path)) files.set(path, bytes)
    }
    held.clear()
  }

  return { file, contents: () => ({ files, beginnings, folders, top, lostSome }) }
}

/** Takes in the bytes of a file, as many as there is room for, and says when the file has ended. */
function filler(bytes: Buffer, whole?: () => void): FileSink {
  let filled = 0
  return (part, isLast) => {
    if (filled < bytes.length) filled += part.copy(bytes, filled)
    if (isLast) whole?.()
  }
}

/** A sink that hands all on to both, where there are two. */
export function bothSinks(one: FileSink, other: FileSink | undefined): FileSink
export function bothSinks(one: FileSink | undefined, other: FileSink | undefined): FileSink | undefined
export function bothSinks(one: FileSink | undefined, other: FileSink | undefined): FileSink | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return (part, isLast) => {
    one(part, isLast)
    other(part, isLast)
  }
}
