/** A real client of one registry with a cache in a map, for tests that ask without a whole run. */
import type { RegistryClient } from '#registry/client'
import { clientFor, configFor, mapCache } from '../unit/registry/clients.ts'
import type { MapCache } from '../unit/registry/clients.ts'

/** Opens it; close the client when done. */
export async function openTestClient(registry: string): Promise<{ client: RegistryClient; cache: MapCache }> {
  const cache = mapCache()
  return { cache, client: await clientFor(configFor(registry), { cache, remainingMs: () => 60_000 }) }
}
