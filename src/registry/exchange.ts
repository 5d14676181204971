/** One request and its answer as it comes off the wire, without the streams that undici puts around each of thousands. */
import type { Dispatcher as UndiciDispatcher } from 'undici'

/** An answer whose head has come. */
export interface Answer {
  status: number
  headers: UndiciDispatcher.ResponseData['headers']
  /** What follows, to be read once. Throws what broke it off. */
  body: AsyncIterable<Buffer>
}

/** A request on its way. */
export interface Exchange {
  /** Rejects with what went wrong before there was a head. */
  answer: Promise<Answer>
  /** Ends it together with its socket, unless the answer has come whole. */
  abort(this: void): void
}

/** As much of an answer as waits for its reader before the socket is told to wait. */
const MAX_WAITING_BYTES = 64 * 1024
/** The body of an answer that nobody wants is read up to here, so that its socket can be used again. */
const MAX_DRAINED_BYTES = 64 * 1024

/** Sends a request. */
export function startExchange(
  dispatcher: UndiciDispatcher,
  request: UndiciDispatcher.DispatchOptions,
): Exchange {
  const waiting: Buffer[] = []
  let waitingBytes = 0
  let isWhole = false
  let failure: Error | undefined
  let controller: UndiciDispatcher.DispatchController | undefined
  let fail: ((reason: Error) => void) | undefined
  let wake: (() => void) | undefined

  const end = (reason: Error): void => {
    failure ??= reason
    fail?.(failure)
    wake?.()
  }

  async function next(): Promise<IteratorResult<Buffer, undefined>> {
    for (;;) {
      const chunk = waiting.shift()
      if (chunk !== undefined) {
        waitingBytes -= chunk.length
        if (waitingBytes === 0) controller?.resume()
        return { done: false, value: chunk }
      }
      if (isWhole) return { done: true, value: undefined }
      if (failure !== undefined) throw failure
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  const answer = new Promise<Answer>((resolve, reject) => {
    fail = reject
    dispatcher.dispatch(request, {
      onRequestStart(started) {
        controller = started
        if (failure !== undefined) started.abort(failure)
      },
      onResponseStart(_, status, headers) {
        // What comes before the answer itself, such as early hints, says nothing.
        if (status >= 200) resolve({ status, headers, body: { [Symbol.asyncIterator]: () => ({ next }) } })
      },
      onResponseData(running, chunk) {
        waiting.push(chunk)
        waitingBytes += chunk.length
        if (waitingBytes > MAX_WAITING_BYTES) running.pause()
        wake?.()
      },
      onResponseEnd() {
        isWhole = true
        wake?.()
      },
      onResponseError: (_, error) => end(error),
    })
  })

  return {
    answer,
    abort() {
      if (isWhole || failure !== undefined) return
      end(new Error('given up'))
      if (failure !== undefined) controller?.abort(failure)
    },
  }
}

/** Reads the rest of an answer that has said all by its status; whether that succeeds is of no concern. */
export async function drain(body: Answer['body']): Promise<void> {
  let size = 0
  try {
    for await (const chunk of body) if ((size += chunk.length) > MAX_DRAINED_BYTES) return
  } catch {
    // The status itself has come.
  }
}
