/** What one cache tier is: bytes under a key, and never a reason for a run to fail. */

/** The name of a tier, as reports show it. */
export type CacheTier = 'memory' | 'disk' | 'redis'

/** What is kept under a key. */
export interface CacheRecord {
  /** Whatever the caller put; it is never interpreted here. */
  body: Uint8Array
  /** When the caller obtained the body, epoch milliseconds. How old is too old is the reader's to say. */
  storedAt: number
}

/** One tier. None of its promises ever rejects: a fault is a miss and, once, a warning. */
export interface CacheStore {
  readonly tier: CacheTier
  /** The latest whole record of a key, or undefined. */
  get(key: string): Promise<CacheRecord | undefined>
  /** Keeps a record; when it resolves the record is either readable or given up. */
  put(key: string, record: CacheRecord): Promise<void>
  /** Forgets a key. */
  delete(key: string): Promise<void>
}

/** Something worth saying once about the cache; it never changes a verdict. */
export interface CacheWarning {
  /** Stable, kebab-case. */
  code: string
  /** One sentence without an absolute path. */
  message: string
}
