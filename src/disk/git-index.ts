/** The names in the index of a git repository, versions 2 to 4: what is committed, or will be next. */
import { createHash } from 'node:crypto'

/** What an index says. */
export interface GitIndex {
  /** Paths from the top of the repository, with `/`; with one at the end for a folder that is listed only as a whole. */
  names: string[]
  /** The index that this one builds on lies beside it as `sharedindex.<id>`; undefined where it stands alone. */
  sharedId: string | undefined
}

/** Ids of objects are hashes, and the index ends with one of all that stands before. */
const HASHES = [
  { name: 'sha1', bytes: 20 },
  { name: 'sha256', bytes: 32 },
] as const

/** Reads an index; undefined for bytes that are none, are not whole, or say what only a newer git knows. */
export function readGitIndex(bytes: Buffer): GitIndex | undefined {
  for (const hash of HASHES) {
    if (bytes.length < hash.bytes) continue
    const body = bytes.subarray(0, bytes.length - hash.bytes)
    const seal = bytes.subarray(body.length)
    // `index.skipHash` writes none.
    const isSealed =
      seal.every((byte) => byte === 0) || createHash(hash.name).update(body).digest().equals(seal)
    const found = isSealed ? readBody(body, hash.bytes) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

const HEADER_BYTES = 12

function readBody(body: Buffer, idBytes: number): GitIndex | undefined {
  if (body.length < HEADER_BYTES || body.toString('latin1', 0, 4) !== 'DIRC') return undefined
  const version = body.readUInt32BE(4)
  if (version < 2 || version > 4) return undefined
  const names: string[] = []
  let at = HEADER_BYTES
  let before = ''
  for (let left = body.readUInt32BE(8); left > 0; left -= 1) {
    const entry = readEntry(body, at, { version, idBytes, before })
    if (entry === undefined) return undefined
    before = entry.name
    at = entry.end
    // What takes the place of an entry of the shared index has no name of its own.
    if (before !== '') names.push(/^\p{ASCII}*$/u.test(before) ? before : utf8(before))
  }
  const sharedId = readExtensions(body, at, idBytes)
  return sharedId === undefined ? undefined : { names, sharedId: sharedId === '' ? undefined : sharedId }
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8')
}

/** Times, device, inode, mode, owner and size. */
const STAT_BYTES = 40
const EXTENDED = 0x4000
const LENGTH = 0xfff

/** One entry: its name as bytes (latin1), and where the next one begins. */
function readEntry(
  body: Buffer,
  start: number,
  { version, idBytes, before }: { version: number; idBytes: number; before: string },
): { name: string; end: number } | undefined {
  const flagsAt = start + STAT_BYTES + idBytes
  if (flagsAt + 4 > body.length) return undefined
  const flags = body.readUInt16BE(flagsAt)
  const isExtended = (flags & EXTENDED) !== 0
  if (isExtended && version < 3) return undefined
  const restAt = flagsAt + (isExtended ? 4 : 2)
  const cut = version === 4 ? readCut(body, restAt) : { bytes: before.length, end: restAt }
  if (cut === undefined || cut.bytes > before.length) return undefined
  const nul = body.indexOf(0, cut.end)
  if (nul === -1) return undefined
  const name = before.slice(0, before.length - cut.bytes) + body.toString('latin1', cut.end, nul)
  const length = flags & LENGTH
  if (length !== Math.min(name.length, LENGTH)) return undefined
  // Until version 3 one to eight zeros make the length of an entry a multiple of eight.
  return { name, end: version === 4 ? nul + 1 : start + ((nul - start + 8) & ~7) }
}

/** How many bytes of the name before are not those of this one: seven bits a byte, and one more for each further byte. */
function readCut(body: Buffer, start: number): { bytes: number; end: number } | undefined {
  let bytes = 0
  for (let at = start; at < Math.min(body.length, start + 5); at += 1) {
    const byte = body.readUInt8(at)
    bytes = (at === start ? 0 : (bytes + 1) * 128) + (byte & 0x7f)
    if (byte < 0x80) return { bytes, end: at + 1 }
  }
  return undefined
}

/** The id of the shared index, empty for none; undefined where something is said that has to be understood and is not. */
function readExtensions(body: Buffer, start: number, idBytes: number): string | undefined {
  let sharedId = ''
  for (let at = start; at < body.length;) {
    if (at + 8 > body.length) return undefined
    const signature = body.toString('latin1', at, at + 4)
    const end = at + 8 + body.readUInt32BE(at + 4)
    if (end > body.length) return undefined
    if (signature === 'link') {
      if (end < at + 8 + idBytes) return undefined
      const id = body.toString('hex', at + 8, at + 8 + idBytes)
      sharedId = /^0+$/.test(id) ? '' : id
    } else if (signature !== 'sdir' && !/^[A-Z]/.test(signature)) return undefined
    at = end
  }
  return start > body.length ? undefined : sharedId
}
