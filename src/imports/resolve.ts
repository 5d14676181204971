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
  const known = new Map<string, Map<string, ImportTarget>>()

  /** What is known of imports that are asked in the same way from the same folder. */
  function knownFor(
    folder: string,
    isScript: boolean,
    { form, typeOnly }: Written,
  ): Map<string, ImportTarget> {
    const key = `${form}${isScript ? ' j' : ' t'}${typeOnly ? 't ' : ' '}${folder}`
    const before = known.get(key)
    if (before !== undefined) return before
    const targets = new Map<string, ImportTarget>()
    known.set(key, targets)
    return targets
  }

  return (file) => {
    const folder = parentOf(file)
    const isScript = isJavaScript(file)
    return (site) => {
      const { specifier, form, typeOnly } = site
      if (specifier === null) return { kind: 'unknown' }
      const targets = knownFor(folder, isScript, site)
      const before = targets.get(specifier)
      if (before !== undefined) return before
      const found = resolve(project, { specifier, form, typeOnly, file, folder })
      targets.set(specifier, found)
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
