/**
 * Judges a small change in the thread that keeps the deadline, where everything that is to know of it is in the cache: a
 * worker takes longer to start than that. What a stranger can bring into this thread is bounded beforehand.
 */
import { join } from 'node:path'
import { sharedTier } from '#cache/redis-settings'
import type { DiskReader } from '#disk/disk'
import type { RunReport, Warning } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { splitIntegrity, strongestOf } from '#registry/integrity'
import { monotonicMs } from '../clock.ts'
import type { BaseFiles } from './base-place.ts'
import { strangeBytes } from './strange-bytes.ts'
import { tarballKey } from './tarball-record.ts'
import type { OpenCache } from './world.ts'

/** Both sides of a change, as they are read. */
export interface ChangedFiles {
  before: BaseFiles
  after: { disk: DiskReader; folder: string }
}

/** A change that takes little time to judge, whatever it says. */
export interface SmallChange {
  /** The values of `integrity` that only its lockfile has. */
  integrities: string[]
}

/** A report, or what is left to say of an attempt that somebody else has to finish. */
export type Attempt = { report: RunReport } | ({ report?: never } & LeftOver)

/** What its cache had to complain about, and how many records it did not believe. */
export interface LeftOver {
  warnings: Warning[]
  rejected: number
}

/** npm itself prefers them in this order. */
export const LOCKFILES = ['npm-shrinkwrap.json', 'package-lock.json']
/** A lockfile of some five thousand packages; reading and comparing two takes a fraction of a second. */
export const MAX_SMALL_LOCKFILE_BYTES = 2 * 1024 * 1024
/** What a change may have written by itself: some sixty updates, and far too little for a tree that takes long to walk. */
const MAX_STRANGE_BYTES = 16 * 1024
/** Share of the deadline that may be spent before a worker is started after all. */
const MAX_SHARE = 0.4
const INTEGRITY = /"integrity":\s*"([^"]+)"/
/** With less time than this even what is bounded could take too much of it, in milliseconds. */
const MIN_TIME_MS = 5000

/** What a change says, if it is small and nobody wants more than an answer. */
export function smallChange(request: RunRequest, files: ChangedFiles): SmallChange | undefined {
  const { policy, env, offline, refresh, allowStale, metrics, profile, relay } = request
  // The source files of a change are as many as it likes.
  if (policy.imports !== undefined) return undefined
  if (refresh || allowStale || offline || metrics || profile !== undefined || relay.length > 0)
    return undefined
  if (request.deadlineAt - monotonicMs() < MIN_TIME_MS) return undefined
  // Another machine may keep an answer back.
  if (Object.keys(sharedTier({ policy: policy.cache.redis, env })).length > 0) return undefined
  const lockfile = LOCKFILES.find(
    (name) => files.after.disk.kind(join(files.after.folder, name)) !== 'absent',
  )
  if (lockfile === undefined) return undefined
  let strange = 0
  const integrities = new Set<string>()
  // Workspaces and linked folders bring package.json files of their own, of any number.
  for (const [name, many] of [
    ['package.json', '"workspaces"'],
    [lockfile, '"link"'],
  ] as const) {
    const before = files.before.disk.file(join(files.before.folder, name), MAX_SMALL_LOCKFILE_BYTES)
    const after = files.after.disk.file(join(files.after.folder, name), MAX_SMALL_LOCKFILE_BYTES)
    if (!before.ok || !after.ok || before.bytes.includes(many) || after.bytes.includes(many)) return undefined
    const { count, escaped, lines } = strangeBytes(before.bytes, after.bytes)
    strange += count
    if (escaped || strange > MAX_STRANGE_BYTES) return undefined
    for (const line of lines) {
      const integrity = INTEGRITY.exec(line)?.[1]
      if (integrity !== undefined) integrities.add(integrity)
    }
  }
  return { integrities: [...integrities] }
}

/** Judges it; gives up as soon as anything has to be asked or recognised, when time goes by, or when it is cancelled. */
export async function judgeKnown(
  request: RunRequest,
  baseFiles: BaseFiles,
  { integrities }: SmallChange,
  cancel: AbortSignal | undefined,
): Promise<Attempt> {
  const [{ runPipeline }, { buildWorld }] = await Promise.all([
    import('../pipeline.ts'),
    import('../runtime.ts'),
  ])
  const stop = new AbortController()
  const givenUp = new Promise<undefined>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  const onUnknown = (): Promise<never> => {
    stop.abort()
    return new Promise(() => undefined)
  }
  const world = buildWorld(request, { onChild: () => undefined, baseFiles, onUnknown })
  const timer = setTimeout(() => stop.abort(), (request.deadlineAt - monotonicMs()) * MAX_SHARE)
  const onCancel = (): void => stop.abort()
  cancel?.addEventListener('abort', onCancel, { once: true })
  try {
    const cache = await world.openCache()
    // Before both trees are read: whoever has to ask for a tarball reads them again.
    if (!(await holdsTarballs(cache, integrities))) return leftOver(cache)
    const run = runPipeline(request, world, stop.signal, { tree: () => undefined, judged: () => undefined })
    const result = await Promise.race([run, givenUp])
    if (result?.kind === 'report' && !stop.signal.aborted) {
      await world.remember(result.report, result.lasting)
      return { report: result.report }
    }
    return leftOver(cache)
  } finally {
    clearTimeout(timer)
    cancel?.removeEventListener('abort', onCancel)
  }
}

async function holdsTarballs(
  cache: Pick<OpenCache, 'holds'>,
  integrities: readonly string[],
): Promise<boolean> {
  const held = integrities.map(async (integrity) => {
    const hashes = strongestOf(splitIntegrity(integrity))?.digests ?? []
    return (await Promise.all(hashes.map((hash) => cache.holds(tarballKey(hash))))).includes(true)
  })
  return !(await Promise.all(held)).includes(false)
}

function leftOver(cache: Pick<OpenCache, 'warnings' | 'statistics'>): LeftOver {
  return { warnings: cache.warnings(), rejected: cache.statistics().rejected }
}
