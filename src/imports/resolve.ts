/** What a specifier in a file leads to. */
import { dirname, join } from 'node:path/posix'
import type { ImportForm, ImportTarget } from '#model/imports'
import { openLookup } from './file-lookup.ts'
import type { LookupStyle } from './file-lookup.ts'
import { ownerOf } from './own-packages.ts'
import type { OwnManifest } from './own-packages.ts'
import type { Place, ProjectTree } from './project-tree.ts'
import { sortSpecifier, withoutQuery } from './specifier.ts'

/** An import as far as it decides where it leads. */
export interface Asked {
  specifier: string | null
  form: ImportForm
  typeOnly: boolean
}

/** Finds targets. */
export type Resolve = (file: string, asked: Asked) => ImportTarget

/** A resolver over a project. What was asked in a folder once is known. */
export function openResolver(tree: ProjectTree, packages: readonly OwnManifest[]): Resolve {
  const lookup = openLookup(tree)
  const owner = ownerOf(packages)
  const byName = new Map(packages.filter(({ name }) => name !== '').map((found) => [found.name, found]))
  const known = new Map<string, ImportTarget>()

  return (file, { specifier, form, typeOnly }) => {
    if (specifier === null) return { kind: 'unknown' }
    const folder = dirname(file) === '.' ? '' : dirname(file)
    const key = `${folder}\0${/\.[cm]?tsx?$/.test(file)}\0${form}\0${typeOnly}\0${specifier}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = resolve(folder, file, specifier)
    known.set(key, found)
    return found
  }

  function resolve(folder: string, file: string, specifier: string): ImportTarget {
    const style: LookupStyle = { typescript: !/\.[cm]?jsx?$/.test(file), suffixes: [''] }
    const sorted = sortSpecifier(specifier)
    if (sorted.kind === 'path') {
      const found = lookup(`${folder}/${specifier}`.replace(/^\//, ''), style)
      const bare = withoutQuery(specifier)
      return targetOf(
        found.kind === 'absent' && bare !== specifier ? lookup(join(folder, bare), style) : found,
      )
    }
    if (sorted.kind === 'package') {
      const own = byName.get(sorted.name) ?? owner(folder)
      if (own?.name === sorted.name)
        return { kind: 'workspace', name: own.name, location: own.location === '' ? '.' : own.location }
      return sorted
    }
    if (sorted.kind === 'internal') return { kind: 'missing' }
    if (sorted.kind === 'alias') return { kind: 'unknown' }
    return sorted
  }
}

function targetOf(place: Place): ImportTarget {
  if (place.kind === 'outside') return { kind: 'outside' }
  return place.kind === 'file' ? { kind: 'file', path: place.path } : { kind: 'missing' }
}
