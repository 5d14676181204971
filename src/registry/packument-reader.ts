/** Reads a packument off the wire without holding it: what is left of the body is what was wanted of it. */
import { pipeline } from 'node:stream/promises'
import { createGunzip, gunzipSync } from 'node:zlib'
import { capped, chained, decodeUtf8 } from './body.ts'
import type { BodyReader, Encoding } from './body.ts'
import type { HeadRoom } from './head-room.ts'
import { scanPackument } from './packument-scan.ts'
import type { Wanted } from './packument-scan.ts'

/** Full packuments reach 50 MB; these bound what a registry can make a run read, not what it holds in memory. */
const MAX_WIRE_BYTES = 32 * 1024 * 1024
const MAX_INFLATED_BYTES = 192 * 1024 * 1024

/**
 * Up to these sizes a packument is parsed whole, which costs half of scanning it and ten times the memory: many are read
 * at once, and what is larger is scanned, one at a time.
 */
const WHOLE_WIRE_BYTES = { gzip: 1024 * 1024, identity: 2 * 1024 * 1024 }
const WHOLE_INFLATED_BYTES = 2 * 1024 * 1024

/** The reader for what is wanted; the reply's text is empty for a body that is no packument. */
export function packumentReader(wanted: Wanted): BodyReader {
  return { maxWireBytes: MAX_WIRE_BYTES, read: (...body) => scanned(wanted, ...body) }
}

/**
 * The same for parsers that pick what they want out of a whole packument too: those of common size are left as they are.
 * `room` is for the beginnings of all those that are being read; where it is full, they are scanned from where they are.
 */
export function quickPackumentReader(wanted: Wanted, room: HeadRoom): BodyReader {
  return {
    maxWireBytes: MAX_WIRE_BYTES,
    async read(body, encoding, gate, signal) {
      const chunks = body[Symbol.asyncIterator]()
      const head: Buffer[] = []
      const place = room()
      try {
        for (let size = 0, fits = true; fits && size <= WHOLE_WIRE_BYTES[encoding];) {
          const next = await chunks.next()
          if (next.done) {
            const whole = inflated(Buffer.concat(head), encoding)
            if (whole !== undefined) return decodeUtf8(whole)
            break
          }
          head.push(next.value)
          size += next.value.length
          fits = place.take(next.value.length)
        }
        // What is scanned may leave much behind: one at a time.
        return await gate(() => scanned(wanted, chained(head, chunks), encoding, gate, signal))
      } finally {
        place.leave()
      }
    },
  }
}

async function scanned(
  wanted: Wanted,
  ...[body, encoding, , signal]: Parameters<BodyReader['read']>
): Promise<string | undefined> {
  const scan = scanPackument(wanted)
  const feed = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of capped(source, MAX_INFLATED_BYTES)) {
      signal.throwIfAborted()
      scan.push(chunk)
    }
  }
  const wire = capped(body, MAX_WIRE_BYTES)
  if (encoding === 'gzip') await pipeline(wire, createGunzip(), feed, { signal })
  else await feed(wire)
  return decodeUtf8(scan.finish() ?? Buffer.alloc(0))
}

/** Undefined for more than is parsed whole. */
function inflated(wire: Buffer, encoding: Encoding): Buffer | undefined {
  if (encoding === 'identity') return wire
  // The last four bytes say how much there is. They are believed only where that spares the work of finding out.
  if (wire.length > 4 && wire.readUInt32LE(wire.length - 4) > WHOLE_INFLATED_BYTES) return undefined
  try {
    return gunzipSync(wire, { maxOutputLength: WHOLE_INFLATED_BYTES })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined
    throw error
  }
}
