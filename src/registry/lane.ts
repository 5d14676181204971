/** The way to one registry: limiter and sockets of its origin, breaker of its base. Loaded with the first request. */
import type { NetworkPolicy } from '#model/policy'
import { createBreaker } from './breaker.ts'
import type { Breaker } from './breaker.ts'
import { createDispatcher } from './dispatcher.ts'
import type { Dispatcher } from './dispatcher.ts'
import { createLimiter } from './limiter.ts'
import type { Limiter } from './limiter.ts'
import { proxyFor } from './registry-config.ts'
import type { Registry, RegistryConfig } from './registry-config.ts'
import { sleep } from './sleep.ts'

/** What a request to one registry passes through. */
export interface Lane {
  limiter: Limiter
  breaker: Breaker
  dispatcher: Dispatcher
}

/** The lanes of a run. */
export interface Lanes {
  of(registry: Registry): Lane
  close(): Promise<void>
}

/** What lanes are built from. */
export interface LaneOptions {
  config: RegistryConfig
  network: NetworkPolicy
  /** Epoch milliseconds. */
  now: () => number
  /** Milliseconds left of the run. */
  remainingMs: () => number
  signal: AbortSignal
}

/** Creates the lanes of a run, each when it is first asked for. */
export function createLanes({ config, network, now, remainingMs, signal }: LaneOptions): Lanes {
  const limiters = new Map<string, Limiter>()
  const dispatchers = new Map<string, Dispatcher>()
  const breakers = new Map<string, Breaker>()
  return {
    of(registry) {
      const { origin, base } = registry
      const limiter = once(limiters, origin, () =>
        createLimiter({ origin, network, clock: monotonic, now, sleep, remainingMs, signal }),
      )
      const breaker = once(breakers, base, () =>
        createBreaker({ base, timeoutMs: network.timeoutMs, remainingMs, signal }),
      )
      const dispatcher = once(dispatchers, origin, () =>
        createDispatcher({
          connections: network.concurrency,
          ca: config.ca,
          proxy: proxyFor(config, registry),
          connectTimeoutMs: network.timeoutMs,
        }),
      )
      return { limiter, breaker, dispatcher }
    },
    async close() {
      for (const breaker of breakers.values()) breaker.close()
      await Promise.all([...dispatchers.values()].map((dispatcher) => dispatcher.close()))
    },
  }
}

function monotonic(): number {
  return performance.now()
}

function once<T>(known: Map<string, T>, key: string, create: () => T): T {
  const value = known.get(key) ?? create()
  known.set(key, value)
  return value
}
