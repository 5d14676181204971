/** What depgate itself is made of: a snapshot must not outlive the code and the licence lists that judged. */
import { dirname, join } from 'node:path'
import { openDisk } from '#disk/disk'
import type { Disk, Looks } from '#disk/disk'

/** Names what the build holds: a digest of all its files, written by the build itself. */
const STAMP = 'dist/build-stamp'
/** More packages than any tree of ours; a circle is no reason to go on for ever. */
const MAX_PACKAGES = 500

/**
 * Looks at the build's stamp and at the package.json of everything that depgate depends on, as Node would find it.
 * `tool` is depgate's own folder. Undefined where there is no stamp, because then nobody knows what the code is.
 */
export function lookAtTool(tool: string): Looks | undefined {
  const disk = openDisk(tool)
  if (!disk.file(join(tool, STAMP)).ok) return undefined
  const seen = new Set<string>()
  const open = [tool]
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    if (seen.has(folder)) continue
    if (seen.size >= MAX_PACKAGES) return undefined
    seen.add(folder)
    const read = disk.linkedFile(join(folder, 'package.json'))
    if (!read.ok) return undefined
    for (const name of dependenciesIn(read.bytes)) {
      const found = findPackage(disk, folder, name)
      if (found !== undefined) open.push(found)
    }
  }
  return disk.looks()
}

function dependenciesIn(bytes: Buffer): string[] {
  const manifest: unknown = JSON.parse(bytes.toString('utf8'))
  if (typeof manifest !== 'object' || manifest === null || !('dependencies' in manifest)) return []
  const { dependencies } = manifest
  return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : []
}

/** The nearest folder that Node's look-up would take, by whether it has a package.json. */
function findPackage(disk: Disk, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (disk.kind(join(candidate, 'package.json')) !== 'absent') return candidate
    if (dirname(folder) === folder) return undefined
  }
}
