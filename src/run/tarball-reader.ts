/** Hears what tarballs say, in place of installed copies: from the cache by the hash of the tarball, else off the wire. */
import { cacheKey } from '#cache/key'
import type { CacheTier } from '#cache/store'
import type { Cache } from '#cache/tiered-store'
import type { LicenseFile } from '#collectors/license-files'
import { sameVersion } from '#collectors/same-version'
import type { LicenseField, PackageInstance } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import type { RegistryClient } from '#registry/client'
import { splitIntegrity, strongestOf } from '#registry/integrity'
import { createSingleFlight } from '#registry/single-flight'
import { count, span } from '../trace.ts'
import type { TarballRecord } from './package-contents.ts'
import { decodeTarball, encodeTarball, TARBALL_SCHEMA } from './tarball-record.ts'

/** What a tarball says of its package: what reading an installed copy would have given. */
export interface PackageContents {
  /** Licence fields of its package.json, as {@link PackageInstance.declared}. */
  declared: LicenseField
  /** As {@link TextSource.files} gives them for an installed copy, with all that an installed copy might be asked for. */
  files: LicenseFile[]
  /** sha256 (hex) of each file that was asked for, as {@link World.hashFile} gives it. */
  hashes: ReadonlyMap<string, Outcome<string>>
  /** The hash that the tarball has: one of the lockfile's. */
  integrity: string
  /** When it was fetched, ISO 8601. */
  at: string
  from: 'network' | CacheTier
}

/**
 * Reads the tarball of a package that comes from a registry; `asked` are paths inside the package whose hashes are wanted,
 * for clarifications. Never rejects. Fails as a question for its manifest does, and with `no-integrity`,
 * `integrity-mismatch`, `foreign-tarball`, `tarball-unreadable` or `tarball-mismatch`.
 */
export type ReadTarball = (
  instance: Pick<PackageInstance, 'name' | 'version' | 'source' | 'integrity'>,
  asked?: readonly string[],
) => Promise<Outcome<PackageContents>>

/** What tarballs are read with. */
export interface TarballReaderOptions {
  cache: Pick<Cache, 'get' | 'put'>
  /** Asked only when the cache does not have a tarball. */
  client: Pick<RegistryClient, 'tarball'>
  /** Epoch milliseconds. */
  now: () => number
}

/** A record, with where and when it was obtained. */
interface Found {
  record: TarballRecord
  integrity: string
  at: string
  from: 'network' | CacheTier
}

/** Creates the reader. Several questions for one tarball are one. */
export function createTarballReader({ cache, client, now }: TarballReaderOptions): ReadTarball {
  const flights = createSingleFlight<Outcome<Found>>()

  async function kept(digests: readonly string[], asked: readonly string[]): Promise<Found | undefined> {
    for (const integrity of digests) {
      const hit = await cache.get(cacheKey('tarball', TARBALL_SCHEMA, integrity))
      const record = hit && decodeTarball(hit.body)
      const known = new Set(record?.hashes.map(([file]) => file))
      if (hit === undefined || record === undefined || !asked.every((file) => known.has(file))) continue
      count('tarball.known', 'cache')
      return { record, integrity, at: new Date(hit.storedAt).toISOString(), from: hit.tier }
    }
    return undefined
  }

  async function fetched(
    name: string,
    version: string,
    hashes: readonly string[],
    asked: readonly string[],
  ): Promise<Outcome<Found>> {
    const { contentsSink } = await import('./package-contents.ts')
    const answer = await span('tarball.read', () =>
      client.tarball(name, version, hashes, () => contentsSink(asked)),
    )
    if (!answer.ok) return answer
    const { value: record, integrity } = answer.value
    const bytes = encodeTarball(record)
    const at = now()
    if (bytes !== undefined) await cache.put(cacheKey('tarball', TARBALL_SCHEMA, integrity), bytes, at)
    return ok({ record, integrity, at: new Date(at).toISOString(), from: 'network' })
  }

  return async ({ name, version, source, integrity = '' }, asked = []) => {
    const id = `${name}@${version}`
    if (source !== 'registry') {
      return fail('foreign-tarball', `${id} does not come from a registry, so no tarball of it is asked for.`)
    }
    const hashes = splitIntegrity(integrity)
    const found = await flights(JSON.stringify([id, hashes, asked]), async () => {
      const known = await kept(strongestOf(hashes)?.digests ?? [], asked)
      return known === undefined ? fetched(name, version, hashes, asked) : ok(known)
    })
    return found.ok ? contentsOf(name, version, found.value) : found
  }
}

/** What is in the tarball has to be the package that was meant: its registry says of which version the integrity is. */
function contentsOf(
  name: string,
  version: string,
  { record, integrity, at, from }: Found,
): Outcome<PackageContents> {
  if (record.name?.trim() !== name || record.version === undefined || !sameVersion(record.version, version)) {
    return fail('tarball-mismatch', `The tarball of ${name}@${version} holds another package or version.`, {
      fix: 'Do not use this version before whoever publishes it has explained it.',
    })
  }
  const hashes = record.hashes.map(([file, hash]): [string, Outcome<string>] => [
    file,
    'sha256' in hash ? ok(hash.sha256) : { ok: false, failure: hash.failure },
  ])
  return ok({
    declared: record.license,
    files: record.files,
    hashes: new Map(hashes),
    integrity,
    at,
    from,
  })
}
