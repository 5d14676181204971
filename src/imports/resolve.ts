/** What a specifier in a file leads to. */
import { parentOf } from '#collectors/tree-location'
import type { ImportSite, ImportTarget } from '#model/imports'
import { isJavaScript } from './asked.ts'
import type { Asked } from './asked.ts'
import { openReplacements } from './browser-field.ts'
import type { Replacements } from './browser-field.ts'
import type { Project } from './project.ts'
import { resolvePackage } from './resolve-package.ts'
import { resolveAlias } from './resolve-alias.ts'
import { resolveInternal } from './resolve-internal.ts'
import { resolveAddress, resolvePath } from './resolve-path.ts'
import { openStyles } from './style-imports.ts'
import type { StylePackages } from './style-imports.ts'
import { sortSpecifier, withoutQuery } from './specifier.ts'
import type { Specifier } from './specifier.ts'

/** An import as it is written. */
type Written = Pick<ImportSite, 'specifier' | 'form' | 'typeOnly'>

/**
 * Finds the targets of the imports of one file, given by its path below the project. There are several where it depends
 * on who runs the file: each of them may be what is loaded.
 */
export type ResolveIn = (file: string) => (site: Written) => readonly ImportTarget[]

/** A resolver over a project. What is asked in one folder several times is found once. */
export function openResolver(project: Project): ResolveIn {
  /** By folder, and by how it is asked there. */
  const known = new Map<string, Map<string, Map<string, readonly ImportTarget[]>>>()
  const replacements = openReplacements(project)
  const styles = openStyles(project)
  return (file) => {
    const folder = parentOf(file)
    const ways = known.get(folder) ?? new Map<string, Map<string, readonly ImportTarget[]>>()
    known.set(folder, ways)
    const language = isJavaScript(file) ? 'javascript ' : 'typescript '
    return (site) => {
      const { specifier, form, typeOnly } = site
      if (specifier === null) return UNKNOWN
      const way = language + (typeOnly ? 'type ' : '') + form
      const targets = ways.get(way) ?? new Map<string, readonly ImportTarget[]>()
      const before = targets.get(specifier)
      if (before !== undefined) return before
      const found = resolve(project, { specifier, form, typeOnly, file, folder }, { replacements, styles })
      targets.set(specifier, found)
      ways.set(way, targets)
      return found
    }
  }
}

const UNKNOWN: readonly ImportTarget[] = [{ kind: 'unknown' }]

/** What finds targets behind a target. */
interface Behind {
  replacements: Replacements
  styles: StylePackages
}

function resolve(project: Project, asked: Asked, { replacements, styles }: Behind): readonly ImportTarget[] {
  const { specifier, form } = asked
  if (form === 'asset-url') return resolveAddress(project, asked)
  if (form === 'path-reference')
    return resolvePath(project, asked, specifier.startsWith('/') ? undefined : `./${specifier}`)
  const found = resolveSpecifier(project, asked)
  const all = [...found, ...found.flatMap((target) => replacements(asked, target))]
  return distinct([...all, ...all.flatMap((target) => (target.kind === 'file' ? styles(target.path) : []))])
}

function resolveSpecifier(project: Project, asked: Asked): readonly ImportTarget[] {
  const sorted = sorting(asked.specifier)
  switch (sorted.kind) {
    case 'path':
      return resolvePath(project, asked, sorted.path)
    case 'internal':
      return resolveInternal(project, asked)
    case 'package':
      return resolvePackage(project, asked, sorted)
    case 'alias': {
      const { target, isMeant } = resolveAlias(project, asked)
      return [target ?? { kind: isMeant ? 'missing' : 'unknown' }]
    }
    case 'address':
      return resolveThroughTools(project, asked)
    case 'builtin':
    case 'outside':
      return [sorted]
  }
}

/** A bundler's plugin may be told something by the end of a name: `lodash?raw`. */
function sorting(specifier: string): Specifier {
  const sorted = sortSpecifier(specifier)
  if (sorted.kind !== 'alias') return sorted
  const bare = sortSpecifier(withoutQuery(specifier))
  return bare.kind === 'package' ? bare : sorted
}

/**
 * What webpack's loaders are given (`raw-loader!./a.txt`), and what another runtime calls a package of npm's
 * (`npm:lodash@4`). It stays an address besides: nobody knows what loaders make of it.
 */
function resolveThroughTools(project: Project, asked: Asked): readonly ImportTarget[] {
  const address: ImportTarget = { kind: 'address' }
  const { specifier } = asked
  const [, name, subpath = ''] = OF_NPM.exec(specifier) ?? []
  if (name !== undefined) return resolvePackage(project, asked, { name, subpath })
  const resource = /^[^:]*!([^!]+)$/s.exec(specifier)?.[1]
  if (resource === undefined) return [address]
  const found = resolveSpecifier(project, { ...asked, specifier: resource })
  return [...found.filter(({ kind }) => kind !== 'missing'), address]
}

const OF_NPM = /^npm:\/?((?:@[\w-][\w.~-]*\/)?[\w-][\w.~-]*)(?:@[^/]*)?(?:\/(.*))?$/s

function distinct(targets: readonly ImportTarget[]): readonly ImportTarget[] {
  if (targets.length < 2) return targets
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()]
}
