/** Looks: what was looked at on the disk, spelt so that it can be looked at again, and what was seen, as bytes to hash. */
import type { Hash } from 'node:crypto'
import type { FileBytes } from './safe-read.ts'

/** What stands at a path; a link is not followed. */
export type Kind = 'absent' | 'file' | 'folder' | 'link' | 'other'

/** One entry of a folder. */
export interface Entry {
  name: string
  kind: Exclude<Kind, 'absent'>
}

/**
 * How something is looked at: `f` a file, `F` a file that may be a link, `k` the kind of what is there, `r` its real
 * path; of a folder `l` all entries, `p` those that do not begin with a dot, `d` those that are folders or links.
 */
export type LookType = 'f' | 'F' | 'k' | 'r' | ListType

/** Which entries of a folder are looked at: what nobody asks about may change without a look noticing. */
export type ListType = 'l' | 'p' | 'd'

/** A look: `<type>[<most bytes>]:<path>`, the path absolute or below the project. */
export type Look = string

/** Spells a look. */
export function spellLook(type: LookType, path: string, maxBytes?: number): Look {
  return `${type}${maxBytes ?? ''}:${path}`
}

/** The parts of a look; undefined for text that is none. */
export function readLook(
  look: Look,
): { type: LookType; path: string; maxBytes: number | undefined } | undefined {
  const type = look.charAt(0)
  const colon = look.indexOf(':')
  if (!isLookType(type) || colon < 1) return undefined
  const maxBytes = colon === 1 ? undefined : Number(look.slice(1, colon))
  if (maxBytes !== undefined && !(maxBytes > 0)) return undefined
  return { type, path: look.slice(colon + 1), maxBytes }
}

function isLookType(text: string): text is LookType {
  return text.length === 1 && 'fFkrlpd'.includes(text)
}

/** Hashes what a file held; its length goes first, so that no file can pass for two. */
export function hashFile(hash: Hash, read: FileBytes): void {
  if (!read.ok) hash.update(`x${read.reason}\n`)
  else hash.update(`f${read.bytes.length}\n`).update(read.bytes)
}

/** Hashes what a folder held, sorted; undefined for one that could not be listed. */
export function hashEntries(hash: Hash, entries: readonly Entry[] | undefined): void {
  if (entries === undefined) hash.update('x\n')
  else hash.update(`l${entries.length}\n${entries.map(({ name, kind }) => `${kind} ${name}\0`).join('')}`)
}

/** Hashes a kind, or a real path (undefined where there is none). */
export function hashWord(hash: Hash, word: string | undefined): void {
  hash.update(`${JSON.stringify(word ?? null)}\n`)
}
