/** Looks at everything again, as fast as it can be read, to learn whether it still is what it was. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { sumRegularFile } from './file-sum.ts'
import { entriesIn, kindAt, namesIn, realPathOf } from './folder-entries.ts'
import {
  pathOf,
  readLook,
  seenEntries,
  seenFile,
  seenNames,
  seenRealPath,
  seenSum,
  seenWord,
  TRAILER_BYTES,
  writeTrailer,
} from './look.ts'
import type { Look, LookParts, LookType, Seen } from './look.ts'
import {
  FLAGS,
  LINKED_FLAGS,
  MAX_FILE_BYTES,
  readBeginning,
  readLinkedFile,
  readRegularFile,
} from './safe-read.ts'
import { trackedNames } from './tracked-names.ts'

/** Files are read into one buffer, one behind another, and hashed by the buffer: a hash a file would cost more. */
const BUFFER_BYTES = 4 * 1024 * 1024
const ASK_EVERY = 256

/**
 * The digest of what the looks see now: it is that of a disk if and only if all of it is as it was. Undefined for what
 * are no looks, and when `goOn`, asked now and then, says no. `root` is the folder that relative paths lie in.
 */
export function lookAgain(root: string, looks: readonly Look[], goOn: () => boolean): string | undefined {
  const digest = openDigest()
  for (const [index, spelt] of looks.entries()) {
    if (index % ASK_EVERY === 0 && !goOn()) return undefined
    const parts = readLook(spelt)
    if (parts === undefined) return undefined
    const path = pathOf(parts, root)
    const { type, maxBytes = MAX_FILE_BYTES } = parts
    if (type === 'f' || type === 'F') digest.file(path, type, maxBytes)
    else digest.add(LOOK[type](path, { root, maxBytes }))
  }
  return digest.end()
}

/** What one look sees now; `root` is the folder that relative paths lie in. */
export function look(root: string, parts: LookParts): Seen {
  const { type, maxBytes = MAX_FILE_BYTES } = parts
  const path = pathOf(parts, root)
  if (type === 'f' || type === 'F') return lookAtFile(path, type, maxBytes)
  return LOOK[type](path, { root, maxBytes })
}

function lookAtFile(path: string, type: 'f' | 'F', maxBytes: number): Seen {
  return seenFile(type === 'f' ? readRegularFile(path, maxBytes) : readLinkedFile(path, maxBytes))
}

/** What some looks have to know besides the path. */
interface HowToLook {
  /** Absolute path. */
  root: string
  maxBytes: number
}

const LOOK: Record<Exclude<LookType, 'f' | 'F'>, (path: string, how: HowToLook) => Seen> = {
  b: (path, { maxBytes }) => seenFile(readBeginning(path, maxBytes)),
  s: (path, { maxBytes }) => seenSum(sumRegularFile(path, maxBytes)),
  l: (path) => seenNames(namesIn(path)),
  a: (path) => seenEntries(entriesIn(path, 'a')),
  p: (path) => seenEntries(entriesIn(path, 'p')),
  d: (path) => seenEntries(entriesIn(path, 'd')),
  k: (path) => seenWord(kindAt(path)),
  r: (path, { root }) => seenRealPath(realPathOf(path), root),
  t: (path) => seenNames(trackedNames(path)),
}

interface Digest {
  add(seen: Seen): void
  file(path: string, type: 'f' | 'F', maxBytes: number): void
  end(): string
}

function openDigest(): Digest {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  let filled = 0

  function flush(): void {
    hash.update(buffer.subarray(0, filled))
    filled = 0
  }

  function add({ type, content }: Seen): void {
    if (filled + content.length + TRAILER_BYTES > BUFFER_BYTES) flush()
    if (content.length + TRAILER_BYTES > BUFFER_BYTES) {
      hash.update(content)
    } else filled += content.copy(buffer, filled)
    filled = writeTrailer(buffer, filled, type, content.length)
  }

  return {
    add,
    file(path, type, maxBytes) {
      // Room for one byte too many, which tells a file that is too large from one that is just large enough.
      if (filled + maxBytes + 1 + TRAILER_BYTES > BUFFER_BYTES) flush()
      const room = Math.min(maxBytes + 1, BUFFER_BYTES - TRAILER_BYTES)
      const length = readInto(path, type === 'f' ? FLAGS : LINKED_FLAGS, buffer, filled, room)
      if (typeof length === 'number' && length > 0 && length < room) {
        filled = writeTrailer(buffer, filled + length, 'file', length)
      } else {
        // Empty, too large, or no file at all: seldom, and the exact answer costs more.
        add(lookAtFile(path, type, maxBytes))
      }
    },
    end() {
      flush()
      return hash.digest('hex')
    },
  }
}

/**
 * How many bytes were read, up to `room`; undefined if that failed. Nobody asks for the size first, and nobody reads on
 * at the end: both cost more. A file that gives less than was asked for has ended there.
 */
function readInto(path: string, flags: number, buffer: Buffer, at: number, room: number): number | undefined {
  let handle: number | undefined
  try {
    handle = openSync(path, flags)
    return readSync(handle, buffer, at, room, null)
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
