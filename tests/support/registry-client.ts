/** A real client of one registry with a cache in a map, for tests that ask without a whole run. */
import type { CacheHit } from '#cache/tiered-store'
import { openRegistry } from '#registry/client'
import type { RegistryClient } from '#registry/client'

/** The client and its cache. */
export interface TestClient {
  client: RegistryClient
  cache: {
    get: (key: string) => Promise<CacheHit | undefined>
    put: (key: string, body: Uint8Array, storedAt: number) => Promise<void>
  }
}

/** Opens it; close the client when done. */
export async function openTestClient(registry: string): Promise<TestClient> {
  const entries = new Map<string, CacheHit>()
  const cache: TestClient['cache'] = {
    get: async (key) => entries.get(key),
    put: async (key, body, storedAt) => void entries.set(key, { body, storedAt, tier: 'memory' }),
  }
  const client = await openRegistry({
    config: {
      registry,
      scopes: {},
      untrustedScopes: [],
      credentials: [],
      strictSsl: true,
      proxy: { bypass: [] },
      warnings: [],
    },
    cache,
    network: { concurrency: 16, requestsPerSecond: 3000, timeoutMs: 3000 },
    now: Date.now,
    remainingMs: () => 30_000,
    signal: new AbortController().signal,
    offline: false,
    refresh: false,
    allowStale: false,
    ttlMs: 86_400_000,
    refreshOld: false,
  })
  return { client, cache }
}
