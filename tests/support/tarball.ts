/** Builds npm tarballs byte by byte: good ones in a line, and every bad one a test can think of. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'

/** One entry; everything but the name has a sensible default. */
export interface TarEntry {
  name: string
  body?: string | Buffer
  /** `0` by default: a file. */
  type?: string
  link?: string
  prefix?: string
  /** What the header says, if not the length of the body. */
  size?: number
  /** Changes the finished header; its checksum is made right afterwards. */
  alter?: (header: Buffer) => void
}

/** A header, its body, and what fills its last block. */
export function tarEntry({
  name,
  body = '',
  type = '0',
  link = '',
  prefix = '',
  size,
  alter,
}: TarEntry): Buffer {
  const bytes = Buffer.from(body)
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${(size ?? bytes.length).toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write(type, 156)
  header.write(link, 157, 100)
  header.write('ustar\u000000', 257, 'latin1')
  header.write(prefix, 345, 155)
  alter?.(header)
  return Buffer.concat([withChecksum(header), bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)])
}

/** The same header with the checksum that its bytes have. */
export function withChecksum(header: Buffer): Buffer {
  header.fill(' ', 148, 156)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

/** A pax header for the next entry, or for all (`g`). */
export function paxHeader(records: Record<string, string>, type: 'x' | 'g' = 'x'): Buffer {
  return tarEntry({ name: 'PaxHeader/next', type, body: paxBody(records) })
}

/** The records of a pax header. */
export function paxBody(records: Record<string, string>): string {
  return Object.entries(records)
    .map(([key, value]) => paxRecord(`${key}=${value}`))
    .join('')
}

function paxRecord(said: string): string {
  const length = Buffer.byteLength(said) + 2
  const digits = String(length + String(length).length).length
  return `${length + digits} ${said}\n`
}

/** The two blocks of zeros that end an archive. */
export const TAR_END = Buffer.alloc(1024)

/** An archive of entries, with its end. */
export function tarArchive(...parts: (Buffer | TarEntry)[]): Buffer {
  return Buffer.concat([...parts.map((part) => (Buffer.isBuffer(part) ? part : tarEntry(part))), TAR_END])
}

/** A tarball of files by their paths below `package/`; a manifest is printed as JSON. */
export function npmTarball(files: Record<string, string | Buffer | Record<string, unknown>>): Buffer {
  const entries = Object.entries(files).map(([path, body]) => ({
    name: `package/${path}`,
    body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
  }))
  return gzipSync(tarArchive(...entries))
}

/** The integrity of some bytes. */
export function integrityOf(bytes: Buffer, algorithm = 'sha512'): string {
  return `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`
}
