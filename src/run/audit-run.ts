/** A run that asks everything anew: judges the whole tree, looks ahead, and compares with what was stored the last time. */
import { loadPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import { EXIT_CODE } from '#model/exit-code'
import type { Policy } from '#model/policy'
import type { AuditWish } from '#model/run-request'
import { maybeMeasured, planOf } from '../run.ts'
import type { RunOptions, RunOutcome, RunPlan } from '../run.ts'
import { step } from '../trace.ts'
import { runRequest, superviseRequest } from './whole-run.ts'

/** What to audit. The whole tree is judged, and no snapshot answers. */
export interface AuditOptions extends Pick<
  RunOptions,
  | 'project'
  | 'config'
  | 'deadline'
  | 'from'
  | 'refresh'
  | 'allowStale'
  | 'trustNpmrc'
  | 'cacheDirectory'
  | 'metrics'
  | 'profile'
  | 'runId'
  | 'startedAt'
  | 'signal'
  | 'onProgress'
> {
  /** Parts to look into besides judging. Default: all. */
  parts?: Partial<AuditWish>
  /** Most requests a second, as far as the policy allows them. Default: 50, because nobody waits for an audit. */
  requestsPerSecond?: number
}

/** Time for an audit unless it is told otherwise, whatever the policy says of a check. */
const DEADLINE = '5m'
/** Requests a second for what nobody waits for. */
const POLITE_PER_SECOND = 50
/**
 * How long an answer of what a registry can change is believed, in milliseconds: asked within the hour is asked anew, so
 * that an audit that was cut off can be gone on with.
 */
const FRESH_MS = 3_600_000

/** Audits. Rejects only for a bug of depgate's own. */
export function runAudit(options: AuditOptions): Promise<RunOutcome> {
  const { parts, requestsPerSecond = POLITE_PER_SECOND, ...asked } = options
  const wish: AuditWish = { forecast: true, advisories: true, ...parts }
  return maybeMeasured(
    { ...asked, command: 'audit', deadline: asked.deadline ?? DEADLINE },
    (wanted, startedAt, measuring) => {
      const plan = planOf(wanted, startedAt, measuring)
      return 'kind' in plan ? Promise.resolve(plan) : judgeAnew(plan, wish, requestsPerSecond)
    },
  )
}

async function judgeAnew(plan: RunPlan, audit: AuditWish, requestsPerSecond: number): Promise<RunOutcome> {
  const { options, project, realProject } = plan
  const disk = openDisk(realProject)
  const loaded = step('load-policy', () =>
    loadPolicy({ project, disk, ...(options.config !== undefined && { configPath: options.config }) }),
  )
  if (!loaded.ok) return { kind: 'error', exitCode: EXIT_CODE.usage, message: loaded.message }
  const policy = anew(loaded.policy, requestsPerSecond)
  const request = runRequest(plan, { policy, hasPolicy: true, disk })
  const texts = options.from === 'lockfile' ? 'all' : request.texts
  return superviseRequest(plan, { ...request, texts, audit })
}

/** The same rules, asked politely, with nothing believed that is older than the hour. */
function anew(policy: Policy, requestsPerSecond: number): Policy {
  const { network, cache } = policy
  return {
    ...policy,
    network: { ...network, requestsPerSecond: Math.min(network.requestsPerSecond, requestsPerSecond) },
    cache: { ...cache, ttlMs: Math.min(cache.ttlMs, FRESH_MS) },
  }
}
