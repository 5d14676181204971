/** The collectors' face: reads lockfile and disk, asks npm, and lets npm's word confirm the draft. */
import { dirname, join } from 'node:path'
import type { Disk, DiskReader } from '#disk/disk'
import type { Inventory } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { ok } from '#model/outcome'
import { confirmTree as compareTrees } from './confirm-tree.ts'
import { readNpmLs } from './npm-ls.ts'
import { findNpm } from './npm-program.ts'
import { runNpmLs } from './npm-runner.ts'
import { npmrcKeys } from './npmrc-keys.ts'
import { readPackageFiles } from './package-files.ts'
import { isRecord, parseJsonText } from './json-text.ts'
import { readLockfile } from './lockfile-on-disk.ts'
import { lockedTree } from './locked-tree.ts'
import type { LockedTree } from './locked-tree.ts'
import { draftTree } from './tree.ts'
import type { TreeDraft } from './tree.ts'

export { confirmationOf, confirmedBefore, isConfirmation, placesOf } from './confirmation.ts'
export type { Confirmation } from './confirmation.ts'
export { hashPackageFile } from './file-hash.ts'
export { inventoryFromLockfile } from './locked-inventory.ts'
export type { LockfileInput } from './locked-inventory.ts'
export { comparedTree, comparedWholly } from './compared-tree.ts'
export type { ComparedTree } from './compared-tree.ts'
export { plannedInventory } from './locked-inventory.ts'
export type { LockedPlan } from './locked-inventory.ts'
export { findTreeSource, readLockedInventory, readLockedPlan } from './lockfile-on-disk.ts'
export type { DirectDependency, LockedTree } from './locked-tree.ts'
export { openPins } from './pinned-package.ts'
export type { PinnedPackage } from './pinned-package.ts'
export type { TreeDraft } from './tree.ts'

const MAX_LOCKFILE_BYTES = 64 * 1024 * 1024

/**
 * Lockfile and disk joined, synchronously. `lockfiles` remembers those apart from all else, because whoever installs
 * anything changes them. `omitDev`: development dependencies may be absent.
 */
export function readTree(
  { disk, lockfiles }: { disk: Disk; lockfiles: Disk },
  { project, omitDev }: { project: string; omitDev: boolean },
): Outcome<TreeDraft> {
  const packages = readPackageFiles(project, disk)
  if (!packages.ok) return packages
  const lock = readLockfile(lockfiles, project)
  if (!lock.ok) return lock
  // No evidence, because anybody can have written it; but npm reads it.
  const hidden = lockfiles.file(join(project, 'node_modules/.package-lock.json'), MAX_LOCKFILE_BYTES)
  const npmrc = disk.file(join(project, '.npmrc'))
  const npmrcText = npmrc.ok ? npmrc.bytes.toString('utf8') : undefined
  return draftTree({
    disk: packages.value,
    ...(lock.value && { found: lock.value }),
    omitDev,
    npmrcKeys: npmrcText === undefined ? [] : npmrcKeys(npmrcText),
    ...(hidden.ok && { hidden: hidden.bytes.toString('utf8') }),
    ...(npmrcText !== undefined && { npmrc: npmrcText }),
  })
}

/** The tree that a lockfile alone promises, without a look at node_modules; undefined if there is no lockfile. */
export function readLockedTree(disk: DiskReader, project: string): Outcome<LockedTree | undefined> {
  const lock = readLockfile(disk, project)
  if (!lock.ok) return lock
  if (lock.value === undefined) return ok(undefined)
  const manifest = disk.file(join(project, 'package.json'))
  const parsed = manifest.ok ? parseJsonText(manifest.bytes.toString('utf8')) : undefined
  const root = parsed?.ok === true && isRecord(parsed.value) ? { root: parsed.value } : {}
  return ok(lockedTree(lock.value.lockfile, { ...root, folders: new Map() }))
}

/** Runs `npm ls --all --json` for the project; gives npm's text. May be called before or while the tree is read. */
export async function askNpm(
  disk: Disk,
  {
    project,
    env,
    signal,
    onChild,
  }: {
    project: string
    env: NodeJS.ProcessEnv
    signal: AbortSignal
    onChild?: (pid: number | undefined) => void
  },
): Promise<Outcome<string>> {
  const program = findNpm({ project, env, execPath: process.execPath })
  if (!program.ok) return program
  // Which npm it is that answers.
  disk.linkedFile(join(dirname(program.value), '..', 'package.json'))
  const answer = await runNpmLs({
    program: program.value,
    project,
    env,
    signal,
    ...(onChild ? { onChild } : {}),
  })
  return answer.ok ? answer : withNpmrc(answer, projectNpmrcKeys(disk, project))
}

/** The draft as inventory, if npm's text confirms it. */
export function confirmTree(draft: TreeDraft, npmText: string): Outcome<Inventory> {
  const npm = readNpmLs(npmText)
  if (!npm.ok) return withNpmrc(npm, draft.npmrcKeys)
  return compareTrees(draft, npm.value)
}

/** The draft as inventory although npm did not answer in time: judged, and the run stays incomplete. */
export function unconfirmed({ inventory }: TreeDraft): Inventory {
  return {
    ...inventory,
    problems: [
      ...inventory.problems,
      {
        type: 'not-confirmed',
        message: 'Lockfile and disk agree, but npm did not confirm the tree in time.',
        fix: 'Run once with `--deadline 5m`; later runs are faster.',
      },
    ],
  }
}

function projectNpmrcKeys(disk: Disk, project: string): string[] {
  const read = disk.file(join(project, '.npmrc'))
  return read.ok ? npmrcKeys(read.bytes.toString('utf8')) : []
}

/** npm obeys the project's .npmrc: whoever reads of npm's failure should know what that file sets. */
function withNpmrc<T>(outcome: Outcome<T>, keys: readonly string[]): Outcome<T> {
  if (outcome.ok || keys.length === 0) return outcome
  const { failure } = outcome
  const detail = `the project's .npmrc sets ${keys.join(', ')}: one of these may be the cause`
  return { ok: false, failure: { ...failure, details: [...(failure.details ?? []), detail] } }
}
