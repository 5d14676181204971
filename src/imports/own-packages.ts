/** Finds the project's own packages, the root and its workspaces, and reads their package.json files. */
import { isRecord, own, ownString } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import { workspaceFolders } from '#collectors/workspace-folders'
import { workspacePatterns } from '#collectors/workspace-patterns'
import { readJson } from '#config/json-source'
import type { DiskReader } from '#disk/disk'
import type { OwnPackage } from '#model/imports'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { declaredIn } from './declared.ts'
import type { ProjectTree } from './project-tree.ts'

/** One of the project's own packages, with all that its package.json says. */
export interface OwnManifest {
  /** Below the project; `''` for the root. */
  location: string
  /** `''` where it has none. */
  name: string
  /** Path of its package.json below the project. */
  manifest: string
  record: Record<string, unknown>
  declared: OwnPackage['declared']
}

/** The root first, then the workspaces by location. `project` is the real path of the project's folder. */
export function ownPackages(
  project: string,
  disk: DiskReader,
  tree: ProjectTree,
): Outcome<[OwnManifest, ...OwnManifest[]]> {
  const root = readManifest(tree, '')
  if (!root.ok) return root
  if (root.value === undefined)
    return fail('project-unreadable', 'package.json is missing or cannot be read.', FIX)
  const patterns = workspacePatterns(own(root.value.record, 'workspaces'))
  if (patterns === undefined)
    return fail('project-unreadable', 'package.json: "workspaces" is no list of patterns.', FIX)
  const folders = workspaceFolders(project, patterns, disk)
  if (folders === undefined)
    return fail('too-many-packages', 'package.json: "workspaces" asks for more folders than can be listed.')
  const locations = new Set<string>()
  for (const folder of folders) {
    const place = tree.place(folder)
    if (place.kind === 'folder' && place.path !== '' && !place.path.split('/').includes('node_modules'))
      locations.add(place.path)
  }
  const all: [OwnManifest, ...OwnManifest[]] = [root.value]
  for (const location of [...locations].toSorted()) {
    const read = readManifest(tree, location)
    if (!read.ok) return read
    if (read.value !== undefined) all.push(read.value)
  }
  return ok(all)
}

/** The own package that a folder belongs to: the nearest one above or at it. */
export function ownerOf(packages: readonly [OwnManifest, ...OwnManifest[]]): (folder: string) => OwnManifest {
  const byLocation = new Map(packages.map((found) => [found.location, found]))
  return (folder) => {
    for (let at = folder; at !== ''; at = parentOf(at)) {
      const found = byLocation.get(at)
      if (found !== undefined) return found
    }
    return packages[0]
  }
}

const FIX = { fix: 'Correct package.json; `npm pkg get name` shows whether npm can read it.' }

/** Undefined where there is no package.json; one that cannot be read is a failure, or its files would be judged by another's. */
function readManifest(tree: ProjectTree, location: string): Outcome<OwnManifest | undefined> {
  const manifest = below(location, 'package.json')
  if (tree.kind(manifest) === 'absent') return ok(undefined)
  const text = tree.text(manifest)
  if (text === undefined) return fail('package-json-unreadable', `${manifest} cannot be read.`, FIX)
  const read = readJson(text, { comments: false })
  if (!read.ok) {
    const { line, column, message } = read.problem
    return fail('package-json-unreadable', `${manifest} ${message} (line ${line}, column ${column}).`, FIX)
  }
  const { value } = read.source
  if (!isRecord(value)) return fail('package-json-unreadable', `${manifest} is not a JSON object.`, FIX)
  return ok({
    location,
    name: ownString(value, 'name') ?? '',
    manifest,
    record: value,
    declared: declaredIn(read.source),
  })
}
