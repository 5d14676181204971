/** A run that judges a change: finds the base and its policy, has the worker judge what is different, keeps the deadline. */
import { existsSync, lstatSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openDisk } from '#disk/disk'
import { findBase } from '#git/base-commit'
import type { BaseWish } from '#git/base-commit'
import { openGit } from '#git/git'
import { EXIT_CODE, exitCodeOf } from '#model/exit-code'
import { ok } from '#model/outcome'
import type { Failure, FailureCode, Outcome } from '#model/outcome'
import type { RunReport } from '#model/run-report'
import type { BaseSide, RunRequest } from '#model/run-request'
import { monotonicMs } from '../clock.ts'
import { maybeMeasured, planOf } from '../run.ts'
import type { RequestError, RunOptions, RunOutcome, RunPlan } from '../run.ts'
import { openBase } from './base-place.ts'
import type { BaseFiles } from './base-place.ts'
import { judgingPolicy } from './base-policy.ts'
import { isSmallChange, judgeKnown, LOCKFILES, MAX_SMALL_LOCKFILE_BYTES } from './known-change.ts'
import type { LeftOver } from './known-change.ts'
import { createPinnedReader } from './read-pinned.ts'
import { startEarly } from './supervise.ts'
import type { EarlyWorker } from './supervise.ts'
import { sameTree, unchangedReport } from './unchanged.ts'
import { runRequest, superviseRequest } from './whole-run.ts'

/** What to judge: everything that is different from a base. */
export interface DiffOptions extends Omit<RunOptions, 'from' | 'texts' | 'snapshot' | 'policyOptional'> {
  /** A lockfile of an earlier state if there is such a file, else a git ref; `release` for the newest tag. */
  base: string | { release: true }
  /** Compare with what both sides have in common last. Default: true. */
  mergeBase?: boolean
  /** A change of the policy is only told. Default: false. */
  allowPolicyChange?: boolean
}

/** Until the policy has said how long a run may take, in milliseconds. */
const DEFAULT_DEADLINE_MS = 10_000

/** Judges a change by the policy of its base. Rejects only for a bug of depgate's own. */
export function runDiff(options: DiffOptions): Promise<RunOutcome> {
  const asked = { ...options, command: options.command ?? 'diff' }
  return maybeMeasured(asked, async (wanted, startedAt, measuring) => {
    const plan = planOf(wanted, startedAt, measuring)
    if ('kind' in plan) return plan
    // A worker takes as long to start as everything that is done before it gets something to do.
    const early = needsWorker(plan) ? startEarly() : undefined
    try {
      const place = placeOf(options, plan)
      if (!place.ok) return refused(place.failure)
      const outcome = await judgeChange(place.value, options, plan, early)
      if (outcome.kind === 'report' && place.value.isHead) outcome.report.warnings.push(BASE_IS_HEAD)
      return outcome
    } finally {
      void early?.terminate()
    }
  })
}

/** A gate that always compares a commit with itself would pass for ever. */
const BASE_IS_HEAD = {
  code: 'base-is-head',
  message:
    'The base is the commit that is checked out, so only what is not committed was compared. On the branch itself, judge the whole tree with depgate check.',
}

async function judgeChange(
  { name, place }: Place,
  options: DiffOptions,
  plan: RunPlan,
  early: EarlyWorker | undefined,
): Promise<RunOutcome> {
  const open = openedBy(plan)
  const before = openBase(place, open)
  if (!before.ok) return refused(before.failure)
  const pinned = createPinnedReader(plan, monotonicMs() + open.leftMs())
  const rules = await judgingPolicy({
    project: plan.realProject,
    base: { name, place },
    files: before.value,
    config: options.config,
    read: pinned.read,
  })
  await pinned.close()
  if (!rules.ok) return refused(rules.failure)
  if (rules.value.kind === 'wrong')
    return { kind: 'error', exitCode: EXIT_CODE.usage, message: rules.value.message }
  const { policy, policySha256, policyChanges } = rules.value
  const allowsPolicyChange = options.allowPolicyChange === true
  const base: BaseSide = { name, place, policySha256, policyChanges, allowsPolicyChange }
  const disk = openDisk(plan.realProject)
  const request = runRequest(plan, { policy, hasPolicy: true, disk })
  const unchanged = sameTree(before.value, { disk, folder: plan.realProject })
  if (unchanged === undefined)
    return judgeDifference(plan, { ...request, from: 'lockfile', texts: 'all', base }, before.value, early)
  const report = unchangedReport(request, base, unchanged)
  return { kind: 'report', exitCode: exitCodeOf(report.verdict), report, judged: true }
}

/** Here where that is quick and safe, else in a worker. */
async function judgeDifference(
  plan: RunPlan,
  request: RunRequest,
  before: BaseFiles,
  early: EarlyWorker | undefined,
): Promise<RunOutcome> {
  const { realProject: folder, options } = plan
  const after = { disk: openDisk(folder), folder }
  if (early !== undefined || plan.measuring !== undefined || !isSmallChange(request, { before, after }))
    return superviseRequest(plan, { ...request, handedOverAt: monotonicMs() }, early)
  const { report, ...left } = await judgeKnown(request, before, options.signal)
  if (report !== undefined)
    return { kind: 'report', exitCode: exitCodeOf(report.verdict), report, judged: true }
  const outcome = await superviseRequest(plan, { ...request, handedOverAt: monotonicMs() })
  return outcome.kind === 'report' ? { ...outcome, report: withLeft(outcome.report, left) } : outcome
}

/** A large lockfile is read by a worker only, and with an empty cache somebody has to be asked. */
function needsWorker({ realProject, cacheDirectory }: RunPlan): boolean {
  if (cacheDirectory === undefined || !existsSync(cacheDirectory)) return true
  return LOCKFILES.some(
    (name) =>
      (lstatSync(join(realProject, name), { throwIfNoEntry: false })?.size ?? 0) > MAX_SMALL_LOCKFILE_BYTES,
  )
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

type Place = Pick<BaseSide, 'name' | 'place'> & { isHead: boolean }

function placeOf({ base, mergeBase }: DiffOptions, plan: RunPlan): Outcome<Place> {
  if (typeof base === 'string' && isFile(resolve(base)))
    return ok({ name: base, place: { kind: 'lockfile', path: resolve(base) }, isHead: false })
  const git = openGit(openedBy(plan))
  if (!git.ok) return git
  const wish: BaseWish =
    typeof base === 'string'
      ? { kind: 'ref', ref: base, mergeBase: mergeBase !== false }
      : { kind: 'release' }
  const found = findBase(git.value, wish)
  if (!found.ok) return found
  const { name, commit, prefix, isHead } = found.value
  return ok({ name, place: { kind: 'commit', commit, prefix }, isHead })
}

function openedBy({ realProject, env, startedAt, deadlineMs = DEFAULT_DEADLINE_MS }: RunPlan) {
  const leftMs = (): number => startedAt + deadlineMs - monotonicMs()
  return { folder: realProject, project: realProject, env, leftMs }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

/** What was wrong with the request is exit code 2; a git or a registry that does not answer is 3. */
function refused({ code, message, fix }: Failure): RequestError {
  const text = fix === undefined ? message : `${message}\n  fix: ${fix}`
  return { kind: 'error', exitCode: WRONG.has(code) ? EXIT_CODE.usage : EXIT_CODE.incomplete, message: text }
}

const WRONG: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'git-not-found',
  'not-a-repository',
  'unknown-base',
])
