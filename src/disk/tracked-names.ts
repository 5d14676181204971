/** Reads the names that a git repository tracks out of its index, with the shared one that it may build on. */
import { dirname, join } from 'node:path'
import { readGitIndex } from './git-index.ts'
import { readRegularFile } from './safe-read.ts'

/** Largest index that is read: some million names. */
const MAX_INDEX_BYTES = 128 * 1024 * 1024

/**
 * All names, from the top of the repository; none where there is no index yet, and undefined where it cannot be read. What
 * the shared index lists and the other one takes away is among them until git writes a new one.
 */
export function trackedNames(index: string): string[] | undefined {
  const read = readRegularFile(index, MAX_INDEX_BYTES)
  if (!read.ok) return read.reason === 'absent' ? [] : undefined
  const found = readGitIndex(read.bytes)
  if (found?.sharedId === undefined) return found?.names
  const shared = readRegularFile(join(dirname(index), `sharedindex.${found.sharedId}`), MAX_INDEX_BYTES)
  const below = shared.ok ? readGitIndex(shared.bytes) : undefined
  return below && [...new Set([...below.names, ...found.names])].toSorted()
}
