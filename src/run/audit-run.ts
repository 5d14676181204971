/** A run that asks everything anew: judges the whole tree, looks ahead, and compares with what was stored the last time. */
import { resolve } from 'node:path'
import { loadPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import type { Disk } from '#disk/disk'
import { trendPoint } from '#history/trend'
import type { AuditReport } from '#model/audit'
import { EXIT_CODE } from '#model/exit-code'
import type { Policy } from '#model/policy'
import type { RunReport } from '#model/run-report'
import type { AuditWish, RunRequest } from '#model/run-request'
import type { NotifyWhen } from '#notify/deliver'
import { findDestinations } from '#notify/destination'
import type { Destination } from '#notify/destination'
import { lapsingEntries } from '#policy/lapsing'
import { maybeMeasured, planOf } from '../run.ts'
import type { RunOptions, RunOutcome, RunPlan } from '../run.ts'
import { step } from '../trace.ts'
import { HISTORY_FOLDER, lookBack, openHistory, rememberRun } from './audit-history.ts'
import { auditExitCode } from './fail-on.ts'
import type { FailOn } from './fail-on.ts'
import { withOwners } from './project-owners.ts'
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
  /** Folder of stored runs, or false to neither read nor write any. Default: `.cache/depgate-history` in the project. */
  history?: string | false
  /** What exit code 1 stands for. Default: every denial. */
  failOn?: FailOn
  /** A dump of OSV's database: a file, a folder of JSON files, or a zip file. */
  osv?: string
  /** Tell the policy's targets what was found. */
  notify?: NotifyWhen
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
export async function runAudit(options: AuditOptions): Promise<RunOutcome> {
  const {
    parts,
    osv,
    notify,
    requestsPerSecond = POLITE_PER_SECOND,
    history,
    failOn = 'any',
    ...asked
  } = options
  const audit: AuditWish = { forecast: true, advisories: true, ...parts }
  const wanted = { audit, ...(osv !== undefined && { osv: resolve(osv) }) }
  let ready: Ready | undefined
  const outcome = await maybeMeasured(
    { ...asked, command: 'audit', deadline: asked.deadline ?? DEADLINE },
    async (whole, startedAt, measuring) => {
      const plan = planOf(whole, startedAt, measuring)
      if ('kind' in plan) return plan
      const loaded = policyOf(plan)
      if ('kind' in loaded) return loaded
      const found = notify && findDestinations(loaded.policy.notify, plan.env)
      if (found?.ok === false) return usageError(found.problems)
      ready = { plan, policy: loaded.policy, destinations: found?.destinations ?? [] }
      return judgeAnew(plan, { ...loaded, policy: anew(loaded.policy, requestsPerSecond) }, wanted)
    },
  )
  if (outcome.kind !== 'report' || ready === undefined) return outcome
  // After the measuring, so that what a run cost becomes part of what is stored of it.
  const owned = withOwners(outcome.report, ready.policy.licenses.exceptions, ready.plan.realProject)
  const stored = await withHistory(owned, ready, history)
  const report = notify === undefined ? stored : await told(stored, ready, notify)
  return { ...outcome, report, exitCode: auditExitCode(report, failOn) }
}

/** What was found out before anything was judged. */
interface Ready {
  plan: RunPlan
  policy: Policy
  destinations: readonly Destination[]
}

function usageError(problems: readonly string[]): Extract<RunOutcome, { kind: 'error' }> {
  return { kind: 'error', exitCode: EXIT_CODE.usage, message: problems.join('\n') }
}

/** The report once everybody has been told of it: whom that did not reach is a warning. */
async function told(report: RunReport, { plan, destinations }: Ready, when: NotifyWhen): Promise<RunReport> {
  const { tellAbout } = await import('./notify-run.ts')
  const { project, env, options } = plan
  const place = { project, env, trustNpmrc: options.trustNpmrc ?? [] }
  const warnings = await tellAbout(report, destinations, when, place)
  return warnings.length === 0 ? report : { ...report, warnings: [...report.warnings, ...warnings] }
}

function policyOf(plan: RunPlan): { policy: Policy; disk: Disk } | Extract<RunOutcome, { kind: 'error' }> {
  const { options, project, realProject } = plan
  const disk = openDisk(realProject)
  const loaded = step('load-policy', () =>
    loadPolicy({ project, disk, ...(options.config !== undefined && { configPath: options.config }) }),
  )
  if (loaded.ok) return { policy: loaded.policy, disk }
  return usageError([loaded.message])
}

async function judgeAnew(
  plan: RunPlan,
  { policy, disk }: { policy: Policy; disk: Disk },
  wanted: Pick<RunRequest, 'audit' | 'osv'>,
): Promise<RunOutcome> {
  const { options } = plan
  const request = runRequest(plan, { policy, hasPolicy: true, disk })
  const texts = options.from === 'lockfile' ? 'all' : request.texts
  return superviseRequest(plan, { ...request, texts, ...wanted })
}

/** The report with all that the policy's dates and the runs before it say of it; it is stored, unless nobody wants it. */
async function withHistory(
  report: RunReport,
  { plan, policy }: Ready,
  history: AuditOptions['history'],
): Promise<RunReport> {
  const lapsing = lapsingEntries(policy, report.findings, plan.now)
  const audit: AuditReport = { ...report.audit, lapsing, trend: [trendPoint(report)] }
  const complete: RunReport = { ...report, audit }
  if (history === false) return complete
  const opened = await openHistory({
    directory: resolve(plan.project, history ?? HISTORY_FOLDER),
    project: plan.project,
    env: plan.env,
  })
  if ('refused' in opened) {
    const warning = { code: 'history-off', message: `The history ${opened.refused}.` }
    return { ...complete, warnings: [...report.warnings, warning] }
  }
  const { warnings, ...before } = await lookBack(complete, opened.folder)
  const whole = { ...complete, audit: { ...audit, ...before } }
  const problems = await rememberRun(whole, opened.folder, policy.history, plan.now)
  return { ...whole, warnings: [...report.warnings, ...warnings, ...problems] }
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
