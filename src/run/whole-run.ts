/** A run that asks everybody: finds the policy, has the worker do the work, and keeps the deadline. */
import { emptyPolicy, loadPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import type { Disk } from '#disk/disk'
import { EXIT_CODE, exitCodeOf } from '#model/exit-code'
import type { WorkerMeasurement } from '#metrics/measure-worker'
import type { RunRequest } from '#model/run-request'
import { monotonicMs } from '../clock.ts'
import { recallShared } from '../recall-shared.ts'
import { answerOf, snapshotKeyOf } from '../recall-snapshot.ts'
import type { RunOutcome, RunPlan } from '../run.ts'
import { step } from '../trace.ts'
import type { EarlyWorker } from './supervise.ts'

/**
 * Runs; rejects only for a bug of depgate's own. `treeChanged`: an earlier run's snapshot differs in nothing but the
 * tree, so that what it says of unchanged packages still holds. `mayAskShared`: another machine's may answer.
 */
export async function runWhole(
  plan: RunPlan,
  { treeChanged, mayAskShared }: { treeChanged: boolean; mayAskShared: boolean },
): Promise<RunOutcome> {
  const { options, project, realProject, cacheDirectory } = plan
  const disk = openDisk(realProject)
  const loaded = step('load-policy', () =>
    loadPolicy({
      project,
      disk,
      ...(options.config !== undefined && { configPath: options.config }),
    }),
  )
  const optional = options.policyOptional === true && !loaded.ok && loaded.absent
  if (!loaded.ok && !optional) return { kind: 'error', exitCode: EXIT_CODE.usage, message: loaded.message }
  const policy = loaded.ok ? loaded.policy : emptyPolicy()
  const seen = { root: realProject, ...disk.looks() }
  const shared =
    mayAskShared && policy.cache.redis !== undefined
      ? await step('recall-shared', () => recallShared(plan, policy, seen))
      : undefined
  const recalled = shared !== undefined && 'snapshot' in shared ? answerOf(shared, plan) : undefined
  if (recalled !== undefined) return recalled
  const request = runRequest(plan, { policy, hasPolicy: loaded.ok, disk })
  return superviseRequest(plan, {
    ...request,
    ...(cacheDirectory !== undefined && options.from !== 'lockfile' && { snapshotKey: snapshotKeyOf(plan) }),
    treeChanged: treeChanged && options.snapshot !== 'verify',
    ...(shared && 'snapshotKey' in shared && { shared }),
  })
}

/** The request of a plan once its policy is known; `disk` has read it. Without anything of earlier runs. */
export function runRequest(
  plan: RunPlan,
  { policy, hasPolicy, disk }: Pick<RunRequest, 'policy' | 'hasPolicy'> & { disk: Disk },
): RunRequest {
  const { options, project, realProject, cacheDirectory, measuring } = plan
  return {
    project,
    command: options.command ?? 'check',
    runId: plan.runId,
    now: plan.now,
    startedAt: plan.startedAt,
    deadlineAt: plan.startedAt + (plan.deadlineMs ?? policy.deadlineMs),
    policy,
    hasPolicy,
    ...(options.from !== undefined && { from: options.from }),
    texts: options.texts ?? 'everywhere',
    omitDev: options.omitDev === true,
    workspaces: options.workspaces ?? [],
    offline: options.offline === true,
    refresh: options.refresh === true,
    allowStale: options.allowStale === true,
    wantsInventory: options.wantsInventory === true,
    trustNpmrc: options.trustNpmrc ?? [],
    ...(cacheDirectory !== undefined && { cacheDirectory }),
    treeChanged: false,
    lookedAt: [{ root: realProject, ...disk.looks() }],
    metrics: options.metrics === true,
    relay: measuring?.relay ?? [],
    handedOverAt: monotonicMs(),
    ...(measuring?.profile !== undefined && { profile: measuring.profile }),
    env: plan.env,
  }
}

/** Has a worker do it: `early`, if one was started already. */
export async function superviseRequest(
  { options, measuring }: RunPlan,
  request: RunRequest,
  early?: EarlyWorker,
): Promise<RunOutcome> {
  measuring?.leaveToWorker()
  const { supervise } = await import('./supervise.ts')
  const hooks = {
    ...(options.signal && { signal: options.signal }),
    ...(options.onProgress && { onProgress: options.onProgress }),
    ...(measuring && {
      onMeasured: (measured: WorkerMeasurement) => measuring.addWorker(measured),
    }),
  }
  const result = await supervise(request, hooks, early)
  if (result.kind === 'cancelled') return result
  if (result.kind === 'usage') return { kind: 'error', exitCode: EXIT_CODE.usage, message: result.message }
  return {
    kind: 'report',
    exitCode: exitCodeOf(result.report.verdict),
    report: result.report,
    judged: request.hasPolicy,
    ...(result.inventory && { inventory: result.inventory }),
  }
}
