/** Presses the parts of a snapshot that travels, and undoes it; loaded for such ones alone. */
import type { Unpress } from './snapshot-bytes.ts'

/** As much as a snapshot on disk may have, in bytes: whoever has the key could still send a bomb by mistake. */
const MAX_BYTES = 256 * 1024 * 1024

/** What undoes {@link press}. It throws at what was never pressed. */
export async function loadUnpress(): Promise<Unpress> {
  const { brotliDecompressSync } = await import('node:zlib')
  return (bytes) => brotliDecompressSync(bytes, { maxOutputLength: MAX_BYTES })
}

/** What presses a part: as fast as it goes, because more would take longer than it spares on the way. */
export async function loadPress(): Promise<(bytes: Uint8Array) => Uint8Array> {
  const { brotliCompressSync, constants } = await import('node:zlib')
  return (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 1,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
      },
    })
}
