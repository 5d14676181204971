/** The memory tier: the most recently used records, bounded by number and by bytes. */
import { LRUCache } from 'lru-cache'
import type { CacheRecord, CacheStore } from './store.ts'

/** The bounds of the memory tier. */
export interface MemoryLimits {
  maxEntries: number
  /** Bodies and keys together. */
  maxBytes: number
}

/** Room for the manifests of the largest tree we promise to judge, far below the memory bound of a run. */
export const DEFAULT_MEMORY_LIMITS: MemoryLimits = { maxEntries: 20_000, maxBytes: 64 * 1024 * 1024 }

/** What the memory tier can say of itself. */
export interface MemoryStatistics {
  entries: number
  bytes: number
  /** Records dropped to make room, or never taken because one alone was too large. */
  evictions: number
}

/** The memory tier with what only it can do. */
export interface MemoryStore extends CacheStore {
  /** Keeps a record as it is, without a copy: for one that nobody writes into any more. */
  adopt(key: string, record: CacheRecord): void
  statistics(): MemoryStatistics
  clear(): void
}

/** An empty memory tier. Bodies are copied out, and in unless adopted, so nobody's later writing changes what is kept. */
export function createMemoryStore(limits: MemoryLimits = DEFAULT_MEMORY_LIMITS): MemoryStore {
  let evictions = 0
  const records = new LRUCache<string, CacheRecord>({
    max: limits.maxEntries,
    maxSize: limits.maxBytes,
    sizeCalculation: (record, key) => record.body.byteLength + key.length * 2 + 1,
    dispose: (_record, _key, reason) => {
      if (reason === 'evict') evictions++
    },
  })
  const adopt = (key: string, record: CacheRecord): void => {
    records.set(key, record)
    if (!records.has(key)) evictions++
  }
  return {
    tier: 'memory',
    adopt,
    get(key) {
      const record = records.get(key)
      // Not `slice`, which copies nothing of what is a Buffer.
      return Promise.resolve(record && { body: new Uint8Array(record.body), storedAt: record.storedAt })
    },
    put(key, record) {
      // A copy also lets go of the large network buffer that a small body may be a view of.
      adopt(key, { body: new Uint8Array(record.body), storedAt: record.storedAt })
      return Promise.resolve()
    },
    delete(key) {
      records.delete(key)
      return Promise.resolve()
    },
    statistics: () => ({ entries: records.size, bytes: records.calculatedSize, evictions }),
    clear: () => records.clear(),
  }
}
