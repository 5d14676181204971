/** The package.json that is nearest to a folder: the project may hold some that belong to no own package. */
import { isRecord, own, parseJsonText } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import type { OwnManifest } from './own-packages.ts'
import type { ProjectTree } from './project-tree.ts'

/** A package.json below an own package: that of an example, or of what is deployed by itself. */
export interface NestedManifest {
  /** Of its folder, below the project. */
  location: string
  record: Record<string, unknown>
}

/** Finds them, looking once for each folder. */
export function openNearestManifests(
  tree: ProjectTree,
  packages: readonly OwnManifest[],
): (folder: string) => OwnManifest | NestedManifest | undefined {
  const own = new Map(packages.map((found) => [found.location, found]))
  const known = new Map<string, OwnManifest | NestedManifest | undefined>()

  function find(folder: string): OwnManifest | NestedManifest | undefined {
    const found = own.get(folder)
    if (found !== undefined) return found
    const manifest = below(folder, 'package.json')
    if (tree.kind(manifest) !== 'file') return folder === '' ? undefined : nearest(parentOf(folder))
    const parsed = parseJsonText(tree.text(manifest) ?? '')
    return parsed.ok && isRecord(parsed.value) ? { location: folder, record: parsed.value } : undefined
  }

  function nearest(folder: string): OwnManifest | NestedManifest | undefined {
    if (!known.has(folder)) known.set(folder, find(folder))
    return known.get(folder)
  }

  return nearest
}

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']

/** Whether a package.json declares one of these names. */
export function declaresIn({ record }: NestedManifest, names: readonly string[]): boolean {
  return FIELDS.some((field) => {
    const list = own(record, field)
    return isRecord(list) && names.some((name) => Object.hasOwn(list, name))
  })
}
