/** Looks for the snapshot of a run: the one place that ties its key to a plan, and its file to the cache folder. */
import { resolve } from 'node:path'
import { loadCacheSecret } from '#cache/secret'
import type { BaseCommit } from '#git/base-commit'
import { exitCodeOf } from '#model/exit-code'
import { recall, recalledReport } from '#snapshot/recall'
import type { Recalled } from '#snapshot/recall'
import { snapshotKey } from '#snapshot/snapshot-key'
import { monotonicMs } from './clock.ts'
import { homeOf } from './home.ts'
import type { RunOutcome, RunPlan } from './run.ts'

/** Looking again may take this share of the deadline at most: what is left must do for a whole run. */
const MAX_SHARE = 0.4
/** The deadline that counts as long as nobody has read the policy, in milliseconds. */
const DEFAULT_DEADLINE_MS = 10_000

/**
 * The snapshot that answers a run, if there is one, or what has changed since, as {@link recall} says. `base` is that of a
 * run that judges a change. Never rejects.
 */
export async function recallSnapshot(
  plan: RunPlan,
  base?: CommitBase,
): Promise<Recalled | 'tree-changed' | undefined> {
  const { realProject, cacheDirectory, env, now } = plan
  if (cacheDirectory === undefined) return undefined
  const secret = await loadCacheSecret({ env, home: homeOf(env), project: realProject, cacheDirectory })
  if (!('key' in secret)) return undefined
  const until = recallUntil(plan)
  return recall({
    folder: { directory: cacheDirectory, project: plan.project, secret: secret.key },
    key: snapshotKeyOf(plan, base),
    env,
    now,
    goOn: () => monotonicMs() < until,
  })
}

/** Until when looking for a snapshot may take, by {@link monotonicMs}. */
export function recallUntil({ startedAt, deadlineMs = DEFAULT_DEADLINE_MS }: RunPlan): number {
  return startedAt + deadlineMs * MAX_SHARE
}

/** This run's report of a snapshot that holds, if the options allow it. */
export function answerOf(
  recalled: Recalled,
  { options, runId, now, startedAt, deadlineMs }: RunPlan,
): Extract<RunOutcome, { kind: 'report' }> | undefined {
  const { hasPolicy } = recalled.snapshot
  if (!hasPolicy && options.policyOptional !== true) return undefined
  const report = recalledReport(recalled, {
    id: runId,
    command: options.command ?? 'check',
    startedAt: new Date(now).toISOString(),
    durationMs: Math.round(monotonicMs() - startedAt),
    deadlineMs: deadlineMs ?? recalled.snapshot.deadlineMs,
    offline: options.offline === true,
  })
  return { kind: 'report', exitCode: exitCodeOf(report.verdict), report, judged: hasPolicy }
}

/** The commits that a change is compared with and judged by: their names fix all that is read of them. */
export type CommitBase = Pick<BaseCommit, 'name' | 'commit' | 'tip' | 'prefix'>

/** The key of the snapshot that a run reads and writes. */
export function snapshotKeyOf({ realProject, options, env }: RunPlan, base?: CommitBase): string {
  return snapshotKey({
    project: realProject,
    config: options.config === undefined ? undefined : resolve(options.config),
    omitDev: options.omitDev === true,
    workspaces: options.workspaces ?? [],
    trustNpmrc: options.trustNpmrc ?? [],
    ...(base && { base: [base.name, base.commit, base.tip, base.prefix] }),
    env,
    cwd: process.cwd(),
  })
}
