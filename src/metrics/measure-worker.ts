/** Measures the worker thread's part of a run, as far as the request asks for it. */
import type { Warning } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import type { TraceEvent } from '../trace.ts'
import { tellOfPool } from './pool.ts'
import { startRecorder } from './recorder.ts'
import type { Recording } from './recorder.ts'

/** What was measured in the worker. */
export interface WorkerMeasurement {
  recording?: Recording
  warnings: Warning[]
}

/** Starts; gives the function that ends all of it, writes the profile and gives what was recorded. */
export async function measureWorker(
  { metrics, relay, profile }: Pick<RunRequest, 'metrics' | 'relay' | 'profile'>,
  handOver: (events: TraceEvent[]) => void,
): Promise<() => Promise<WorkerMeasurement>> {
  const endRelay = relay.length === 0 ? undefined : (await import('./relay.ts')).startRelay(relay, handOver)
  const recorder = metrics ? startRecorder() : undefined
  const endPool = tellOfPool()
  const taken = profile === undefined ? undefined : await (await import('./cpu-profile.ts')).startCpuProfile()
  return async () => {
    const warning = profile === undefined ? undefined : await taken?.write(profile)
    endPool()
    const recording = recorder?.stop()
    endRelay?.()
    return { ...(recording && { recording }), warnings: warning === undefined ? [] : [warning] }
  }
}
