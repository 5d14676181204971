/** Which file of the project a key of `exports` or `imports` of one of its own packages means. */
import { own } from '#collectors/json-text'
import { below } from '#collectors/tree-location'
import type { LookupStyle } from './file-lookup.ts'
import { targetsFor } from './package-targets.ts'
import type { KeyTarget } from './package-targets.ts'
import { tidyPath } from './project-path.ts'
import type { Project } from './project.ts'

/** Something that a key means. */
export type KeyMeaning =
  | { path: string }
  /** The specifier of another package. */
  | { specifier: string }
  /** The field has no such key, or nothing stands where it leads. */
  | 'missing'
  /** There is no such field. */
  | 'no-field'

/** How exact paths are looked up: TypeScript writes `.js` for what it has as `.ts` here too. */
const STYLE: LookupStyle = { typescript: true, suffixes: [''] }

/**
 * What a key means in a package at `location`. Of all conditions that hold the first whose file is a source file or is
 * made of one; then the same without regard to conditions, because whoever builds may have set others; then the first
 * file that is there at all.
 */
export function meaningOf(
  project: Project,
  location: string,
  { field, key }: { field: unknown; key: string },
  conditions: ReadonlySet<string>,
): KeyMeaning {
  if (field === undefined || field === null) return 'no-field'
  const targets = targetsFor(field, key, conditions) ?? []
  for (const wanted of [true, false]) {
    for (const { target, active } of targets) {
      if (active !== wanted) continue
      const path = pathOf(target, location)
      if (path !== undefined) {
        const source = sourceAt(project, path)
        if (source !== undefined) return { path: source }
      } else if (active && isSpecifier(target)) return { specifier: target }
    }
  }
  return firstFile(project, location, targets)
}

/**
 * What else a key may mean where other conditions hold, as far as that is no file of the package: bundlers set conditions
 * of their own (`browser`), and then it is another package that is loaded.
 */
export function otherSpecifiers(
  { field, key }: { field: unknown; key: string },
  conditions: ReadonlySet<string>,
): string[] {
  const targets = targetsFor(field, key, conditions) ?? []
  return targets.filter(({ target, aside }) => !aside && isSpecifier(target)).map(({ target }) => target)
}

/** The file that a package's `main` or a path into it means, where it has no `exports`. */
export function fileIn(project: Project, location: string, subpath: string): string | undefined {
  const place = project.lookup(below(location, subpath === '' ? '.' : subpath), STYLE)
  if (place.kind === 'file' && project.isSource(place.path)) return place.path
  const paths = subpath === '' ? mainsOf(project, location) : [below(location, subpath)]
  for (const path of paths) {
    for (const ending of ['', '.js', '/index.js']) {
      const source = project.built.sourceOf(path + ending)
      if (source !== undefined) return source
    }
  }
  return place.kind === 'file' ? place.path : undefined
}

/** The source file at a path, or the one that it is made of. */
export function sourceAt(project: Project, path: string): string | undefined {
  const place = project.lookup(path, STYLE)
  return place.kind === 'file' && project.isSource(place.path) ? place.path : project.built.sourceOf(path)
}

function firstFile(project: Project, location: string, targets: readonly KeyTarget[]): KeyMeaning {
  for (const { target } of targets.toSorted((a, b) => Number(b.active) - Number(a.active))) {
    const path = pathOf(target, location)
    const place = path === undefined ? undefined : project.lookup(path, STYLE)
    if (place?.kind === 'file') return { path: place.path }
  }
  return 'missing'
}

function mainsOf(project: Project, location: string): string[] {
  const record = project.packages.find((found) => found.location === location)?.record ?? {}
  return ['module', 'main', 'types', 'typings'].flatMap((field) => {
    const value = own(record, field)
    return typeof value === 'string' ? [tidyPath(below(location, value))] : []
  })
}

/** Undefined for what is no path inside the package. */
function pathOf(target: string, location: string): string | undefined {
  if (!target.startsWith('./')) return undefined
  const path = tidyPath(below(location, target))
  return location === '' || path.startsWith(`${location}/`) ? path : undefined
}

function isSpecifier(target: string): boolean {
  return !/^(?:\.{0,2}\/|\.{1,2}$|$|#)/.test(target)
}
