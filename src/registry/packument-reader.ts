/** Reads a packument off the wire without holding it: what is left of the body is what was wanted of it. */
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { capped, decodeUtf8 } from './body.ts'
import type { BodyReader } from './body.ts'
import { scanPackument } from './packument-scan.ts'
import type { Wanted } from './packument-scan.ts'

/** Full packuments reach 50 MB; these bound what a registry can make a run read, not what it holds in memory. */
const MAX_WIRE_BYTES = 32 * 1024 * 1024
const MAX_INFLATED_BYTES = 192 * 1024 * 1024

/** The reader for what is wanted; the reply's text is empty for a body that is no packument. */
export function packumentReader(wanted: Wanted): BodyReader {
  return {
    maxWireBytes: MAX_WIRE_BYTES,
    async read(body, encoding, _gate, signal) {
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
    },
  }
}
