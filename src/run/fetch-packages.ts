/** Asks for what was planned, and counts as the answers come, so that the state is known at any moment. */
import type { DirectDependency } from '#collectors/collect'
import type { FetchFailure } from '#model/fetch-report'
import { ok } from '#model/outcome'
import type { Failure, Outcome } from '#model/outcome'
import { packageId } from '#model/package-id'
import type { ManifestAnswer } from '#registry/client'
import { lookUps, selectAhead, upgradesOf } from './fetch-plan.ts'
import type { AheadVersion, LookUp, Moves, Upgrades } from './fetch-plan.ts'
import { hearRegistry } from './hear-registry.ts'
import type { PackageGroup } from './packages.ts'
import type { OpenRegistry } from './world.ts'

/** Most names that are looked up, and most versions that are fetched ahead, in one run. */
const MOST_AHEAD = 500
/** Questions open at a time: enough for every connection and every wait for a retry, few enough for a tree of any size. */
const WINDOW = 256

/** What has been asked for and what came of it. */
export interface FetchTally {
  /** Package versions to ask for; those that their carrier answers for are taken out again. */
  packages: number
  cached: number
  fetched: number
  failed: FetchFailure[]
  /** Those of `failed` that name no version. */
  failedLookUps: number
  ahead: AheadVersion[]
  unlooked: number
  beyond: number
}

/** What fetching needs. */
export interface FetchContext {
  registry: OpenRegistry
  /** Whether publish times are part of what a check asks for. */
  wantsTimes: boolean
  tally: FetchTally
  /** Called whenever the tally has changed. */
  onChange: () => void
  /** Once it has aborted nothing more is asked. */
  signal: AbortSignal
}

/** A tally before anything was asked. */
export function startTally(): FetchTally {
  return {
    packages: 0,
    cached: 0,
    fetched: 0,
    failed: [],
    failedLookUps: 0,
    ahead: [],
    unlooked: 0,
    beyond: 0,
  }
}

/** Asks for all that a cold check of these packages would ask for. */
export async function fetchLocked(groups: readonly PackageGroup[], context: FetchContext): Promise<void> {
  const outcome = ok(context.registry)
  context.tally.packages += groups.length
  context.onChange()
  await inTurn(groups, context, async (group) => note(group, await hearRegistry(outcome, group), context))
}

/** Looks the versions of these dependencies up, and asks for those that upgrades would bring. */
export async function fetchAhead(
  direct: readonly DirectDependency[],
  locked: ReadonlySet<string>,
  context: FetchContext,
  moves?: Moves,
): Promise<void> {
  const { registry, tally } = context
  const { wanted: names, beyond } = lookUps(direct, MOST_AHEAD, moves)
  tally.beyond += beyond
  tally.unlooked = names.length
  const upgrades: Upgrades[] = []
  await inTurn(names, context, async (name) => {
    const found = await lookUp(name, context)
    if (found !== undefined) upgrades.push(found)
    context.onChange()
  })
  const chosen = selectAhead(upgrades, locked, MOST_AHEAD, moves)
  tally.beyond += chosen.beyond
  tally.ahead = chosen.wanted
  tally.packages += chosen.wanted.length
  context.onChange()
  await inTurn(chosen.wanted, context, async (each) =>
    note(each, await registry.client.manifest(each.name, each.version), context),
  )
}

/** Does the task for each item, many at a time, until the run has to end. */
export async function inTurn<T>(
  items: readonly T[],
  { signal }: Pick<FetchContext, 'signal'>,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values()
  const goOn = async (): Promise<void> => {
    for (const item of rest) {
      if (signal.aborted) return
      await task(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(WINDOW, items.length) }, goOn))
}

async function lookUp(each: LookUp, { registry, tally }: FetchContext): Promise<Upgrades | undefined> {
  const offer = await registry.client.versions(each.name)
  if (offer.ok) {
    tally.unlooked -= 1
    return upgradesOf(each, offer.value)
  }
  if (isCutOff(offer.failure)) return undefined
  tally.unlooked -= 1
  tally.failedLookUps += 1
  tally.failed.push(failureOf(each.name, offer.failure))
  return undefined
}

/** Counts an answer, once the publish time is there too where it is wanted. */
async function note(
  { name, version }: AheadVersion,
  answer: Outcome<ManifestAnswer> | undefined,
  { registry, wantsTimes, tally, onChange }: FetchContext,
): Promise<void> {
  if (answer === undefined) tally.packages -= 1
  else {
    const time = answer.ok && wantsTimes ? await registry.client.publishTime(name, version) : undefined
    const failure = !answer.ok ? answer.failure : time?.ok === false ? time.failure : undefined
    if (failure !== undefined) {
      if (isCutOff(failure)) return
      tally.failed.push(failureOf(packageId(name, version), failure))
    } else if (answer.ok && answer.value.from !== 'network') tally.cached += 1
    else tally.fetched += 1
  }
  onChange()
}

/** What the deadline cut off has not failed: the next run asks for it. */
export function isCutOff({ code }: Failure): boolean {
  return code === 'deadline'
}

/** A failure as a report has it. */
export function failureOf(id: string, { code, message, fix }: Failure): FetchFailure {
  return { id, code, message, ...(fix !== undefined && { fix }) }
}
