/** What is known of contents on disk: one record for the whole tree, and behind it sixteen for whatever was ever parsed. */
import { cacheKey } from '#cache/key'
import { readSealedFile, writeSealedFile } from '#cache/sealed-files'
import type { SealedFolder } from '#cache/sealed-files'
import { decodeRecords, encodeRecords, RECORDS_SCHEMA } from './import-records.ts'
import type { KnownSource, Records } from './import-records.ts'

/** Where records lie, and for what. */
export interface ShelfOptions {
  folder: SealedFolder
  /** Version of the parser: what another one said counts for nothing. */
  parser: string
  /** What singles out the tree: its path, and what of it is scanned. Absent for no record of it. */
  tree: string | undefined
  /** Epoch milliseconds. */
  now: () => number
  /** Told of each record that was not believed. */
  rejected: () => void
}

/** Reads and writes of records. None of them rejects: a fault is a miss. */
export interface RecordShelf {
  /** The record of the tree; undefined where there is to be none. */
  tree(): Promise<Records | undefined>
  /** The records that may hold these keys, of which each is read once. */
  behind(keys: readonly string[]): Promise<readonly Records[]>
  keepTree(records: ReadonlyMap<string, KnownSource>): Promise<void>
  /** Adds to the records behind; what other processes have added meanwhile stays. */
  keepBehind(records: ReadonlyMap<string, KnownSource>): Promise<void>
}

/** A record behind holds so many contents; those that were added first are forgotten first. */
const MAX_CONTENTS = 8000
const NOTHING: Records = { keys: new Set(), get: () => undefined }

/** Opens the records of a tree; nothing is read yet. */
export function openShelf({ folder, parser, tree, now, rejected }: ShelfOptions): RecordShelf {
  const treeKey = tree === undefined ? undefined : cacheKey('imports-tree', RECORDS_SCHEMA, parser, tree)
  const partKey = (part: string): string => cacheKey('imports-part', RECORDS_SCHEMA, parser, part)
  const shelf: SealedFolder = { ...folder, shelf: 'imports' }
  const read = new Map<string, Promise<Records>>()

  async function readRecords(key: string): Promise<Records> {
    const record = await readSealedFile(shelf, key, now())
    if (record === undefined) return NOTHING
    const records = record === 'rejected' ? undefined : decodeRecords(record.body)
    if (records === undefined) rejected()
    return records ?? NOTHING
  }

  async function write(key: string, records: Iterable<readonly [string, KnownSource]>): Promise<void> {
    await writeSealedFile(shelf, key, { body: encodeRecords(records), storedAt: now() })
  }

  return {
    tree: async () => (treeKey === undefined ? undefined : readRecords(treeKey)),
    behind: (keys) =>
      Promise.all(
        [...new Set(keys.map(partOf))].map((part) => {
          const records = read.get(part) ?? readRecords(partKey(part))
          read.set(part, records)
          return records
        }),
      ),
    async keepTree(records) {
      if (treeKey !== undefined) await write(treeKey, records)
    },
    async keepBehind(records) {
      for (const part of new Set([...records.keys()].map(partOf))) {
        const before = await readRecords(partKey(part))
        const all = new Map([...before.keys].flatMap((key) => entryOf(before, key)))
        for (const [key, source] of records) {
          if (partOf(key) !== part) continue
          all.delete(key)
          all.set(key, source)
        }
        await write(partKey(part), [...all].slice(-MAX_CONTENTS))
        read.delete(part)
      }
    },
  }
}

/** Keys begin with a hash. */
function partOf(key: string): string {
  return key.slice(0, 1)
}

function entryOf(records: Records, key: string): [string, KnownSource][] {
  const source = records.get(key)
  return source === undefined ? [] : [[key, source]]
}
