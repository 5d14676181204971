/** The worker thread of `fetch`: runs it and tells the main thread what is known. */
import { parentPort, workerData } from 'node:worker_threads'
import { fetchAll } from './fetch-all.ts'
import type { FetchMessage, FetchRequest } from './fetch-messages.ts'

if (parentPort === null) throw new Error('fetch-worker.js is started by depgate, not by hand')
const port = parentPort
const wrapUp = new AbortController()
port.on('message', () => wrapUp.abort())

const tell = (message: FetchMessage): void => port.postMessage(message)
tell(await fetchAll(requestIn(workerData), wrapUp.signal, (state) => tell({ type: 'state', state })))
port.close()

function requestIn(data: unknown): FetchRequest {
  if (isRequest(data)) return data
  throw new Error('fetch-worker.js was started without a request')
}

/** Only our own supervisor starts this file, with a whole request: one key tells it from anything else. */
function isRequest(data: unknown): data is FetchRequest {
  return typeof data === 'object' && data !== null && 'ahead' in data
}
