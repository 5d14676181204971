/** Reads the records in a zip file: entry by entry, each of bounded size, no name used for a path. */
import { readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { MAX_VALUE_BYTES } from './json-values.ts'
import { decodeStrictly, MAX_RECORDS, WHY } from './osv-pieces.ts'
import type { OsvPiece } from './osv-pieces.ts'

/** Bytes of all entries together; OSV's whole npm database is a tenth of it. */
const MAX_INFLATED_BYTES = 8 * 1024 ** 3
const STORED = 0
const DEFLATED = 8

/** Reads an open file at once: several hundred thousand small waits would take minutes on a busy machine. */
class OpenFile extends RandomAccessReader {
  readonly #file: number

  constructor(file: number) {
    super()
    this.#file = file
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    try {
      const count = readSync(this.#file, buffer, offset, length, position)
      callback(count === length ? null : new Error('the file is shorter than it says'))
    } catch (error) {
      callback(error instanceof Error ? error : new Error('the file cannot be read'))
    }
  }

  /** Nothing is read as a stream. */
  override _readStreamForRange(): Readable {
    return Readable.from([])
  }
}

/** The records of a zip file of `size` bytes; the file stays open. */
export async function* zipPieces(file: number, size: number): AsyncGenerator<OsvPiece> {
  let inflated = 0
  try {
    const reader = new OpenFile(file)
    // Names are not decoded, because names that would lead out of a folder are nobody's business here.
    const options = { lazyEntries: true, autoClose: false, decodeStrings: false }
    const zip = await fromRandomAccessReaderPromise(reader, size, options)
    zip.on('error', () => undefined) // one after the last entry has nobody left to tell
    if (zip.entryCount > MAX_RECORDS) {
      yield { kind: 'broken', why: `holds more than ${MAX_RECORDS} records` }
      return
    }
    for await (const entry of zip.eachEntry()) {
      const from = entry.fileNameRaw.toString('utf8')
      if (!from.endsWith('.json')) continue
      inflated += entry.uncompressedSize
      if (inflated > MAX_INFLATED_BYTES) {
        yield { kind: 'broken', why: 'is larger than any dump when it is unpacked' }
        return
      }
      yield await pieceOf(zip, file, entry, from)
    }
  } catch {
    yield { kind: 'broken', why: 'is a zip file that is damaged or cut' }
  }
}

async function pieceOf(zip: ZipFile, file: number, entry: Entry, from: string): Promise<OsvPiece> {
  const { compressedSize, uncompressedSize, compressionMethod } = entry
  if (compressedSize > MAX_VALUE_BYTES || uncompressedSize > MAX_VALUE_BYTES)
    return { kind: 'unreadable', from, why: WHY['too-large'] }
  if (entry.isEncrypted() || (compressionMethod !== STORED && compressionMethod !== DEFLATED))
    return { kind: 'unreadable', from, why: 'is packed in a way that cannot be read' }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  const packed = Buffer.alloc(compressedSize)
  const isWhole = readSync(file, packed, 0, compressedSize, fileDataStart) === compressedSize
  const bytes = isWhole ? unpacked(packed, entry) : undefined
  if (bytes?.length !== uncompressedSize) return { kind: 'unreadable', from, why: 'is damaged' }
  const text = decodeStrictly(bytes)
  return text === undefined
    ? { kind: 'unreadable', from, why: WHY['not-json'] }
    : { kind: 'record', text, from }
}

/** Undefined for what is damaged, or holds more than it says. */
function unpacked(packed: Buffer, { compressionMethod, uncompressedSize }: Entry): Buffer | undefined {
  if (compressionMethod === STORED) return packed
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) })
  } catch {
    return undefined
  }
}
