/** A run that only warms the cache: finds the policy, has a worker do the work, and keeps the deadline. */
import { resolve } from 'node:path'
import { emptyPolicy, loadPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { FETCH_SCHEMA_VERSION } from '#model/fetch-report'
import type { FetchReport } from '#model/fetch-report'
import type { TextsWanted } from '#model/run-request'
import { monotonicMs } from '../clock.ts'
import { planOf } from '../run.ts'
import type { RunOptions, RunPlan } from '../run.ts'
import { TOOL_VERSION } from '../tool-version.ts'
import { HISTORY_FOLDER } from './audit-history.ts'
import type { FetchMessage, FetchRequest } from './fetch-messages.ts'
import { startWorker, waitForEnd } from './supervise.ts'

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
  /** Also the tarballs that are read where nothing is installed, as in {@link RunOptions.texts}. Default: none. */
  texts?: TextsWanted
  /** Folder of stored runs, which know what changes often. Default: `.cache/depgate-history` in the project. */
  history?: string
}

/** A report with its exit code, or why nothing could be fetched at all, or a cancelled run. */
export type FetchOutcome =
  | { kind: 'report'; exitCode: ExitCode; report: FetchReport }
  | { kind: 'error'; exitCode: ExitCode; message: string }
  | { kind: 'cancelled' }

/** Fetches. Always comes back before its deadline; rejects only for a bug of depgate's own. */
export async function runFetch(options: FetchOptions): Promise<FetchOutcome> {
  const { texts = 'none', ...asked } = options
  const plan = planOf(asked, options.startedAt ?? monotonicMs())
  if ('kind' in plan) return plan
  const loaded = loadPolicy({
    project: plan.project,
    disk: openDisk(plan.realProject),
    ...(options.config !== undefined && { configPath: options.config }),
  })
  if (!loaded.ok && !loaded.absent) return refused(loaded.message, EXIT_CODE.usage)
  const policy = loaded.ok ? loaded.policy : emptyPolicy()
  return supervised(plan, options, {
    project: plan.project,
    startedAt: plan.startedAt,
    deadlineAt: plan.startedAt + (plan.deadlineMs ?? policy.deadlineMs),
    policy,
    ahead: options.ahead === true,
    texts,
    history: resolve(plan.project, options.history ?? HISTORY_FOLDER),
    refresh: options.refresh === true,
    trustNpmrc: options.trustNpmrc ?? [],
    ...(plan.cacheDirectory !== undefined && { cacheDirectory: plan.cacheDirectory }),
    env: plan.env,
  })
}

async function supervised(
  plan: RunPlan,
  { signal, onProgress }: FetchOptions,
  request: FetchRequest,
): Promise<FetchOutcome> {
  const worker = startWorker('./fetch-worker.js', request)
  let known: FetchMessage | undefined
  worker.on('message', (message: FetchMessage) => {
    known = message
    if (message.type === 'state') {
      const { packages, left, tarballs = { wanted: 0, left: 0 } } = message.state
      const total = packages + tarballs.wanted
      onProgress?.({ total, judged: total - left - tarballs.left })
    } else void worker.terminate()
  })
  try {
    const ending = await waitForEnd(worker, request, signal)
    if (ending === 'cancelled') return { kind: 'cancelled' }
    return outcomeOf(known, ending, plan, request)
  } finally {
    void worker.terminate()
  }
}

function outcomeOf(
  known: FetchMessage | undefined,
  ending: 'ended' | 'deadline' | 'out-of-memory',
  plan: RunPlan,
  { deadlineAt, startedAt }: FetchRequest,
): FetchOutcome {
  switch (known?.type) {
    case 'no-lockfile':
      return refused(
        'there is no package-lock.json, which says what to fetch',
        EXIT_CODE.usage,
        NO_LOCKFILE_FIX,
      )
    case 'refused':
      return refused(known.failure.message, EXIT_CODE.incomplete, known.failure.fix)
    case 'state':
    case 'end': {
      const report: FetchReport = {
        schemaVersion: FETCH_SCHEMA_VERSION,
        tool: { name: 'depgate', version: TOOL_VERSION },
        ...known.state,
        durationMs: Math.round(monotonicMs() - plan.startedAt),
        deadlineMs: deadlineAt - startedAt,
      }
      return { kind: 'report', exitCode: exitCodeOf(report), report }
    }
    case undefined:
      if (ending === 'ended') throw new Error('the worker ended without a word')
      if (ending === 'out-of-memory')
        return refused('the lockfile needs more memory than depgate may use', EXIT_CODE.incomplete)
      return refused(
        'the time was over before the lockfile was read',
        EXIT_CODE.incomplete,
        'Raise --deadline.',
      )
  }
}

const NO_LOCKFILE_FIX = 'Write one with `npm install --package-lock-only`, or name its folder with --project.'

function exitCodeOf({ failed, left, unlooked = 0, tarballs, kept }: FetchReport): ExitCode {
  const missing = failed.length + left + unlooked + (tarballs ? tarballs.failed.length + tarballs.left : 0)
  return missing === 0 && kept ? EXIT_CODE.pass : EXIT_CODE.incomplete
}

function refused(message: string, exitCode: ExitCode, fix?: string): FetchOutcome {
  return { kind: 'error', exitCode, message: fix === undefined ? message : `${message}\n  fix: ${fix}` }
}
