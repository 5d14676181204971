/** The cache the rest of depgate talks to: memory before disk before Redis, both written behind the caller's back. */
import { level } from '../trace.ts'
import { createMemoryStore } from './memory-store.ts'
import type { MemoryLimits } from './memory-store.ts'
import { createPackedStore } from './packed-store.ts'
import type { PackedStore } from './packed-store.ts'
import type { SharedTier } from './redis-settings.ts'
import type { RedisStore } from './redis-store.ts'
import type { CacheRecord, CacheTier, CacheWarning } from './store.ts'

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
  /** Hits of the shared tier. */
  redis: number
  /** Look-ups that no tier could answer. */
  misses: number
  /** Records handed to the cache. */
  writes: number
  /** Records on disk or in Redis that were not believed: unsigned, altered, signed for another key, from the future. */
  rejected: number
  /** Records dropped from memory to make room. */
  evictions: number
  /** Records in memory. */
  entries: number
  /** Bytes in memory. */
  bytes: number
}

/** All tiers as one. None of its promises ever rejects. */
export interface Cache {
  get(key: string): Promise<CacheHit | undefined>
  /** Whether this machine has a record, which is then quick to get. It counts as no question. */
  holds(key: string): Promise<boolean>
  /** Readable at once; disk and Redis are written in the background. `storedAt` is epoch milliseconds. */
  put(key: string, body: Uint8Array, storedAt: number): Promise<void>
  delete(key: string): Promise<void>
  statistics(): CacheStatistics
  /** What went wrong so far, each kind once. */
  warnings(): CacheWarning[]
  /** Resolves when all writes so far are safe from the end of this process, or were given up: quick. */
  save(): Promise<void>
  /** Resolves when all writes so far have reached disk and Redis or were given up. */
  flush(): Promise<void>
  /** Keeps a large record in the shared tier alone, if there is one, for a time in milliseconds. */
  share(key: string, record: CacheRecord, ttlMs: number): Promise<void>
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
  /** The shared tier; absent for none. */
  shared?: SharedTier
  /** Monotonic milliseconds, by which the patience with the shared tier is measured. */
  clock?: () => number
  /** What is left of the patience with it, in milliseconds, and how many of its records were not believed so far. */
  asked?: { patienceMs: number; rejected: number }
}

/** Opens the cache. Nothing is created or loaded until the first write, or the first read of a folder that exists. */
export async function openCache(options: CacheOptions): Promise<Cache> {
  const memory = createMemoryStore(options.memory)
  const warnings = new Map<string, CacheWarning>()
  const counts = { memory: 0, disk: 0, redis: 0, misses: 0, writes: 0 }
  const rejected = { disk: 0, shared: options.asked?.rejected ?? 0 }
  const warn = (warning: CacheWarning): void => {
    if (!warnings.has(warning.code)) warnings.set(warning.code, warning)
  }
  const disk = await openDisk(options, { warn, rejected: () => void rejected.disk++ })
  const redis = await openShared(options, { warn, rejected: () => void rejected.shared++ })

  return {
    async get(key) {
      const kept = await memory.get(key)
      if (kept) {
        counts.memory++
        return { ...kept, tier: 'memory' }
      }
      const found = await disk?.get(key)
      if (found) {
        counts.disk++
        memory.adopt(key, found)
        return { body: Buffer.from(found.body), storedAt: found.storedAt, tier: 'disk' }
      }
      const shared = await redis?.get(key)
      if (shared) {
        counts.redis++
        const own = ownCopy(shared)
        memory.adopt(key, own)
        await disk?.put(key, own)
        return { ...shared, tier: 'redis' }
      }
      counts.misses++
      return undefined
    },
    holds: async (key) => ((await memory.get(key)) ?? (await disk?.get(key))) !== undefined,
    async put(key, body, storedAt) {
      counts.writes++
      // One copy for all tiers: none of them writes into it, and what a run learns may be a tenth of its memory.
      const own = ownCopy({ body, storedAt })
      memory.adopt(key, own)
      await redis?.put(key, own)
      await disk?.put(key, own)
    },
    async delete(key) {
      await memory.delete(key)
      await redis?.delete(key)
      await disk?.delete(key)
    },
    statistics: () => ({ ...counts, ...memory.statistics(), rejected: rejected.disk + rejected.shared }),
    warnings: () => [
      ...warnings.values(),
      ...rejectedWarning('cache-records-rejected', 'disk', rejected.disk),
      ...rejectedWarning('cache-redis-records-rejected', 'shared', rejected.shared),
    ],
    async save() {
      // The shared tier is told, but not waited for: it may take as long as all patience.
      void redis?.flush()
      await disk?.save()
    },
    async flush() {
      tellTiers(
        { ...counts, ...memory.statistics(), rejected: rejected.disk + rejected.shared },
        { disk: disk !== undefined, redis: redis !== undefined },
      )
      await Promise.all([disk?.flush(), redis?.flush()])
    },
    share: async (key, record, ttlMs) => redis?.putLarge(key, record, ttlMs),
  }
}

/** A body may be a view of a large network buffer, or the caller's to write into. */
function ownCopy({ body, storedAt }: CacheRecord): CacheRecord {
  return { body: new Uint8Array(body), storedAt }
}

/** Tells once what each tier did so far: single look-ups are too many and too quick to be told of. */
function tellTiers(counts: CacheStatistics, has: { disk: boolean; redis: boolean }): void {
  const { memory, disk, redis, misses } = counts
  level('cache.hits', 'memory', memory)
  level('cache.misses', 'memory', disk + redis + misses)
  level('cache.evictions', 'memory', counts.evictions)
  level('cache.entries', 'memory', counts.entries)
  level('cache.bytes', 'memory', counts.bytes)
  level('cache.misses', 'all', misses)
  if (has.disk) {
    level('cache.hits', 'disk', disk)
    level('cache.misses', 'disk', redis + misses)
    level('cache.rejected', 'disk', counts.rejected)
  }
  if (!has.redis) return
  level('cache.hits', 'redis', redis)
  level('cache.misses', 'redis', misses)
}

function rejectedWarning(code: string, tier: string, rejected: number): CacheWarning[] {
  if (rejected === 0) return []
  const records = rejected === 1 ? '1 record' : `${rejected} records`
  const message = `The ${tier} cache held ${records} that were damaged or not signed with this key, and ignored.`
  return [{ code, message }]
}

/** Where a tier tells what went wrong. */
interface TierEvents {
  warn: (warning: CacheWarning) => void
  rejected: () => void
}

async function openShared(
  { shared, now, clock, asked }: CacheOptions,
  events: TierEvents,
): Promise<RedisStore | undefined> {
  if (shared === undefined) return undefined
  const { createRedisStore } = await import('./redis-store.ts')
  return createRedisStore({
    ...shared,
    now,
    clock: clock ?? (() => performance.now()),
    ...(asked && { patienceMs: asked.patienceMs }),
    ...events,
  })
}

async function openDisk(options: CacheOptions, events: TierEvents): Promise<PackedStore | undefined> {
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
  if (store === undefined) return undefined
  const { openJournal } = await import('./journal.ts')
  return createPackedStore(store, openJournal({ directory, secret: key, now, ...events }), now)
}
