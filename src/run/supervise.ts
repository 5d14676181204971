/**
 * Keeps the deadline: starts the worker, watches the clock from a thread that never parses or judges anything, and
 * reports what is known if the worker does not answer in time.
 */
import { Worker } from 'node:worker_threads'
import type { WorkerMeasurement } from '#metrics/measure-worker'
import type { Inventory } from '#model/inventory'
import type { FailureCode } from '#model/outcome'
import type { RunReport } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { markKnown } from '#policy/judge-run'
import { monotonicMs } from '../clock.ts'
import { relay } from '../trace.ts'
import { sortPackages } from './assemble-report.ts'
import { partialReport } from './partial-report.ts'
import type { PartialRun } from './partial-report.ts'
import { margins } from './margins.ts'
import type { Ask, EarlyStart, WorkerMessage, WrapUp } from './messages.ts'
import { YOUNG_ROOM_OF_CHANGE_MB, youngRoomMb } from './worker-room.ts'

/** What a supervised run comes to. */
export type SupervisedResult =
  | { kind: 'report'; report: RunReport; inventory?: Inventory }
  | { kind: 'usage'; message: string }
  | { kind: 'cancelled' }

/** How far a run has come. */
export interface Progress {
  /** Packages to judge; undefined until the tree is known. */
  total: number | undefined
  judged: number
}

/** What the caller wants to hear, and how it cancels. */
export interface SupervisionHooks {
  onProgress?: (progress: Progress) => void
  /** What the worker has measured, where the request asks for it. */
  onMeasured?: (measurement: WorkerMeasurement) => void
  /** Aborting ends children and worker at once, without a report. */
  signal?: AbortSignal
}

/** What is known of a run from outside the worker. */
interface Known extends PartialRun {
  result: Extract<WorkerMessage, { type: 'report' | 'usage' }> | undefined
  child: number | undefined
}

/** Heap of the worker in MiB: a tree of 10,000 packages needs a fifth of it; what does not fit is refused, not swapped. */
const WORKER_HEAP_MB = 512

/** A worker that waits for its request. */
export interface EarlyWorker {
  worker: Worker
  /** It ran out of memory over the lockfile, or met with a bug of ours. */
  hasFailed(): boolean
}

/**
 * Starts a worker before it is known what to ask of it about the change of a project, whose lockfile it reads
 * meanwhile; whoever does not use it has to terminate it.
 */
export function startEarly(project: string): EarlyWorker {
  const early: EarlyStart = { asksLater: true, project }
  const worker = startWorker('./worker.js', early, YOUNG_ROOM_OF_CHANGE_MB)
  let failed = false
  worker.once('error', () => (failed = true))
  return { worker, hasFailed: () => failed }
}

/**
 * Runs a request in a worker and always comes back before its deadline. `early` is one that {@link startEarly} started.
 * Rejects only for a bug of our own (the worker's uncaught error).
 */
export async function supervise(
  request: RunRequest,
  hooks: SupervisionHooks = {},
  early?: EarlyWorker,
): Promise<SupervisedResult> {
  const room = request.base === undefined ? youngRoomMb(request.project) : YOUNG_ROOM_OF_CHANGE_MB
  // Nobody has heard why it failed, so another one meets with the same.
  const waiting = early?.hasFailed() === false ? early.worker : undefined
  const worker = waiting ?? startWorker('./worker.js', request, room)
  waiting?.postMessage({ type: 'ask', request } satisfies Ask)
  const known: Known = {
    tree: undefined,
    judged: [],
    traffic: undefined,
    result: undefined,
    child: undefined,
  }
  worker.on('message', (message: WorkerMessage) => {
    learn(known, message)
    if (message.type === 'trace') message.events.forEach(relay)
    if (message.type === 'measured') hooks.onMeasured?.(message.measurement)
    if (message.type === 'tree' || message.type === 'judged') {
      hooks.onProgress?.({ total: known.tree?.packages.length, judged: known.judged.length })
    }
  })
  // What went on working beside it would slow the report down.
  const ending = await waitForEnd(worker, request, hooks.signal).finally(() => stop(worker, known))
  return ending === 'cancelled' ? { kind: 'cancelled' } : resultOf(request, known, ending)
}

/** Starts a thread with one of the files that the build puts beside this one. */
export function startWorker(
  file: './worker.js' | './fetch-worker.js',
  workerData: object,
  youngMb = youngRoomMb(),
): Worker {
  return new Worker(new URL(file, import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB, maxYoungGenerationSizeMb: youngMb },
    stdin: false,
    // What the caller's node was started with, such as --input-type, is not meant for this file; NODE_OPTIONS still counts.
    execArgv: [],
  })
}

type Ending = 'ended' | 'cancelled' | Extract<FailureCode, 'deadline' | 'out-of-memory'>

/**
 * Waits for a worker, asks it to wrap up, and gives it up, each in time: earlier for a large tree, which takes longer to
 * report. Rejects with the worker's uncaught error.
 */
export function waitForEnd(
  worker: Worker,
  request: Pick<RunRequest, 'startedAt' | 'deadlineAt'>,
  cancel: AbortSignal | undefined,
): Promise<Ending> {
  return new Promise<Ending>((resolve, reject) => {
    const timers: NodeJS.Timeout[] = []
    const stopTimers = (): void => timers.splice(0).forEach(clearTimeout)
    const askToWrapUp = (): void => worker.postMessage({ type: 'wrap-up' } satisfies WrapUp)
    const setTimers = (packages: number): void => {
      const { wrapUpMs, giveUpMs } = margins(request.deadlineAt - request.startedAt, packages)
      const leftMs = request.deadlineAt - monotonicMs()
      stopTimers()
      timers.push(
        setTimeout(askToWrapUp, leftMs - wrapUpMs),
        setTimeout(() => end('deadline'), leftMs - giveUpMs),
      )
    }
    const onCancel = (): void => end('cancelled')
    const settle = (): void => {
      stopTimers()
      worker.off('message', onMessage)
      cancel?.removeEventListener('abort', onCancel)
    }
    const end = (ending: Ending): void => {
      settle()
      resolve(ending)
    }
    const onMessage = (message: WorkerMessage): void => {
      if (message.type === 'tree') setTimers(message.outline.packages.length)
    }
    setTimers(0)
    worker.on('message', onMessage)
    cancel?.addEventListener('abort', onCancel, { once: true })
    worker.once('exit', () => end('ended'))
    worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return end('out-of-memory')
      settle()
      reject(error)
    })
    if (cancel?.aborted === true) onCancel()
  })
}

function learn(known: Known, message: WorkerMessage): void {
  switch (message.type) {
    case 'tree':
      known.tree = message.outline
      break
    case 'judged':
      for (const entry of message.packages) known.judged.push(entry)
      known.traffic = message.traffic
      break
    case 'child':
      known.child = message.pid
      break
    case 'trace':
    case 'measured':
      break
    case 'report':
    case 'usage':
      known.result = message
      break
  }
}

function resultOf(request: RunRequest, known: Known, ending: Exclude<Ending, 'cancelled'>): SupervisedResult {
  const { result } = known
  if (result?.type === 'usage') return { kind: 'usage', message: result.message }
  if (result?.type === 'report') {
    const { report, withPackages, inventory } = result
    // They were told as they were judged, before anybody had asked the baseline.
    const judged = withPackages
      ? markKnown(
          known.judged.map((entry) => entry.report),
          report.findings,
        )
      : []
    const packages = sortPackages(judged)
    return { kind: 'report', report: { ...report, packages }, ...(inventory && { inventory }) }
  }
  if (ending === 'ended') throw new Error('the worker ended without a report')
  return { kind: 'report', report: partialReport(request, known, ending) }
}

function stop(worker: Worker, known: Known): void {
  killChild(known)
  // Not awaited: a worker stuck in native code would keep the deadline from holding.
  void worker.terminate()
}

/** npm runs in a process group of its own, so that whatever it started goes with it. */
function killChild(known: Known): void {
  if (known.child === undefined) return
  try {
    process.kill(-known.child, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
