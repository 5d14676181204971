/** The project as the resolver and the facts of packages see it: its folders, packages and configurations, each read once. */
import { openBuiltFiles } from './built-files.ts'
import type { BuiltFiles } from './built-files.ts'
import { openLookup } from './file-lookup.ts'
import type { FileLookup } from './file-lookup.ts'
import { openNearestManifests } from './nearest-manifest.ts'
import type { NestedManifest } from './nearest-manifest.ts'
import { openNearestConfigs } from './nearest-tsconfig.ts'
import type { ConfigsFor } from './nearest-tsconfig.ts'
import { ownerOf } from './own-packages.ts'
import type { OwnManifest } from './own-packages.ts'
import type { ProjectTree } from './project-tree.ts'
import { openTsConfigs } from './tsconfig.ts'
import type { ReadTsConfig } from './tsconfig.ts'

/** Everything that is known of a project before its imports are followed. */
export interface Project {
  tree: ProjectTree
  /** The root first. */
  packages: readonly OwnManifest[]
  /** The own package that a folder belongs to. */
  owner: (folder: string) => OwnManifest
  byName: ReadonlyMap<string, OwnManifest>
  /** What an own package, or else the root, asks for under a name; undefined where neither declares it. */
  specOf: (asking: OwnManifest, name: string) => string | undefined
  /** The nearest package.json above a folder or in it, which need not be that of an own package; undefined if it cannot be read. */
  nearestManifest: (folder: string) => OwnManifest | NestedManifest | undefined
  configAt: ReadTsConfig
  /** Configurations that say more than is read of any; grows while others are read. */
  tooLong: ReadonlySet<string>
  configsFor: ConfigsFor
  lookup: FileLookup
  built: BuiltFiles
  /** All source files, sorted. */
  sources: readonly string[]
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
  const tooLong = new Set<string>()
  const onTooMany = (path: string): unknown => tooLong.add(path)
  const configAt = openTsConfigs(tree, (name) => byName.get(name)?.location, onTooMany)
  const configsFor = openNearestConfigs(tree, configAt, onTooMany)
  const specs = new Map(
    packages.map((found) => [found, new Map(found.declared.map(({ name, spec }) => [name, spec]))]),
  )
  const known = new Set(sources)
  const isSource = (path: string): boolean => known.has(path)
  return {
    tree,
    packages,
    owner,
    byName,
    specOf: (asking, name) => specs.get(asking)?.get(name) ?? specs.get(packages[0])?.get(name),
    nearestManifest: openNearestManifests(tree, packages),
    configAt,
    tooLong,
    configsFor,
    lookup: openLookup(tree),
    built: openBuiltFiles(configsFor, (folder) => owner(folder).location, isSource),
    sources,
    isSource,
  }
}
