/** Reads a response body within bounds: bytes on the wire, bytes inflated, and one large body at a time. */
import { pipeline } from 'node:stream/promises'
import { createGunzip, gunzipSync } from 'node:zlib'

/** Most bytes on the wire. */
export const MAX_WIRE_BYTES = 16 * 1024 * 1024
/** Most bytes after decompression. */
export const MAX_INFLATED_BYTES = 32 * 1024 * 1024
/** Bodies up to these sizes are read side by side; a manifest is about 2.5 KB. */
const SMALL_WIRE_BYTES = 64 * 1024
const SMALL_INFLATED_BYTES = 512 * 1024

/** How a body may be encoded; nothing else was asked for. */
export type Encoding = 'identity' | 'gzip'

/** Runs one task at a time: what keeps many large bodies from being in memory together. */
export type Gate = <T>(task: () => Promise<T>) => Promise<T>

/** How the body of a 200 is read: within which bounds, and what of it becomes the reply's body. */
export interface BodyReader<T = string> {
  /** Most bytes on the wire. */
  maxWireBytes: number
  /** The form to ask for, as an `accept` header; plain JSON if absent. */
  accept?: string
  /** For bodies that are compressed themselves: no compression is asked for, and none is understood. */
  asIs?: true
  /** For bodies that may be large: each so many bytes give the request another second. */
  bytesPerSecond?: number
  /** Undefined for text that is not UTF-8. Throws `DEPGATE_TOO_LARGE`, zlib's errors, the stream's own or the signal's. */
  read(
    body: AsyncIterable<Buffer>,
    encoding: Encoding,
    gate: Gate,
    signal: AbortSignal,
  ): Promise<T | undefined>
}

/** Code of the error that says a cap was passed. */
export const TOO_LARGE = 'DEPGATE_TOO_LARGE'

/** Collects and decodes a whole body. Throws {@link TOO_LARGE}, zlib's errors, the stream's own or the signal's. */
export async function readBody(
  body: AsyncIterable<Buffer>,
  encoding: Encoding,
  gate: Gate,
  signal: AbortSignal,
): Promise<Buffer> {
  const chunks = body[Symbol.asyncIterator]()
  const head: Buffer[] = []
  let size = 0
  while (size <= SMALL_WIRE_BYTES) {
    const next = await chunks.next()
    if (next.done) {
      const whole = smallBody(Buffer.concat(head), encoding)
      if (whole !== undefined) return whole
      break
    }
    head.push(next.value)
    size += next.value.length
  }
  return gate(() => largeBody(chained(head, chunks), encoding, signal))
}

/** Reads a body whole, as text. */
export const WHOLE_BODY: BodyReader = {
  maxWireBytes: MAX_WIRE_BYTES,
  read: async (...body) => decodeUtf8(await readBody(...body)),
}

/** Strict: no replacement characters, and a byte order mark stays and fails to parse. Undefined for other bytes. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A small body at once; undefined if it inflates to more than a small one. */
function smallBody(wire: Buffer, encoding: Encoding): Buffer | undefined {
  if (encoding === 'identity') return wire
  try {
    return gunzipSync(wire, { maxOutputLength: SMALL_INFLATED_BYTES })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined
    throw error
  }
}

/** The signal is asked here too: what is already in memory of a bomb inflates without its socket. */
async function largeBody(
  wire: AsyncIterable<Buffer>,
  encoding: Encoding,
  signal: AbortSignal,
): Promise<Buffer> {
  signal.throwIfAborted()
  if (encoding === 'identity') return collect(wire, MAX_WIRE_BYTES)
  let inflated: Buffer = Buffer.alloc(0)
  const keep = async (output: AsyncIterable<Buffer>): Promise<void> => {
    inflated = await collect(output, MAX_INFLATED_BYTES)
  }
  await pipeline(capped(wire, MAX_WIRE_BYTES), createGunzip(), keep, { signal })
  return inflated
}

/** What was read already, and the rest of it. */
export async function* chained(head: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* head
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

/** Hands chunks on until there are more bytes than `cap`; then throws {@link TOO_LARGE}. */
export async function* capped(source: AsyncIterable<Buffer>, cap: number): AsyncGenerator<Buffer> {
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > cap) throw Object.assign(new Error('too large'), { code: TOO_LARGE })
    yield chunk
  }
}

async function collect(source: AsyncIterable<Buffer>, cap: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of capped(source, cap)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
