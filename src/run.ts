/** The library's one verb: run once, come back before the deadline with the report and its exit code. */
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseDuration } from '#config/duration'
import { emptyPolicy, loadPolicy } from '#config/load'
import { EXIT_CODE, exitCodeOf } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Inventory } from '#model/inventory'
import type { RunReport } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { monotonicMs } from './clock.ts'
import { supervise } from './run/supervise.ts'
import type { Progress } from './run/supervise.ts'

/** What to run. Everything has a default; the policy is looked for in the project. */
export interface RunOptions {
  /** Folder with the package.json to check. Default: the current folder. */
  project?: string
  /** Policy file. Default: `depgate.config.json`, else `package.json#depgate`. */
  config?: string
  /** Time for the whole run, such as `10s`. Default: the policy's. */
  deadline?: string
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
  | { kind: 'error'; exitCode: typeof EXIT_CODE.usage; message: string }
  | { kind: 'cancelled' }

/** Runs once. Rejects only for a bug of depgate's own. */
export async function run(options: RunOptions = {}): Promise<RunOutcome> {
  const startedAt = options.startedAt ?? monotonicMs()
  const project = resolve(options.project ?? '.')
  if (!isFolder(project))
    return usage(`${options.project ?? '.'} is not a folder; --project names the folder with package.json`)

  const loaded = loadPolicy({ project, ...(options.config !== undefined && { configPath: options.config }) })
  const optional = options.policyOptional === true && !loaded.ok && loaded.absent
  if (!loaded.ok && !optional) return usage(loaded.message)
  const policy = loaded.ok ? loaded.policy : emptyPolicy()

  const deadlineMs = options.deadline === undefined ? policy.deadlineMs : parseDuration(options.deadline)
  if (deadlineMs === undefined || deadlineMs < 1000 || deadlineMs > 3_600_000) {
    return usage(`--deadline ${options.deadline ?? ''} is not a time between 1s and 1h, such as 10s or 5m`)
  }
  const cacheDirectory =
    options.cacheDirectory === false
      ? undefined
      : resolve(project, options.cacheDirectory ?? '.cache/depgate')

  const request: RunRequest = {
    project,
    command: options.command ?? 'check',
    runId: randomUUID(),
    now: Date.now(),
    startedAt,
    deadlineAt: startedAt + deadlineMs,
    policy,
    hasPolicy: loaded.ok,
    omitDev: options.omitDev === true,
    workspaces: options.workspaces ?? [],
    offline: options.offline === true,
    refresh: options.refresh === true,
    allowStale: options.allowStale === true,
    wantsInventory: options.wantsInventory === true,
    trustNpmrc: options.trustNpmrc ?? [],
    ...(cacheDirectory !== undefined && { cacheDirectory }),
    env: { ...process.env },
  }
  const result = await supervise(request, {
    ...(options.signal && { signal: options.signal }),
    ...(options.onProgress && { onProgress: options.onProgress }),
  })
  if (result.kind === 'cancelled') return result
  if (result.kind === 'usage') return usage(result.message)
  return {
    kind: 'report',
    exitCode: exitCodeOf(result.report.verdict),
    report: result.report,
    judged: loaded.ok,
    ...(result.inventory && { inventory: result.inventory }),
  }
}

function usage(message: string): RunOutcome {
  return { kind: 'error', exitCode: EXIT_CODE.usage, message }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
