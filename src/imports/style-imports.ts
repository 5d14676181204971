/** Which packages a file of styles brings along: what it imports is in what ships, although no script names it. */
import { parentOf, below } from '#collectors/tree-location'
import type { ImportTarget } from '#model/imports'
import type { Project } from './project.ts'
import { leadsOut, tidyPath } from './project-path.ts'
import { sortSpecifier } from './specifier.ts'

/** Finds the packages that a file of styles imports, itself or over others. */
export type StylePackages = (path: string) => readonly ImportTarget[]

/** More files behind one file of styles are not read. */
const MAX_FILES = 1_000
const STYLES = /\.(?:css|less|pcss|postcss|sass|scss|styl)$/i
const ENDINGS = ['', '.scss', '.sass', '.css', '.less', '.styl', '/_index.scss', '/index.scss', '/index.css']

/** A finder over a project; each file is read once. */
export function openStyles(project: Project): StylePackages {
  const written = new Map<string, readonly string[]>()
  const known = new Map<string, readonly ImportTarget[]>()

  function writtenIn(path: string): readonly string[] {
    const before = written.get(path)
    if (before !== undefined) return before
    const found = importsOf(project.tree.text(path) ?? '')
    written.set(path, found)
    return found
  }

  function packagesOf(start: string): readonly ImportTarget[] {
    const packages = new Map<string, ImportTarget>()
    const seen = new Set([start])
    for (const path of seen) {
      for (const specifier of writtenIn(path)) {
        const file = fileAt(project, parentOf(path), specifier)
        if (file !== undefined && seen.size < MAX_FILES) seen.add(file)
        const found = file === undefined ? packageOf(project, path, specifier) : undefined
        if (found !== undefined) packages.set(found.name, found)
      }
    }
    return [...packages.values()]
  }

  return (path) => {
    if (!STYLES.test(path)) return []
    const found = known.get(path) ?? packagesOf(path)
    known.set(path, found)
    return found
  }
}

/** Outside of comments; what is named by a variable, or by an address, is no file and no package. */
function importsOf(text: string): string[] {
  const bare = text.replace(/\/\*[^]*?\*\//g, ' ')
  return [...bare.matchAll(IMPORT)].flatMap(([, names = '']) =>
    [...names.matchAll(/(['"])([^'"\n]+)\1|url\(\s*([^'")\s]+)/g)].map(
      ([, , quoted, plain]) => quoted ?? plain ?? '',
    ),
  )
}

/** Sass takes several at once. */
const IMPORT = /@(?:import|use|forward|reference)\b([^;\n{}]*)/g

/** A file of the project: styles say `a.css` for what scripts call `./a.css`. */
function fileAt({ tree }: Project, folder: string, specifier: string): string | undefined {
  const path = tidyPath(below(folder, specifier.replace(/\?.*$/s, '')))
  if (leadsOut(path)) return undefined
  const partial = below(parentOf(path), `_${path.slice(path.lastIndexOf('/') + 1)}`)
  for (const ending of [path, partial].flatMap((stem) => ENDINGS.map((added) => stem + added))) {
    const place = tree.place(ending)
    if (place.kind === 'file' && !place.path.split('/').includes('node_modules')) return place.path
  }
  return undefined
}

/** Sass and Less have folders of their own to look in: only what is declared is sure to be a package. */
function packageOf(
  project: Project,
  path: string,
  specifier: string,
): Extract<ImportTarget, { kind: 'package' }> | undefined {
  const [, name = ''] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(specifier) ?? []
  const sorted = sortSpecifier(name === '' ? specifier.replace(/^(?:~|pkg:)/, '') : name)
  if (sorted.kind !== 'package' || project.specOf(project.owner(parentOf(path)), sorted.name) === undefined)
    return undefined
  return { kind: 'package', name: sorted.name, subpath: sorted.subpath, inStyle: path }
}
