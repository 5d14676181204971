/** Packs: writes many records into one run of bytes and reads them back; what is no pack reads as an empty one. */
import { hash } from 'node:crypto'
import { cacheKey } from './key.ts'
import type { CacheRecord } from './store.ts'

/** Raised whenever the layout below changes. */
const PACK_SCHEMA = 1

/** Head of an entry: length of key, length of body (uint32 each), time (double). */
const HEAD_BYTES = 16

/** Records by key. */
export type Pack = Map<string, CacheRecord>

/** The key of the pack that holds a key: one of sixteen, by hash. */
export function packKey(key: string): string {
  return cacheKey('pack', PACK_SCHEMA, hash('sha256', key).slice(0, 1))
}

/** The bytes of a pack. Beyond `maxBytes` the records stored longest ago are left out: a cache may forget. */
export function encodePack(pack: Pack, maxBytes: number): Uint8Array {
  const pieces: Uint8Array[] = []
  let size = 0
  for (const [key, { body, storedAt }] of [...pack].toSorted(([, a], [, b]) => b.storedAt - a.storedAt)) {
    const name = Buffer.from(key)
    const more = HEAD_BYTES + name.byteLength + body.byteLength
    if (size + more > maxBytes) continue
    size += more
    const head = Buffer.alloc(HEAD_BYTES)
    head.writeUInt32BE(name.byteLength, 0)
    head.writeUInt32BE(body.byteLength, 4)
    head.writeDoubleBE(storedAt, 8)
    pieces.push(head, name, body)
  }
  return Buffer.concat(pieces)
}

/** The records in bytes that {@link encodePack} made. Bodies share the bytes they were read from. */
export function decodePack(bytes: Uint8Array): Pack {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pack: Pack = new Map()
  let at = 0
  while (at + HEAD_BYTES <= buffer.byteLength) {
    const nameEnd = at + HEAD_BYTES + buffer.readUInt32BE(at)
    const end = nameEnd + buffer.readUInt32BE(at + 4)
    if (end > buffer.byteLength) return new Map()
    const key = buffer.toString('utf8', at + HEAD_BYTES, nameEnd)
    pack.set(key, { body: buffer.subarray(nameEnd, end), storedAt: buffer.readDoubleBE(at + 8) })
    at = end
  }
  return at === buffer.byteLength ? pack : new Map()
}
