/** Takes a stream of JSON apart: the values of an array, of lines or one behind another, each by itself and of bounded size. */

/** Largest value that is kept. */
export const MAX_VALUE_BYTES = 8 * 1024 * 1024

/** A value's text, or why there is none. */
export type JsonPiece = { ok: true; text: string } | { ok: false; reason: 'too-large' | 'not-json' | 'cut' }

/** Where values stand: nowhere yet, in an array, behind an array, or one behind another. */
type Base = 'start' | 'array' | 'end' | 'values'

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** The objects in a stream: nothing of it is kept but the one that is being read. Throws what the stream throws. */
export async function* jsonValues(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonPiece> {
  let base: Base = 'start'
  let depth = 0
  let inText = false
  let escaped = false
  /** In something that is no value: over with the line. */
  let inRubbish = false
  let kept: Uint8Array[] = []
  let size = 0

  for await (const chunk of chunks) {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]
      if (depth > 0) {
        if (inText) {
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === QUOTE) inText = false
        } else if (byte === QUOTE) inText = true
        else if (byte === 0x7b || byte === 0x5b) depth++
        else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) {
          size += at + 1 - from
          yield valueOf([...kept, chunk.subarray(from, at + 1)], size)
          kept = []
          size = 0
        }
      } else if (inRubbish) inRubbish = byte !== 0x0a
      else if (byte === 0x7b && base !== 'end') {
        if (base === 'start') base = 'values'
        depth = 1
        from = at
      } else if (byte === 0x5b && base === 'start') base = 'array'
      else if (byte === 0x5d && base === 'array') base = 'end'
      else if (!isBetween(byte, base)) {
        inRubbish = true
        yield { ok: false, reason: 'not-json' }
      }
    }
    if (depth > 0) {
      size += chunk.length - from
      if (size <= MAX_VALUE_BYTES) kept.push(chunk.subarray(from))
    }
  }
  if (depth > 0) yield { ok: false, reason: size > MAX_VALUE_BYTES ? 'too-large' : 'cut' }
  else if (base === 'array') yield { ok: false, reason: 'cut' }
}

function valueOf(parts: readonly Uint8Array[], size: number): JsonPiece {
  if (size > MAX_VALUE_BYTES) return { ok: false, reason: 'too-large' }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)) }
  } catch {
    return { ok: false, reason: 'not-json' }
  }
}

/** Blanks, the commas of an array, and a byte order mark at the very beginning. */
function isBetween(byte: number | undefined, base: Base): boolean {
  if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return true
  if (base === 'array') return byte === 0x2c
  return base === 'start' && (byte === 0xef || byte === 0xbb || byte === 0xbf)
}
