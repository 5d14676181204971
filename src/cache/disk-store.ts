/** The disk tier: sealed records in a content-addressed cacache folder. */
import type { CacheStore, CacheWarning } from './store.ts'

/** The disk tier. */
export type DiskStore = CacheStore

/** What the disk tier needs. */
export interface DiskOptions {
  directory: string
  project: string | undefined
  key: Uint8Array
  now: () => number
  warn(warning: CacheWarning): void
  rejected(): void
}

/** Opens the disk tier. */
export function openDiskStore(_options: DiskOptions): Promise<DiskStore | undefined> {
  return Promise.resolve(undefined)
}
