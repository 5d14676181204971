/** Tries again, outside limiter and breaker, so that no wait holds a slot and an open breaker ends it. */
import type { FailureCode } from '#model/outcome'
import { span } from '../trace.ts'
import type { Attempt } from './attempt.ts'
import type { Sleep } from './sleep.ts'

/** Most attempts after the first. */
export const MAX_RETRIES = 2
/** Upper end of the first wait, milliseconds; it doubles each time. */
const BASE_MS = 200

const WORTH_RETRYING: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'unreachable',
  'timeout',
  'truncated',
  'server-error',
  'throttled',
])

/** What the retry loop needs from outside. */
export interface RetryOptions {
  /** Uniform in [0, 1): spreads the retries of many packages. */
  random: () => number
  sleep: Sleep
  /** Milliseconds left of the run. */
  remainingMs: () => number
  signal: AbortSignal
}

/** Runs `attempt` (handed its number, from 1) until it succeeds, cannot be helped, or has been tried three times. */
export async function retry<T>(
  attempt: (number: number) => Promise<Attempt<T>>,
  { random, sleep, remainingMs, signal }: RetryOptions,
): Promise<Attempt<T>> {
  for (let number = 1; ; number++) {
    const result = await attempt(number)
    if (result.outcome.ok || result.final || !WORTH_RETRYING.has(result.outcome.failure.code)) return result
    if (number > MAX_RETRIES || signal.aborted) return result
    const wait = random() * BASE_MS * 2 ** (number - 1)
    if (wait >= remainingMs()) return result
    await span('registry.backoff', () => sleep(wait, signal))
    if (signal.aborted) return result
  }
}
