/** Hashes one file inside an installed package, for clarifications that are pinned to what was read. */
import { createHash } from 'node:crypto'
import { join, sep } from 'node:path'
import type { Disk } from '#disk/disk'
import { UNREAD } from '#disk/safe-read'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { below, isLocation } from './tree-location.ts'

/**
 * sha256 (hex) of a file inside a package, for clarifications. The real path must lie inside the package's own folder,
 * and the file be regular and at most 256 KiB.
 */
export function hashPackageFile(
  disk: Pick<Disk, 'file' | 'realPath'>,
  project: string,
  location: string,
  file: string,
): Outcome<string> {
  const shown = below(location, file)
  const fix = 'Correct "file" of the clarification: a path inside the package, with "/".'
  if (!isLocation(location) || !isLocation(file) || file === '') {
    return fail('outside-project', `${JSON.stringify(shown)} is no path inside the package.`, { fix })
  }
  const path = realPlace(disk, project, location, file)
  if (path === 'absent') return fail('not-found', `${shown} does not exist.`, { fix })
  if (path === 'outside') return fail('outside-project', `${shown} leads outside the package.`, { fix })
  const read = disk.file(path.real)
  if (read.ok) return ok(createHash('sha256').update(read.bytes).digest('hex'))
  const code = read.reason === 'too-large' ? 'too-large' : 'not-found'
  return fail(code, `${shown} is ${UNREAD[read.reason]}.`, { fix })
}

/** Whether a path leads to something inside the package's own folder. */
export function isInsidePackage(
  disk: Pick<Disk, 'realPath'>,
  project: string,
  location: string,
  file: string,
): boolean {
  if (!isLocation(location) || !isLocation(file) || file === '') return false
  return typeof realPlace(disk, project, location, file) === 'object'
}

/** The real path of a file, if it lies in the package's folder and that in the project. */
function realPlace(
  disk: Pick<Disk, 'realPath'>,
  project: string,
  location: string,
  file: string,
): { real: string } | 'absent' | 'outside' {
  const root = disk.realPath(project)
  const folder = root === undefined ? undefined : disk.realPath(join(root, location))
  const real = folder === undefined ? undefined : disk.realPath(join(folder, file))
  if (root === undefined || folder === undefined || real === undefined) return 'absent'
  const outside = (folder !== root && !folder.startsWith(root + sep)) || !real.startsWith(folder + sep)
  return outside ? 'outside' : { real }
}
