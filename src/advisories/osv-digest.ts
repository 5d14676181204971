/** Keeps what a dump of OSV's database says of a tree, so that a later run without the dump knows it too. */
import { cacheKey } from '#cache/key'
import { isDeeperThan, list, number, optional, oneOf, shape, text } from '#model/shape'
import type { Check } from '#model/shape'
import { advisoryShape } from './advisory.ts'
import type { OsvReading } from './osv-reading.ts'

/** Raised whenever an older depgate wrote readings that must not be read any more. */
const SCHEMA = 1

/** The key of the reading that was kept last. */
export const OSV_DIGEST_KEY = cacheKey('osv-digest', SCHEMA)

const all = oneOf(['all'])
const texts = list(text)
const doubtful: Check = (value, at) => (all(value, at) === undefined ? undefined : texts(value, at))

const check = shape<OsvReading>({
  asOf: optional(number),
  names: texts,
  advisories: list(advisoryShape),
  doubtful,
  problems: texts,
})

/** A reading as bytes. */
export function encodeReading(reading: OsvReading): Uint8Array {
  return Buffer.from(JSON.stringify(reading))
}

/** A reading that was kept; undefined for bytes that are none. */
export function decodeReading(body: Uint8Array): OsvReading | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'),
    )
    return isReading(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isReading(value: unknown): value is OsvReading {
  return !isDeeperThan(value, 10) && check(value, '') === undefined
}
