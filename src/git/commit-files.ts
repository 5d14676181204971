/** Reads files as they are in a commit, without a checkout: nothing is filtered, converted or executed. */
import { join } from 'node:path'
import type { Disk } from '#disk/disk'
import type { FileBytes } from '#disk/safe-read'
import { MAX_FILE_BYTES } from '#disk/safe-read'
import type { Outcome } from '#model/outcome'
import type { BaseCommit } from './base-commit.ts'
import type { Git } from './git.ts'

/** The part of a disk that reads single files. */
export type FileReader = Pick<Disk, 'file' | 'linkedFile' | 'realPath'>

/** What was asked of a commit and could not be answered by git. */
export interface CommitFiles extends FileReader {
  /** Set once git has failed; every answer since then may be wrong. */
  failure: () => Outcome<never> | undefined
}

interface TreeEntry {
  type: 'file' | 'link' | 'other'
  hash: string
  bytes: number
}

/**
 * The files of a commit, under the paths that they have on disk. `project` is the real path of the project's folder.
 * A link is never followed. Whatever git does not answer counts as absent, and {@link CommitFiles.failure} tells.
 */
export function openCommit(git: Git, { commit, prefix }: BaseCommit, project: string): CommitFiles {
  const top = prefix === '' ? project : project.slice(0, -prefix.length)
  const entries = new Map<string, TreeEntry | undefined>()
  let failed: Outcome<never> | undefined

  function entryAt(path: string): TreeEntry | undefined {
    const place = placeBelow(top, path)
    if (place === undefined) return undefined
    if (!entries.has(place)) entries.set(place, lookUp(place))
    return entries.get(place)
  }

  function lookUp(place: string): TreeEntry | undefined {
    const answer = git(['ls-tree', '-z', '-l', '--full-tree', commit, '--', place])
    if (!answer.ok) failed ??= answer
    if (!answer.ok || answer.value.exitCode !== 0) return undefined
    return parseEntry(answer.value.stdout.toString('utf8'))
  }

  function file(path: string, maxBytes = MAX_FILE_BYTES): FileBytes {
    const entry = entryAt(path)
    if (entry === undefined) return { ok: false, reason: 'absent' }
    if (entry.type !== 'file') return { ok: false, reason: entry.type === 'link' ? 'link' : 'not-a-file' }
    if (entry.bytes > maxBytes) return { ok: false, reason: 'too-large' }
    const answer = git(['cat-file', 'blob', entry.hash])
    if (!answer.ok) failed ??= answer
    if (!answer.ok || answer.value.exitCode !== 0) return { ok: false, reason: 'denied' }
    return { ok: true, bytes: answer.value.stdout }
  }

  return {
    file,
    linkedFile: file,
    realPath: (path) => (path === project || path === top || entryAt(path) !== undefined ? path : undefined),
    failure: () => failed,
  }
}

/** Path below the top of the repository, with `/`; undefined for anything else. */
function placeBelow(top: string, path: string): string | undefined {
  const clean = join(path)
  const root = top.endsWith('/') || top.endsWith('\\') ? top : join(top, '/')
  return clean.startsWith(root) ? clean.slice(root.length).replaceAll('\\', '/') : undefined
}

/** `100644 blob <hash> <bytes>\t<path>\0`. */
function parseEntry(text: string): TreeEntry | undefined {
  const match = /^(\d{6}) (\w+) ([0-9a-f]{40,64}) +(\d+|-)\t/.exec(text)
  if (match === null) return undefined
  const [, mode = '', , hash = '', bytes = ''] = match
  const type = mode === '120000' ? 'link' : mode.startsWith('100') ? 'file' : 'other'
  return { type, hash, bytes: bytes === '-' ? 0 : Number(bytes) }
}
