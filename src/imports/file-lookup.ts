/** Finds the file that a path without a certain extension means, by the rules of TypeScript, Node and bundlers. */
import { own, isRecord, parseJsonText } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import { leadsOut, tidyPath } from './project-path.ts'
import type { Place, ProjectTree } from './project-tree.ts'

/** How a path is looked up. */
export interface LookupStyle {
  /** For an importing file that TypeScript compiles, `./a.js` means `a.ts` first; elsewhere `a.js` if it is there. */
  typescript: boolean
  /** What may stand before the extension, as TypeScript's `moduleSuffixes`: `.ios`, empty for nothing. */
  suffixes: readonly string[]
}

/** Looks up paths below the project; `..` may lead out of it. */
export type FileLookup = (path: string, style: LookupStyle) => Place

/** Lookups in a tree. Each path is looked up once in a style. */
export function openLookup(tree: ProjectTree): FileLookup {
  const known = new Map<string, Place>()
  return (path, style) => {
    const key = `${style.typescript ? 't' : 'j'}${style.suffixes.join()}\0${path}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = lookUp(tree, path, style)
    known.set(key, found)
    return found
  }
}

const ABSENT: Place = { kind: 'absent' }

function lookUp(tree: ProjectTree, given: string, style: LookupStyle): Place {
  const path = tidyPath(given)
  if (leadsOut(path)) return { kind: 'outside' }
  const isFolder = /(?:^|\/)\.{0,2}$/.test(given)
  if (!isFolder) {
    const file = fileAt(tree, path, style)
    if (file !== undefined) return file
  }
  const place = tree.place(path)
  return place.kind === 'folder'
    ? folderAt(tree, place.path, style)
    : place.kind === 'outside'
      ? place
      : ABSENT
}

/** What is tried behind a path without extension. */
const ADDED =
  '.ts .tsx .mts .cts .js .jsx .mjs .cjs .d.ts .d.mts .d.cts .json .vue .svelte .astro .node'.split(' ')

/** What may be written for what: `./a.js` in a program whose `a.ts` becomes `a.js`. The first that is there is meant. */
interface Written {
  ending: string
  /** What may stand in its place, for a program of TypeScript's and for others. */
  typescript: readonly string[]
  javascript: readonly string[]
}

const WRITTEN: readonly Written[] = [
  written('.js', ['.ts', '.tsx'], '.d.ts'),
  written('.jsx', ['.tsx'], '.d.ts'),
  written('.mjs', ['.mts'], '.d.mts'),
  written('.cjs', ['.cts'], '.d.cts'),
]
const ANYTHING = written('', [], '')

function written(ending: string, sources: readonly string[], declared: string): Written {
  const rest = [...(declared === '' ? [] : [declared]), ...ADDED.map((added) => ending + added)]
  return { ending, typescript: [...sources, ending, ...rest], javascript: [ending, ...sources, ...rest] }
}

function fileAt(tree: ProjectTree, path: string, { typescript, suffixes }: LookupStyle): Place | undefined {
  const folder = tree.folder(parentOf(path))
  if (folder.kind !== 'folder') return folder.kind === 'outside' ? folder : undefined
  const kindOf = tree.kindsIn(folder.path)
  const name = path.slice(path.lastIndexOf('/') + 1)
  const found = WRITTEN.find(({ ending }) => name.endsWith(ending)) ?? ANYTHING
  const stem = name.slice(0, name.length - found.ending.length)
  for (const ending of typescript ? found.typescript : found.javascript) {
    for (const suffix of suffixes) {
      const candidate = suffix === '' ? stem + ending : withSuffix(stem + ending, suffix)
      const kind = kindOf(candidate)
      if (kind === 'file') return { kind, path: below(folder.path, candidate) }
      const place = kind === 'link' ? tree.place(below(folder.path, candidate)) : undefined
      if (place?.kind === 'file' || place?.kind === 'outside') return place
    }
  }
  return undefined
}

function withSuffix(path: string, suffix: string): string {
  return path.replace(/((?:\.d)?\.\w+)?$/, `${suffix}$1`)
}

/** What a folder's package.json says that it is, or its index. */
function folderAt(tree: ProjectTree, folder: string, style: LookupStyle): Place {
  for (const path of folderMains(tree, folder)) {
    const found = fileAt(tree, path, style) ?? fileAt(tree, `${path}/index`, style)
    if (found !== undefined) return found
  }
  return fileAt(tree, below(folder, 'index'), style) ?? ABSENT
}

/** The paths that a folder's package.json says it stands for, below the project, whether or not they are there. */
export function folderMains(tree: ProjectTree, folder: string): string[] {
  const manifest = below(folder, 'package.json')
  if (tree.place(manifest).kind !== 'file') return []
  const parsed = parseJsonText(tree.text(manifest) ?? '')
  if (!parsed.ok || !isRecord(parsed.value)) return []
  const { value } = parsed
  return ['module', 'main', 'types', 'svelte'].flatMap((field) => {
    const main = own(value, field)
    if (typeof main !== 'string' || main === '') return []
    const path = tidyPath(below(folder, main))
    return path !== '' && !leadsOut(path) && path.startsWith(folder === '' ? '' : `${folder}/`) ? [path] : []
  })
}
