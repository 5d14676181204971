/** Hashes for bills of materials: subresource integrity in hex, and identifiers that follow from a document's content. */
import { createHash } from 'node:crypto'

/** One hash of a tarball. */
export interface Hash {
  algorithm: 'sha1' | 'sha256' | 'sha384' | 'sha512'
  /** Lower case. */
  hex: string
}

const HEX_LENGTH = { sha1: 40, sha256: 64, sha384: 96, sha512: 128 } as const
const INTEGRITY = /^(sha1|sha256|sha384|sha512)-([a-z\d+/]+={0,2})(?:\?.*)?$/i

/** Reads `sha512-…` texts; what is no whole hash of a known kind is left out. */
export function hashesOf(integrity: string[]): Hash[] {
  return integrity.flatMap((text) => {
    const [, name = '', base64 = ''] = INTEGRITY.exec(text) ?? []
    const algorithm = name.toLowerCase()
    if (!isAlgorithm(algorithm)) return []
    const hex = Buffer.from(base64, 'base64').toString('hex')
    return hex.length === HEX_LENGTH[algorithm] ? [{ algorithm, hex }] : []
  })
}

function isAlgorithm(name: string): name is Hash['algorithm'] {
  return Object.hasOwn(HEX_LENGTH, name)
}

/** The namespace under which the identifiers of documents are made; any fixed UUID would do. */
const NAMESPACE = '9d0c7a5e-53f6-4b0e-9a35-2f1d1f4c8e60'

/** A UUID (version 5) of a text: the same text, the same UUID. */
export function contentUuid(text: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(NAMESPACE.replaceAll('-', ''), 'hex'))
    .update(text)
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
