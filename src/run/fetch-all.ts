/** The whole of a `fetch`: reads the lockfile, plans, asks, and sees what was obtained to the disk. */
import { setMaxListeners } from 'node:events'
import { readLockedInventory, readLockedTree } from '#collectors/collect'
import type { LockedTree } from '#collectors/collect'
import { openDisk } from '#disk/disk'
import type { FetchFailure } from '#model/fetch-report'
import type { PackageInstance } from '#model/inventory'
import { ok } from '#model/outcome'
import { packageId } from '#model/package-id'
import type { Policy } from '#model/policy'
import type { Warning } from '#model/run-report'
import { openRunCache, openRunRegistry } from '../runtime.ts'
import type { AskingRequest } from '../runtime.ts'
import { fetchAhead, fetchLocked, startTally } from './fetch-packages.ts'
import type { FetchTally } from './fetch-packages.ts'
import type { FetchMessage, FetchRequest, FetchState } from './fetch-messages.ts'
import type { TarballTally } from './fetch-texts.ts'
import { askedGroups, restless } from './fetch-plan.ts'
import { countsAsFirstParty } from './hear-registry.ts'
import { plannedPlaces } from './left-out.ts'
import { selectPackages } from './packages.ts'
import type { PackageGroup } from './packages.ts'
import type { OpenCache, OpenRegistry } from './world.ts'

/** Requests a second for what nobody waits for. */
const AHEAD_PER_SECOND = 50
/** Shortest time between two states that are told, in milliseconds: each holds all failures so far. */
const TELL_EVERY_MS = 250

/** Warnings of a cache that keeps nothing on disk; a record that was not believed has been fetched anew. */
const DISK_WARNINGS: ReadonlySet<string> = new Set([
  'cache-folder-refused',
  'cache-key-missing',
  'cache-key-refused',
  'cache-write-failed',
])

/** Fetches until all is there or `signal` aborts; `tell` hears what is known every now and then. */
export async function fetchAll(
  request: FetchRequest,
  signal: AbortSignal,
  tell: (state: FetchState) => void,
): Promise<FetchMessage> {
  const disk = openDisk(request.project)
  const tree = readLockedTree(disk, request.project)
  if (!tree.ok) return { type: 'refused', failure: tree.failure }
  if (tree.value === undefined) return { type: 'no-lockfile' }
  const planned = request.texts === 'none' ? ok(undefined) : readLockedInventory(disk, request.project)
  if (!planned.ok) return { type: 'refused', failure: planned.failure }
  const inventory = planned.value
  setMaxListeners(0, signal)
  const asking = askingRequest(request)
  const cache = await openRunCache(asking)
  const registry = await openRunRegistry(asking, disk, cache, signal)
  if (!registry.ok) return { type: 'refused', failure: registry.failure }
  signal.addEventListener('abort', () => void cache.flush(), { once: true })

  const tally = startTally()
  const tarballs: TarballTally = { wanted: 0, cached: 0, fetched: 0, failed: [] }
  const told: Warning[] = []
  const stateNow = (kept: boolean): FetchState => {
    const state = stateOf(tally, kept, request, registry.value, cache)
    return {
      ...state,
      ...(inventory !== undefined && { tarballs: tarballsOf(tarballs) }),
      warnings: [...state.warnings, ...told],
    }
  }
  let toldAt = Number.NEGATIVE_INFINITY
  const onChange = (): void => {
    const at = performance.now()
    if (at - toldAt < TELL_EVERY_MS) return
    toldAt = at
    tell(stateNow(false))
  }
  const wantsTimes = request.policy.packages.minimumAgeMs > 0
  const context = { registry: registry.value, wantsTimes, tally, onChange, signal }
  const groups = askedGroups(groupsOf(tree.value.instances, request.policy, registry.value))
  await fetchLocked(groups, context)
  if (request.ahead) {
    const byName = groups.filter(({ source }) => source === 'registry')
    const locked = new Set(byName.map(({ id }) => id))
    const { direct } = tree.value
    const { moves, warnings } = await movesOf(request, tree.value)
    told.push(...warnings)
    await fetchAhead([...direct, ...restless(byName, direct, moves)], locked, context, moves)
  }
  if (inventory !== undefined && request.texts !== 'none') {
    const { fetchTexts, fetchTextsAhead } = await import('./fetch-texts.ts')
    const reading = { ...context, texts: request.texts, policy: request.policy, tally: tarballs }
    const locked = groupsOf(inventory.instances, request.policy, registry.value)
    await fetchTexts(locked, plannedPlaces(inventory), reading)
    if (request.ahead) await fetchTextsAhead(tally.ahead, reading)
  }
  // The disk may be slower than there is time left.
  tell(stateNow(false))
  await cache.flush()
  const kept = cache.warnings().every(({ code }) => !DISK_WARNINGS.has(code))
  const state = stateNow(kept)
  await registry.value.client.close()
  return { type: 'end', state }
}

/** What stored runs know of packages that move; loaded where somebody asks. */
async function movesOf(
  { project, history, env }: FetchRequest,
  { instances }: LockedTree,
): Promise<{ moves: Map<string, number>; warnings: Warning[] }> {
  if (history === undefined) return { moves: new Map(), warnings: [] }
  const { keptMoves } = await import('./kept-moves.ts')
  const root = instances.find(({ source }) => source === 'root')
  return keptMoves({ directory: history, project, env }, root?.name ?? '')
}

function askingRequest(request: FetchRequest): AskingRequest & { cacheDirectory?: string } {
  const { policy, ahead } = request
  const requestsPerSecond = Math.min(policy.network.requestsPerSecond, AHEAD_PER_SECOND)
  return {
    ...request,
    policy: ahead ? { ...policy, network: { ...policy.network, requestsPerSecond } } : policy,
    offline: false,
    allowStale: false,
    // Whoever fetches wants what a registry may have changed of a version as well.
    refreshOld: true,
  }
}

/** What a check would judge: all but the project's and the company's own. */
function groupsOf(
  instances: readonly PackageInstance[],
  policy: Policy,
  registry: OpenRegistry,
): PackageGroup[] {
  const { judged } = selectPackages(
    { instances, edges: [] },
    {
      omitDev: false,
      workspaces: [],
      isFirstParty: (instance) => countsAsFirstParty(instance, policy, { ok: true, value: registry }),
    },
  )
  return judged
}

function tarballsOf({ wanted, cached, fetched, failed }: TarballTally): NonNullable<FetchState['tarballs']> {
  return { wanted, cached, fetched, left: wanted - cached - fetched - failed.length, failed: byId(failed) }
}

function byId(failed: readonly FetchFailure[]): FetchFailure[] {
  return failed.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function stateOf(
  tally: FetchTally,
  kept: boolean,
  { ahead: isAhead }: FetchRequest,
  registry: OpenRegistry,
  cache: OpenCache,
): FetchState {
  const { packages, cached, fetched, failed, failedLookUps, ahead, unlooked, beyond } = tally
  return {
    packages,
    cached,
    fetched,
    left: packages - cached - fetched - (failed.length - failedLookUps),
    failed: byId(failed),
    ...(isAhead && { ahead: ahead.map(({ name, version }) => packageId(name, version)), unlooked, beyond }),
    kept,
    network: registry.client.statistics(),
    warnings: [...registry.warnings, ...cache.warnings()],
  }
}
