/** Hears what tarballs say, in place of installed copies: from the cache by the hash of the tarball, else off the wire. */
import type { Cache } from '#cache/tiered-store'
import type { PackageInstance } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { packageId } from '#model/package-id'
import type { RegistryClient } from '#registry/client'
import { splitIntegrity, strongestOf } from '#registry/integrity'
import { createSingleFlight } from '#registry/single-flight'
import { count, span } from '../trace.ts'
import { contentsOf, isOf } from './found-tarball.ts'
import type { FoundTarball, PackageContents } from './found-tarball.ts'
import { decodeTarball, encodeTarball, tarballKey } from './tarball-record.ts'

/** The package whose tarball is meant. */
export type TarballQuestion = Pick<
  PackageInstance,
  'name' | 'version' | 'source' | 'integrity' | 'resolved'
> & {
  /** The registry package in whose tarball it lies, and where (`node_modules/a`). */
  within?: {
    carrier: Pick<PackageInstance, 'name' | 'version' | 'source' | 'integrity'>
    place: string
  }
}

/**
 * Reads the tarball of a package that comes from a registry, or from an address below that of a registry which trusted
 * configuration names; `asked` are paths inside the package whose hashes are wanted, for clarifications. Never rejects. Fails
 * as a question for its manifest does, and with `no-integrity`, `integrity-mismatch`, `foreign-tarball`,
 * `tarball-unreadable` or `tarball-mismatch`.
 */
export type ReadTarball = (
  question: TarballQuestion,
  asked?: readonly string[],
) => Promise<Outcome<PackageContents>>

/** What tarballs are read with. */
export interface TarballReaderOptions {
  cache: Pick<Cache, 'get' | 'put'>
  /** Asked only when the cache does not have a tarball. */
  client: Pick<RegistryClient, 'tarball'>
  /** Epoch milliseconds. */
  now: () => number
  /** Where the tarball at an address of the lockfile is asked for; a failure if it is not. Default: nowhere. */
  locate?: (id: string, address: string) => Outcome<unknown>
}

/** Creates the reader. Several questions for one tarball are one. */
export function createTarballReader({
  cache,
  client,
  now,
  locate = notFromRegistry,
}: TarballReaderOptions): ReadTarball {
  const flights = createSingleFlight<Outcome<FoundTarball>>()

  async function kept(
    digests: readonly string[],
    asked: readonly string[],
  ): Promise<FoundTarball | undefined> {
    for (const integrity of digests) {
      const hit = await cache.get(tarballKey(integrity))
      const record = hit && decodeTarball(hit.body)
      const known = new Set(record?.hashes.map(([file]) => file))
      if (hit === undefined || record === undefined || !asked.every((file) => known.has(file))) continue
      count('tarball.known', 'cache')
      return { record, integrity, at: new Date(hit.storedAt).toISOString(), from: hit.tier }
    }
    return undefined
  }

  async function fetched({ name, version, hashes, asked, address }: Wanted): Promise<Outcome<FoundTarball>> {
    const { contentsSink } = await import('./package-contents.ts')
    const answer = await span('tarball.read', () =>
      client.tarball(name, version, hashes, () => contentsSink(asked), address),
    )
    if (!answer.ok) return answer
    const { value: record, integrity } = answer.value
    const bytes = encodeTarball(record)
    const at = now()
    if (bytes !== undefined) await cache.put(tarballKey(integrity), bytes, at)
    return ok({ record, integrity, at: new Date(at).toISOString(), from: 'network' })
  }

  function find(wanted: Wanted): Promise<Outcome<FoundTarball>> {
    return flights(JSON.stringify(wanted), async () => {
      const known = await kept(strongestOf(wanted.hashes)?.digests ?? [], wanted.asked)
      return known === undefined ? fetched(wanted) : ok(known)
    })
  }

  return async ({ name, version, source, integrity = '', resolved, within }, asked = []) => {
    const id = packageId(name, version)
    if (within !== undefined) {
      const { carrier, place } = within
      const inside = asked.map((file) => `${place}/${file}`)
      const hashes = splitIntegrity(carrier.integrity ?? '')
      const wanted = { name: carrier.name, version: carrier.version, hashes, asked: inside }
      const found = await find(wanted)
      const whole = found.ok ? contentsOf(carrier.name, carrier.version, found.value) : found
      return whole.ok && found.ok ? carriedIn(found.value, whole.value, { name, version, place }) : whole
    }
    const address = source === 'url' ? resolved : undefined
    if (source !== 'registry') {
      // Whether something is kept already makes no difference to what may be asked for.
      const located = address === undefined ? notFromRegistry(id) : locate(id, address)
      if (!located.ok) return located
    }
    const hashes = splitIntegrity(integrity)
    const found = await find({ name, version, hashes, asked, ...(address && { address }) })
    return found.ok ? contentsOf(name, version, found.value) : found
  }
}

function notFromRegistry(id: string): Outcome<never> {
  return fail('foreign-tarball', `${id} does not come from a registry, so no tarball of it is asked for.`, {
    fix: 'Use a published version.',
  })
}

/** A tarball, and what is asked of it. */
interface Wanted {
  name: string
  version: string
  hashes: readonly string[]
  asked: readonly string[]
  /** Where the lockfile says it lies; absent for that of a registry's version. */
  address?: string
}

/** A package out of the tarball of its carrier. The hashes that were asked for have paths in the carrier. */
function carriedIn(
  { record: { carried } }: FoundTarball,
  { hashes, integrity, at, from }: PackageContents,
  { name, version, place }: { name: string; version: string; place: string },
): Outcome<PackageContents> {
  const id = packageId(name, version)
  if (carried === 'beyond') {
    return fail(
      'tarball-unreadable',
      `${id} lies in a tarball that carries more packages than are looked at.`,
      {
        fix: INSTALL,
      },
    )
  }
  const found = carried.find(([at]) => at === place)?.[1]
  if (found === undefined) {
    return fail('tarball-mismatch', `The tarball that is said to carry ${id} does not have it.`, {
      fix: OUT_OF_STEP,
    })
  }
  if ('flaw' in found)
    return fail('tarball-unreadable', `${id}, which the tarball of another package carries, ${found.flaw}.`, {
      fix: INSTALL,
    })
  if (!isOf(found, name, version)) {
    return fail(
      'tarball-mismatch',
      `The tarball that is said to carry ${id} carries another package or version in its place.`,
      {
        fix: OUT_OF_STEP,
      },
    )
  }
  const below = `${place}/`
  return ok({
    declared: found.license,
    needs: found.needs,
    files: found.files,
    hashes: new Map(
      [...hashes]
        .filter(([file]) => file.startsWith(below))
        .map(([file, hash]) => [file.slice(below.length), hash]),
    ),
    integrity,
    at,
    from,
    brings: [],
  })
}

const INSTALL =
  'Install with npm ci --ignore-scripts on a branch that you trust, and judge the installed tree with depgate check.'
const OUT_OF_STEP =
  'Bring the lockfile up to date with `npm install`; do not use this version before the difference is explained.'
