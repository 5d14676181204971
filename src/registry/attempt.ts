/** One attempt to obtain something of a registry, as limiter, breaker and retry see it. */
import type { FailureCode, Outcome } from '#model/outcome'
import { fail } from '#model/outcome'
import type { Manifest } from './manifest.ts'

/** What came of one attempt. */
export interface Attempt<T = Manifest> {
  outcome: Outcome<T>
  /** The registry asked for less: 429 or 503. */
  pressed: boolean
  /** Its `Retry-After`, as sent. */
  retryAfter?: string
  /** Trying again is pointless although the code alone would allow it. */
  final?: true
}

/** An attempt that failed without an answer of the registry. */
export function failedAttempt(code: FailureCode, message: string, fix?: string): Attempt<never> {
  return { outcome: fail(code, message, fix === undefined ? {} : { fix }), pressed: false }
}

/** What every wait ends with once the run's signal has aborted. */
export function deadlineAttempt(): Attempt<never> {
  return failedAttempt(
    'deadline',
    'The run ended before the registry could be asked.',
    'Raise --deadline, or run again: what is known is kept.',
  )
}
