/** Looks at the lockfiles of a project without reading anything into them: they tell one installed tree from another. */
import { join } from 'node:path'
import { openDisk } from '#disk/disk'
import type { Looks } from '#disk/disk'

/** npm's lockfiles, and the one it hides in node_modules. */
const LOCKFILES = ['npm-shrinkwrap.json', 'package-lock.json', 'node_modules/.package-lock.json']
const MAX_BYTES = 64 * 1024 * 1024

/** All that npm may have left there. `project` is an absolute path. */
export function lookAtLockfiles(project: string): Looks {
  const disk = openDisk(project)
  for (const name of LOCKFILES) disk.file(join(project, name), MAX_BYTES)
  return disk.looks()
}
