/** The ignore rules that a repository has outside of the project's own folders. */
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import type { DiskReader } from '#disk/disk'
import { bytesOf } from './ignore-pattern.ts'
import { readIgnoreRules, saysOf } from './ignore-rules.ts'
import type { IgnoreRules } from './ignore-rules.ts'

/** The rules of one file, and how paths below the project are written from its folder. */
export interface RulesAbove {
  rules: IgnoreRules
  /** Goes before a path below the project; bytes, empty or with a slash at the end. */
  prefix: string
}

/**
 * The rules that apply before those of the project's own .gitignore, the weakest first: of `.git/info/exclude`, and of
 * .gitignore files between the top of the repository and the project. None without a repository, and none where the
 * repository ignores the project as a whole. `project` is a real path.
 */
export function rulesAbove(project: string, disk: DiskReader): RulesAbove[] {
  const top = topOf(project, disk)
  if (top === undefined) return []
  const all: RulesAbove[] = []
  const add = (file: string | undefined, folder: string): void => {
    const read = file === undefined ? undefined : disk.linkedFile(file)
    if (read?.ok !== true) return
    const path = relative(folder, project).replaceAll('\\', '/')
    all.push({
      rules: readIgnoreRules(read.bytes.toString('utf8')),
      prefix: path === '' ? '' : bytesOf(`${path}/`),
    })
  }
  add(excludeFile(top, disk), top)
  const folders = foldersBetween(top, project)
  for (const folder of folders) add(join(folder, '.gitignore'), folder)
  return folders.length > 0 && isIgnored(all, relative(top, project).replaceAll('\\', '/')) ? [] : all
}

function topOf(project: string, disk: DiskReader): string | undefined {
  for (let folder = project; ; folder = dirname(folder)) {
    const kind = disk.kind(join(folder, '.git'))
    if (kind === 'folder' || kind === 'file') return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** From the top on, without the project itself. */
function foldersBetween(top: string, project: string): string[] {
  const folders: string[] = []
  for (let folder = project; folder !== top;) {
    folder = dirname(folder)
    folders.push(folder)
  }
  return folders.toReversed()
}

/** Whether the project, or a folder it lies in, is ignored. All rules have a prefix that ends with the project's path. */
function isIgnored(all: readonly RulesAbove[], project: string): boolean {
  const names = bytesOf(project).split('/')
  return names.some((_name, at) => {
    const behind = names.slice(at + 1).join('/')
    const said = all.toReversed().map(({ rules, prefix }) => {
      const path = prefix.slice(0, prefix.length - 1 - (behind === '' ? 0 : behind.length + 1))
      return path === '' || path === '/' ? undefined : saysOf(rules, path, true)
    })
    return said.find((says) => says !== undefined) === true
  })
}

/** A worktree's `.git` is a file that says where its folder is, and that says where the common one is. */
function excludeFile(top: string, disk: DiskReader): string | undefined {
  const git = join(top, '.git')
  if (disk.kind(git) === 'folder') return join(git, 'info/exclude')
  const folder = pathIn(disk, git, top, /^gitdir: (.+)$/m)
  if (folder === undefined || basename(dirname(folder)) !== 'worktrees') return undefined
  const common = pathIn(disk, join(folder, 'commondir'), folder, /^(.+)$/m)
  return common === undefined ? undefined : join(common, 'info/exclude')
}

function pathIn(disk: DiskReader, file: string, folder: string, form: RegExp): string | undefined {
  const read = disk.file(file)
  const path = read.ok ? form.exec(read.bytes.toString('utf8'))?.[1]?.trim() : undefined
  return path === undefined || isAbsolute(path) ? path : join(folder, path)
}
