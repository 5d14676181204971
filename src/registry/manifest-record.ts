/** The cached form of a manifest: JSON of what was picked out of the answer, never the answer itself. */
import type { LicenseField } from '#model/inventory'
import { isObject, parseObject } from './manifest.ts'
import type { Manifest } from './manifest.ts'

/** Raised whenever an older depgate wrote records that must not be read any more. */
export const RECORD_SCHEMA = 3

/** The bytes to keep. */
export function encodeRecord(manifest: Manifest): Uint8Array {
  return Buffer.from(JSON.stringify(manifest))
}

/** The manifest in a record, or undefined if the bytes are not a record of this very version. */
export function decodeRecord(body: Uint8Array, name: string, version: string): Manifest | undefined {
  const record = parseObject(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
  if (record?.['name'] !== name || record['version'] !== version) return undefined
  const license = licenseOf(record['license'])
  const integrity: unknown = record['integrity']
  if (license === undefined || !isStrings(integrity)) return undefined
  const tarball = record['tarball']
  const bundled = record['bundled']
  const deprecated = record['deprecated']
  const manifest: Manifest = { name, version, license, integrity }
  if (typeof tarball === 'string') manifest.tarball = tarball
  if (bundled === true || isStrings(bundled)) manifest.bundled = bundled
  if (typeof deprecated === 'string') manifest.deprecated = deprecated
  return manifest
}

function licenseOf(value: unknown): LicenseField | undefined {
  if (!isObject(value)) return undefined
  const license: LicenseField = {}
  if (Object.hasOwn(value, 'license')) license.license = value['license']
  if (Object.hasOwn(value, 'licenses')) license.licenses = value['licenses']
  return license
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
