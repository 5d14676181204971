/** Judges a change whose base was found: reads the base's policy, and judges what is different where that is quickest. */
import { existsSync, lstatSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { join } from 'node:path'
import { shelfFolder } from '#cache/sealed-files'
import { openDisk } from '#disk/disk'
import { EXIT_CODE, exitCodeOf } from '#model/exit-code'
import type { Failure } from '#model/outcome'
import type { RunReport } from '#model/run-report'
import type { BaseSide, RunRequest } from '#model/run-request'
import { monotonicMs } from '../clock.ts'
import { snapshotKeyOf } from '../recall-snapshot.ts'
import type { CommitBase } from '../recall-snapshot.ts'
import type { RunOutcome, RunPlan } from '../run.ts'
import { openBase, openPolicyFiles } from './base-place.ts'
import type { BaseFiles, OpenBase } from './base-place.ts'
import { judgingPolicy } from './base-policy.ts'
import { judgeKnown, LOCKFILES, MAX_SMALL_LOCKFILE_BYTES, smallChange } from './known-change.ts'
import type { LeftOver } from './known-change.ts'
import { createPinnedReader } from './read-pinned.ts'
import { startEarly } from './supervise.ts'
import type { EarlyWorker } from './supervise.ts'
import { sameTree, unchangedReport } from './unchanged.ts'
import { runRequest, superviseRequest } from './whole-run.ts'

/** What a change is compared with. */
export interface ChangeQuestion {
  base: Pick<BaseSide, 'name' | 'place'>
  /** The base again, if it is a commit: then the answer is kept for whoever asks the same. */
  commit: CommitBase | undefined
  /** Whether changes of the policy are only told. */
  allowsPolicyChange: boolean
  openedBy: OpenBase
}

/** Judges; a failure is git's, or that of a registry that was asked for a policy. Rejects only for a bug of our own. */
export async function judgeChange(
  plan: RunPlan,
  question: ChangeQuestion,
): Promise<RunOutcome | { failure: Failure }> {
  // A worker takes as long to start as everything that is done before it gets something to do.
  const isNeeded = needsWorker(plan)
  const waiting = isNeeded || isNews(plan) ? startEarly(plan.project) : undefined
  try {
    return await judgeWith(plan, question, { waiting, isNeeded })
  } finally {
    void waiting?.worker.terminate()
  }
}

/** A worker that was started before it was known whether it gets something to do. */
interface Early {
  waiting: EarlyWorker | undefined
  /** No attempt to do without it is worth while. */
  isNeeded: boolean
}

async function judgeWith(
  plan: RunPlan,
  { base: { name, place }, commit, allowsPolicyChange, openedBy }: ChangeQuestion,
  early: Early,
): Promise<RunOutcome | { failure: Failure }> {
  const before = openBase(place, openedBy)
  if (!before.ok) return before
  const rulesOf = openPolicyFiles(place, openedBy, before.value)
  if (!rulesOf.ok) return rulesOf
  const pinned = createPinnedReader(plan, monotonicMs() + openedBy.leftMs())
  const disk = openDisk(plan.realProject)
  const rules = await judgingPolicy({
    project: plan.realProject,
    disk,
    base: { name, place },
    files: rulesOf.value,
    common: before.value,
    config: plan.options.config,
    read: pinned.read,
  })
  await pinned.close()
  if (!rules.ok) return rules
  if (rules.value.kind === 'wrong')
    return { kind: 'error', exitCode: EXIT_CODE.usage, message: rules.value.message }
  const { policy, policySha256, policyChanges } = rules.value
  const base: BaseSide = { name, place, policySha256, policyChanges, allowsPolicyChange }
  // With what was read of the change's own policy: another one is another question.
  const request = runRequest(plan, { policy, hasPolicy: true, disk })
  // The same dependencies may be imported in another way.
  const unchanged =
    policy.imports === undefined ? sameTree(before.value, { disk, folder: plan.realProject }) : undefined
  if (unchanged !== undefined) {
    const report = unchangedReport(request, base, unchanged)
    return { kind: 'report', exitCode: exitCodeOf(report.verdict), report, judged: true }
  }
  // A policy that could not be read today, perhaps because its package could not be had, may be another one tomorrow.
  const key =
    commit !== undefined && plan.cacheDirectory !== undefined && policyChanges.length === 0
      ? { snapshotKey: snapshotKeyOf(plan, commit) }
      : {}
  return judgeDifference(
    plan,
    { ...request, ...key, from: 'lockfile', texts: 'all', base },
    before.value,
    early,
  )
}

/** Here where that is quick and safe, else in a worker. */
async function judgeDifference(
  plan: RunPlan,
  request: RunRequest,
  before: BaseFiles,
  { waiting, isNeeded }: Early,
): Promise<RunOutcome> {
  const { realProject: folder, options } = plan
  const after = { disk: openDisk(folder), folder }
  const small = isNeeded || plan.measuring !== undefined ? undefined : smallChange(request, { before, after })
  if (small === undefined) return superviseRequest(plan, { ...request, handedOverAt: monotonicMs() }, waiting)
  const { report, ...left } = await judgeKnown(request, before, small, options.signal)
  if (report !== undefined)
    return { kind: 'report', exitCode: exitCodeOf(report.verdict), report, judged: true }
  const outcome = await superviseRequest(plan, { ...request, handedOverAt: monotonicMs() }, waiting)
  return outcome.kind === 'report' ? { ...outcome, report: withLeft(outcome.report, left) } : outcome
}

/** A large lockfile is read by a worker only, and with an empty cache somebody has to be asked. */
function needsWorker({ realProject, cacheDirectory }: RunPlan): boolean {
  if (cacheDirectory === undefined || !existsSync(cacheDirectory)) return true
  return LOCKFILES.some((name) => (looksOf(join(realProject, name))?.size ?? 0) > MAX_SMALL_LOCKFILE_BYTES)
}

/** Whether a lockfile is younger than all answers, so that somebody probably has to be asked. Times may lie: it only saves time. */
function isNews({ realProject, cacheDirectory = '' }: RunPlan): boolean {
  const answeredMs = looksOf(shelfFolder(cacheDirectory, 'snapshots'))?.mtimeMs ?? 0
  return LOCKFILES.some((name) => (looksOf(join(realProject, name))?.ctimeMs ?? 0) > answeredMs)
}

function looksOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

/** What the attempt has found and removed, nobody finds again. */
function withLeft(report: RunReport, { warnings = [], rejected = 0 }: Partial<LeftOver>): RunReport {
  const { cache } = report.run
  const told = new Set(report.warnings.map(({ code }) => code))
  const missing = warnings.filter(({ code }) => !told.has(code))
  if (missing.length === 0 && rejected === 0) return report
  return {
    ...report,
    run: { ...report.run, cache: { ...cache, rejected: cache.rejected + rejected } },
    warnings: [...report.warnings, ...missing],
  }
}
