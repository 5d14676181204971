/** Builds the real world for one run: the only place that ties files, processes, network and clock to the pipeline. */
import { sharedTier } from '#cache/redis-settings'
import type { SealedFolder } from '#cache/sealed-files'
import { loadCacheSecret } from '#cache/secret'
import { openCache } from '#cache/tiered-store'
import type { Cache } from '#cache/tiered-store'
import {
  askNpm,
  findTreeSource,
  hashPackageFile,
  plannedInventory,
  readLockedPlan,
  readTree,
} from '#collectors/collect'
import { readLicenseFiles } from '#collectors/license-files'
import { openDisk } from '#disk/disk'
import type { Disk } from '#disk/disk'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { Policy } from '#model/policy'
import type { Warning } from '#model/run-report'
import type { LookedAt, RunRequest } from '#model/run-request'
import { openRegistry } from '#registry/client'
import type { RegistryClient } from '#registry/client'
import { hasOwnRegistry } from '#registry/registry-config'
import { isOwnOrigin, namedRegistry } from '#registry/registry-names'
import { archiveAddress } from '#registry/tarball-address'
import { keepSnapshot } from '#snapshot/keep'
import { lookAtTool } from '#snapshot/tool-files'
import { monotonicMs } from './clock.ts'
import { homeOf } from './home.ts'
import { openNpmrcDisk, readRunConfig, sealedFolder } from './npm-configuration.ts'
import { openBase, openBaseSources, readBaseTree } from './run/base-place.ts'
import type { BaseFiles } from './run/base-place.ts'
import type { LockedAhead } from './run/locked-ahead.ts'
import type { ReadTarball } from './run/tarball-reader.ts'
import { recallPrevious } from './run/previous.ts'
import { openRecognition } from './run/recognition.ts'
import { createTextReader } from './run/text-reader.ts'
import { leavesRoom } from './run/worker-room.ts'
import type { CacheRecords, OpenCache, OpenRegistry, World } from './run/world.ts'
import { TOOL_FOLDER } from './tool-version.ts'

/** What whoever started the run wants to know of its effects. */
export interface WorldHooks {
  /** A child process started (its process group's id) or ended (undefined). */
  onChild: (pid: number | undefined) => void
  /** The files of the base of a change, where somebody has opened them already. */
  baseFiles?: BaseFiles
  /** Called in place of all that takes a network, or recognising a text; what is asked then is never answered. */
  onUnknown?: OnUnknown
  /** The lockfile of the project, where somebody has read it already. */
  ahead?: LockedAhead | undefined
}

/** Never resolves: whoever hears of it gives up all that waits for an answer. */
export type OnUnknown = () => Promise<never>

/** Builds the world. Nothing is read, started or loaded before the pipeline asks for it. */
export function buildWorld(request: RunRequest, hooks: WorldHooks): World {
  const { onChild, baseFiles, onUnknown } = hooks
  const { project, env } = request
  const ahead = hooks.ahead?.project === project ? hooks.ahead : undefined
  const disk = ahead?.disk ?? openDisk(project)
  const lockfiles = openDisk(project)
  const npmrc = openNpmrcDisk(project)
  const sources: LookedAt[] = []
  let aroundBefore: ReadonlySet<string> | undefined
  const openingBase = () => ({
    project: disk.realPath(project) ?? project,
    env,
    leftMs: () => request.deadlineAt - monotonicMs(),
  })
  let planned = ahead?.plan
  let cache: Promise<Cache & OpenCache> | undefined
  const theCache = (): Promise<Cache & OpenCache> => (cache ??= openRunCache(request))
  const records: CacheRecords = {
    get: async (key) => (await theCache()).get(key),
    put: async (...record) => (await theCache()).put(...record),
  }
  const texts = createTextReader(
    { ...records, get: async (key) => (await records.get(key)) ?? onUnknown?.() },
    openRecognition(() => leavesRoom(project)),
    Date.now,
  )
  return {
    treeSource: () => request.from ?? findTreeSource(disk, project),
    readLocked() {
      const keepListed = request.base !== undefined
      const plan = (planned ??= readLockedPlan(disk, project, { keepListed }))
      return plan.ok ? ok(plannedInventory(plan.value)) : plan
    },
    readBase(base) {
      const now = (planned ??= readLockedPlan(disk, project, { keepListed: true }))
      if (!now.ok) return now
      const files = baseFiles === undefined ? openBase(base.place, openingBase()) : ok(baseFiles)
      return files.ok ? readBaseTree(base, now.value, files.value, { disk, folder: project }) : files
    },
    readTree: () => readTree({ disk, lockfiles }, { project, omitDev: request.omitDev }),
    askNpm: (signal) => askNpm(disk, { project, env, signal, onChild }),
    openCache: theCache,
    records,
    texts: {
      files: (instance, hints) => readLicenseFiles(disk, project, instance.location, hints),
      ...texts,
    },
    openRegistry: async (signal) =>
      openRunRegistry(askingOf(request), npmrc.disk, await theCache(), signal, onUnknown),
    async readLocal(instance, asked) {
      // Taking a tarball apart may take a while.
      if (onUnknown !== undefined) return onUnknown()
      const { readLocalPackage } = await import('./run/local-package.ts')
      const signal = AbortSignal.timeout(Math.max(0, Math.floor(request.deadlineAt - monotonicMs())))
      return readLocalPackage(instance, asked, { disk, project, signal, now: request.now })
    },
    hashFile: (instance, file) => hashPackageFile(disk, project, instance.location, file),
    async scanImports(rules) {
      const { scanSources } = await import('./run/source-scan.ts')
      const scanned = await scanSources(rules, request)
      if (!scanned.ok) return scanned
      sources.push(...scanned.value.lookedAt)
      return ok(scanned.value.graph)
    },
    async scanBase(base, rules) {
      const files = openBaseSources(base.place, openingBase())
      if (files?.ok !== true) return files
      const { scanBase } = await import('./run/source-scan.ts')
      return scanBase(rules, request, files.value)
    },
    elapsedMs: () => monotonicMs() - request.startedAt,
    previous: async () => {
      const kept = request.treeChanged ? await snapshotPlace(request) : undefined
      const previous = kept && (await recallPrevious({ ...kept, now: request.now }, request.lookedAt))
      aroundBefore = previous?.around
      return previous
    },
    async remember(report, { warnings, confirmation, judged }) {
      const place = await snapshotPlace(request)
      const tool = place && lookAtTool(TOOL_FOLDER)
      if (place === undefined || tool === undefined || !npmrc.isClear()) return
      // Judgements that were kept must not go on with registries that were configured while this run was under way.
      if (aroundBefore?.has(npmrc.disk.looks().digest) === false) return
      const judgements = new Map(judged.map((entry) => [entry.report, entry]))
      const kept = await keepSnapshot(place.folder, place.key, {
        request,
        report,
        warnings,
        around: [
          { root: TOOL_FOLDER, ...tool },
          ...request.lookedAt,
          { root: project, ...npmrc.disk.looks() },
        ],
        tree: [{ root: project, ...lockfiles.looks() }, { root: project, ...disk.looks() }, ...sources],
        variables: npmrc.variables(),
        confirmation,
        judgementOf: (entry) => judgements.get(entry),
        goOn: () => monotonicMs() < request.deadlineAt,
      })
      if (kept !== undefined) await shareSnapshot(request, kept, await theCache())
    },
  }
}

/** Sends a snapshot to the shared tier, where it was asked for one. */
async function shareSnapshot(request: RunRequest, kept: Uint8Array, cache: Cache): Promise<void> {
  const { shared, project, env, now } = request
  if (shared === undefined || shared.patienceMs === 0) return
  const { travellingSnapshot } = await import('#snapshot/shared')
  const places = { project, home: homeOf(env), execPath: process.execPath }
  const travelling = await travellingSnapshot(kept, places, env)
  if (travelling === undefined) return
  const { body, expiresAt } = travelling
  await cache.share(shared.snapshotKey, { body, storedAt: now }, expiresAt - Date.now())
}

/** Where the snapshot of a run is kept; undefined where there is to be none. */
async function snapshotPlace(
  request: RunRequest,
): Promise<{ folder: SealedFolder; key: string } | undefined> {
  const { snapshotKey } = request
  if (snapshotKey === undefined) return undefined
  const folder = await sealedFolder(request)
  return folder && { folder, key: snapshotKey }
}

/** Opens the cache of a run. Never rejects; what is wrong with the disk tier is among the warnings. */
export async function openRunCache(
  request: Pick<RunRequest, 'project' | 'cacheDirectory' | 'env' | 'offline' | 'shared'> & {
    policy: Pick<Policy, 'cache'>
  },
): Promise<Cache & OpenCache> {
  const { project, cacheDirectory, env, policy } = request
  const warnings: Warning[] = []
  let key: Uint8Array | undefined
  if (cacheDirectory !== undefined) {
    const secret = await loadCacheSecret({ env, home: homeOf(env), project, cacheDirectory })
    if ('key' in secret) key = secret.key
    else warnings.push(secret.warning)
  }
  const asked = request.shared
  const isOff = request.offline || asked?.patienceMs === 0
  const shared = isOff ? {} : sharedTier({ policy: policy.cache.redis, env })
  if ('warning' in shared) warnings.push(shared.warning)
  warnings.push(...(asked?.warnings ?? []))
  const cache = await openCache({
    // Without a key the disk tier is off, and the reason has been told already.
    directory: key === undefined ? undefined : cacheDirectory,
    project,
    key,
    now: Date.now,
    ...('tier' in shared && { shared: shared.tier, clock: monotonicMs }),
    ...(asked && { asked }),
  })
  return { ...cache, warnings: () => [...warnings, ...cache.warnings()] }
}

/** What of a request decides how registries are asked. */
export type AskingRequest = Pick<
  RunRequest,
  'project' | 'cacheDirectory' | 'env' | 'trustNpmrc' | 'deadlineAt' | 'offline' | 'refresh' | 'allowStale'
> & {
  policy: Pick<Policy, 'network' | 'cache' | 'packages'>
  /** Ask anew for all that is older than `cache.ttl`; absent for what the policy's rules make of it. */
  refreshOld?: boolean
}

/** An audit is there to hear what has changed. */
function askingOf(request: RunRequest): AskingRequest {
  return request.audit === undefined ? request : { ...request, refreshOld: true }
}

/** Opens the registries of a run by the trusted npm configuration; `disk` reads it. */
export async function openRunRegistry(
  request: AskingRequest,
  disk: Disk,
  cache: Cache,
  signal: AbortSignal,
  onUnknown?: OnUnknown,
): Promise<Outcome<OpenRegistry>> {
  const { policy } = request
  const config = await readRunConfig(request, disk)
  if (!config.ok) return config
  const asked = await openRegistry({
    config: config.value,
    cache,
    network: policy.network,
    now: Date.now,
    remainingMs: () => request.deadlineAt - monotonicMs(),
    signal,
    offline: request.offline || onUnknown !== undefined,
    refresh: request.refresh,
    allowStale: request.allowStale,
    ttlMs: policy.cache.ttlMs,
    refreshOld: request.refreshOld ?? policy.packages.deprecated === 'deny',
  })
  const client = onUnknown === undefined ? asked : knowing(asked, onUnknown)
  let reader: Promise<ReadTarball> | undefined
  return ok({
    client,
    async readTarball(...question) {
      reader ??= import('./run/tarball-reader.ts').then(({ createTarballReader }) =>
        createTarballReader({
          cache,
          client,
          now: Date.now,
          locate: (id, address) => archiveAddress(config.value, id, address),
        }),
      )
      return (await reader)(...question)
    },
    ownRegistry: (name, origin) => hasOwnRegistry(config.value, name, origin),
    registryOf: (name) => namedRegistry(config.value, name),
    isOwnOrigin: (name, origin) => isOwnOrigin(config.value, name, origin),
    warnings: config.value.warnings,
  })
}

/** A client that answers only what needs no network. */
function knowing(client: RegistryClient, onUnknown: OnUnknown): RegistryClient {
  const known = async <T>(answer: Promise<Outcome<T>>): Promise<Outcome<T>> => {
    const outcome = await answer
    return !outcome.ok && outcome.failure.code === 'offline' ? onUnknown() : outcome
  }
  return {
    ...client,
    manifest: (...question) => known(client.manifest(...question)),
    publishTime: (...question) => known(client.publishTime(...question)),
    tarball: (...question) => known(client.tarball(...question)),
    versions: (...question) => known(client.versions(...question)),
  }
}
