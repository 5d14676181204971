/** Stops asking a registry that does not work; who comes meanwhile waits for the one request that finds out whether it works again. */
import CircuitBreaker from 'opossum'
import type { FailureCode } from '#model/outcome'
import { level } from '../trace.ts'
import { deadlineAttempt, failedAttempt } from './attempt.ts'
import type { Attempt } from './attempt.ts'

/** Requests before a failure rate means anything. */
const VOLUME_THRESHOLD = 8
/** Milliseconds until an open breaker lets one request through; well below the budget of a run. */
export const RESET_MS = 1000
/** Probes that may fail one after another before nobody waits for the next one. */
const PATIENT_PROBES = 2

/** What says that the registry itself does not work; a 404, a 429 or a garbled manifest is an answer. */
const OUTAGES: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'unreachable',
  'tls',
  'timeout',
  'server-error',
])

/** Runs attempts as long as the registry works. */
export interface Breaker {
  run<T>(task: () => Promise<Attempt<T>>): Promise<Attempt<T>>
  close(): void
}

/** What a breaker is built from. */
export interface BreakerOptions {
  /** For messages. */
  base: string
  /** Milliseconds that one request may take. */
  timeoutMs: number
  /** Milliseconds left of the run. */
  remainingMs: () => number
  /** Ends every wait. */
  signal: AbortSignal
  /** For tests of the half-open state. */
  resetMs?: number
}

/** Creates the breaker of one registry. */
export function createBreaker(options: BreakerOptions): Breaker {
  const { base, timeoutMs, remainingMs, signal, resetMs = RESET_MS } = options
  const circuit = new CircuitBreaker((task: () => Promise<void>) => task(), {
    timeout: false, // every request carries its own total signal, and opossum's would leave it running
    errorThresholdPercentage: 50,
    volumeThreshold: VOLUME_THRESHOLD,
    resetTimeout: resetMs,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  })
  let cause: FailureCode | undefined
  /** Tells requests apart that were sent before and after it opened. */
  let openings = 0
  let isProbing = false
  let failedProbes = 0
  const waiting = new Set<() => void>()
  let keepingAlive: NodeJS.Timeout | undefined

  function stateChange(): Promise<void> {
    // The timer of opossum keeps nobody alive, and there may be nothing else left to do.
    keepingAlive ??= setInterval(() => undefined, resetMs)
    return new Promise((resolve) => waiting.add(resolve))
  }

  function wake(): void {
    clearInterval(keepingAlive)
    keepingAlive = undefined
    const woken = [...waiting]
    waiting.clear()
    for (const goOn of woken) goOn()
  }
  const tell = (state: string) => (): void => level('registry.breaker', base, state)
  tell('closed')()
  circuit
    .on('open', () => {
      openings++
      if (isProbing) failedProbes++
      isProbing = false
      tell('open')()
      wake()
    })
    .on('halfOpen', () => {
      isProbing = true
      tell('half-open')()
      wake()
    })
    .on('close', () => {
      isProbing = false
      failedProbes = 0
      tell('closed')()
      wake()
    })
  signal.addEventListener('abort', wake, { once: true })

  /** What the task came to; undefined if the breaker did not let it begin. */
  function fire<T>(task: () => Promise<Attempt<T>>): Promise<Attempt<T> | undefined> {
    return new Promise((resolve, reject) => {
      const before = openings
      const reported = circuit.fire(async () => {
        const attempt = await task()
        resolve(attempt)
        const code = attempt.outcome.ok ? undefined : attempt.outcome.failure.code
        if (code === undefined || !OUTAGES.has(code)) return
        cause = code
        // Sent before the breaker opened, it says nothing of the registry as the probe finds it: never reported.
        if (openings !== before) await new Promise<never>(() => {})
        throw new Error(code)
      })
      reported.catch((error: unknown) => {
        if (error instanceof Error && CircuitBreaker.isOurError(error)) resolve(undefined)
        else reject(error instanceof Error ? error : new Error(String(error)))
      })
    })
  }

  /** A probe could still have its answer, however slow, and whoever waits for it as much time again. */
  function hasTime(): boolean {
    return remainingMs() > (circuit.opened ? resetMs : 0) + 2 * timeoutMs
  }

  async function run<T>(task: () => Promise<Attempt<T>>): Promise<Attempt<T>> {
    for (;;) {
      const attempt = circuit.halfOpen && !hasTime() ? undefined : await fire(task)
      if (attempt !== undefined) return attempt
      if (signal.aborted) return deadlineAttempt()
      if (circuit.isShutdown || failedProbes >= PATIENT_PROBES || !hasTime()) return openAttempt(base, cause)
      await stateChange()
    }
  }

  return {
    run,
    close() {
      signal.removeEventListener('abort', wake)
      circuit.shutdown()
      wake()
    },
  }
}

function openAttempt(base: string, cause: FailureCode | undefined): Attempt<never> {
  const because = cause === undefined ? '' : ` (${cause})`
  const message = `The registry ${base} failed too often${because} and is not asked any more for now.`
  return failedAttempt('breaker-open', message, 'Run again when the registry works; what is known is kept.')
}
