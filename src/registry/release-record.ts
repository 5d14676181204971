/** The cached form of a package's releases: each licence once, each release as a short row. */
import valid from 'semver/functions/valid.js'
import type { LicenseField } from '#model/inventory'
import type { Release, Releases } from '#model/release'
import { isObject, parseObject } from './manifest.ts'
import type { ReleaseCover } from './release-cover.ts'

/** Releases, and from where on they are all there. */
export interface KnownReleases extends Releases {
  cover: ReleaseCover
}

/** The bytes to keep. */
export function encodeReleases(name: string, { cover, tags, list }: KnownReleases): Uint8Array {
  const licenses = new Map<string, number>()
  const rows = list.map(({ version, license, repository, deprecated, publishedAt }) => {
    const text = JSON.stringify(license)
    const at = licenses.get(text) ?? licenses.size
    licenses.set(text, at)
    return [version, at, repository, deprecated, publishedAt ?? null]
  })
  const fields = [...licenses.keys()].map((text): unknown => JSON.parse(text))
  const { since, preReleases } = cover
  return Buffer.from(
    JSON.stringify({ name, since, preReleases, tags: Object.fromEntries(tags), licenses: fields, rows }),
  )
}

/** What a record holds, or undefined if the bytes are no record of this very package. */
export function decodeReleases(body: Uint8Array, name: string): KnownReleases | undefined {
  const record = parseObject(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'))
  if (record?.['name'] !== name) return undefined
  const { since, preReleases, tags, licenses, rows } = record
  if (typeof since !== 'string' || valid(since) === null || typeof preReleases !== 'boolean') return undefined
  if (!Array.isArray(licenses) || !Array.isArray(rows) || !isObject(tags)) return undefined
  const fields = licenses.map((field) => fieldOf(field))
  const list = rows.map((row) => releaseOf(row, fields))
  if (!list.every((release) => release !== undefined)) return undefined
  const tagged = Object.entries(tags).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return { cover: { since, preReleases }, tags: new Map(tagged), list }
}

function releaseOf(row: unknown, licenses: readonly (LicenseField | undefined)[]): Release | undefined {
  if (!isList(row)) return undefined
  const [version, at, repository, deprecated, publishedAt] = row
  const license = typeof at === 'number' ? licenses[at] : undefined
  if (typeof version !== 'string' || valid(version) === null || license === undefined) return undefined
  if (typeof repository !== 'boolean' || typeof deprecated !== 'boolean') return undefined
  return {
    version,
    license,
    repository,
    deprecated,
    ...(typeof publishedAt === 'number' && Number.isFinite(publishedAt) && { publishedAt }),
  }
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

function fieldOf(value: unknown): LicenseField | undefined {
  if (!isObject(value)) return undefined
  const field: LicenseField = {}
  if (Object.hasOwn(value, 'license')) field.license = value['license']
  if (Object.hasOwn(value, 'licenses')) field.licenses = value['licenses']
  return field
}
