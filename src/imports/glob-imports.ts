/** What `import.meta.glob` and `require.context` lead to: each file that is there and that their pattern means. */
import { below, parentOf } from '#collectors/tree-location'
import { globProblem, matchesGlob } from '#model/glob'
import type { ImportTarget } from '#model/imports'
import { fileTarget } from './installed-file.ts'
import { leadsOut, tidyPath } from './project-path.ts'
import type { Project } from './project.ts'

/** Finds the targets of a pattern in a file, given by its path below the project. */
export type GlobTargets = (file: string, pattern: string) => readonly ImportTarget[]

/** More entries than this below a pattern's folder, and nobody looks through them all. */
const MAX_ENTRIES = 10_000
/** What other tools read as more than a character. */
const OTHER_SIGNS = /[[\]()\\]/
const WILD = /[*?{]/
/** Folders that these tools leave out. */
const OVERLOOKED: ReadonlySet<string> = new Set(['node_modules', '.git'])
const UNKNOWN: readonly ImportTarget[] = [{ kind: 'unknown' }]

/** A finder over a project. What cannot be known (an alias, signs that tools read differently) is `unknown`. */
export function openGlobs(project: Project): GlobTargets {
  const known = new Map<string, readonly ImportTarget[]>()
  return (file, pattern) => {
    const path = pathOf(project, parentOf(file), pattern)
    if (path === undefined) return UNKNOWN
    const found = known.get(path) ?? targetsBelow(project, path)
    known.set(path, found)
    // Nobody imports itself by what stands for its neighbours.
    return found.filter((target) => target.kind !== 'file' || target.path !== file)
  }
}

/** The pattern below the project. One that begins with `/` is read from the own package, as its tools do. */
function pathOf(project: Project, folder: string, pattern: string): string | undefined {
  if (OTHER_SIGNS.test(pattern)) return undefined
  if (/^\.{1,2}\//.test(pattern)) return tidyPath(below(folder, pattern))
  if (pattern.startsWith('/')) return tidyPath(below(project.owner(folder).location, pattern.slice(1)))
  return undefined
}

function targetsBelow(project: Project, pattern: string): readonly ImportTarget[] {
  const { tree } = project
  if (leadsOut(pattern)) return [{ kind: 'outside' }]
  if (globProblem(pattern) !== undefined) return UNKNOWN
  const segments = pattern.split('/')
  const fixed = segments.slice(
    0,
    segments.findIndex((segment, at) => WILD.test(segment) || at === segments.length - 1),
  )
  const start = tree.place(fixed.join('/'))
  if (start.kind === 'outside') return [{ kind: 'outside' }]
  if (start.kind !== 'folder') return []
  const rest = segments.slice(fixed.length)
  const isMeant = matchesGlob([below(start.path, rest.join('/'))])
  const depth = rest.includes('**') ? Infinity : rest.length
  return filesBelow(project, { path: start.path, depth }, isMeant) ?? UNKNOWN
}

/** A folder, and how many names a path below it may have. */
interface Start {
  path: string
  depth: number
}

/** Undefined where not all of them can be known. */
function filesBelow(
  project: Project,
  start: Start,
  isMeant: (path: string) => boolean,
): ImportTarget[] | undefined {
  const { tree } = project
  const found = new Map<string, ImportTarget>()
  const open = [start]
  let entries = 0
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const listed = tree.entries(folder.path)
    entries += listed?.length ?? Infinity
    if (listed === undefined || entries > MAX_ENTRIES) return undefined
    for (const { name, kind } of listed) {
      const path = below(folder.path, name)
      const isDeeper = folder.depth > 1 && !OVERLOOKED.has(name)
      // A link may lead anywhere, and back.
      if (kind === 'link' && (isMeant(path) || (isDeeper && tree.place(path).kind !== 'file')))
        return undefined
      if (kind === 'folder' && isDeeper) open.push({ path, depth: folder.depth - 1 })
      if (kind !== 'file' || !isMeant(path)) continue
      const target = fileTarget(project, path)
      // One of many files of a package is enough to say that it is used.
      found.set(target.kind === 'package' ? target.name : path, target)
    }
  }
  return [...found.values()]
}
