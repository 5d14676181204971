/** Asks the shared tier for the snapshot of a run that another machine has made. */
import { relative, resolve } from 'node:path'
import { sharedTier } from '#cache/redis-settings'
import { writeSealedFile } from '#cache/sealed-files'
import type { CacheWarning } from '#cache/store'
import { lookAtLockfiles } from '#snapshot/lockfile-looks'
import type { Policy } from '#model/policy'
import type { LookedAt, SharedSoFar } from '#model/run-request'
import type { Recalled } from '#snapshot/recall'
import { lookAtTool } from '#snapshot/tool-files'
import { monotonicMs } from './clock.ts'
import { homeOf } from './home.ts'
import { recallUntil, snapshotKeyOf } from './recall-snapshot.ts'
import type { RunPlan } from './run.ts'
import { TOOL_FOLDER } from './tool-version.ts'

/**
 * A snapshot that holds here, which is this machine's own from now on; else what a whole run has to know of the shared
 * tier. Undefined where there is none, or nowhere to keep what it has. `seen` is what was read of the policy. Never
 * rejects.
 */
export async function recallShared(
  plan: RunPlan,
  policy: Pick<Policy, 'cache'>,
  seen: LookedAt,
): Promise<Recalled | SharedSoFar | undefined> {
  const { options, project, cacheDirectory, env, now } = plan
  const shared = sharedTier({ policy: policy.cache.redis, env })
  // The tool's build is what tells one depgate from another.
  const tool = 'tier' in shared && cacheDirectory !== undefined ? lookAtTool(TOOL_FOLDER) : undefined
  if (!('tier' in shared) || cacheDirectory === undefined || tool === undefined) return undefined
  const [{ createRedisStore }, { arrivedSnapshot, sharedSnapshotKey }] = await Promise.all([
    import('#cache/redis-store'),
    import('#snapshot/shared'),
  ])
  const warnings: CacheWarning[] = []
  let rejected = 0
  const store = createRedisStore({
    ...shared.tier,
    now: Date.now,
    clock: monotonicMs,
    warn: (warning) => void warnings.push(warning),
    rejected: () => void rejected++,
  })
  const wish = {
    places: { project, home: homeOf(env), execPath: process.execPath },
    tool: { root: TOOL_FOLDER, ...tool },
    policy: seen,
    lockfiles: { root: project, ...lookAtLockfiles(project) },
    config: options.config === undefined ? undefined : relative(project, resolve(options.config)),
    omitDev: options.omitDev === true,
    workspaces: options.workspaces ?? [],
    trustNpmrc: options.trustNpmrc ?? [],
    env,
  }
  const snapshotKey = sharedSnapshotKey(wish)
  const record = await store.getLarge(snapshotKey)
  const until = recallUntil(plan)
  const arrived = record && (await arrivedSnapshot(record, wish, { now, goOn: () => monotonicMs() < until }))
  if (arrived === undefined) return { snapshotKey, patienceMs: store.patienceMs(), rejected, warnings }
  const { recalled, body } = arrived
  const folder = { directory: cacheDirectory, project, secret: shared.tier.secret }
  await writeSealedFile(folder, snapshotKeyOf(plan), { body, storedAt: recalled.madeAt })
  return recalled
}
