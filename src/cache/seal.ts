/** Seals records with an HMAC, so that what somebody else put into the cache folder is not believed. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { CACHE_FORMAT } from './key.ts'
import type { CacheRecord } from './store.ts'

const MAGIC = Buffer.from('depgate\0', 'latin1')
const MAC_BYTES = 32
const TIME_AT = MAGIC.byteLength
const MAC_AT = TIME_AT + 8
/** Bytes a seal adds to a body. */
export const SEAL_BYTES = MAC_AT + MAC_BYTES

/** Clocks of machines that share a cache may differ by this much, in milliseconds. */
const MAX_CLOCK_SKEW = 5 * 60 * 1000

/** The sealed bytes of a record: magic, time, HMAC-SHA256 over format, key, time and body, body. */
export function seal(secret: Uint8Array, key: string, record: CacheRecord): Uint8Array {
  const head = Buffer.alloc(SEAL_BYTES)
  MAGIC.copy(head)
  head.writeDoubleBE(record.storedAt, TIME_AT)
  mac(secret, key, head.subarray(TIME_AT, MAC_AT), record.body).copy(head, MAC_AT)
  return Buffer.concat([head, record.body])
}

/**
 * The record in sealed bytes, or `rejected` if they were not sealed with this secret for this key, were altered, or
 * claim to come from the future (a clock that ran ahead would keep them fresh for ever).
 */
export function unseal(
  secret: Uint8Array,
  key: string,
  bytes: Uint8Array,
  now: number,
): CacheRecord | 'rejected' {
  const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (sealed.byteLength < SEAL_BYTES || !sealed.subarray(0, TIME_AT).equals(MAGIC)) return 'rejected'
  const time = sealed.subarray(TIME_AT, MAC_AT)
  const body = sealed.subarray(SEAL_BYTES)
  if (!timingSafeEqual(mac(secret, key, time, body), sealed.subarray(MAC_AT, SEAL_BYTES))) return 'rejected'
  const storedAt = time.readDoubleBE(0)
  if (!(storedAt <= now + MAX_CLOCK_SKEW)) return 'rejected'
  return { body, storedAt }
}

/** Lengths go in before what they measure: without them bytes could move from the key into the body. */
function mac(secret: Uint8Array, key: string, time: Uint8Array, body: Uint8Array): Buffer {
  const lengths = Buffer.alloc(12)
  lengths.writeUInt32BE(CACHE_FORMAT, 0)
  lengths.writeUInt32BE(Buffer.byteLength(key), 4)
  lengths.writeUInt32BE(body.byteLength, 8)
  return createHmac('sha256', secret)
    .update(MAGIC)
    .update(lengths)
    .update(key)
    .update(time)
    .update(body)
    .digest()
}
