/** A run that is measured: listened to, profiled, its figures added to its report. */
import { resolve } from 'node:path'
import type { WorkerMeasurement } from '#metrics/measure-worker'
import { startRecorder } from '#metrics/recorder'
import { summarise } from '#metrics/summarise'
import type { RunReport, Warning } from '#model/run-report'
import { monotonicMs } from './clock.ts'
import type { RunOptions, RunOutcome } from './run.ts'
import { isHeard, stepTook, TRACE_TYPES } from './trace.ts'
import type { TraceType } from './trace.ts'

/** What the parts of a measured run have to know of its measuring. */
export interface Measuring extends Pick<RunMeasurement, 'leaveToWorker' | 'addWorker'> {
  /** What is listened to from outside, so that the worker thread has to tell it here. */
  relay: readonly TraceType[]
  /** Absolute path for a CPU profile. */
  profile: string | undefined
}

/** Runs and measures; `startedAt` is by {@link monotonicMs}. */
export async function runMeasured(
  options: RunOptions,
  startedAt: number,
  run: (options: RunOptions, startedAt: number, measuring: Measuring) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  // Asked before anything of ours listens: what the worker thread does is recorded there.
  const relay = TRACE_TYPES.filter(isHeard)
  const profile = options.profile === undefined ? undefined : resolve(options.profile)
  const measurement = await measureRun({
    metrics: options.metrics === true,
    profile,
    startedAt: Date.now() - (monotonicMs() - startedAt),
    wholeProcess: options.startedAt !== undefined,
  })
  stepTook('start', monotonicMs() - startedAt)
  try {
    const outcome = await run(options, startedAt, { ...measurement, relay, profile })
    await measurement.stop()
    return outcome.kind === 'report' ? { ...outcome, report: measurement.complete(outcome.report) } : outcome
  } finally {
    await measurement.stop()
  }
}

/** What to measure. */
export interface MeasureOptions {
  metrics: boolean
  /** Absolute path for a CPU profile. */
  profile: string | undefined
  /** Epoch milliseconds at which the run began. */
  startedAt: number
  /** The run began with its process, so that all that the process has spent was for the run. */
  wholeProcess: boolean
}

/** A run that is being measured. */
export interface RunMeasurement {
  /** From now on the work is done by a worker thread, and it is the one to be profiled. */
  leaveToWorker(): void
  /** Takes what the worker has measured. */
  addWorker(measurement: WorkerMeasurement): void
  /** Ends everything and writes the profile of a run that had no worker; more than once is harmless. */
  stop(): Promise<void>
  /** The report with its metrics, after `stop`. */
  complete(report: RunReport): RunReport
}

/** Starts to measure. */
export async function measureRun(options: MeasureOptions): Promise<RunMeasurement> {
  const { metrics, profile, startedAt, wholeProcess } = options
  const rssAtStart = process.memoryUsage.rss()
  const cpuAtStart = wholeProcess ? { user: 0, system: 0 } : process.cpuUsage()
  const recorder = metrics ? startRecorder() : undefined
  let cpuProfile =
    profile === undefined ? undefined : await (await import('#metrics/cpu-profile')).startCpuProfile()
  const warnings: Warning[] = []
  let worker: WorkerMeasurement | 'expected' | undefined

  function metricsOf(): Pick<RunReport, 'metrics'> {
    if (recorder === undefined) return {}
    const recordings = [recorder.stop()]
    if (typeof worker === 'object' && worker.recording !== undefined) recordings.push(worker.recording)
    const { user, system } = process.cpuUsage()
    const cpu = { user: user - cpuAtStart.user, system: system - cpuAtStart.system }
    const peak = process.resourceUsage().maxRSS * 1024
    const memory = { start: rssAtStart, peak, end: process.memoryUsage.rss() }
    return { metrics: summarise(recordings, { startedAt, memory, cpu }) }
  }

  return {
    leaveToWorker() {
      worker = 'expected'
      cpuProfile?.drop()
      cpuProfile = undefined
    },
    addWorker(measurement) {
      worker = measurement
    },
    async stop() {
      recorder?.stop()
      const taken = cpuProfile
      cpuProfile = undefined
      const warning = profile === undefined ? undefined : await taken?.write(profile)
      if (warning !== undefined) warnings.push(warning)
    },
    complete(report) {
      const told = worker === 'expected' ? stoppedEarly(options) : (worker?.warnings ?? [])
      // Not a copy: that would parse packages which nobody has asked for yet.
      return Object.assign(report, {
        warnings: [...report.warnings, ...told, ...warnings],
        ...metricsOf(),
      })
    },
  }
}

/** The worker was stopped before it could say what it had measured. */
function stoppedEarly({ metrics, profile }: MeasureOptions): Warning[] {
  const message = 'The metrics lack most of the run, because it was stopped from outside.'
  return [
    ...(metrics ? [{ code: 'metrics-incomplete', message }] : []),
    ...(profile === undefined
      ? []
      : [
          {
            code: 'profile-not-written',
            message: 'There is no CPU profile: the run was stopped from outside.',
          },
        ]),
  ]
}
