/** Reads the records in a zip file: entry by entry, each of bounded size, no name used for a path. */
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { fromFdPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { MAX_VALUE_BYTES } from './json-values.ts'
import { decodeStrictly, MAX_RECORDS, WHY } from './osv-pieces.ts'
import type { OsvPiece } from './osv-pieces.ts'

/** Bytes of all entries together; OSV's whole npm database is a tenth of it. */
const MAX_INFLATED_BYTES = 8 * 1024 ** 3
const STORED = 0
const DEFLATED = 8

const inflate = promisify(inflateRaw)

/** The records of a zip file; the handle stays open. */
export async function* zipPieces(handle: FileHandle): AsyncGenerator<OsvPiece> {
  let inflated = 0
  try {
    // Names are not decoded, because names that would lead out of a folder are nobody's business here.
    const zip = await fromFdPromise(handle.fd, { lazyEntries: true, autoClose: false, decodeStrings: false })
    zip.on('error', () => undefined) // one after the last entry has nobody left to tell
    if (zip.entryCount > MAX_RECORDS) {
      yield { kind: 'broken', why: `holds more than ${MAX_RECORDS} records` }
      return
    }
    for await (const entry of zip.eachEntry()) {
      const from = nameOf(entry)
      if (!from.endsWith('.json')) continue
      inflated += entry.uncompressedSize
      if (inflated > MAX_INFLATED_BYTES) {
        yield { kind: 'broken', why: 'is larger than any dump when it is unpacked' }
        return
      }
      yield await pieceOf(zip, handle, entry, from)
    }
  } catch {
    yield { kind: 'broken', why: 'is a zip file that is damaged or cut' }
  }
}

async function pieceOf(zip: ZipFile, handle: FileHandle, entry: Entry, from: string): Promise<OsvPiece> {
  const { compressedSize, uncompressedSize, compressionMethod } = entry
  if (compressedSize > MAX_VALUE_BYTES || uncompressedSize > MAX_VALUE_BYTES)
    return { kind: 'unreadable', from, why: WHY['too-large'] }
  if (entry.isEncrypted() || (compressionMethod !== STORED && compressionMethod !== DEFLATED))
    return { kind: 'unreadable', from, why: 'is packed in a way that cannot be read' }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  const packed = Buffer.alloc(compressedSize)
  const { bytesRead } = await handle.read(packed, 0, compressedSize, fileDataStart)
  const bytes = bytesRead === compressedSize ? await unpacked(packed, entry) : undefined
  if (bytes?.length !== uncompressedSize) return { kind: 'unreadable', from, why: 'is damaged' }
  const text = decodeStrictly(bytes)
  return text === undefined
    ? { kind: 'unreadable', from, why: WHY['not-json'] }
    : { kind: 'record', text, from }
}

/** Undefined for what is damaged, or holds more than it says. */
async function unpacked(
  packed: Buffer,
  { compressionMethod, uncompressedSize }: Entry,
): Promise<Buffer | undefined> {
  if (compressionMethod === STORED) return packed
  return inflate(packed, { maxOutputLength: Math.max(1, uncompressedSize) }).catch(() => undefined)
}

function nameOf({ fileNameRaw }: Entry): string {
  return fileNameRaw.toString('utf8')
}
