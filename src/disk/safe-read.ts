/** Reads single files of a stranger's tree: regular files of bounded size, never through a link, never a pipe. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** Largest file inside a package that is read. */
export const MAX_FILE_BYTES = 256 * 1024

/** The bytes, or why there are none. */
export type FileBytes =
  | { ok: true; bytes: Buffer }
  | { ok: false; reason: 'absent' | 'link' | 'not-a-file' | 'too-large' | 'denied' }

/** Why a file was not read, as the end of a sentence that begins with its name and "is". */
export const UNREAD = {
  absent: 'missing',
  link: 'a symbolic link',
  'not-a-file': 'no regular file',
  'too-large': `larger than ${MAX_FILE_BYTES / 1024} KiB`,
  denied: 'not readable',
} as const

/**
 * How a file that may be a link is opened. Windows has neither flag; there a FIFO cannot lie in a folder. O_NONBLOCK
 * keeps open() of a FIFO from waiting.
 */
export const LINKED_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
/** How a file that may be no link is opened. */
export const FLAGS = LINKED_FLAGS | (constants.O_NOFOLLOW ?? 0)

/** Reads a regular file of at most `maxBytes`; the last part of the path may not be a symbolic link. */
export function readRegularFile(path: string, maxBytes = MAX_FILE_BYTES): FileBytes {
  return readFile(path, maxBytes, FLAGS)
}

/** The same for a file that may be a link: one that the user and not a stranger has put there, or that is checked. */
export function readLinkedFile(path: string, maxBytes = MAX_FILE_BYTES): FileBytes {
  return readFile(path, maxBytes, LINKED_FLAGS)
}

/** Reads the first `length` bytes of a regular file, or all where it has fewer; never through a link. */
export function readBeginning(path: string, length: number): FileBytes {
  return readFile(path, length, FLAGS, true)
}

function readFile(path: string, maxBytes: number, flags: number, isCut = false): FileBytes {
  let handle: number
  try {
    handle = openSync(path, flags)
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) return { ok: false, reason: 'not-a-file' }
    if (stat.size > maxBytes && !isCut) return { ok: false, reason: 'too-large' }
    const bytes = Buffer.allocUnsafe(Math.min(stat.size, maxBytes))
    let filled = 0
    while (filled < bytes.length) {
      const count = readSync(handle, bytes, filled, bytes.length - filled, filled)
      if (count === 0) break
      filled += count
    }
    return { ok: true, bytes: bytes.subarray(0, filled) }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  } finally {
    closeSync(handle)
  }
}

function reasonOf(error: unknown): 'absent' | 'link' | 'not-a-file' | 'denied' {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent'
  if (code === 'ELOOP' || code === 'EMLINK') return 'link'
  if (code === 'EISDIR' || code === 'ENXIO' || code === 'EOPNOTSUPP') return 'not-a-file'
  return 'denied'
}
