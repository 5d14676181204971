/** The cached form of what a tarball says: a head of JSON, and the bytes of its licence files behind it. */
import { cacheKey } from '#cache/key'
import { isRecord, own, ownString } from '#collectors/json-text'
import type { LicenseFile } from '#collectors/license-files'
import { DEPENDENCY_KINDS } from '#model/inventory'
import type { LicenseField, Need } from '#model/inventory'
import type { PackageRecord, TarballRecord } from './package-contents.ts'

/** Raised whenever an older depgate wrote records that must not be read any more, or chose files in another way. */
const TARBALL_SCHEMA = 6

/** Largest record that is kept; what a package says at greater length is fetched again. */
const MAX_RECORD_BYTES = 4 * 1024 * 1024
const LENGTH_BYTES = 4

/** Where what a tarball says is kept, by its hash (`sha512-…`). */
export function tarballKey(hash: string): string {
  return cacheKey('tarball', TARBALL_SCHEMA, hash)
}

/** The bytes to keep; undefined for a record that is too large for the cache. */
export function encodeTarball(record: TarballRecord): Uint8Array | undefined {
  const bodies: Buffer[] = []
  const headed = (files: readonly LicenseFile[]): object[] =>
    files.map((file) => {
      if (!('bytes' in file)) return { file: file.file, role: file.role, unread: file.unread }
      bodies.push(file.bytes)
      return { file: file.file, role: file.role, sha256: file.sha256, size: file.bytes.length }
    })
  const head = {
    ...record,
    files: headed(record.files),
    ...(Array.isArray(record.carried) && {
      carried: record.carried.map(([place, found]) => [
        place,
        'flaw' in found ? found : { ...found, files: headed(found.files) },
      ]),
    }),
  }
  const text = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(text.length)
  const bytes = Buffer.concat([length, text, ...bodies])
  return bytes.length > MAX_RECORD_BYTES ? undefined : bytes
}

/** The record in bytes that {@link encodeTarball} made, or undefined. Records are sealed: this only guards against our own mistakes. */
export function decodeTarball(body: Uint8Array): TarballRecord | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (bytes.length < LENGTH_BYTES) return undefined
  const rest = { bytes, at: LENGTH_BYTES + bytes.readUInt32BE(0) }
  const head = parse(bytes.toString('utf8', LENGTH_BYTES, rest.at))
  const hashes = head && own(head, 'hashes')
  const found = head && packageOf(head, rest)
  if (head === undefined || found === undefined || !isHashes(hashes)) return undefined
  const carried = carriedOf(own(head, 'carried'), rest)
  const shrinkwrap = own(head, 'shrinkwrap')
  if (carried === undefined || !isShrinkwrap(shrinkwrap)) return undefined
  return { ...found, hashes, carried, ...(shrinkwrap !== undefined && { shrinkwrap }) }
}

/** The bytes of the files, one after another, and how far they have been given out. */
interface Rest {
  bytes: Buffer
  at: number
}

function packageOf(head: Record<string, unknown>, rest: Rest): PackageRecord | undefined {
  const listed = own(head, 'files')
  const license = own(head, 'license')
  const needs = own(head, 'needs')
  if (!Array.isArray(listed) || !isRecord(license) || !isNeeds(needs)) return undefined
  const files: LicenseFile[] = []
  for (const item of listed as unknown[]) {
    const file = isRecord(item) ? fileOf(item, rest.bytes, rest.at) : undefined
    if (file === undefined) return undefined
    if ('bytes' in file) rest.at += file.bytes.length
    files.push(file)
  }
  const name = ownString(head, 'name')
  const version = ownString(head, 'version')
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    license: licenseOf(license),
    needs,
    files,
  }
}

function carriedOf(value: unknown, rest: Rest): TarballRecord['carried'] | undefined {
  if (value === 'beyond') return value
  if (!Array.isArray(value)) return undefined
  const carried: [place: string, found: PackageRecord | { flaw: string }][] = []
  for (const entry of value as unknown[]) {
    const [place, head] = Array.isArray(entry) ? (entry as unknown[]) : []
    if (typeof place !== 'string' || !isRecord(head)) return undefined
    const flaw = ownString(head, 'flaw')
    const found = flaw === undefined ? packageOf(head, rest) : { flaw }
    if (found === undefined) return undefined
    carried.push([place, found])
  }
  return carried
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

function isNeeds(value: unknown): value is Need[] {
  return (
    Array.isArray(value) &&
    value.every(
      (need) =>
        isRecord(need) &&
        ownString(need, 'name') !== undefined &&
        DEPENDENCY_KINDS.some((kind) => kind !== 'dev' && kind === own(need, 'kind')),
    )
  )
}

function isHashes(value: unknown): value is TarballRecord['hashes'] {
  return (
    Array.isArray(value) &&
    value.every((entry) => Array.isArray(entry) && typeof entry[0] === 'string' && isRecord(entry[1]))
  )
}

function isShrinkwrap(value: unknown): value is TarballRecord['shrinkwrap'] {
  if (value === undefined || value === 'unread') return true
  return (
    Array.isArray(value) &&
    value.every(
      (entry) =>
        Array.isArray(entry) && entry.length === 3 && entry.every((word) => typeof word === 'string'),
    )
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
