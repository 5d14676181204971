/** Asks registries for manifests: the whole way of one question, from the cache down to the socket. */
import { setMaxListeners } from 'node:events'
import { cacheKey } from '#cache/key'
import type { CacheTier } from '#cache/store'
import type { Cache, CacheHit } from '#cache/tiered-store'
import type { FailureCode, Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isExactVersion, isPackageName, scopeOf } from '#model/package-id'
import type { NetworkPolicy } from '#model/policy'
import type { Releases } from '#model/release'
import type { Traffic } from '#model/run-report'
import type { AdvisoryAnswer, VersionsByName } from './advisories.ts'
import { answerOf } from './answer.ts'
import type { Attempt } from './attempt.ts'
import { WHOLE_BODY } from './body.ts'
import { compareIntegrity } from './integrity.ts'
import { decodeRecord, encodeRecord, RECORD_SCHEMA } from './manifest-record.ts'
import type { Manifest } from './manifest.ts'
import { createPublishTimes } from './packument-times.ts'
import type { AskReleases } from './packument-releases.ts'
import { createVersionLists } from './packument-versions.ts'
import type { Offer } from './packument-versions.ts'
import { manifestUrl, registryFor } from './registry-config.ts'
import type { Registry, RegistryConfig } from './registry-config.ts'
import { createSingleFlight } from './single-flight.ts'
import type { TarballSink } from './tarball-stream.ts'
import type { TarballAnswer, Tarballs } from './tarballs.ts'
import { createWay } from './way.ts'

/** A manifest, with where and when it was obtained. */
export interface ManifestAnswer {
  manifest: Manifest
  /** ISO 8601. */
  at: string
  from: 'network' | CacheTier
  /** Its age in milliseconds, if the network failed and it is older than its time to live. */
  staleMs?: number
}

/** Answers for one version at a time; ask for as many as you like at once. */
export interface RegistryClient {
  /** `expectedIntegrity` is the lockfile's: a cached record that contradicts it is fetched anew once. */
  manifest(
    name: string,
    version: string,
    expectedIntegrity?: readonly string[],
  ): Promise<Outcome<ManifestAnswer>>
  /** When the version was published, in epoch milliseconds; `none` if the registry does not say. */
  publishTime(name: string, version: string): Promise<Outcome<number | 'none'>>
  /**
   * Reads the tarball of a version, believed only if it has the strongest of the hashes in `expectedIntegrity` (those of
   * the lockfile). Nothing of it is kept. With `address` the one that lies there, if that is an address of a registry.
   */
  tarball<T>(
    name: string,
    version: string,
    expectedIntegrity: readonly string[],
    open: () => TarballSink<T>,
    address?: string,
  ): Promise<Outcome<TarballAnswer<T>>>
  /** Which versions of a package there are, as the registry said within the last hour. */
  versions(name: string): Promise<Outcome<Offer>>
  /** What a package's releases declare, from the lowest of the `installed` versions on, and which ones there are within the last hour. */
  releases(name: string, installed: readonly string[]): Promise<Outcome<Releases>>
  /** What is known to be wrong with some versions: one answer or more from each registry that they come from. */
  advisories(versions: VersionsByName): Promise<AdvisoryAnswer[]>
  /** Requests sent, those of them that were second or third attempts, and versions that could not be had in the end. */
  statistics(): Traffic['network']
  /** Ends every wait with `deadline` and destroys every socket. */
  close(): Promise<void>
}

/** What a client is built from. */
export interface RegistryOptions {
  config: RegistryConfig
  cache: Pick<Cache, 'get' | 'put'>
  network: NetworkPolicy
  /** Epoch milliseconds. */
  now: () => number
  /** Milliseconds left of the run. */
  remainingMs: () => number
  /** Ends everything at once. */
  signal: AbortSignal
  /** Never open a socket. */
  offline: boolean
  /** Do not read the cache first. */
  refresh: boolean
  /** With `refresh`: use a cached record if the network fails. */
  allowStale: boolean
  /** Age in milliseconds from which a record used in the network's place is called stale. */
  ttlMs: number
  /** Ask anew for records that are older than `ttlMs`: a rule rests on what a registry may change of a version. */
  refreshOld: boolean
}

/** Failures of the network; whatever a registry answers, however unwelcome, is none. */
const NETWORK_FAILURES: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'unreachable',
  'timeout',
  'deadline',
  'truncated',
  'server-error',
  'throttled',
  'breaker-open',
  'offline',
])

/** One version at one registry. */
interface Target {
  name: string
  version: string
  registry: Registry
  key: string
}

/** Creates a client. Nothing is opened or loaded before the first version that the cache does not hold. */
export async function openRegistry(options: RegistryOptions): Promise<RegistryClient> {
  const { config, cache, now, remainingMs } = options
  const stop = new AbortController()
  const { signal } = stop
  setMaxListeners(0, signal) // every request and every wait listens to it
  const onAbort = (): void => stop.abort()
  if (options.signal.aborted) onAbort()
  else options.signal.addEventListener('abort', onAbort, { once: true })

  const registries = new Map<string | undefined, Outcome<Registry>>()
  /** The registry of a name, told once for each scope: addresses are parsed for it. */
  function registryOf(name: string): Outcome<Registry> {
    const scope = scopeOf(name)
    const known = registries.get(scope) ?? registryFor(config, name)
    registries.set(scope, known)
    return known
  }

  const reads = createSingleFlight<ManifestAnswer | undefined>()
  const flights = createSingleFlight<Attempt>()
  const { network } = options
  const way = createWay({ config, network, now, remainingMs, signal })
  const { ask, traffic } = way

  async function manifest(
    name: string,
    version: string,
    expected: readonly string[] = [],
  ): Promise<Outcome<ManifestAnswer>> {
    if (!isPackageName(name) || !isExactVersion(version)) return invalidName(`${name}@${version}`)
    const registry = registryOf(name)
    if (!registry.ok) return registry
    const key = cacheKey('manifest', RECORD_SCHEMA, registry.value.base, name, version)
    const target = { name, version, registry: registry.value, key }

    const kept = options.refresh ? undefined : await fromCache(target, expected)
    const isOld = kept !== undefined && options.refreshOld && ageOf(kept) > options.ttlMs
    if (kept !== undefined && !isOld) return ok(kept)
    if (options.offline)
      return (isOld && (await instead(target, expected, 'offline'))) || offline(name, version, isOld)
    const { outcome } = await flights(key, () => fromNetwork(target))
    if (outcome.ok) return ok({ manifest: outcome.value, at: new Date(now()).toISOString(), from: 'network' })
    return (await instead(target, expected, outcome.failure.code)) ?? outcome
  }

  async function fromNetwork({ name, version, registry, key }: Target): Promise<Attempt> {
    const url = manifestUrl(registry.base, name, version)
    const question = { name, version, origin: registry.origin }
    const attempt = await ask(registry, url, (reply) => answerOf(reply, question), WHOLE_BODY)
    if (attempt.outcome.ok) await cache.put(key, encodeRecord(attempt.outcome.value), now())
    return attempt
  }

  const asking = { cache, now, offline: options.offline, refresh: options.refresh, ask }
  const published = createPublishTimes(asking)
  const listed = createVersionLists(asking)

  async function publishTime(name: string, version: string): Promise<Outcome<number | 'none'>> {
    if (!isPackageName(name) || !isExactVersion(version)) return invalidName(`${name}@${version}`)
    const registry = registryOf(name)
    return registry.ok ? published(registry.value, name, version) : registry
  }

  async function versions(name: string): Promise<Outcome<Offer>> {
    if (!isPackageName(name)) return invalidName(name)
    const registry = registryOf(name)
    return registry.ok ? listed(registry.value, name) : registry
  }

  let askReleases: Promise<AskReleases> | undefined

  async function releases(name: string, installed: readonly string[]): Promise<Outcome<Releases>> {
    if (!isPackageName(name)) return invalidName(name)
    const registry = registryOf(name)
    if (!registry.ok) return registry
    askReleases ??= import('./packument-releases.ts').then(({ createReleases }) => createReleases(asking))
    return (await askReleases)(registry.value, name, installed)
  }

  async function advisories(asked: VersionsByName): Promise<AdvisoryAnswer[]> {
    const { askAdvisories } = await import('./advisories.ts')
    const { timeoutMs } = network
    return askAdvisories(asked, { ask, registryOf, timeoutMs, offline: options.offline })
  }

  let opening: Promise<Tarballs> | undefined
  const tarballs = (): Promise<Tarballs> =>
    (opening ??= import('./tarballs.ts').then(({ createTarballs }) => createTarballs({ ...asking, config })))

  async function tarball<T>(
    name: string,
    version: string,
    expected: readonly string[],
    open: () => TarballSink<T>,
    address?: string,
  ): Promise<Outcome<TarballAnswer<T>>> {
    if (address !== undefined) return (await tarballs()).at(`${name}@${version}`, address, expected, open)
    const answer = await manifest(name, version, expected)
    if (!answer.ok) return answer
    const registry = registryOf(name)
    if (!registry.ok) return registry
    return (await tarballs()).ofVersion(registry.value, answer.value.manifest, expected, open)
  }

  /** The cached record, unless it contradicts the lockfile: then only the registry can say who is right. */
  async function fromCache(target: Target, expected: readonly string[]): Promise<ManifestAnswer | undefined> {
    const answer = await reads(target.key, async () => believed(await cache.get(target.key), target, now()))
    if (answer === undefined) return undefined
    return compareIntegrity(expected, answer.manifest.integrity) === 'different' ? undefined : answer
  }

  /** What `--allow-stale` lets stand in for a failed network, marked with its age. */
  async function instead(
    target: Target,
    expected: readonly string[],
    code: FailureCode,
  ): Promise<Outcome<ManifestAnswer> | undefined> {
    if (!options.allowStale || !NETWORK_FAILURES.has(code)) return undefined
    const answer = await fromCache(target, expected)
    if (answer === undefined) return undefined
    const age = ageOf(answer)
    return ok(age > options.ttlMs ? { ...answer, staleMs: age } : answer)
  }

  /** In milliseconds. */
  function ageOf({ at }: ManifestAnswer): number {
    return now() - Date.parse(at)
  }

  return {
    manifest,
    tarball,
    publishTime,
    versions,
    releases,
    advisories,
    statistics: () => ({ ...traffic }),
    async close() {
      options.signal.removeEventListener('abort', onAbort)
      stop.abort()
      await way.close()
    },
  }
}

/** A record of the future comes from a wrong clock or a forger, and a record of another version from neither of us. */
function believed(
  hit: CacheHit | undefined,
  { name, version }: Target,
  now: number,
): ManifestAnswer | undefined {
  if (hit === undefined || !(hit.storedAt >= 0 && hit.storedAt <= now)) return undefined
  const manifest = decodeRecord(hit.body, name, version)
  return manifest && { manifest, at: new Date(hit.storedAt).toISOString(), from: hit.tier }
}

function invalidName(id: string): Outcome<never> {
  const shown = JSON.stringify(id.slice(0, 100))
  return fail('invalid-name', `No registry can be asked for ${shown}.`, {
    fix: 'Correct the name or version where it is declared, then run npm install.',
  })
}

function offline(name: string, version: string, isOld: boolean): Outcome<never> {
  const what = isOld ? 'is too old in the cache for a rule of the policy' : 'is not in the cache'
  return fail('offline', `${name}@${version} ${what}, and --offline forbids asking for it.`, {
    fix: 'Run once without --offline.',
  })
}
