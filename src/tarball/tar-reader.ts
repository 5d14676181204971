/** Takes a tar archive apart as it comes, holding no more of it than one header. */
import { readLongName, readPaxRecords } from './pax-records.ts'
import { BLOCK, readHeader } from './tar-header.ts'
import type { TarHeader } from './tar-header.ts'

/** Gets the body of a file in parts; the last one when it is whole. */
export type FileSink = (part: Buffer, isLast: boolean) => void

/** What an archive is read with. */
export interface TarVisitor {
  /** A regular file begins: gives what takes its body, undefined for a file that does not matter, or what is wrong. */
  file(name: string, size: number): FileSink | { flaw: string } | undefined
  /** A folder was named. */
  folder(name: string): { flaw: string } | undefined
}

/** Reads an archive. Both functions say what is wrong as soon as something is; then nothing more may be pushed. */
export interface TarReader {
  push(chunk: Buffer): string | undefined
  finish(): string | undefined
}

/** Entries of any kind, headers of extended names among them: the largest packages have some 50,000 files. */
const MAX_ENTRIES = 250_000
/** Largest body of a header that only says something of the next entry. */
const MAX_META_BYTES = 256 * 1024
/** Longest name: the longest path Linux itself opens. */
const MAX_NAME_LENGTH = 4096

/** What extended headers have said of the next entry. */
interface Announced {
  records?: { path?: string; size?: number }
  longName?: string
  longLink?: true
}

/** Creates a reader. */
export function createTarReader(visitor: TarVisitor): TarReader {
  let rest: Buffer = Buffer.alloc(0)
  let flaw: string | undefined
  let entries = 0
  let zeros = 0
  let announced: Announced = {}
  /** Of the entry that is being read: bytes of its body still to come, and of what fills its last block. */
  let left = 0
  let filling = 0
  let sink: FileSink | undefined

  function push(chunk: Buffer): string | undefined {
    if (flaw !== undefined) return flaw
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    while (at < bytes.length && flaw === undefined) {
      if (left > 0) {
        const part = bytes.subarray(at, at + left)
        at += part.length
        left -= part.length
        sink?.(part, left === 0)
      } else if (filling > 0) {
        const skipped = Math.min(filling, bytes.length - at)
        at += skipped
        filling -= skipped
      } else if (at + BLOCK > bytes.length) break
      else {
        begin(bytes, at)
        at += BLOCK
      }
    }
    // A copy: a part of a large chunk would keep all of it.
    rest = Buffer.from(bytes.subarray(at))
    return flaw
  }

  function begin(bytes: Buffer, at: number): void {
    const header = readHeader(bytes, at)
    if (header === 'zeros') {
      zeros++
      return
    }
    if ('flaw' in header) flaw = header.flaw
    else if (zeros > 0) flaw = 'goes on after its end'
    else if (++entries > MAX_ENTRIES) flaw = `has more than ${MAX_ENTRIES} entries`
    else flaw = isMeta(header) ? beginMeta(header) : beginEntry(header)
    left = header === undefined || 'flaw' in header ? 0 : header.size
    filling = (BLOCK - (left % BLOCK)) % BLOCK
  }

  function beginMeta({ type, size }: TarHeader): string | undefined {
    if (size === 0 || size > MAX_META_BYTES) return 'has extended headers of an impossible size'
    const parts: Buffer[] = []
    sink = (part, isLast) => {
      parts.push(part)
      if (isLast) flaw = announce(type, Buffer.concat(parts))
    }
    return undefined
  }

  function announce(type: TarHeader['type'], body: Buffer): string | undefined {
    const twice = 'says twice what an entry is called'
    if (type === 'long-link') {
      if (announced.longLink) return twice
      announced.longLink = true
      return undefined
    }
    if (type === 'long-name') {
      const longName = readLongName(body)
      if (longName === undefined) return 'has an entry whose name cannot be read'
      if (announced.longName !== undefined) return twice
      announced.longName = longName
      return undefined
    }
    const records = readPaxRecords(body)
    if ('flaw' in records) return records.flaw
    if (type === 'pax-global')
      return records.path === undefined && records.size === undefined
        ? undefined
        : 'has one name or size for all entries'
    if (announced.records !== undefined) return twice
    announced.records = records
    return undefined
  }

  function beginEntry(header: TarHeader): string | undefined {
    const { records = {}, longName } = announced
    announced = {}
    sink = undefined
    if (records.path !== undefined && longName !== undefined) return 'says twice what an entry is called'
    if (records.size !== undefined && records.size !== header.size) return 'says two sizes of an entry'
    const name = records.path ?? longName ?? header.name
    if (name.length > MAX_NAME_LENGTH) return `has a name of more than ${MAX_NAME_LENGTH} characters`
    if (header.type === 'other') return undefined
    if (header.type === 'folder' || name.endsWith('/')) {
      return header.size > 0 ? 'has a body where none can be' : visitor.folder(name)?.flaw
    }
    const taken = visitor.file(name, header.size)
    if (typeof taken === 'object') return taken.flaw
    sink = taken
    if (header.size === 0) taken?.(Buffer.alloc(0), true)
    return undefined
  }

  function finish(): string | undefined {
    if (flaw !== undefined) return flaw
    if (left > 0 || filling > 0 || rest.length > 0 || Object.keys(announced).length > 0) return 'is cut off'
    return undefined
  }

  return { push, finish }
}

function isMeta({ type }: TarHeader): boolean {
  return type !== 'file' && type !== 'folder' && type !== 'other'
}
