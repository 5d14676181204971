/** Finds the folders a root package.json declares as workspaces. Reads folder names only, bounded. */
import { join } from 'node:path'
import type { DiskReader } from '#disk/disk'
import { below } from './tree-location.ts'
import type { WorkspacePatterns } from './workspace-patterns.ts'
import { isWild, matchesPath, matchesSegment } from './workspace-patterns.ts'

/** Most folders that are listed while patterns are expanded. */
const MAX_LISTED = 20_000

/**
 * Places below the project that match, links included and not yet followed; undefined when the patterns would make us
 * list more folders than any project has.
 */
export function workspaceFolders(
  project: string,
  { include, exclude }: WorkspacePatterns,
  disk: DiskReader,
): string[] | undefined {
  const listings = new Map<string, string[]>()
  const foldersIn = (folder: string, followLinks: boolean): string[] => {
    const key = `${folder}\n${followLinks}`
    const known = listings.get(key)
    if (known) return known
    const entries = disk.folders(join(project, folder)) ?? []
    const names = entries.filter(({ kind }) => kind === 'folder' || followLinks).map(({ name }) => name)
    listings.set(key, names)
    return names
  }
  const found = new Set<string>()
  for (const pattern of include) {
    let frontier = ['']
    for (const segment of pattern) {
      const next = frontier.flatMap((folder) => {
        if (listings.size > MAX_LISTED) return []
        if (segment === '**') return descendants(folder, foldersIn, listings)
        if (!isWild(segment)) return [below(folder, segment)]
        return foldersIn(folder, true)
          .filter((name) => matchesSegment(segment, name))
          .map((name) => below(folder, name))
      })
      // `**/**` reaches each folder in many ways: without this the list grows with every further `**`.
      frontier = [...new Set(next)]
    }
    for (const folder of frontier) found.add(folder)
    if (listings.size > MAX_LISTED) return undefined
  }
  return [...found]
    .filter((folder) => folder !== '' && !folder.split('/').includes('node_modules'))
    .filter((folder) => !exclude.some((pattern) => matchesPath(pattern, folder.split('/'))))
    .toSorted()
}

function descendants(
  start: string,
  foldersIn: (folder: string, followLinks: boolean) => string[],
  listings: Map<string, string[]>,
): string[] {
  const all = [start]
  for (let at = 0; at < all.length && listings.size <= MAX_LISTED; at += 1) {
    const folder = all[at] ?? ''
    for (const name of foldersIn(folder, false)) {
      if (name !== 'node_modules' && !name.startsWith('.')) all.push(below(folder, name))
    }
  }
  return all
}
