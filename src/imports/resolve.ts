/** What a specifier in a file leads to. */
import { parentOf } from '#collectors/tree-location'
import type { ImportSite, ImportTarget } from '#model/imports'
import { isJavaScript } from './asked.ts'
import type { Asked } from './asked.ts'
import type { Project } from './project.ts'
import { resolvePackage } from './resolve-package.ts'
import { resolveAlias } from './resolve-alias.ts'
import { resolveInternal } from './resolve-internal.ts'
import { resolveAddress, resolvePath } from './resolve-path.ts'
import { sortSpecifier } from './specifier.ts'

/** An import as it is written. */
type Written = Pick<ImportSite, 'specifier' | 'form' | 'typeOnly'>

/** Finds the targets of the imports of one file, given by its path below the project. */
export type ResolveIn = (file: string) => (site: Written) => ImportTarget

/** A resolver over a project. What is asked in one folder several times is found once. */
export function openResolver(project: Project): ResolveIn {
  /** By folder, and by how it is asked there. */
  const known = new Map<string, Map<string, Map<string, ImportTarget>>>()
  return (file) => {
    const folder = parentOf(file)
    const ways = known.get(folder) ?? new Map<string, Map<string, ImportTarget>>()
    known.set(folder, ways)
    const language = isJavaScript(file) ? 'javascript ' : 'typescript '
    return (site) => {
      const { specifier, form, typeOnly } = site
      if (specifier === null) return { kind: 'unknown' }
      const way = language + (typeOnly ? 'type ' : '') + form
      const targets = ways.get(way) ?? new Map<string, ImportTarget>()
      const before = targets.get(specifier)
      if (before !== undefined) return before
      const found = resolve(project, { specifier, form, typeOnly, file, folder })
      targets.set(specifier, found)
      ways.set(way, targets)
      return found
    }
  }
}

function resolve(project: Project, asked: Asked): ImportTarget {
  const { specifier, form } = asked
  if (form === 'asset-url') return resolveAddress(project, asked)
  if (form === 'path-reference')
    return resolvePath(project, asked, specifier.startsWith('/') ? undefined : `./${specifier}`)
  const sorted = sortSpecifier(specifier)
  if (sorted.kind === 'path') return resolvePath(project, asked, specifier)
  if (sorted.kind === 'internal')
    return resolveAlias(project, asked).target ?? resolveInternal(project, asked)
  if (sorted.kind === 'package') return resolvePackage(project, asked, sorted)
  if (sorted.kind !== 'alias') return sorted
  const { target, isMeant } = resolveAlias(project, asked)
  return target ?? { kind: isMeant ? 'missing' : 'unknown' }
}
