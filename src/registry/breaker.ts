/** Stops asking a registry that does not work, and lets one request find out whether it works again. */
import CircuitBreaker from 'opossum'
import type { FailureCode } from '#model/outcome'
import { level } from '../trace.ts'
import { failedAttempt } from './attempt.ts'
import type { Attempt } from './attempt.ts'

/** Requests before a failure rate means anything. */
const VOLUME_THRESHOLD = 8
/** Milliseconds until an open breaker lets one request through; well below the budget of a run. */
export const RESET_MS = 1000

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

/** Creates the breaker of one registry; `base` is for messages, `resetMs` for tests of the half-open state. */
export function createBreaker(base: string, resetMs: number = RESET_MS): Breaker {
  const circuit = new CircuitBreaker((task: () => Promise<void>) => task(), {
    timeout: false, // every request carries its own total signal, and opossum's would leave it running
    errorThresholdPercentage: 50,
    volumeThreshold: VOLUME_THRESHOLD,
    resetTimeout: resetMs,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  })
  const tell = (state: string) => (): void => level('registry.breaker', base, state)
  tell('closed')()
  circuit.on('open', tell('open')).on('halfOpen', tell('half-open')).on('close', tell('closed'))
  let cause: FailureCode | undefined

  async function run<T>(task: () => Promise<Attempt<T>>): Promise<Attempt<T>> {
    const answers: Attempt<T>[] = []
    try {
      await circuit.fire(async () => {
        const attempt = await task()
        answers.push(attempt)
        const code = attempt.outcome.ok ? undefined : attempt.outcome.failure.code
        if (code === undefined || !OUTAGES.has(code)) return
        cause = code
        throw new Error(code)
      })
    } catch (error) {
      if (answers.length === 0 && (!(error instanceof Error) || !CircuitBreaker.isOurError(error)))
        throw error
    }
    return answers[0] ?? openAttempt(base, cause)
  }

  return { run, close: () => circuit.shutdown() }
}

function openAttempt(base: string, cause: FailureCode | undefined): Attempt<never> {
  const because = cause === undefined ? '' : ` (${cause})`
  const message = `The registry ${base} failed too often${because} and is not asked any more for now.`
  return failedAttempt('breaker-open', message, 'Run again when the registry works; what is known is kept.')
}
