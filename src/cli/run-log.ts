/** The log of a run as JSON lines on stderr, each with the id of the run. */
import { safeJson } from '#reporters/display'
import { TOOL_VERSION } from '../tool-version.ts'
import { listen } from '../trace.ts'
import type { TraceEvent } from '../trace.ts'
import type { RunOutcome } from '../run.ts'

/** How bad it is. */
export type LogLevel = 'info' | 'warn' | 'error'

/** What a line says besides the usual. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** The log of one run. */
export interface RunLog {
  /** Logs what the run came to. */
  end(outcome: RunOutcome, exitCode: number): void
  /** Stops listening. */
  close(): void
}

/** Writes one line; `at` is epoch milliseconds, now if absent. */
type WriteLine = (level: LogLevel, event: string, fields: LogFields, at?: number) => void

/** Lines about steps, limits and breakers of one run: together less than a pipe takes that nobody reads. */
const MAX_LINES = 200

/** Opens the log of a run with its first line, and logs its steps, and changes of limits and breakers, until closed. */
export function openLog(runId: string, command: string | undefined): RunLog {
  const write: WriteLine = (level, event, fields, at = Date.now()) => {
    process.stderr.write(logLine(runId, at, level, event, fields))
  }
  write('info', 'run.start', { command: command ?? 'check', version: TOOL_VERSION })
  return { end: (outcome, exitCode) => logOutcome(write, outcome, exitCode), close: logSteps(write) }
}

/** One line of the log with its line break; `now` is epoch milliseconds. */
export function logLine(
  runId: string,
  now: number,
  level: LogLevel,
  event: string,
  fields: LogFields,
): string {
  return `${safeJson({ time: new Date(now).toISOString(), level, run: runId, event, ...fields })}\n`
}

function logSteps(write: WriteLine): () => void {
  let left = MAX_LINES
  return listen(['step', 'level'], (event) => {
    if (event.type === 'level' && !event.name.startsWith('registry.')) return
    if (left === 0) return
    left -= 1
    writeEvent(write, event)
  })
}

function logOutcome(write: WriteLine, outcome: RunOutcome, exitCode: number): void {
  if (outcome.kind === 'error') write('error', 'error', { message: outcome.message })
  if (outcome.kind !== 'report') {
    write('info', 'run.end', { exitCode })
    return
  }
  const { verdict, coverage, findings, warnings, run } = outcome.report
  for (const { code, message } of warnings) write('warn', 'warning', { code, message })
  write(verdict === 'pass' ? 'info' : 'error', 'run.end', {
    verdict,
    durationMs: run.durationMs,
    packages: coverage.total,
    judged: coverage.judged,
    findings: findings.length,
    requests: run.network.requests,
  })
}

function writeEvent(write: WriteLine, event: TraceEvent): void {
  if (event.type === 'step') {
    const { name, ms, failed } = event
    write(
      failed ? 'warn' : 'info',
      'step',
      { step: name, ms: Math.round(ms * 1000) / 1000, failed },
      event.at,
    )
  } else if (event.type === 'level') {
    const { name, key, value } = event
    write(value === 'open' ? 'warn' : 'info', name, { registry: key, value }, event.at)
  }
}
