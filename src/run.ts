/** The library's one verb: run once, come back before the deadline with the report and its exit code. */
import { randomUUID } from 'node:crypto'
import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDuration } from '#config/duration'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Inventory } from '#model/inventory'
import type { RunReport } from '#model/run-report'
import type { TextsWanted, TreeSource } from '#model/run-request'
import { monotonicMs } from './clock.ts'
import { firstDifference } from './run/compare-reports.ts'
import { answerOf, recallSnapshot } from './recall-snapshot.ts'
import type { Measuring } from './measured-run.ts'
import type { Progress } from './run/supervise.ts'
import { isHeard, step, TRACE_TYPES } from './trace.ts'

/** What to run. Everything has a default; the policy is looked for in the project. */
export interface RunOptions {
  /** Folder with the package.json to check. Default: the current folder. */
  project?: string
  /** Policy file. Default: `depgate.config.json`, else `package.json#depgate`. */
  config?: string
  /** Time for the whole run, such as `10s`. Default: the policy's. */
  deadline?: string
  /** Where to find the tree. Default: node_modules where there is such a folder, else the lockfile. */
  from?: TreeSource
  /** Only with `from: 'lockfile'`: which tarballs to read. Default: those that every system installs. */
  texts?: TextsWanted
  omitDev?: boolean
  /** Names or locations of workspaces to narrow the run to. */
  workspaces?: string[]
  offline?: boolean
  refresh?: boolean
  allowStale?: boolean
  /** Keys of the project's own .npmrc to trust. */
  trustNpmrc?: string[]
  /** Disk cache folder, or false for none. Default: `.cache/depgate` in the project. */
  cacheDirectory?: string | false
  /** `verify`: answer by a whole run, and reject if a snapshot that seems to hold says anything else. Default: `use`. */
  snapshot?: 'use' | 'verify'
  /** Measure the run: the report then has `metrics`. Default: whether the environment's `DEPGATE_METRICS` is 1. */
  metrics?: boolean
  /** File for a CPU profile of the run. */
  profile?: string
  /** Id of the run in its report and its log. Default: a new one. */
  runId?: string
  /** For the report. Default: `check`. */
  command?: string
  /** Conclude licences without a policy when there is none, as `list` and `explain` do. */
  policyOptional?: boolean
  /** Give the inventory beside the report. */
  wantsInventory?: boolean
  /** When the run began, by {@link monotonicMs}. Default: now. The command line counts from the start of its process. */
  startedAt?: number
  /** Ends the run at once, without a report. */
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}

/** A report with its exit code, or the text of what was wrong with the request (exit code 2), or a cancelled run. */
export type RunOutcome =
  | { kind: 'report'; exitCode: ExitCode; report: RunReport; inventory?: Inventory; judged: boolean }
  | RequestError
  | { kind: 'cancelled' }

/** What was wrong with a request, or kept it from being looked at, as text for people. */
export interface RequestError {
  kind: 'error'
  exitCode: typeof EXIT_CODE.usage | typeof EXIT_CODE.incomplete
  message: string
}

/** A run as all its parts know it: what was asked for, with every default filled in. */
export interface RunPlan {
  options: RunOptions
  /** Absolute path of the folder. */
  project: string
  /** The same without links, where it has a real path. */
  realProject: string
  runId: string
  /** Epoch milliseconds. */
  now: number
  /** By {@link monotonicMs}. */
  startedAt: number
  /** Milliseconds, if they were asked for. */
  deadlineMs: number | undefined
  /** Absolute path; undefined for no disk cache. */
  cacheDirectory: string | undefined
  env: NodeJS.ProcessEnv
  /** Present where somebody wants to know what the run costs. */
  measuring: Measuring | undefined
}

/** Runs once. Rejects only for a bug of depgate's own. */
export function run(options: RunOptions = {}): Promise<RunOutcome> {
  return maybeMeasured(options, runOnce)
}

/** One way to run. */
export type RunOnce = (options: RunOptions, startedAt: number, measuring?: Measuring) => Promise<RunOutcome>

/** Runs in one way, and measures it where anybody wants to know what it costs. */
export async function maybeMeasured(options: RunOptions, once: RunOnce): Promise<RunOutcome> {
  const startedAt = options.startedAt ?? monotonicMs()
  const wanted = wantsMetrics(options) || options.profile !== undefined || TRACE_TYPES.some(isHeard)
  if (!wanted) return once(options, startedAt)
  const { runMeasured } = await import('./measured-run.ts')
  return runMeasured({ ...options, metrics: wantsMetrics(options) }, startedAt, once)
}

function wantsMetrics({ metrics }: RunOptions): boolean {
  return metrics ?? process.env['DEPGATE_METRICS'] === '1'
}

async function runOnce(options: RunOptions, startedAt: number, measuring?: Measuring): Promise<RunOutcome> {
  const plan = planOf(options, startedAt, measuring)
  if ('kind' in plan) return plan
  const found = mayRecall(options) ? await step('recall-snapshot', () => recallSnapshot(plan)) : undefined
  const recalled = typeof found === 'object' ? answerOf(found, plan) : undefined
  if (recalled !== undefined && options.snapshot !== 'verify') return recalled
  const { runWhole } = await import('./run/whole-run.ts')
  const treeChanged = found === 'tree-changed'
  const mayAskShared = mayRecall(options) && options.snapshot !== 'verify' && options.offline !== true
  const whole = await step('whole-run', () => runWhole(plan, { treeChanged, mayAskShared }))
  if (recalled !== undefined && whole.kind === 'report') refuseDifference(recalled.report, whole.report)
  return whole
}

/** What is asked for with every default filled in, or what is wrong with it; `startedAt` is by {@link monotonicMs}. */
export function planOf(
  options: RunOptions,
  startedAt: number,
  measuring?: Measuring,
): RunPlan | RequestError {
  const project = resolve(options.project ?? '.')
  const realProject = folderAt(project)
  if (realProject === undefined)
    return usage(`${options.project ?? '.'} is not a folder; --project names the folder with package.json`)
  if (options.texts !== undefined && options.from !== 'lockfile')
    return usage('--texts and --no-texts are about tarballs, which only --from lockfile reads')
  const deadlineMs = options.deadline === undefined ? undefined : parseDuration(options.deadline)
  if (options.deadline !== undefined && (deadlineMs === undefined || !isDeadline(deadlineMs))) {
    return usage(`--deadline ${options.deadline} is not a time between 1s and 1h, such as 10s or 5m`)
  }
  return {
    options,
    project,
    realProject,
    runId: options.runId ?? randomUUID(),
    now: Date.now(),
    startedAt,
    deadlineMs,
    cacheDirectory:
      options.cacheDirectory === false
        ? undefined
        : resolve(project, options.cacheDirectory ?? '.cache/depgate'),
    env: { ...process.env },
    measuring,
  }
}

/** Whether a run may be asked to end after so many milliseconds. */
function isDeadline(ms: number): boolean {
  return ms >= 1000 && ms <= 3_600_000
}

function mayRecall({ refresh, wantsInventory, signal, from }: RunOptions): boolean {
  return from !== 'lockfile' && refresh !== true && wantsInventory !== true && signal?.aborted !== true
}

/** Only `verify` comes here: a snapshot that says anything else than a whole run is a bug of ours, never a verdict. */
function refuseDifference(recalled: RunReport, whole: RunReport): void {
  const difference = firstDifference(recalled, whole)
  if (difference !== undefined)
    throw new Error(`the snapshot seemed to hold, but differs from a whole run: ${difference}`)
}

function usage(message: string): RequestError {
  return { kind: 'error', exitCode: EXIT_CODE.usage, message }
}

/** The real path of a folder; undefined if it is none. */
function folderAt(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? realpathSync(path) : undefined
}
