/** Runs depgate on behalf of a command: progress, signals, and errors of the request told on stderr. */
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { monotonicMs } from '../clock.ts'
import { run } from '../run.ts'
import type { RunOptions, RunOutcome } from '../run.ts'
import { printError, progressLine } from './terminal.ts'

type Reported = Extract<RunOutcome, { kind: 'report' }>

/** A report, or only the exit code when the reason has been told already. */
export type TerminalOutcome = Reported | Told

interface Told {
  kind: 'told'
  exitCode: ExitCode
}

/** What a run gets from the terminal it runs on. */
type TerminalOptions = Required<Pick<RunOptions, 'startedAt' | 'signal' | 'onProgress'>>

type Ending = { kind: 'error'; exitCode: ExitCode; message: string } | { kind: 'cancelled' }

/** The flags that matter here. */
export interface TerminalFlags {
  quiet?: true
  /** Id of the run; present where the log is JSON. */
  runId?: string
}

/** Runs, as a check if nothing else is said; the deadline counts from the start of the process, and SIGINT and SIGTERM end children and worker at once. */
export async function runForTerminal<Options extends { command?: string }>(
  options: Options,
  flags: TerminalFlags,
  how: (options: Options & TerminalOptions) => Promise<RunOutcome> = run,
): Promise<TerminalOutcome> {
  const log =
    flags.runId === undefined
      ? undefined
      : (await import('./run-log.ts')).openLog(flags.runId, options.command)
  try {
    return await onTerminal<Reported>(flags, (terminal) => how({ ...options, ...terminal }), log)
  } finally {
    log?.close()
  }
}

/** The same for any kind of run: gives its report, everything else is told. */
export async function onTerminal<T extends { kind: 'report'; exitCode: ExitCode }>(
  flags: { quiet?: true },
  start: (terminal: TerminalOptions) => Promise<T | Ending>,
  log?: { end(outcome: T | Ending, exitCode: number): void },
): Promise<T | Told> {
  const cancel = new AbortController()
  let exitCode: ExitCode = EXIT_CODE.interrupted
  const onInterrupt = (): void => cancel.abort()
  const onTerminate = (): void => {
    exitCode = EXIT_CODE.terminated
    cancel.abort()
  }
  process.once('SIGINT', onInterrupt)
  process.once('SIGTERM', onTerminate)
  const progress = progressLine(flags.quiet !== true && log === undefined)
  try {
    const outcome = await start({
      startedAt: monotonicMs() - performance.now(),
      signal: cancel.signal,
      onProgress: progress.show,
    })
    progress.clear()
    log?.end(outcome, outcome.kind === 'cancelled' ? exitCode : outcome.exitCode)
    if (outcome.kind === 'report') return outcome
    if (outcome.kind === 'cancelled') return { kind: 'told', exitCode }
    if (log === undefined) await printError(`depgate: ${outcome.message}\n`)
    return { kind: 'told', exitCode: outcome.exitCode }
  } finally {
    progress.clear()
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onTerminate)
  }
}
