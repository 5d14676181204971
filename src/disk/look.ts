/** Looks: what was looked at on the disk, spelt so that it can be looked at again, and what was seen, as bytes to hash. */
import { isAbsolute } from 'node:path'
import type { FileSum } from './file-sum.ts'
import type { FileBytes } from './safe-read.ts'

/** What stands at a path; a link is not followed. */
export type Kind = 'absent' | 'file' | 'folder' | 'link' | 'other'

/** One entry of a folder. */
export interface Entry {
  name: string
  kind: Exclude<Kind, 'absent'>
}

/**
 * How something is looked at: `f` a file, `F` a file that may be a link, `b` the beginning of a file, `s` its hash, `k` the kind of what is there, `r` its real
 * path, `t` the names in an index of git's; of a folder `l` all names, `a` all entries, `p` those that do not begin with a dot, `d` those that are folders or links.
 */
export type LookType = 'f' | 'F' | 'b' | 's' | 'k' | 'r' | 't' | 'l' | EntriesType

/** Which entries of a folder are looked at: what nobody asks about may change without a look noticing. */
export type EntriesType = 'a' | 'p' | 'd'

/** A look: `<type>[<most bytes>]:<path>`, the path absolute or below the project. */
export type Look = string

/** Spells a look. */
export function spellLook(type: LookType, path: string, maxBytes?: number): Look {
  return `${type}${maxBytes ?? ''}:${path}`
}

/** A look, taken apart. */
export interface LookParts {
  type: LookType
  path: string
  maxBytes: number | undefined
}

/** The absolute path of a look; `root` is the folder that relative ones lie in. */
export function pathOf({ path }: LookParts, root: string): string {
  return isAbsolute(path) ? path : `${root}/${path}`
}

/** The parts of a look; undefined for text that is none. */
export function readLook(look: Look): LookParts | undefined {
  const type = look.charAt(0)
  const colon = look.indexOf(':')
  if (!isLookType(type) || colon < 1) return undefined
  const maxBytes = colon === 1 ? undefined : Number(look.slice(1, colon))
  if (maxBytes !== undefined && !(maxBytes > 0)) return undefined
  return { type, path: look.slice(colon + 1), maxBytes }
}

function isLookType(text: string): text is LookType {
  return text.length === 1 && 'fFbskrtlapd'.includes(text)
}

/** What was seen: content, and what kind of content it is. */
export interface Seen {
  type: 'file' | 'no-file' | 'sum' | 'names' | 'entries' | 'word' | 'nothing'
  content: Buffer
}

/** What a look at a file saw. */
export function seenFile(read: FileBytes): Seen {
  return read.ok
    ? { type: 'file', content: read.bytes }
    : { type: 'no-file', content: Buffer.from(read.reason) }
}

/** What a look at the hash of a file saw. */
export function seenSum(sum: FileSum): Seen {
  if (!sum.ok) return seenFile(sum)
  return { type: 'sum', content: Buffer.from(sum.sha256, 'latin1') }
}

/** What a look at the names in a folder saw; undefined for one that could not be listed. */
export function seenNames(names: readonly string[] | undefined): Seen {
  if (names === undefined) return { type: 'nothing', content: Buffer.alloc(0) }
  return { type: 'names', content: Buffer.from(names.join('\0')) }
}

/** What a look at the entries of a folder saw. */
export function seenEntries(entries: readonly Entry[] | undefined): Seen {
  if (entries === undefined) return { type: 'nothing', content: Buffer.alloc(0) }
  return {
    type: 'entries',
    content: Buffer.from(entries.map(({ name, kind }) => `${kind} ${name}`).join('\0')),
  }
}

/**
 * What a look at a real path saw; undefined where there is none. Inside `root` (absolute) it is seen from there: a
 * folder that lies elsewhere with all that is in it looks the same.
 */
export function seenRealPath(real: string | undefined, root: string): Seen {
  if (real === root) return seenWord('.')
  return seenWord(real?.startsWith(`${root}/`) === true ? `.${real.slice(root.length)}` : real)
}

/** What a look at a kind saw; undefined where there is none. */
export function seenWord(word: string | undefined): Seen {
  return { type: 'word', content: Buffer.from(JSON.stringify(word ?? null)) }
}

/**
 * What goes into the digest behind a content: its type and length. Behind and not before it, because a file is hashed
 * while it is read; read from the end, the bytes still fall into contents in only one way.
 */
export function trailer(type: Seen['type'], length: number): Buffer {
  const bytes = Buffer.alloc(TRAILER_BYTES)
  writeTrailer(bytes, 0, type, length)
  return bytes
}

/** Writes a {@link trailer} into bytes; gives the place behind it. */
export function writeTrailer(bytes: Buffer, at: number, type: Seen['type'], length: number): number {
  return bytes.writeDoubleBE(length, bytes.writeUInt8(TYPE_CODE[type], at))
}

/** Length of a {@link trailer}. */
export const TRAILER_BYTES = 9

const TYPE_CODE: Record<Seen['type'], number> = {
  file: 1,
  'no-file': 2,
  names: 3,
  entries: 4,
  word: 5,
  nothing: 6,
  sum: 7,
}
