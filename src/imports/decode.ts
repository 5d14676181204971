/** Bytes of a source file as text, or why they are none. */
import type { SourceProblem } from '#model/imports'

/** A text, or the problem that stands in its place. */
export type Decoded = { text: string } | { problem: SourceProblem }

/** Larger files are not read: no source that people write comes near, and generated ones hold no imports of theirs. */
export const MAX_SOURCE_BYTES = 4 * 1024 * 1024

/** What is said of a larger one. */
export const TOO_LARGE: SourceProblem = {
  code: 'too-large',
  message: `It is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MiB.`,
}

/**
 * The text of a file, without a byte order mark. Bytes that are no UTF-8 become U+FFFD, as in Node and in TypeScript;
 * UTF-16 and UTF-32 are a problem, and so is whatever has a NUL in it.
 */
export function decodeSource(bytes: Uint8Array): Decoded {
  if (bytes.byteLength > MAX_SOURCE_BYTES) return { problem: TOO_LARGE }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isWide(buffer)) {
    return {
      problem: { code: 'encoding', message: 'It is in UTF-16 or UTF-32, and Node reads UTF-8 alone.' },
    }
  }
  if (buffer.includes(0)) {
    return { problem: { code: 'binary', message: 'It has NUL bytes, as binary files do.' } }
  }
  const marked = buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf
  return { text: buffer.toString('utf8', marked ? 3 : 0) }
}

/** By its mark; without one by a NUL beside each of the first letters. */
function isWide(buffer: Buffer): boolean {
  const [first, second] = buffer
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true
  const start = buffer.subarray(0, 64)
  if (start.byteLength < 4 || !start.includes(0)) return false
  return [0, 1].some((parity) => start.every((byte, at) => (at % 2 === parity) === (byte === 0)))
}
