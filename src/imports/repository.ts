/** Finds the repository that a folder lies in, and where that keeps what is its own. */
import { dirname, isAbsolute, join } from 'node:path'
import type { DiskReader } from '#disk/disk'

/** A repository with files that are checked out. All paths are absolute. */
export interface Repository {
  /** The folder that has a `.git`. */
  top: string
  /** Where its index lies: `.git`, or what that names where it is a file, as in worktrees and submodules. */
  git: string | undefined
}

/** The repository around a folder; undefined without one. */
export function repositoryAround(folder: string, disk: DiskReader): Repository | undefined {
  for (let top = folder; ; top = dirname(top)) {
    const found = repositoryAt(top, disk)
    if (found !== undefined) return found
    if (top === dirname(top)) return undefined
  }
}

/** The repository whose files begin with this very folder. */
export function repositoryAt(top: string, disk: DiskReader): Repository | undefined {
  const git = join(top, '.git')
  const kind = disk.kind(git)
  if (kind === 'folder') return { top, git }
  return kind === 'file' ? { top, git: pathIn(disk, git, top, /^gitdir: (.+)$/m) } : undefined
}

/** The path that a line of a file names, relative ones being so to `folder`. */
export function pathIn(disk: DiskReader, file: string, folder: string, form: RegExp): string | undefined {
  const read = disk.file(file)
  const path = read.ok ? form.exec(read.bytes.toString('utf8'))?.[1]?.trim() : undefined
  return path === undefined || isAbsolute(path) ? path : join(folder, path)
}
