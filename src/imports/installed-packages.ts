/** What installed packages say of themselves: their binaries, and the peers they ask for. */
import { isRecord, own, parseJsonText } from '#collectors/json-text'
import { below, parentOf } from '#collectors/tree-location'
import type { ProjectTree } from './project-tree.ts'

/** Of one installed package. */
export interface InstalledPackage {
  binaries: readonly string[]
  peers: readonly string[]
}

/** Finds the package that Node would find from a folder; undefined where none is installed. */
export type FindInstalled = (name: string, folder: string) => InstalledPackage | undefined

/** A finder that reads each package.json once. */
export function openInstalled(tree: ProjectTree): FindInstalled {
  const known = new Map<string, InstalledPackage | undefined>()
  return (name, folder) => {
    for (let at: string | undefined = folder; at !== undefined; at = at === '' ? undefined : parentOf(at)) {
      if (tree.kind(below(at, 'node_modules')) !== 'folder') continue
      const place = tree.place(below(at, `node_modules/${name}`))
      if (place.kind !== 'folder') continue
      if (!known.has(place.path)) known.set(place.path, read(tree, place.path, name))
      return known.get(place.path)
    }
    return undefined
  }
}

function read(tree: ProjectTree, folder: string, name: string): InstalledPackage | undefined {
  const parsed = parseJsonText(tree.text(below(folder, 'package.json')) ?? '')
  if (!parsed.ok || !isRecord(parsed.value)) return undefined
  const bin = own(parsed.value, 'bin')
  const peers = own(parsed.value, 'peerDependencies')
  return {
    binaries: isRecord(bin) ? Object.keys(bin) : typeof bin === 'string' ? [name.replace(/^.*\//, '')] : [],
    peers: isRecord(peers) ? Object.keys(peers) : [],
  }
}
