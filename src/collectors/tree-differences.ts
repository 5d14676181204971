/** Compares what the lockfile says with what lies on disk, place by place. */
import type { Failure } from '#model/outcome'
import { fail } from '#model/outcome'
import type { DraftGraph, DraftNode } from './draft-graph.ts'
import type { DiskTree } from './package-files.ts'
import type { Lockfile } from './lockfile.ts'
import { sameVersion } from './same-version.ts'
import { allowsName } from './sources.ts'
import { folderName } from './tree-location.ts'

/** Most differences a failure lists. */
const MAX_LISTED = 20

/** Where lockfile and disk disagree on a name, a version or a link; the project's own folders may differ. */
export function treeDifferences(
  graph: DraftGraph,
  disk: DiskTree,
  lockfile: Lockfile | undefined,
  specsOf: (node: DraftNode) => readonly string[],
): string[] {
  const differences: string[] = []
  for (const node of graph.nodes.values()) {
    if (node.disk?.role !== 'installed') continue
    const { location, manifest } = node.disk
    const name = manifest.name ?? folderName(location)
    const version = manifest.version ?? ''
    if (node.lock) {
      if (node.lock.name !== name || !isLockedVersion(node.lock.version, version, lockfile)) {
        differences.push(
          `${location}: lockfile ${node.lock.name}@${node.lock.version}, disk ${name}@${version}`,
        )
      }
    } else if (name !== folderName(location) && !allowsName(specsOf(node), name)) {
      differences.push(`${location}: the package.json names another package, ${name}@${version}`)
    }
  }
  for (const [place, target] of lockfile?.links ?? []) {
    const actual = disk.links.get(place)
    if (actual !== undefined && actual !== target && !target.startsWith('../')) {
      differences.push(`${place}: lockfile links to ${target}, disk to ${actual || '.'}`)
    } else if (disk.packages.has(place)) {
      differences.push(`${place}: lockfile has a link, disk a folder`)
    }
  }
  for (const place of [...disk.links.keys(), ...disk.outside.keys()]) {
    if (lockfile?.entries.has(place)) differences.push(`${place}: lockfile has a package, disk a link`)
  }
  return differences
}

/** Version 1 writes an address in place of the version of what comes from no registry. */
function isLockedVersion(locked: string, version: string, lockfile: Lockfile | undefined): boolean {
  return sameVersion(locked, version) || (locked === '' && lockfile?.lockfileVersion === 1)
}

/** The failure that stands for a tree nobody can trust. */
export function treeMismatch(
  differences: readonly string[],
  who: string,
  npmrcKeys: readonly string[],
): Failure {
  const more = differences.length - MAX_LISTED
  const npmrc =
    npmrcKeys.length === 0
      ? []
      : [`the project's .npmrc sets ${npmrcKeys.join(', ')}: one of these may be the cause`]
  return fail(
    'tree-mismatch',
    `${who} do not agree on what is installed (${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}).`,
    {
      fix: 'Install anew with `npm ci`; if the lockfile itself is out of date, run `npm install` and commit it.',
      details: [...differences.slice(0, MAX_LISTED), ...(more > 0 ? [`and ${more} more`] : []), ...npmrc],
    },
  ).failure
}
