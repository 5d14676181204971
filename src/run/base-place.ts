/** Opens what a change is compared with: the files of a commit, or a lockfile with what lies beside it. */
import { basename, dirname, join } from 'node:path'
import { comparedTree, readLockedPlan } from '#collectors/collect'
import type { ComparedTree, LockedPlan } from '#collectors/collect'
import { openDisk } from '#disk/disk'
import type { DiskReader } from '#disk/disk'
import { openCommit, openWholeCommit } from '#git/commit-disk'
import { openGit } from '#git/git'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { BaseSide } from '#model/run-request'
import { changedFolders } from './changed-folders.ts'
import type { ProjectFiles } from './changed-folders.ts'

/** The files of a base. */
export interface BaseFiles {
  disk: DiskReader
  /** Absolute path under which its package.json is read. */
  folder: string
  /** The first failure of whoever reads them; whatever was answered since then may be wrong. */
  failure: () => Outcome<never> | undefined
  /** Whether a file is sure to hold other bytes than these, where that is known without reading it. */
  holdsOther?: (path: string, bytes: Uint8Array) => boolean
}

/** What opening takes: the project's real path, the environment, and the milliseconds that are left. */
export interface OpenBase {
  project: string
  env: Record<string, string | undefined>
  leftMs: () => number
}

const LOCKFILE = 'package-lock.json'

/** Opens the files of a base; reading them is bounded by what is left of the time. */
export function openBase(place: BaseSide['place'], { project, env, leftMs }: OpenBase): Outcome<BaseFiles> {
  if (place.kind === 'lockfile') return ok(besideLockfile(place.path))
  const git = openGit({ folder: project, env, leftMs })
  if (!git.ok) return git
  const disk = openCommit(git.value, place, project)
  return ok({ disk, folder: project, failure: disk.failure, holdsOther: disk.holdsOther })
}

/**
 * Opens the files that the policy of a base is read from: those of the tip, because a change chooses what both sides have
 * in common by where it branches off. `files` are those that it is compared with.
 */
export function openPolicyFiles(
  place: BaseSide['place'],
  { project, env, leftMs }: OpenBase,
  files: BaseFiles,
): Outcome<BaseFiles> {
  if (place.kind === 'lockfile' || place.tip === place.commit) return ok(files)
  const git = openGit({ folder: project, env, leftMs })
  if (!git.ok) return git
  const disk = openCommit(git.value, { commit: place.tip, prefix: place.prefix }, project)
  return ok({ disk, folder: project, failure: disk.failure })
}

/** Opens the files of a commit for whoever wants all of them; undefined where the base is no commit. */
export function openBaseSources(
  place: BaseSide['place'],
  { project, env, leftMs }: OpenBase,
): Outcome<BaseFiles> | undefined {
  if (place.kind !== 'commit') return undefined
  const git = openGit({ folder: project, env, leftMs })
  if (!git.ok) return git
  const disk = openWholeCommit(git.value, place, project)
  return ok({ disk, folder: project, failure: disk.failure })
}

/** The tree by base's lockfile, compared with the one of the change. A failure says that it is about the base. */
export function readBaseTree(
  { name }: Pick<BaseSide, 'name'>,
  now: LockedPlan,
  { disk, folder, failure }: BaseFiles,
  nowFiles: ProjectFiles,
): Outcome<ComparedTree> {
  const plan = readLockedPlan(disk, folder, { like: now })
  const others = plan.ok ? changedFolders(now, { disk, folder }, nowFiles) : new Set<string>()
  const broken = failure()
  if (broken !== undefined) return broken
  if (plan.ok) return ok(comparedTree(plan.value, now, others))
  const fix =
    plan.failure.code === 'lockfile-missing'
      ? 'Name another base, or judge the whole tree with depgate check.'
      : 'Name another base.'
  const message = `In the base, ${name}: ${plan.failure.message}`
  return { ok: false, failure: { ...plan.failure, message, fix } }
}

/** A folder in which a lockfile of any name stands for package-lock.json. */
function besideLockfile(path: string): BaseFiles {
  const folder = dirname(path)
  const disk = openDisk(folder)
  const actual = (wanted: string): string =>
    dirname(wanted) === folder && basename(wanted) === LOCKFILE ? path : wanted
  const isOther = (wanted: string): boolean =>
    wanted === join(folder, 'npm-shrinkwrap.json') && wanted !== path
  return {
    folder,
    failure: () => undefined,
    disk: {
      ...disk,
      file: (wanted, maxBytes) =>
        isOther(wanted) ? { ok: false, reason: 'absent' } : disk.file(actual(wanted), maxBytes),
      kind: (wanted) => (isOther(wanted) ? 'absent' : disk.kind(actual(wanted))),
    },
  }
}
