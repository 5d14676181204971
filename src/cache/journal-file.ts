/** The bytes of a journal: one sealed batch of records after another, each bound to its file and its place in it. */
import { cacheKey } from './key.ts'
import { decodePack, encodePack } from './pack.ts'
import type { Pack } from './pack.ts'
import { seal, unseal } from './seal.ts'

/** Raised whenever the layout below changes. */
const JOURNAL_SCHEMA = 1
/** Before each batch stands its length, as uint32. */
const LENGTH_BYTES = 4

/** What a journal holds; `forged` if a whole batch of it was not written by us for this file and place. */
export interface JournalContent {
  batches: Pack[]
  forged: boolean
}

/** The bytes of the batch at a place (from 0) of a file; `now` is epoch milliseconds. */
export function encodeBatch(
  secret: Uint8Array,
  file: string,
  place: number,
  records: Pack,
  now: number,
): Uint8Array {
  const body = encodePack(records, Number.POSITIVE_INFINITY)
  const sealed = seal(secret, batchKey(file, place), { body, storedAt: now })
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(sealed.byteLength)
  return Buffer.concat([length, sealed])
}

/** The batches of a file up to the first one that is not whole: whoever wrote it was cut off there. */
export function decodeBatches(
  secret: Uint8Array,
  file: string,
  bytes: Uint8Array,
  now: number,
): JournalContent {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const batches: Pack[] = []
  let at = 0
  while (at + LENGTH_BYTES <= buffer.byteLength) {
    const start = at + LENGTH_BYTES
    const end = start + buffer.readUInt32BE(at)
    // A file system that lost power leaves zeros.
    if (end === start || end > buffer.byteLength) break
    const record = unseal(secret, batchKey(file, batches.length), buffer.subarray(start, end), now)
    if (record === 'rejected') return { batches, forged: true }
    batches.push(decodePack(record.body))
    at = end
  }
  return { batches, forged: false }
}

function batchKey(file: string, place: number): string {
  return cacheKey('journal', JOURNAL_SCHEMA, file, String(place))
}
