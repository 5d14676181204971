/** Where cacache keeps what, needed to look at a file's type, size and mode before cacache opens it. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** Folder of the index inside a cacache folder. */
export const INDEX_FOLDER = 'index-v5'
/** Folder of the contents inside a cacache folder. */
export const CONTENT_FOLDER = 'content-v2'
/** Folder of unfinished contents inside a cacache folder. */
export const TEMPORARY_FOLDER = 'tmp'

/** Folders and file of a key's index bucket or of a content, outermost folder first, the file last. */
export function bucketPath(key: string): string[] {
  return [INDEX_FOLDER, ...segments(createHash('sha256').update(key).digest('hex'))]
}

/** The same for the content with this sha512. */
export function contentPath(bytes: Uint8Array): string[] {
  return contentPathOf(createHash('sha512').update(bytes).digest())
}

/** The same for a sha512 itself. */
export function contentPathOf(sha512: Buffer): string[] {
  return [CONTENT_FOLDER, 'sha512', ...segments(sha512.toString('hex'))]
}

/** `[root/a, root/a/b, root/a/b/c]` for `[a, b, c]`. */
export function prefixes(root: string, parts: readonly string[]): string[] {
  return parts.map((_part, index) => join(root, ...parts.slice(0, index + 1)))
}

function segments(hash: string): string[] {
  return [hash.slice(0, 2), hash.slice(2, 4), hash.slice(4)]
}
