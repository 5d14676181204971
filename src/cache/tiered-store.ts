/** The cache the rest of depgate talks to: memory before disk, disk written behind the caller's back. */
import { createMemoryStore } from './memory-store.ts'
import type { MemoryLimits } from './memory-store.ts'
import { createPackedStore } from './packed-store.ts'
import type { PackedStore } from './packed-store.ts'
import type { CacheTier, CacheWarning } from './store.ts'

/** A record that was found, and where. The body is the caller's own copy. */
export interface CacheHit {
  body: Uint8Array
  /** When it was obtained, epoch milliseconds. */
  storedAt: number
  tier: CacheTier
}

/** What the cache did so far. */
export interface CacheStatistics {
  /** Hits of the memory tier. */
  memory: number
  /** Hits of the disk tier. */
  disk: number
  /** Look-ups that neither tier could answer. */
  misses: number
  /** Records handed to the cache. */
  writes: number
  /** Records on disk that were not believed: unsigned, altered, signed for another key, from the future. */
  rejected: number
  /** Records dropped from memory to make room. */
  evictions: number
  /** Records in memory. */
  entries: number
  /** Bytes in memory. */
  bytes: number
}

/** Both tiers as one. None of its promises ever rejects. */
export interface Cache {
  get(key: string): Promise<CacheHit | undefined>
  /** Readable at once; the disk is written in the background. `storedAt` is epoch milliseconds. */
  put(key: string, body: Uint8Array, storedAt: number): Promise<void>
  delete(key: string): Promise<void>
  statistics(): CacheStatistics
  /** What went wrong so far, each kind once. */
  warnings(): CacheWarning[]
  /** Resolves when all writes so far have reached the disk or were given up. */
  flush(): Promise<void>
}

/** Where and how to cache. */
export interface CacheOptions {
  /** Absolute path of the cache folder; undefined means no disk tier. */
  directory: string | undefined
  /** Absolute path of the project: below it no part of `directory` may be a symlink. */
  project?: string
  /** The HMAC key of {@link loadCacheSecret}; undefined means no disk tier and one warning. */
  key: Uint8Array | undefined
  /** Epoch milliseconds. */
  now: () => number
  memory?: MemoryLimits
}

/** Opens the cache. Nothing is created or loaded until the first write, or the first read of a folder that exists. */
export async function openCache(options: CacheOptions): Promise<Cache> {
  const memory = createMemoryStore(options.memory)
  const warnings = new Map<string, CacheWarning>()
  const counts = { memory: 0, disk: 0, misses: 0, writes: 0, rejected: 0 }
  const disk = await openDisk(options, {
    warn: (warning) => {
      if (!warnings.has(warning.code)) warnings.set(warning.code, warning)
    },
    rejected: () => void counts.rejected++,
  })

  return {
    async get(key) {
      const kept = await memory.get(key)
      if (kept) {
        counts.memory++
        return { ...kept, tier: 'memory' }
      }
      const found = await disk?.get(key)
      if (!found) {
        counts.misses++
        return undefined
      }
      counts.disk++
      await memory.put(key, found)
      return { ...found, tier: 'disk' }
    },
    async put(key, body, storedAt) {
      counts.writes++
      await memory.put(key, { body, storedAt })
      await disk?.put(key, { body: new Uint8Array(body), storedAt })
    },
    async delete(key) {
      await memory.delete(key)
      await disk?.delete(key)
    },
    statistics: () => ({ ...counts, ...memory.statistics() }),
    warnings: () => [...warnings.values(), ...rejectedWarning(counts.rejected)],
    flush: async () => disk?.flush(),
  }
}

function rejectedWarning(rejected: number): CacheWarning[] {
  if (rejected === 0) return []
  const records = rejected === 1 ? '1 record' : `${rejected} records`
  const message = `The disk cache held ${records} that were damaged or not signed with this key, and ignored.`
  return [{ code: 'cache-records-rejected', message }]
}

async function openDisk(
  options: CacheOptions,
  events: { warn(warning: CacheWarning): void; rejected(): void },
): Promise<PackedStore | undefined> {
  const { directory, project, key, now } = options
  if (directory === undefined) return undefined
  if (key === undefined) {
    events.warn({
      code: 'cache-key-missing',
      message: 'The disk cache is off because there is no key to sign its records with.',
    })
    return undefined
  }
  const { openDiskStore } = await import('./disk-store.ts')
  const store = await openDiskStore({ directory, project, secret: key, now, ...events })
  return store && createPackedStore(store, now)
}
