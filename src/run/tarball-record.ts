/** The cached form of what a tarball says: a head of JSON, and the bytes of its licence files behind it. */
import { isRecord, own, ownString } from '#collectors/json-text'
import type { LicenseFile } from '#collectors/license-files'
import type { LicenseField } from '#model/inventory'
import type { TarballRecord } from './package-contents.ts'

/** Raised whenever an older depgate wrote records that must not be read any more, or chose files in another way. */
export const TARBALL_SCHEMA = 2

/** Largest record that is kept; what a package says at greater length is fetched again. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024
const LENGTH_BYTES = 4

/** The bytes to keep; undefined for a record that is too large for the cache. */
export function encodeTarball(record: TarballRecord): Uint8Array | undefined {
  const bodies = record.files.map((file) => ('bytes' in file ? file.bytes : Buffer.alloc(0)))
  const files = record.files.map((file) =>
    'bytes' in file
      ? { file: file.file, role: file.role, sha256: file.sha256, size: file.bytes.length }
      : { file: file.file, role: file.role, unread: file.unread },
  )
  const head = Buffer.from(JSON.stringify({ ...record, files }))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(head.length)
  const bytes = Buffer.concat([length, head, ...bodies])
  return bytes.length > MAX_RECORD_BYTES ? undefined : bytes
}

/** The record in bytes that {@link encodeTarball} made, or undefined. Records are sealed: this only guards against our own mistakes. */
export function decodeTarball(body: Uint8Array): TarballRecord | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (bytes.length < LENGTH_BYTES) return undefined
  let at = LENGTH_BYTES + bytes.readUInt32BE(0)
  const head = parse(bytes.toString('utf8', LENGTH_BYTES, at))
  const listed = head && own(head, 'files')
  const license = head && own(head, 'license')
  const hashes = head && own(head, 'hashes')
  if (!Array.isArray(listed) || !isRecord(license) || !isHashes(hashes)) return undefined
  const files: LicenseFile[] = []
  for (const item of listed as unknown[]) {
    const file = isRecord(item) ? fileOf(item, bytes, at) : undefined
    if (file === undefined) return undefined
    if ('bytes' in file) at += file.bytes.length
    files.push(file)
  }
  const name = ownString(head ?? {}, 'name')
  const version = ownString(head ?? {}, 'version')
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    license: licenseOf(license),
    files,
    hashes,
  }
}

function fileOf(item: Record<string, unknown>, bytes: Buffer, at: number): LicenseFile | undefined {
  const file = ownString(item, 'file')
  const role = own(item, 'role')
  if (file === undefined || (role !== 'package' && role !== 'bundled' && role !== 'hint')) return undefined
  const unread = ownString(item, 'unread')
  if (unread !== undefined) return { file, role, unread }
  const sha256 = ownString(item, 'sha256')
  const size = own(item, 'size')
  if (sha256 === undefined || typeof size !== 'number' || !(size >= 0) || at + size > bytes.length)
    return undefined
  return { file, role, sha256, bytes: bytes.subarray(at, at + size) }
}

function licenseOf(value: Record<string, unknown>): LicenseField {
  return {
    ...(Object.hasOwn(value, 'license') && { license: value['license'] }),
    ...(Object.hasOwn(value, 'licenses') && { licenses: value['licenses'] }),
  }
}

function isHashes(value: unknown): value is TarballRecord['hashes'] {
  return (
    Array.isArray(value) &&
    value.every((entry) => Array.isArray(entry) && typeof entry[0] === 'string' && isRecord(entry[1]))
  )
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
