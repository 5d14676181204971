/** Warms what is read where nothing is installed: the tarballs of a lockfile, and of what the next upgrades would bring. */
import type { FetchFailure } from '#model/fetch-report'
import type { SourceType } from '#model/inventory'
import { fail, ok } from '#model/outcome'
import type { Policy } from '#model/policy'
import { packageId } from '#model/package-id'
import type { TextsWanted } from '#model/run-request'
import { clarifiedNames } from './evidence-on-disk.ts'
import { failureOf, inTurn, isCutOff } from './fetch-packages.ts'
import type { AheadVersion } from './fetch-plan.ts'
import { holdContents } from './held-package.ts'
import type { PlannedPlaces } from './left-out.ts'
import type { PackageGroup } from './packages.ts'
import type { ReadTarball } from './tarball-reader.ts'
import type { OpenRegistry } from './world.ts'

/** What has been read and what came of it. */
export interface TarballTally {
  wanted: number
  cached: number
  fetched: number
  failed: FetchFailure[]
}

/** What reading needs. */
export interface TextsContext {
  registry: Pick<OpenRegistry, 'client' | 'readTarball'>
  texts: Exclude<TextsWanted, 'none'>
  policy: Pick<Policy, 'licenses'>
  tally: TarballTally
  /** Called whenever the tally has changed. */
  onChange: () => void
  /** Once it has aborted nothing more is read. */
  signal: AbortSignal
}

/** Where a tarball is that may have to be fetched; what lies in the project is there already. */
const FETCHED: ReadonlySet<SourceType> = new Set<SourceType>(['registry', 'bundled', 'url'])

/** Reads what a check of the lockfile would read of these packages, by the way that it takes itself. */
export async function fetchTexts(
  groups: readonly PackageGroup[],
  places: PlannedPlaces,
  context: TextsContext,
): Promise<void> {
  const { registry, texts, policy, tally } = context
  const wanted = groups.filter(
    ({ source, installed }) => FETCHED.has(source) && (installed || texts === 'all'),
  )
  tally.wanted += wanted.length
  context.onChange()
  await inTurn(wanted, context, async (group) => {
    const { readTarball, isFresh } = noting(registry.readTarball)
    const { group: held } = await holdContents(group, {
      request: { texts, policy },
      registry: ok({ client: registry.client, readTarball }),
      onDisk: NOTHING_ON_DISK,
      places,
    })
    const failure = held.instances.find(({ unreadable }) => unreadable !== undefined)?.unreadable
    if (failure === undefined) tally[isFresh() ? 'fetched' : 'cached'] += 1
    else if (isCutOff(failure)) return
    else tally.failed.push(failureOf(group.id, failure))
    context.onChange()
  })
}

/** Reads the tarballs of versions that no lockfile names yet, by the hashes that the registry names. */
export async function fetchTextsAhead(
  versions: readonly AheadVersion[],
  { registry, policy, tally, onChange, signal }: TextsContext,
): Promise<void> {
  tally.wanted += versions.length
  onChange()
  await inTurn(versions, { signal }, async ({ name, version }) => {
    const manifest = await registry.client.manifest(name, version)
    const integrity = manifest.ok ? manifest.value.manifest.integrity.join(' ') : ''
    const question = { name, version, integrity, source: 'registry' as const }
    const read = manifest.ok
      ? await registry.readTarball(question, clarifiedNames({ name, version }, policy))
      : manifest
    if (read.ok) tally[read.value.from === 'network' ? 'fetched' : 'cached'] += 1
    else if (isCutOff(read.failure)) return
    else tally.failed.push(failureOf(packageId(name, version), read.failure))
    onChange()
  })
}

/** The same reader, which notes whether anything had to come over the network. */
function noting(read: ReadTarball): { readTarball: ReadTarball; isFresh: () => boolean } {
  let fresh = false
  return {
    isFresh: () => fresh,
    async readTarball(...question) {
      const answer = await read(...question)
      fresh ||= answer.ok && answer.value.from === 'network'
      return answer
    },
  }
}

const NOTHING_ON_DISK: Parameters<typeof holdContents>[1]['onDisk'] = {
  texts: {
    files: () => [],
    read: () => Promise.resolve({}),
    statistics: () => ({ files: 0, distinct: 0, cached: 0, recognised: 0 }),
  },
  hashFile: ({ name, version }) => notHere(packageId(name, version)),
  readLocal: ({ name, version }) => Promise.resolve(notHere(packageId(name, version))),
}

function notHere(id: string): ReturnType<typeof fail> {
  return fail('not-read', `${id} lies in the project and is not fetched`)
}
