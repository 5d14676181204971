/** Finds the source files of a project: what git overlooks is left out, and so is what belongs to another repository. */
import { join, relative } from 'node:path'
import { below, parentOf } from '#collectors/tree-location'
import type { DiskReader } from '#disk/disk'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { bytesOf } from './ignore-pattern.ts'
import { readIgnoreRules, saysOf, weightOf } from './ignore-rules.ts'
import type { IgnoreRules } from './ignore-rules.ts'
import { isTsConfig } from './nearest-tsconfig.ts'
import type { ProjectTree } from './project-tree.ts'
import { rulesAbove } from './repository-rules.ts'
import { repositoryAround, repositoryAt } from './repository.ts'
import type { Repository } from './repository.ts'
import { isToolFile } from './tool-use.ts'
import { NOTHING_TRACKED, openTracked } from './tracked-files.ts'
import type { TrackedFiles } from './tracked-files.ts'

/** What was found; all paths below the project, sorted. */
export interface Discovered {
  sources: string[]
  /** Files that may say which packages are used. */
  configuration: string[]
  /** Folders that could not be listed: nobody knows what is in them. */
  unlisted: string[]
  /** Indexes of repositories that could not be read: nobody knows which of the ignored files are tracked. */
  unreadIndexes: string[]
}

/** What is walked, and how long. */
export interface Walk {
  /** Real path of the project's folder. */
  project: string
  disk: DiskReader
  tree: ProjectTree
  /** Locations of the project's own packages: they are walked even where they are repositories of their own. */
  own: readonly string[]
  /** Asked now and then; false ends the walk. */
  goOn: () => boolean
}

/** Most source files and folders of a project. */
const MAX_SOURCES = 100_000
const MAX_FOLDERS = 100_000
/** So much work may be done between two questions whether to go on: bytes of patterns, and so many for an entry. */
const ASK_EVERY = 16_384
const WORK_OF_ENTRY = 256

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|astro)$/i

/** Rules of one file; paths are given to it without what stands before, and with what it needs before. */
interface RuleLayer {
  rules: IgnoreRules
  strip: number
  prefix: string
  weight: number
}

interface Folder {
  path: string
  layers: readonly RuleLayer[]
  tracked: TrackedFiles
  /** All in it is, but for what is tracked. */
  isIgnored: boolean
}

/** Walks the project. Links are not followed, so that no loop can form. */
export function discover({ project, disk, tree, own, goOn }: Walk): Outcome<Discovered> {
  const found: Discovered = { sources: [], configuration: [], unlisted: [], unreadIndexes: [] }
  const around = repositoryAround(project, disk)
  const outer = rulesAbove(project, around, disk).map(({ rules, prefix }): RuleLayer => ({
    rules,
    prefix,
    strip: 0,
    weight: weightOf(rules),
  }))
  const holdsOwn = foldersAbove(own)
  const trackedBy = (repository: Repository | undefined): TrackedFiles =>
    trackedIn(repository, project, disk, (index) => found.unreadIndexes.push(index))
  const open: Folder[] = [{ path: '', layers: outer, tracked: trackedBy(around), isIgnored: false }]
  let folders = 0
  let work = 0
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = tree.entries(folder.path)
    if (entries === undefined) {
      found.unlisted.push(folder.path)
      continue
    }
    const isRepository = folder.path !== '' && entries.some(({ name }) => name === '.git')
    if (isRepository && !holdsOwn.has(folder.path)) continue
    folders += 1
    const tracked = isRepository ? trackedBy(repositoryAt(`${project}/${folder.path}`, disk)) : folder.tracked
    const layers = entries.some(({ name, kind }) => name === '.gitignore' && kind === 'file')
      ? [...folder.layers, rulesOf(tree, folder.path)]
      : folder.layers
    const weight = layers.reduce((sum, layer) => sum + layer.weight, 0)
    for (const { name, kind } of entries) {
      work += WORK_OF_ENTRY
      if (work >= ASK_EVERY) {
        if (!goOn()) return fail('deadline', 'The time was over before all source files were found.')
        work = 0
      }
      const isFolder = kind === 'folder'
      const isSource = kind === 'file' && SOURCE.test(name)
      const isConfiguration = kind === 'file' && (isToolFile(name) || isTsConfig(name))
      if (isFolder ? name === 'node_modules' || name === '.git' : !isSource && !isConfiguration) continue
      const path = below(folder.path, name)
      work += weight
      const isOut = folder.isIgnored || isIgnored(layers, path, isFolder)
      if (isOut && !(isFolder ? tracked.hasBelow(path) : tracked.has(path))) continue
      if (isFolder) open.push({ path, layers, tracked, isIgnored: isOut })
      if (isSource) found.sources.push(path)
      if (isConfiguration) found.configuration.push(path)
    }
    if (found.sources.length > MAX_SOURCES || folders + open.length > MAX_FOLDERS)
      return fail('too-many-files', `The project has more than ${MAX_SOURCES} source files or folders.`, {
        fix: 'Let git ignore what is no source of the project.',
      })
  }
  found.sources.sort()
  found.configuration.sort()
  found.unlisted.sort()
  return ok(found)
}

/** What a repository tracks of the project. */
function trackedIn(
  repository: Repository | undefined,
  project: string,
  disk: DiskReader,
  onUnreadable: (index: string) => void,
): TrackedFiles {
  if (repository?.git === undefined) return NOTHING_TRACKED
  const { top, git } = repository
  const isInside = top.startsWith(`${project}/`)
  const tracking = {
    index: join(git, 'index'),
    ...(isInside
      ? { prefix: '', folder: `${slashed(relative(project, top))}/` }
      : { prefix: top === project ? '' : `${slashed(relative(top, project))}/`, folder: '' }),
  }
  return openTracked(disk, tracking, () => onUnreadable(slashed(relative(project, join(top, '.git/index')))))
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/')
}

/** The last rule that says something decides; deeper files come later. */
function isIgnored(layers: readonly RuleLayer[], path: string, isFolder: boolean): boolean {
  if (layers.length === 0) return false
  const bytes = bytesOf(path)
  for (const { rules, strip, prefix } of layers.toReversed()) {
    const says = saysOf(rules, strip === 0 ? prefix + bytes : bytes.slice(strip), isFolder)
    if (says !== undefined) return says
  }
  return false
}

function rulesOf(tree: ProjectTree, folder: string): RuleLayer {
  const rules = readIgnoreRules(tree.text(below(folder, '.gitignore')) ?? '')
  const strip = folder === '' ? 0 : bytesOf(folder).length + 1
  return { rules, strip, prefix: '', weight: weightOf(rules) }
}

function foldersAbove(locations: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>()
  for (const location of locations) {
    for (let at = location; at !== '' && !all.has(at); at = parentOf(at)) all.add(at)
  }
  return all
}
