/** Hashes one file inside an installed package, for clarifications that are pinned to what was read. */
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { readRegularFile, UNREAD } from './safe-read.ts'
import { below, isLocation } from './tree-location.ts'

/**
 * sha256 (hex) of a file inside a package, for clarifications. The real path must lie inside the package's own folder,
 * and the file be regular and at most 256 KiB.
 */
export function hashPackageFile(project: string, location: string, file: string): Outcome<string> {
  const shown = below(location, file)
  const fix = 'Correct "file" of the clarification: a path inside the package, with "/".'
  if (!isLocation(location) || !isLocation(file) || file === '') {
    return fail('outside-project', `${JSON.stringify(shown)} is no path inside the package.`, { fix })
  }
  try {
    const path = insidePackage(project, location, file)
    if (path === undefined) return fail('outside-project', `${shown} leads outside the package.`, { fix })
    const read = readRegularFile(path)
    if (read.ok) return ok(createHash('sha256').update(read.bytes).digest('hex'))
    const code = read.reason === 'too-large' ? 'too-large' : 'not-found'
    return fail(code, `${shown} is ${UNREAD[read.reason]}.`, { fix })
  } catch {
    return fail('not-found', `${shown} does not exist.`, { fix })
  }
}

/** Whether a path leads to something inside the package's own folder. */
export function isInsidePackage(project: string, location: string, file: string): boolean {
  if (!isLocation(location) || !isLocation(file) || file === '') return false
  try {
    return insidePackage(project, location, file) !== undefined
  } catch {
    return false
  }
}

/** The real path of a file, if it lies in the package's folder and that in the project. Throws where there is none. */
function insidePackage(project: string, location: string, file: string): string | undefined {
  const root = realpathSync(project)
  const folder = realpathSync(join(root, location))
  const path = realpathSync(join(folder, file))
  const outside = (folder !== root && !folder.startsWith(root + sep)) || !path.startsWith(folder + sep)
  return outside ? undefined : path
}
