/** Clients and caches as tests need them. */
import type { CacheHit } from '#cache/tiered-store'
import type { FailureCode, Outcome } from '#model/outcome'
import { openRegistry } from '#registry/client'
import type { RegistryClient, RegistryOptions } from '#registry/client'
import type { RegistryConfig } from '#registry/registry-config'

/** A cache in a map; `delayMs` for each look-up makes a slow one. */
export interface MapCache {
  entries: Map<string, CacheHit>
  reads: number
  get(key: string): Promise<CacheHit | undefined>
  put(key: string, body: Uint8Array, storedAt: number): Promise<void>
}

/** Creates an empty {@link MapCache}. */
export function mapCache(delayMs: () => number = () => 0): MapCache {
  const entries = new Map<string, CacheHit>()
  const cache: MapCache = {
    entries,
    reads: 0,
    async get(key) {
      cache.reads++
      const delay = delayMs()
      const hit = entries.get(key)
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
      return hit
    },
    async put(key, body, storedAt) {
      entries.set(key, { body, storedAt, tier: 'memory' })
    },
  }
  return cache
}

/** A configuration that sends everything to one registry. */
export function configFor(registry: string, more: Partial<RegistryConfig> = {}): RegistryConfig {
  return {
    registry,
    scopes: {},
    untrustedScopes: [],
    credentials: [],
    strictSsl: true,
    proxy: { bypass: [] },
    warnings: [],
    ...more,
  }
}

/** A client with everything set that a test does not care about. */
export function clientFor(
  config: RegistryConfig,
  more: Partial<RegistryOptions> = {},
): Promise<RegistryClient> {
  const started = performance.now()
  return openRegistry({
    config,
    cache: mapCache(),
    network: { concurrency: 64, requestsPerSecond: 3000, timeoutMs: 3000 },
    now: Date.now,
    remainingMs: () => 10_000 - (performance.now() - started),
    signal: new AbortController().signal,
    offline: false,
    refresh: false,
    allowStale: false,
    ttlMs: 86_400_000,
    refreshOld: false,
    ...more,
  })
}

/** The code that an outcome failed with. */
export function codeOf(outcome: Outcome<unknown>): FailureCode | 'ok' {
  return outcome.ok ? 'ok' : outcome.failure.code
}
