/** The ignore rules that a repository has outside of the project's own folders. */
import { basename, dirname, join, relative } from 'node:path'
import type { DiskReader } from '#disk/disk'
import { bytesOf } from './ignore-pattern.ts'
import { readIgnoreRules, saysOf } from './ignore-rules.ts'
import type { IgnoreRules } from './ignore-rules.ts'
import { pathIn } from './repository.ts'
import type { Repository } from './repository.ts'

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
export function rulesAbove(
  project: string,
  repository: Repository | undefined,
  disk: DiskReader,
): RulesAbove[] {
  if (repository === undefined) return []
  const { top } = repository
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
  add(excludeFile(repository, disk), top)
  const folders = foldersBetween(top, project)
  for (const folder of folders) add(join(folder, '.gitignore'), folder)
  return folders.length > 0 && isIgnored(all, relative(top, project).replaceAll('\\', '/')) ? [] : all
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

/** Worktrees share that of the repository that they are of. */
function excludeFile({ top, git }: Repository, disk: DiskReader): string | undefined {
  if (git === undefined) return undefined
  if (git === join(top, '.git')) return join(git, 'info/exclude')
  if (basename(dirname(git)) !== 'worktrees') return undefined
  const common = pathIn(disk, join(git, 'commondir'), git, /^(.+)$/m)
  return common === undefined ? undefined : join(common, 'info/exclude')
}
