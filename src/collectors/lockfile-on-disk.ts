/** Finds the lockfile of a project as npm does, and makes the inventory that it gives together with the project's own manifests. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { DiskReader } from '#disk/disk'
import { UNREAD } from '#disk/safe-read'
import type { Inventory, TreeProblem } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import type { TreeSource } from '#model/run-request'
import { own } from './json-text.ts'
import { lockedPlan, plannedInventory } from './locked-inventory.ts'
import type { LockedPlan } from './locked-inventory.ts'
import { readPackageLock } from './package-lock.ts'
import type { Lockfile, LockfileReading } from './lockfile.ts'
import { parseManifests } from './planned-tree.ts'
import { below } from './tree-location.ts'
import { workspaceFolders } from './workspace-folders.ts'
import { workspacePatterns } from './workspace-patterns.ts'

/** npm itself prefers them in this order. */
export const LOCKFILES = ['npm-shrinkwrap.json', 'package-lock.json'] as const
/** A larger one is not read. */
export const MAX_LOCKFILE_BYTES = 64 * 1024 * 1024

/** A lockfile that was found and read. */
export interface FoundLockfile {
  lockfile: Lockfile
  lockfileName: string
  lockfileSha256: string
  /** A second one lies beside it, which npm does not read. */
  isTwice: boolean
}

/** Where a run finds its tree if nobody says: in node_modules, or in the lockfile where there is no such folder. */
export function findTreeSource(disk: DiskReader, project: string): TreeSource {
  const isThere = (name: string): boolean => disk.kind(join(project, name)) !== 'absent'
  return !isThere('node_modules') && LOCKFILES.some(isThere) ? 'lockfile' : 'installed'
}

/** The lockfile that npm would read; undefined if there is none. */
export function readLockfile(
  disk: DiskReader,
  project: string,
  reading: LockfileReading = {},
): Outcome<FoundLockfile | undefined> {
  for (const [index, name] of LOCKFILES.entries()) {
    const read = disk.file(join(project, name), MAX_LOCKFILE_BYTES)
    if (!read.ok) {
      if (read.reason === 'absent') continue
      const what = read.reason === 'too-large' ? 'larger than 64 MiB' : UNREAD[read.reason]
      return fail('lockfile-unreadable', `${name} is ${what}.`, {
        fix: `Restore ${name} from version control.`,
      })
    }
    const lockfile = readPackageLock(read.bytes.toString('utf8'), name, reading)
    if (!lockfile.ok) return lockfile
    const lockfileSha256 = createHash('sha256').update(read.bytes).digest('hex')
    const others = LOCKFILES.slice(index + 1)
    const isTwice = others.some((other) => disk.kind(join(project, other)) !== 'absent')
    return ok({ lockfile: lockfile.value, lockfileName: name, lockfileSha256, isTwice })
  }
  return ok(undefined)
}

/** The problem of a lockfile beside another one. */
export const TWO_LOCKFILES: TreeProblem = {
  type: 'two-lockfiles',
  message: `${LOCKFILES.join(' and ')} lie side by side: npm reads the first only, and so does depgate.`,
  fix: 'Remove one of them.',
}

/** The inventory by the lockfile and the package.json files of the project, without a look at any node_modules. */
export function readLockedInventory(disk: DiskReader, project: string): Outcome<Inventory> {
  const plan = readLockedPlan(disk, project)
  return plan.ok ? ok(plannedInventory(plan.value)) : plan
}

/** What that inventory follows from; `like` is the plan of another lockfile, kept for it with `keepListed`. */
export function readLockedPlan(
  disk: DiskReader,
  project: string,
  { keepListed = false, like }: { keepListed?: boolean; like?: LockedPlan | undefined } = {},
): Outcome<LockedPlan> {
  const found = readLockfile(disk, project, { keepListed, like: like?.lockfile })
  if (!found.ok) return found
  if (found.value === undefined) {
    return fail('lockfile-missing', `There is neither ${LOCKFILES.join(' nor ')} to judge by.`, {
      fix: 'Write a lockfile with `npm install --package-lock-only` and commit it.',
    })
  }
  const manifest = disk.file(join(project, 'package.json'))
  if (!manifest.ok) {
    return fail('project-unreadable', `package.json is ${UNREAD[manifest.reason]}.`, {
      fix: 'Run depgate in the folder of a package.json, or name it with --project.',
    })
  }
  const text = manifest.bytes.toString('utf8')
  const root = parseManifests(text)
  if (!root.ok) return root
  const workspaces = workspacePlaces(disk, project, own(root.value.root, 'workspaces'))
  if (!workspaces.ok) return workspaces
  const places = new Set([...workspaces.value, ...found.value.lockfile.links.values()])
  const texts = manifestTexts(disk, project, places)
  if (!texts.ok) return texts
  const manifests = parseManifests(text, texts.value)
  if (!manifests.ok) return manifests
  const noticed = found.value.isTwice ? [TWO_LOCKFILES] : []
  return lockedPlan({ ...found.value, noticed }, manifests.value, like)
}

function workspacePlaces(disk: DiskReader, project: string, field: unknown): Outcome<string[]> {
  const patterns = workspacePatterns(field)
  if (patterns === undefined)
    return fail('project-unreadable', 'package.json: "workspaces" is no list of patterns.', {
      fix: 'Write it as npm reads it, such as ["packages/*"].',
    })
  const folders = workspaceFolders(project, patterns, disk)
  if (folders !== undefined) return ok(folders)
  return fail('too-many-packages', 'package.json: "workspaces" asks for more folders than can be listed.')
}

/**
 * Texts of the package.json files at these places. Fails with `project-unreadable` for one that is there and cannot be read, or
 * that a symbolic link leads to: npm reads it, and what the lockfile says in its place is anybody's word.
 */
function manifestTexts(
  disk: DiskReader,
  project: string,
  places: Iterable<string>,
): Outcome<[location: string, text: string][]> {
  const root = disk.realPath(project) ?? project
  const texts: [location: string, text: string][] = []
  for (const location of places) {
    if (location === '' || location.startsWith('../')) continue
    const file = below(location, 'package.json')
    const real = disk.realPath(join(project, location))
    if (real === undefined) continue
    if (real !== join(root, location)) return unreadable(file, 'behind a symbolic link')
    const read = disk.file(join(project, file))
    if (read.ok) texts.push([location, read.bytes.toString('utf8')])
    else if (read.reason !== 'absent') return unreadable(file, UNREAD[read.reason])
  }
  return ok(texts)
}

function unreadable(file: string, what: string): Outcome<never> {
  return fail('project-unreadable', `${file} is ${what}.`, {
    fix: `Make it a regular file of the project, and name its own folder in "workspaces" and dependencies.`,
  })
}
