/** Which configurations of TypeScript's speak of the files in a folder. */
import { parentOf } from '#collectors/tree-location'
import type { ProjectTree } from './project-tree.ts'
import type { ReadTsConfig, TsConfig } from './tsconfig.ts'

/** All configurations that speak of the files in a folder, the most important first. */
export type ConfigsFor = (folder: string) => readonly TsConfig[]

/** Most configurations that references may add to those of a folder. */
const MAX_REFERENCES = 4096

/** Whether a file of this name is a configuration of TypeScript's. */
export function isTsConfig(name: string): boolean {
  return /^(?:ts|js)config.*\.json$/s.test(name)
}

/**
 * Those of the nearest folder that has any: tsconfig.json, jsconfig.json, the others by name, and those that they refer to.
 * A build, the tests and the editor may each have one of their own; all of them say what imports mean.
 */
export function openNearestConfigs(
  tree: ProjectTree,
  read: ReadTsConfig,
  onTooMany: (path: string) => void,
): ConfigsFor {
  const known = new Map<string, readonly TsConfig[]>()

  function find(folder: string): readonly TsConfig[] {
    const names = (tree.entries(folder) ?? [])
      .filter(({ name, kind }) => kind === 'file' && isTsConfig(name))
      .map(({ name }) => name)
    if (names.length === 0) return folder === '' ? [] : configsFor(parentOf(folder))
    const prefix = folder === '' ? '' : `${folder}/`
    const files = new Set(names.toSorted((a, b) => rank(a) - rank(b)).map((name) => prefix + name))
    const found: TsConfig[] = []
    // A set goes on with what is added to it on the way.
    for (const file of files) {
      const config = file.startsWith('../') ? undefined : read(file)
      if (config === undefined) continue
      found.push(config)
      for (const path of config.references) {
        if (files.size >= MAX_REFERENCES) {
          onTooMany(config.path)
          break
        }
        files.add(path.endsWith('.json') ? path : `${path.replace(/\/$/, '')}/tsconfig.json`)
      }
    }
    return found
  }

  function configsFor(folder: string): readonly TsConfig[] {
    const before = known.get(folder)
    if (before !== undefined) return before
    const found = find(folder)
    known.set(folder, found)
    return found
  }

  return configsFor
}

function rank(name: string): number {
  return name === 'tsconfig.json' ? 0 : name === 'jsconfig.json' ? 1 : 2
}
