/** Looks for the snapshot of a run: the one place that ties its key to a plan, and its file to the cache folder. */
import { resolve } from 'node:path'
import { loadCacheSecret } from '#cache/secret'
import { recall } from '#snapshot/recall'
import type { Recalled } from '#snapshot/recall'
import { snapshotKey } from '#snapshot/snapshot-key'
import { monotonicMs } from './clock.ts'
import { homeOf } from './home.ts'
import type { RunPlan } from './run.ts'

/** Looking again may take this share of the deadline at most: what is left must do for a whole run. */
const MAX_SHARE = 0.4
/** The deadline that counts as long as nobody has read the policy, in milliseconds. */
const DEFAULT_DEADLINE_MS = 10_000

/** The snapshot that answers a run, if there is one, or what has changed since, as {@link recall} says. Never rejects. */
export async function recallSnapshot(plan: RunPlan): Promise<Recalled | 'tree-changed' | undefined> {
  const { realProject, cacheDirectory, env, now, startedAt, deadlineMs = DEFAULT_DEADLINE_MS } = plan
  if (cacheDirectory === undefined) return undefined
  const secret = await loadCacheSecret({ env, home: homeOf(env), project: realProject, cacheDirectory })
  if (!('key' in secret)) return undefined
  const until = startedAt + deadlineMs * MAX_SHARE
  return recall({
    folder: { directory: cacheDirectory, project: plan.project, secret: secret.key },
    key: snapshotKeyOf(plan),
    env,
    now,
    goOn: () => monotonicMs() < until,
  })
}

/** The key of the snapshot that a run reads and writes. */
export function snapshotKeyOf({ realProject, options, env }: RunPlan): string {
  return snapshotKey({
    project: realProject,
    config: options.config === undefined ? undefined : resolve(options.config),
    omitDev: options.omitDev === true,
    workspaces: options.workspaces ?? [],
    trustNpmrc: options.trustNpmrc ?? [],
    env,
  })
}
