/** What was ever parsed is not parsed again: content decides, not names and times. */
import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { SealedFolder } from '#cache/sealed-files'
import type { ParsedSource, ScanStatistics } from '#model/imports'
import type { KnownSource, Records } from './import-records.ts'
import { languageOf } from './language.ts'
import type { ParseSource } from './parse.ts'
import { openShelf } from './record-shelf.ts'

/** What the cache needs. */
export interface ParseCacheOptions {
  /** Version of the parser. */
  parser: string
  /** Where records are kept across runs; absent for nowhere. */
  disk?: {
    folder: SealedFolder
    /** What singles out the tree; absent where only some of its files are asked for: its record is left alone. */
    tree: string | undefined
  }
  /** Epoch milliseconds. */
  now: () => number
  /** What is remembered in memory, about; {@link DEFAULT_MEMORY_BYTES} if absent. */
  memoryBytes?: number
}

/** What the cache did, by contents that were asked for. */
export type ParseCacheStatistics = Pick<ScanStatistics, 'parsed' | 'memory' | 'disk' | 'rejected' | 'evicted'>

/** A cache of what contents say. */
export interface ParseCache {
  /** The key of a content: its sha256 (hex), and the language that its path makes of it. */
  keyOf(sha256: string, path: string): string
  /** What is known under a key, in memory or in what was read from disk. */
  find(key: string): KnownSource | undefined
  /** Reads whatever on disk may know of these keys, so that {@link find} finds it. Never rejects. */
  fetch(keys: readonly string[]): Promise<void>
  /** Takes what was parsed; a problem is counted, and not kept. */
  learn(key: string, parsed: ParsedSource): void
  /** Wraps a parser so that it is asked once a content: the same call. */
  around(parse: ParseSource): ParseSource
  /** Writes what was learned, and the record of the tree if it holds other contents than these. Never rejects. */
  save(tree: ReadonlyMap<string, KnownSource>): Promise<void>
  /** Since this was last asked, or since the cache was opened. */
  takeStatistics(): ParseCacheStatistics
}

/** Enough for 20,000 files with ten imports each. */
export const DEFAULT_MEMORY_BYTES = 48 * 1024 * 1024
/** What one import takes in memory, about, and what a content without any does. */
const SITE_BYTES = 120
const SOURCE_BYTES = 300

/** Opens the cache and reads the record of the tree. Never rejects. */
export async function openParseCache(options: ParseCacheOptions): Promise<ParseCache> {
  const { parser, disk, now, memoryBytes = DEFAULT_MEMORY_BYTES } = options
  let counts = { parsed: 0, memory: 0, disk: 0, rejected: 0, evicted: 0 }
  const shelf = disk && openShelf({ ...disk, parser, now, rejected: () => void counts.rejected++ })
  const memory = new LRUCache<string, KnownSource>({
    maxSize: memoryBytes,
    sizeCalculation: ({ imports }) => SOURCE_BYTES + imports.length * SITE_BYTES,
    dispose: (_source, _key, reason) => {
      if (reason === 'evict') counts.evicted++
    },
  })
  const onDisk: Records[] = []
  const tree = await shelf?.tree()
  if (tree !== undefined) onDisk.push(tree)
  let kept: ReadonlySet<string> = tree?.keys ?? new Set()
  const learned = new Map<string, KnownSource>()

  const cache: ParseCache = {
    keyOf: (sha256, path) => `${sha256}.${languageOf(path)?.name ?? ''}`,
    find(key) {
      const remembered = memory.get(key)
      if (remembered !== undefined) {
        counts.memory++
        return remembered
      }
      for (const records of onDisk) {
        const source = records.get(key)
        if (source === undefined) continue
        counts.disk++
        memory.set(key, source)
        return source
      }
      return undefined
    },
    async fetch(keys) {
      for (const records of (await shelf?.behind(keys)) ?? [])
        if (!onDisk.includes(records)) onDisk.push(records)
    },
    learn(key, parsed) {
      counts.parsed++
      if ('problem' in parsed) return
      memory.set(key, parsed)
      if (shelf !== undefined) learned.set(key, parsed)
    },
    around: (parse) => (bytes, path) => {
      const key = cache.keyOf(hash('sha256', bytes), path)
      const known = cache.find(key)
      if (known !== undefined) return known
      const parsed = parse(bytes, path)
      cache.learn(key, parsed)
      return parsed
    },
    async save(records) {
      if (shelf === undefined) return
      const isOther = records.size !== kept.size || [...records.keys()].some((key) => !kept.has(key))
      if (tree !== undefined && isOther) {
        await shelf.keepTree(records)
        kept = new Set(records.keys())
      }
      if (learned.size > 0) await shelf.keepBehind(learned)
      learned.clear()
    },
    takeStatistics() {
      const taken = counts
      counts = { parsed: 0, memory: 0, disk: 0, rejected: 0, evicted: 0 }
      return taken
    },
  }
  return cache
}
