/** The cached form of a package's releases: each licence once, each release as a short row. */
import { deflateSync, inflateSync } from 'node:zlib'
import valid from 'semver/functions/valid.js'
import type { LicenseField } from '#model/inventory'
import type { Release, Releases } from '#model/release'
import { isObject, parseObject } from './manifest.ts'
import type { ReleaseCover } from './release-cover.ts'

/** Releases, and from where on they are all there. */
export interface KnownReleases extends Releases {
  cover: ReleaseCover
}

/** What is longer as text is asked for again rather than kept in place of answers that a check needs. */
const MAX_TEXT_BYTES = 256 * 1024
/** From this length on text is deflated: many rows are much alike, and those of a large tree are in memory together. */
const LONG_TEXT_BYTES = 2 * 1024
/** Takes half the time of the usual level, and leaves a fifth more. */
const DEFLATE_LEVEL = 1
/** The first byte of deflated text; that of text which is not is a brace. */
const DEFLATED = 0x78

/** The bytes to keep; undefined for what is not worth its room. */
export function encodeReleases(name: string, { cover, tags, list }: KnownReleases): Uint8Array | undefined {
  const licenses = new Map<string, number>()
  const rows = list.map(({ version, license, repository, deprecated, publishedAt }) => {
    const text = JSON.stringify(license)
    const at = licenses.get(text) ?? licenses.size
    licenses.set(text, at)
    return [version, at, repository, deprecated, publishedAt ?? null]
  })
  const fields = [...licenses.keys()].map((text): unknown => JSON.parse(text))
  const { since, preReleases } = cover
  const text = Buffer.from(
    JSON.stringify({ name, since, preReleases, tags: Object.fromEntries(tags), licenses: fields, rows }),
  )
  if (text.length > MAX_TEXT_BYTES) return undefined
  return text.length > LONG_TEXT_BYTES ? deflateSync(text, { level: DEFLATE_LEVEL }) : text
}

/** What a record holds, or undefined if the bytes are no record of this very package. */
export function decodeReleases(body: Uint8Array, name: string): KnownReleases | undefined {
  const record = parseObject(textOf(body))
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

/** Empty for what cannot be inflated, or to more than is ever kept. */
function textOf(body: Uint8Array): string {
  if (body[0] !== DEFLATED) return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  try {
    return inflateSync(body, { maxOutputLength: MAX_TEXT_BYTES }).toString('utf8')
  } catch {
    return ''
  }
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
