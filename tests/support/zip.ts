/** Writes zip files, good ones and others, for tests of what reads them. */
import { crc32, deflateRawSync } from 'node:zlib'

/** One entry; what is given besides name and content is written instead of the truth. */
export interface ZipEntry {
  name: string
  content: string | Buffer
  /** Compression method: 8 (deflated) by default. */
  method?: number
  uncompressedSize?: number
  /** Offset of an earlier local header to point at. */
  offset?: number
  encrypted?: boolean
}

/** A zip file of entries. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const content = Buffer.from(entry.content)
    const { method = 8, uncompressedSize = content.length } = entry
    const packed = method === 8 ? deflateRawSync(content) : content
    const name = Buffer.from(entry.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(entry.encrypted === true ? 1 : 0, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(checksum(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(uncompressedSize, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(entry.offset ?? at, 10)
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, name)
    parts.push(local)
    at += local.length
  }
  const whole = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(whole.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, whole, end])
}

/** The package does not check it, and older versions of Node have no function for it. */
function checksum(content: Buffer): number {
  return typeof crc32 === 'function' ? crc32(content) : 0
}
