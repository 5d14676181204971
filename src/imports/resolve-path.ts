/** What a path in a file leads to. */
import type { ImportTarget } from '#model/imports'
import { folderMains } from './file-lookup.ts'
import type { LookupStyle } from './file-lookup.ts'
import { fileTarget } from './installed-file.ts'
import { tidyPath } from './project-path.ts'
import type { Place } from './project-tree.ts'
import type { Project } from './project.ts'
import { isJavaScript } from './asked.ts'
import type { Asked } from './asked.ts'
import { withoutQuery } from './specifier.ts'

/** A path relative to the file; undefined for one from the root of the disk. */
export function resolvePath(
  project: Project,
  asked: Asked,
  path: string | undefined,
): readonly ImportTarget[] {
  if (path === undefined) return [{ kind: 'outside' }]
  const found = spellings(path)
    .map((written) => targetAt(project, asked, joined(asked.folder, written)))
    .filter(({ kind }) => kind !== 'missing')
  return found.length > 0 ? found : [{ kind: 'missing' }]
}

/** As it is written, as bundlers read it, and as Node does: there it is an address, which `?` and `#` end. */
function spellings(path: string): readonly string[] {
  if (!/[?#%]/.test(path)) return [path]
  return [...new Set([path, withoutQuery(path), decoded(path.replace(/(?<=[^/.])[?#].*$/s, ''))])]
}

/** The address of `new URL('./a', import.meta.url)`: a folder may be meant as well as a file. */
export function resolveAddress(project: Project, asked: Asked): readonly ImportTarget[] {
  const { specifier, folder } = asked
  if (/^[a-z][a-z\d+.-]*:/i.test(specifier) || specifier.startsWith('//')) return [{ kind: 'address' }]
  const path = decoded(specifier.replace(/[?#].*$/s, ''))
  if (path === '' || path.startsWith('/')) return [{ kind: path === '' ? 'address' : 'outside' }]
  const found = targetAt(project, asked, joined(folder, path))
  if (found.kind !== 'missing') return [found]
  const place = project.tree.place(tidyPath(joined(folder, path)))
  return [place.kind === 'folder' ? { kind: 'file', path: place.path === '' ? '.' : place.path } : found]
}

/** What stands at a path below the project. */
export function targetAt(
  project: Project,
  asked: Pick<Asked, 'file' | 'folder'>,
  path: string,
): ImportTarget {
  const place = project.lookup(path, styleOf(project, asked))
  if (place.kind === 'file' && project.isSource(place.path)) return { kind: 'file', path: place.path }
  // What is built is not always there, and what it was made of says more.
  for (const built of place.kind === 'file' ? [place.path] : mayBeBuilt(project, tidyPath(path))) {
    const source = project.built.sourceOf(built)
    if (source !== undefined) return { kind: 'file', path: source }
  }
  return targetOf(project, place)
}

/** Built files that a path may mean: one of that name, or, of a folder, what its package.json names. */
function mayBeBuilt({ tree }: Project, path: string): string[] {
  const folder = tree.folder(path)
  const stems = [path, ...(folder.kind === 'folder' ? folderMains(tree, folder.path) : [])]
  return stems.flatMap((stem) => ['', '.js', '/index.js'].map((ending) => stem + ending))
}

/** A place as a target; one in node_modules belongs to a package. */
function targetOf(project: Project, place: Place): ImportTarget {
  if (place.kind === 'outside') return { kind: 'outside' }
  return place.kind === 'file' ? fileTarget(project, place.path) : { kind: 'missing' }
}

/** How paths in a file are looked up. */
export function styleOf(project: Project, { file, folder }: Pick<Asked, 'file' | 'folder'>): LookupStyle {
  const [config] = project.configsFor(folder)
  const suffixes = config?.moduleSuffixes ?? []
  return { typescript: !isJavaScript(file), suffixes: suffixes.length > 0 ? suffixes : [''] }
}

function joined(folder: string, written: string): string {
  const path = /^\.\/[^/.]/.test(written) ? written.slice(2) : written
  return folder === '' ? path : `${folder}/${path}`
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
