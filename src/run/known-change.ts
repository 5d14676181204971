/**
 * Judges a small change in the thread that keeps the deadline, where everything that is to know of it is in the cache: a
 * worker takes longer to start than that. What a stranger can bring into this thread is bounded beforehand.
 */
import { join } from 'node:path'
import { sharedTier } from '#cache/redis-settings'
import type { DiskReader } from '#disk/disk'
import type { RunReport, Warning } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { monotonicMs } from '../clock.ts'
import type { BaseFiles } from './base-place.ts'
import { strangeBytes } from './strange-bytes.ts'

/** Both sides of a change, as they are read. */
export interface ChangedFiles {
  before: BaseFiles
  after: { disk: DiskReader; folder: string }
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
/** With less time than this even what is bounded could take too much of it, in milliseconds. */
const MIN_TIME_MS = 5000

/** Whether a change is small, and asks for nothing but what is known. */
export function isSmallChange(request: RunRequest, files: ChangedFiles): boolean {
  const { policy, env, offline, refresh, allowStale, metrics, profile, relay } = request
  // The source files of a change are as many as it likes.
  if (policy.imports !== undefined) return false
  if (refresh || allowStale || offline || metrics || profile !== undefined || relay.length > 0) return false
  if (request.deadlineAt - monotonicMs() < MIN_TIME_MS) return false
  // Another machine may keep an answer back.
  if (Object.keys(sharedTier({ policy: policy.cache.redis, env })).length > 0) return false
  const lockfile = LOCKFILES.find(
    (name) => files.after.disk.kind(join(files.after.folder, name)) !== 'absent',
  )
  if (lockfile === undefined) return false
  let strange = 0
  // Workspaces and linked folders bring package.json files of their own, of any number.
  for (const [name, many] of [
    ['package.json', '"workspaces"'],
    [lockfile, '"link"'],
  ] as const) {
    const before = files.before.disk.file(join(files.before.folder, name), MAX_SMALL_LOCKFILE_BYTES)
    const after = files.after.disk.file(join(files.after.folder, name), MAX_SMALL_LOCKFILE_BYTES)
    if (!before.ok || !after.ok || before.bytes.includes(many) || after.bytes.includes(many)) return false
    const { count, escaped } = strangeBytes(before.bytes, after.bytes)
    strange += count
    if (escaped || strange > MAX_STRANGE_BYTES) return false
  }
  return true
}

/** Judges it; gives up as soon as anything has to be asked or recognised, when time goes by, or when it is cancelled. */
export async function judgeKnown(
  request: RunRequest,
  baseFiles: BaseFiles,
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
    const run = runPipeline(request, world, stop.signal, { tree: () => undefined, judged: () => undefined })
    const result = await Promise.race([run, givenUp])
    if (result?.kind === 'report' && !stop.signal.aborted) {
      await world.remember(result.report, result.lasting)
      return { report: result.report }
    }
    const cache = await world.openCache()
    return { warnings: cache.warnings(), rejected: cache.statistics().rejected }
  } finally {
    clearTimeout(timer)
    cancel?.removeEventListener('abort', onCancel)
  }
}
