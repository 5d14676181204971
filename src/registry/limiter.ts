/** Holds requests to one registry back: so many at once, so many a second, none while the registry asks for a pause. */
import pLimit from 'p-limit'
import type { FailureCode } from '#model/outcome'
import type { NetworkPolicy } from '#model/policy'
import { begin, count, level } from '../trace.ts'
import { nextCongestion, startCongestion } from './adaptive.ts'
import type { Experience } from './adaptive.ts'
import { deadlineAttempt, failedAttempt } from './attempt.ts'
import type { Attempt } from './attempt.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Sleep } from './sleep.ts'
import { createTokenBucket } from './token-bucket.ts'

/** Shortest pause after a 429, whatever its `Retry-After` says, milliseconds. */
export const THROTTLE_FLOOR_MS = 500

/** What keeps the limit from growing; a missing package or a refused token says nothing of how busy a registry is. */
const SIGNS_OF_TROUBLE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'unreachable',
  'timeout',
  'tls',
  'truncated',
  'server-error',
  'breaker-open',
  'deadline',
])

/** What a limiter needs from outside. */
export interface LimiterOptions {
  /** For messages. */
  origin: string
  network: NetworkPolicy
  /** Monotonic milliseconds. */
  clock: () => number
  /** Epoch milliseconds, for `Retry-After` dates. */
  now: () => number
  sleep: Sleep
  /** Milliseconds left of the run. */
  remainingMs: () => number
  signal: AbortSignal
}

/** Runs attempts when there is room for them. */
export interface Limiter {
  run<T>(task: () => Promise<Attempt<T>>): Promise<Attempt<T>>
  /** How many may be in the air at this moment. */
  concurrency(): number
}

/** Creates the limiter of one registry origin. */
export function createLimiter(options: LimiterOptions): Limiter {
  const { network, clock, sleep, remainingMs, signal } = options
  const take = createTokenBucket(network.requestsPerSecond)
  let congestion = startCongestion(network.concurrency)
  let pausedUntil = Number.NEGATIVE_INFINITY
  const limit = pLimit(congestion.limit)
  level('registry.limit', options.origin, congestion.limit)

  /** Waits for a token and the end of a pause; answers with an attempt if neither can come in time. */
  async function admit(): Promise<Attempt<never> | undefined> {
    await sleep(take(clock()), signal)
    for (;;) {
      if (signal.aborted) return deadlineAttempt()
      const pause = pausedUntil - clock()
      if (pause <= 0) return undefined
      if (pause >= remainingMs()) return tooLongAPause(options.origin)
      await sleep(pause, signal)
    }
  }

  function learn(attempt: Attempt<unknown>): void {
    congestion = nextCongestion(congestion, experienceOf(attempt))
    if (limit.concurrency !== congestion.limit) {
      limit.concurrency = congestion.limit
      level('registry.limit', options.origin, congestion.limit)
    }
    if (!attempt.pressed) return
    const asked = retryAfterMs(attempt.retryAfter, options.now())
    const floor = !attempt.outcome.ok && attempt.outcome.failure.code === 'throttled' ? THROTTLE_FLOOR_MS : 0
    pausedUntil = Math.max(pausedUntil, clock() + Math.max(floor, asked ?? 0))
  }

  return {
    concurrency: () => limit.concurrency,
    run: (task) => {
      const admitted = begin('registry.queue')
      count('registry.queued', options.origin)
      return limit(async () => {
        const refused = await admit()
        count('registry.queued', options.origin, -1)
        admitted()
        if (refused !== undefined) return refused
        const attempt = await task()
        learn(attempt)
        return attempt
      })
    },
  }
}

function tooLongAPause(origin: string): Attempt<never> {
  const message = `The registry ${origin} asks to be left alone for longer than this run may take.`
  return { ...failedAttempt('throttled', message, 'Run again later, or raise --deadline.'), final: true }
}

function experienceOf({ pressed, outcome }: Attempt<unknown>): Experience {
  if (pressed) return 'pressed'
  return outcome.ok || !SIGNS_OF_TROUBLE.has(outcome.failure.code) ? 'good' : 'bad'
}
