/** Which package a name leads to: a dependency, one of the project's own, or the types of one. */
import { aliasedName } from '#collectors/dependency-spec'
import { own } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import type { ImportTarget } from '#model/imports'
import { conditionsOf } from './conditions.ts'
import { fileIn, meaningOf } from './own-exports.ts'
import type { OwnManifest } from './own-packages.ts'
import type { Project } from './project.ts'
import { resolveAlias } from './resolve-alias.ts'
import type { Asked } from './asked.ts'
import { typesPackage, withoutQuery } from './specifier.ts'

/** A name and what is asked of the package. */
interface Named {
  name: string
  subpath: string
}

/** What a package's name leads to in a file. */
export function resolvePackage(project: Project, asked: Asked, named: Named): ImportTarget {
  const { name } = named
  const subpath = withoutQuery(named.subpath)
  const alias = resolveAlias(project, asked)
  const workspace = ownPackage(project, asked.folder, name)
  if (workspace !== undefined) {
    const path =
      alias.target?.kind === 'file' ? alias.target.path : fileOf(project, asked, workspace, subpath)
    const location = workspace.location === '' ? '.' : workspace.location
    return { kind: 'workspace', name, location, ...(path !== undefined && { path }) }
  }
  const isDeclared = declaredNear(project, asked.folder, name)
  if (alias.target?.kind === 'package') return isDeclared ? { kind: 'package', name, subpath } : alias.target
  if (alias.target !== undefined) return alias.target
  if (!isDeclared) {
    const types = typesPackage(name)
    if (asked.form === 'types-reference' || asked.typeOnly) {
      const isThere = isInstalled(project, asked.folder, name) !== undefined
      if (
        declaredNear(project, asked.folder, types) ||
        (asked.form === 'types-reference' && !isThere && !name.startsWith('@types/'))
      )
        return { kind: 'package', name: types, subpath }
    }
    if (alias.isMeant && isInstalled(project, asked.folder, name) === undefined) return { kind: 'missing' }
  }
  return { kind: 'package', name, subpath }
}

/** One of the project's own packages, unless another one of that name is installed nearer. */
function ownPackage(project: Project, folder: string, name: string): OwnManifest | undefined {
  const found = project.byName.get(name)
  if (found === undefined || project.owner(folder) === found) return found
  const installed = isInstalled(project, folder, name)
  if (installed === 'folder') return undefined
  // Before an installation, what is asked for under another name cannot be the workspace.
  const spec = project.specOf(project.owner(folder), name)
  return installed === undefined && spec !== undefined && aliasedName(spec) !== undefined ? undefined : found
}

function fileOf(
  project: Project,
  asked: Asked,
  { location, record }: OwnManifest,
  subpath: string,
): string | undefined {
  const key = subpath === '' ? '.' : `./${subpath}`
  const field = own(record, 'exports')
  const meaning = meaningOf(project, location, { field, key }, conditionsOf(project, asked))
  if (meaning === 'no-field') return fileIn(project, location, subpath)
  return meaning !== 'missing' && 'path' in meaning ? meaning.path : undefined
}

/** What stands in the nearest folder of installed packages that has the name. */
function isInstalled(project: Project, folder: string, name: string): 'folder' | 'link' | undefined {
  for (let at: string | undefined = folder; at !== undefined; at = at === '' ? undefined : parentOf(at)) {
    if (project.tree.kind(below(at, 'node_modules')) !== 'folder') continue
    const kind = project.tree.kind(below(at, `node_modules/${name}`))
    if (kind === 'folder' || kind === 'link') return kind
  }
  return undefined
}

function declaredNear(project: Project, folder: string, name: string): boolean {
  return project.specOf(project.owner(folder), name) !== undefined
}
