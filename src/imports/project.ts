/** The project as the resolver and the facts of packages see it: its folders, packages and configurations, each read once. */
import { openSourceOf } from './built-files.ts'
import type { SourceOf } from './built-files.ts'
import { openLookup } from './file-lookup.ts'
import type { FileLookup } from './file-lookup.ts'
import { openNearestConfigs } from './nearest-tsconfig.ts'
import type { ConfigsFor } from './nearest-tsconfig.ts'
import { ownerOf } from './own-packages.ts'
import type { OwnManifest } from './own-packages.ts'
import type { ProjectTree } from './project-tree.ts'
import { openTsConfigs } from './tsconfig.ts'

/** Everything that is known of a project before its imports are followed. */
export interface Project {
  tree: ProjectTree
  /** The root first. */
  packages: readonly OwnManifest[]
  /** The own package that a folder belongs to. */
  owner: (folder: string) => OwnManifest
  byName: ReadonlyMap<string, OwnManifest>
  configsFor: ConfigsFor
  lookup: FileLookup
  sourceOf: SourceOf
  isSource: (path: string) => boolean
}

/** What a disk has of the packages; `sources` are all source files below the project. */
export function openProject(
  tree: ProjectTree,
  packages: readonly [OwnManifest, ...OwnManifest[]],
  sources: readonly string[],
): Project {
  const owner = ownerOf(packages)
  const byName = new Map(packages.filter(({ name }) => name !== '').map((found) => [found.name, found]))
  const configsFor = openNearestConfigs(
    tree,
    openTsConfigs(tree, (name) => byName.get(name)?.location),
  )
  const known = new Set(sources)
  const isSource = (path: string): boolean => known.has(path)
  return {
    tree,
    packages,
    owner,
    byName,
    configsFor,
    lookup: openLookup(tree),
    sourceOf: openSourceOf(configsFor, (folder) => owner(folder).location, isSource),
    isSource,
  }
}
