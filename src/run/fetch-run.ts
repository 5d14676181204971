/** A run that only warms the cache: from the lockfile to signed records on disk, before the deadline. */
import { setMaxListeners } from 'node:events'
import { readLockedTree } from '#collectors/collect'
import type { LockedTree } from '#collectors/collect'
import { emptyPolicy, loadPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { FETCH_SCHEMA_VERSION } from '#model/fetch-report'
import type { FetchReport } from '#model/fetch-report'
import type { Failure } from '#model/outcome'
import { packageId } from '#model/package-id'
import type { Policy } from '#model/policy'
import { monotonicMs } from '../clock.ts'
import { planOf } from '../run.ts'
import type { RunOptions, RunPlan } from '../run.ts'
import { openRunCache, openRunRegistry } from '../runtime.ts'
import { TOOL_VERSION } from '../tool-version.ts'
import { fetchAhead, fetchLocked, startTally } from './fetch-packages.ts'
import type { FetchTally } from './fetch-packages.ts'
import { askedGroups } from './fetch-plan.ts'
import { countsAsFirstParty } from './hear-registry.ts'
import { selectPackages } from './packages.ts'
import { margins } from './supervise.ts'
import type { OpenCache, OpenRegistry } from './world.ts'

/** Requests a second for what nobody waits for. */
const AHEAD_PER_SECOND = 50

/** Warnings of a cache that keeps nothing on disk; a record that was not believed has been fetched anew. */
const DISK_WARNINGS: ReadonlySet<string> = new Set([
  'cache-folder-refused',
  'cache-key-missing',
  'cache-key-refused',
  'cache-write-failed',
])

/** What to fetch, and how long it may take. */
export interface FetchOptions extends Pick<
  RunOptions,
  | 'project'
  | 'config'
  | 'deadline'
  | 'refresh'
  | 'trustNpmrc'
  | 'cacheDirectory'
  | 'startedAt'
  | 'signal'
  | 'onProgress'
> {
  /** Also what the next upgrades would bring. */
  ahead?: boolean
}

/** A report with its exit code, or why nothing could be fetched at all, or a cancelled run. */
export type FetchOutcome =
  | { kind: 'report'; exitCode: ExitCode; report: FetchReport }
  | { kind: 'error'; exitCode: ExitCode; message: string }
  | { kind: 'cancelled' }

/** Fetches. Always comes back before its deadline; rejects only for a bug of depgate's own. */
export async function runFetch(options: FetchOptions): Promise<FetchOutcome> {
  const plan = planOf(options, options.startedAt ?? monotonicMs())
  if ('kind' in plan) return plan
  const disk = openDisk(plan.realProject)
  const loaded = loadPolicy({
    project: plan.project,
    disk,
    ...(options.config !== undefined && { configPath: options.config }),
  })
  if (!loaded.ok && !loaded.absent)
    return { kind: 'error', exitCode: EXIT_CODE.usage, message: loaded.message }
  const policy = loaded.ok ? loaded.policy : emptyPolicy()
  const tree = readLockedTree(disk, plan.realProject)
  if (!tree.ok) return refused(tree.failure, EXIT_CODE.incomplete)
  if (tree.value === undefined) return NO_LOCKFILE
  return fetchTree(tree.value, { plan, options, policy })
}

const NO_LOCKFILE: FetchOutcome = {
  kind: 'error',
  exitCode: EXIT_CODE.usage,
  message:
    'there is no package-lock.json, which says what to fetch\n' +
    '  fix: Write one with `npm install --package-lock-only`, or name its folder with --project.',
}

interface Fetching {
  plan: RunPlan
  options: FetchOptions
  policy: Policy
}

async function fetchTree(tree: LockedTree, { plan, options, policy }: Fetching): Promise<FetchOutcome> {
  const budgetMs = plan.deadlineMs ?? policy.deadlineMs
  const deadlineAt = plan.startedAt + budgetMs
  const { network } = policy
  const requestsPerSecond = Math.min(network.requestsPerSecond, AHEAD_PER_SECOND)
  const request = {
    project: plan.project,
    env: plan.env,
    ...(plan.cacheDirectory !== undefined && { cacheDirectory: plan.cacheDirectory }),
    trustNpmrc: options.trustNpmrc ?? [],
    deadlineAt,
    offline: false,
    refresh: options.refresh === true,
    allowStale: false,
    policy: {
      network: options.ahead === true ? { ...network, requestsPerSecond } : network,
      cache: policy.cache,
      packages: policy.packages,
    },
    // Whoever fetches wants what a registry may have changed of a version as well.
    refreshOld: true,
  }
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const ending = watchClock(deadlineAt, budgetMs, stop, options.signal)
  try {
    const cache = await openRunCache(request)
    const registry = await openRunRegistry(request, openDisk(plan.realProject), cache, stop.signal)
    if (!registry.ok) return refused(registry.failure, EXIT_CODE.incomplete)
    const state = { tally: startTally(), kept: false }
    const work = fetchAll(tree, { options, policy, cache, registry: registry.value, state })
    stop.signal.addEventListener('abort', () => void cache.flush(), { once: true })
    if ((await Promise.race([work, ending.over])) === 'cancelled') return { kind: 'cancelled' }
    const report: FetchReport = {
      schemaVersion: FETCH_SCHEMA_VERSION,
      tool: { name: 'depgate', version: TOOL_VERSION },
      ...countsOf(state.tally, options.ahead === true),
      kept: state.kept,
      durationMs: Math.round(monotonicMs() - plan.startedAt),
      deadlineMs: budgetMs,
      network: registry.value.client.statistics(),
      warnings: [...registry.value.warnings, ...cache.warnings()],
    }
    void registry.value.client.close()
    return { kind: 'report', exitCode: exitCodeOf(report), report }
  } finally {
    ending.clear()
    stop.abort()
  }
}

interface Running {
  options: FetchOptions
  policy: Policy
  cache: OpenCache
  registry: OpenRegistry
  state: { tally: FetchTally; kept: boolean }
}

async function fetchAll(
  tree: LockedTree,
  { options, policy, cache, registry, state }: Running,
): Promise<'done'> {
  const { tally } = state
  const onChange = (): void => {
    const judged = tally.cached + tally.fetched + tally.failed.length - tally.failedLookUps
    options.onProgress?.({ total: tally.packages, judged })
  }
  const context = { registry, wantsTimes: policy.packages.minimumAgeMs > 0, tally, onChange }
  const { judged } = selectPackages(
    { root: { name: '', version: '' }, instances: tree.instances, edges: [], problems: [] },
    {
      omitDev: false,
      workspaces: [],
      isFirstParty: (instance) => countsAsFirstParty(instance, policy, { ok: true, value: registry }),
    },
  )
  const groups = askedGroups(judged)
  await fetchLocked(groups, context)
  if (options.ahead === true) {
    const locked = new Set(groups.map(({ name, version }) => packageId(name, version)))
    await fetchAhead(tree.direct, locked, context)
  }
  await cache.flush()
  state.kept = cache.warnings().every(({ code }) => !DISK_WARNINGS.has(code))
  return 'done'
}

/** Asks everybody to stop shortly before the deadline, and stops waiting for them before it is over. */
function watchClock(
  deadlineAt: number,
  budgetMs: number,
  stop: AbortController,
  cancel: AbortSignal | undefined,
): { over: Promise<'deadline' | 'cancelled'>; clear: () => void } {
  const { wrapUpMs, giveUpMs } = margins(budgetMs)
  const leftMs = deadlineAt - monotonicMs()
  const cleared = new AbortController()
  const over = new Promise<'deadline' | 'cancelled'>((resolve) => {
    const wrapUp = setTimeout(() => stop.abort(), leftMs - wrapUpMs)
    const giveUp = setTimeout(() => resolve('deadline'), leftMs - giveUpMs)
    const onCancel = (): void => resolve('cancelled')
    cleared.signal.addEventListener('abort', () => {
      clearTimeout(wrapUp)
      clearTimeout(giveUp)
      cancel?.removeEventListener('abort', onCancel)
    })
    cancel?.addEventListener('abort', onCancel, { once: true })
    if (cancel?.aborted === true) onCancel()
  })
  return { over, clear: () => cleared.abort() }
}

type Counts = Pick<
  FetchReport,
  'packages' | 'cached' | 'fetched' | 'left' | 'failed' | 'ahead' | 'unlooked' | 'beyond'
>

function countsOf(tally: FetchTally, isAhead: boolean): Counts {
  const { packages, cached, fetched, failed, failedLookUps, ahead, unlooked, beyond } = tally
  return {
    packages,
    cached,
    fetched,
    left: packages - cached - fetched - (failed.length - failedLookUps),
    failed: failed.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ...(isAhead && { ahead: ahead.map(({ name, version }) => packageId(name, version)), unlooked, beyond }),
  }
}

function exitCodeOf({ failed, left, unlooked = 0, kept }: FetchReport): ExitCode {
  return failed.length === 0 && left === 0 && unlooked === 0 && kept ? EXIT_CODE.pass : EXIT_CODE.incomplete
}

function refused({ message, fix }: Failure, exitCode: ExitCode): FetchOutcome {
  return { kind: 'error', exitCode, message: fix === undefined ? message : `${message}\n  fix: ${fix}` }
}
