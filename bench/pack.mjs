/** Packs files as an npm tarball, byte by byte the same each time. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'

/**
 * @param {Record<string, string>} files text by path
 * @returns {{ tarball: Buffer, integrity: string }}
 */
export function pack(files) {
  const blocks = Object.entries(files).flatMap(([path, text]) => entry(`package/${path}`, Buffer.from(text)))
  const tarball = gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
  return { tarball, integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}` }
}

/** @param {string} name @param {Buffer} body */
function entry(name, body) {
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0' + '0000000\0'.repeat(2), 100)
  header.write(`${body.length.toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0`, 124)
  header.write('        0', 148)
  header.write('ustar\u000000', 257, 'latin1')
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
}
