/** Reads what cacache has written without loading it, which takes longer than a warm run has. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bucketPath, contentPathOf } from './cacache-layout.ts'

/** What the index says of a key. */
export interface IndexEntry {
  /** `sha512-` and base64. */
  integrity: string
  /** Absolute path of the content. */
  path: string
}

/** What our own writing leaves in the index. Anything else could lead a removal to a path that is not a content. */
const INTEGRITY = /^sha512-([A-Za-z0-9+/]{86}==)$/

/**
 * The entry of a key in a cacache folder: of its bucket the last line that is whole; undefined if there is none. Throws
 * what the file system throws, and a TypeError for an entry that is none of ours.
 */
export async function readIndexEntry(root: string, key: string): Promise<IndexEntry | undefined> {
  const text = await readFile(join(root, ...bucketPath(key)), 'utf8')
  let found: unknown
  for (const line of text.split('\n')) {
    const entry = entryIn(line)
    if (entry !== undefined && entry['key'] === key) found = entry['integrity']
  }
  // A removal is an entry without integrity.
  if (found === undefined || found === null || found === '') return undefined
  const digest = typeof found === 'string' ? INTEGRITY.exec(found)?.[1] : undefined
  if (typeof found !== 'string' || digest === undefined) throw new TypeError('not an integrity of ours')
  const path = join(root, ...contentPathOf(Buffer.from(digest, 'base64')))
  return { integrity: found, path }
}

/** The content of an entry. Throws what the file system throws, and a TypeError where it was altered. */
export async function readContent({ integrity, path }: IndexEntry): Promise<Buffer> {
  const bytes = await readFile(path)
  if (`sha512-${createHash('sha512').update(bytes).digest('base64')}` !== integrity)
    throw new TypeError('not the content of this entry')
  return bytes
}

/** `<sha1 of the JSON>\t<JSON>`; undefined for a line that was cut or altered. */
function entryIn(line: string): Record<string, unknown> | undefined {
  const [hash, json] = line.split('\t')
  if (json === undefined || createHash('sha1').update(json).digest('hex') !== hash) return undefined
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch {
    return undefined
  }
}
