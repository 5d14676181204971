/** Whose a file is that lies in a folder of installed packages. */
import { below } from '#collectors/tree-location'
import type { ImportTarget } from '#model/imports'
import type { Project } from './project.ts'

/**
 * A file as a target: below node_modules it belongs to a package, unless no package.json stands beside that folder. Then
 * nobody has installed it: it came with the sources, under a name that Node finds first, and is in no tree of packages.
 */
export function fileTarget(project: Project, path: string): ImportTarget {
  const [, folder = '', name, subpath = ''] = INSTALLED.exec(path) ?? []
  if (name === undefined || !holdsInstalled(project, folder.slice(0, -1))) return { kind: 'file', path }
  return { kind: 'package', name, subpath }
}

/** Whether the node_modules in a folder is one that a package.json is installed into. */
export function holdsInstalled({ tree, owner }: Project, folder: string): boolean {
  if (owner(folder).location === folder || /(?:^|\/)node_modules(?:\/|$)/.test(folder)) return true
  return tree.kind(below(folder, 'package.json')) === 'file'
}

const INSTALLED = /^((?:.*\/)?)node_modules\/((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/s
