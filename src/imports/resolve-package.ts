/** Which package a name leads to: a dependency, one of the project's own, or the types of one. */
import { aliasedName } from '#collectors/dependency-spec'
import { own } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import type { ImportTarget } from '#model/imports'
import { conditionsOf } from './conditions.ts'
import { holdsInstalled } from './installed-file.ts'
import { declaresIn } from './nearest-manifest.ts'
import { fileIn, meaningOf } from './own-exports.ts'
import type { OwnManifest } from './own-packages.ts'
import type { Project } from './project.ts'
import { resolveAlias } from './resolve-alias.ts'
import { styleOf } from './resolve-path.ts'
import type { Asked } from './asked.ts'
import { typesPackage, withoutQuery } from './specifier.ts'

/** A name and what is asked of the package. */
interface Named {
  name: string
  subpath: string
}

/**
 * What a package's name leads to in a file. TypeScript leaves names as they are written, whatever `paths` says of them, and
 * bundlers may follow it: where a package of that name is there, both may be loaded.
 */
export function resolvePackage(project: Project, asked: Asked, named: Named): readonly ImportTarget[] {
  const { name } = named
  const subpath = withoutQuery(named.subpath)
  const brought = broughtAlong(project, asked, { name, subpath })
  if (brought !== undefined) return [brought]
  const alias = resolveAlias(project, asked)
  const workspace = ownPackage(project, asked.folder, name)
  if (workspace !== undefined) {
    const itself = { kind: 'workspace', name, location: workspace.location || '.' } as const
    const paths = filesOf(project, asked, { workspace, subpath, alias: alias.target })
    return paths.map((path) => (path === undefined ? itself : Object.assign({ path }, itself)))
  }
  const itself: ImportTarget = { kind: 'package', name, subpath }
  if (declaredNear(project, asked.folder, name)) {
    return alias.target === undefined || alias.target.kind === 'package' ? [itself] : [alias.target, itself]
  }
  const isThere = isInstalled(project, asked.folder, name) !== undefined
  if (alias.target !== undefined) {
    const isSame = alias.target.kind === 'package' && alias.target.name === name
    return isThere && !isSame ? [alias.target, itself] : [alias.target]
  }
  const types = typesPackage(name)
  if (asked.form === 'types-reference' || asked.typeOnly) {
    if (
      declaredNear(project, asked.folder, types) ||
      (asked.form === 'types-reference' && !isThere && !name.startsWith('@types/'))
    )
      return [{ kind: 'package', name: types, subpath }]
  }
  if (alias.isMeant && !isThere) return [{ kind: 'missing' }]
  const nested = project.nearestManifest(asked.folder)
  const isNested = nested !== undefined && !project.packages.some((found) => found === nested)
  return isNested && declaresIn(nested, [name, types])
    ? [{ ...itself, declaredIn: below(nested.location, 'package.json') }]
    : [itself]
}

/**
 * What lies under a name in a node_modules among the sources into which nothing is installed: Node finds it first, and no
 * tree of packages has it.
 */
function broughtAlong(project: Project, asked: Asked, { name, subpath }: Named): ImportTarget | undefined {
  const { location } = project.owner(asked.folder)
  for (let at = asked.folder; at !== location && at !== ''; at = parentOf(at)) {
    if (project.tree.kind(below(at, 'node_modules')) !== 'folder' || holdsInstalled(project, at)) continue
    const folder = below(at, `node_modules/${name}`)
    if (project.tree.kind(folder) === 'absent') continue
    const place = project.lookup(below(folder, subpath), styleOf(project, asked))
    return place.kind === 'file' ? { kind: 'file', path: place.path } : { kind: 'unknown' }
  }
  return undefined
}

/** The files of an own package that its name may lead to; undefined among them for one that is not known. */
function filesOf(
  project: Project,
  asked: Asked,
  { workspace, subpath, alias }: { workspace: OwnManifest; subpath: string; alias: ImportTarget | undefined },
): (string | undefined)[] {
  const exported = fileOf(project, asked, workspace, subpath)
  if (alias?.kind !== 'file') return [exported]
  // A declaration is loaded by nobody, and a file of another folder stands in for the package only where somebody bundles.
  const isSource = project.isSource(alias.path) && !/\.d(?:\.\w+)?\.[cm]?ts$/.test(alias.path)
  const isInside = project.owner(parentOf(alias.path)) === workspace
  if (exported === alias.path || (exported === undefined && isSource && isInside)) return [alias.path]
  return [alias.path, exported]
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
