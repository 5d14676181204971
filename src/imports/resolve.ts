/** What a specifier in a file leads to. */
import { parentOf } from '#collectors/tree-location'
import type { ImportForm, ImportTarget } from '#model/imports'
import { isJavaScript } from './asked.ts'
import type { Asked } from './asked.ts'
import type { Project } from './project.ts'
import { resolvePackage } from './resolve-package.ts'
import { resolveAlias } from './resolve-alias.ts'
import { resolveInternal } from './resolve-internal.ts'
import { resolveAddress, resolvePath } from './resolve-path.ts'
import { sortSpecifier } from './specifier.ts'

/** Finds the target of an import in a file. */
export type Resolve = (
  file: string,
  site: { specifier: string | null; form: ImportForm; typeOnly: boolean },
) => ImportTarget

/** A resolver over a project. What is asked in one folder several times is found once. */
export function openResolver(project: Project): Resolve {
  const known = new Map<string, ImportTarget>()
  return (file, { specifier, form, typeOnly }) => {
    if (specifier === null) return { kind: 'unknown' }
    const folder = parentOf(file)
    const isScript = isJavaScript(file)
    const key = [folder, isScript ? 'j' : 't', typeOnly ? 't' : '', form, specifier].join('\0')
    const before = known.get(key)
    if (before !== undefined) return before
    const found = resolve(project, { specifier, form, typeOnly, file, folder })
    known.set(key, found)
    return found
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
