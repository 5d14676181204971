/** The worker thread's entry: runs the pipeline and tells the main thread everything that becomes known. */
import { parentPort, workerData } from 'node:worker_threads'
import type { RunRequest } from '#model/run-request'
import { monotonicMs } from '../clock.ts'
import { runPipeline } from '../pipeline.ts'
import { buildWorld } from '../runtime.ts'
import { stepTook } from '../trace.ts'
import { readAhead } from './locked-ahead.ts'
import { canTell } from './margins.ts'
import type { Ask, EarlyStart, WorkerMessage, WrapUp } from './messages.ts'
import { traced } from './traced-world.ts'

if (parentPort === null) throw new Error('worker.js is started by depgate, not by hand')
const port = parentPort
const wrapUp = new AbortController()
const asking = asked(workerData)
// Whoever asks later finds out meanwhile what to ask.
const ahead = isEarly(workerData) ? readAhead(workerData.project) : undefined
const request = await asking
const tell = (message: WorkerMessage): void => port.postMessage(message)

const startedMs = monotonicMs() - request.handedOverAt
const endMeasuring = await startMeasuring()
stepTook('start-worker', startedMs)
const world = traced(buildWorld(request, { onChild: (pid) => tell({ type: 'child', pid }), ahead }))
const wrappingUp = (): void => {
  // Little time is left: what is known by now is made safe while the last packages are judged.
  void world.openCache().then((cache) => cache.save())
}
if (wrapUp.signal.aborted) wrappingUp()
else wrapUp.signal.addEventListener('abort', wrappingUp, { once: true })

const result = await runPipeline(request, world, wrapUp.signal, {
  tree(outline) {
    const { startedAt, deadlineAt } = request
    // What comes too late to be told of would only make the report late: the other thread has to take it in first.
    if (canTell(deadlineAt - startedAt, outline.packages.length, deadlineAt - monotonicMs()))
      tell({ type: 'tree', outline })
  },
  judged: (packages, traffic) => tell({ type: 'judged', packages, traffic }),
})
if (endMeasuring !== undefined) tell({ type: 'measured', measurement: await endMeasuring() })
if (result.kind === 'usage') tell({ type: 'usage', message: result.message })
else {
  tell({
    type: 'report',
    // The packages were told one lot at a time; a second copy of them would only take memory.
    report: { ...result.report, packages: [] },
    withPackages: result.report.packages.length > 0,
    ...(request.wantsInventory && result.inventory && { inventory: result.inventory }),
  })
}

// The report is safe with the main thread; now the cache may take what is left of the time.
const cache = await world.openCache()
await (wrapUp.signal.aborted ? cache.save() : cache.flush())
// A snapshot answers for an installed tree and for a change: what else a lockfile plans is judged anew each time.
const lasts =
  result.kind === 'report' && (result.report.inputs.tree === 'installed' || request.base !== undefined)
if (lasts && !wrapUp.signal.aborted) await world.remember(result.report, result.lasting)
port.close()

/** Loads what measures only where it is asked for. */
async function startMeasuring() {
  if (!request.metrics && request.relay.length === 0 && request.profile === undefined) return undefined
  const { measureWorker } = await import('#metrics/measure-worker')
  return measureWorker(request, (events) => tell({ type: 'trace', events }))
}

/** The request that the worker was started with, or the one it is sent; any other message means that time is over. */
function asked(data: unknown): Promise<RunRequest> {
  return new Promise((resolve, reject) => {
    const take = (given: unknown): void => {
      if (isRequest(given)) resolve(given)
      else reject(new Error('worker.js was started without a request'))
    }
    port.on('message', (message: Ask | WrapUp) => {
      if (message.type === 'ask') take(message.request)
      else wrapUp.abort()
    })
    if (!isEarly(data)) take(data)
  })
}

function isEarly(data: unknown): data is EarlyStart {
  return typeof data === 'object' && data !== null && 'asksLater' in data
}

/** Only our own supervisor starts this file, with a whole request: one key tells it from anything else. */
function isRequest(data: unknown): data is RunRequest {
  return typeof data === 'object' && data !== null && 'runId' in data
}
