/** Answers from a snapshot: finds it, proves that nothing changed since, and makes this run's report of it. */
import { readSealedFile } from '#cache/sealed-files'
import type { SealedFolder } from '#cache/sealed-files'
import { lookAgain } from '#disk/look-again'
import { withSummary } from '#model/package-summary'
import type { RunReport } from '#model/run-report'
import type { LookedAt } from '#model/run-request'
import { environmentDigest } from './environment.ts'
import type { Environment } from './environment.ts'
import { loadUnpress } from './press.ts'
import { decodeSnapshot, isPressed } from './snapshot-bytes.ts'
import type { DecodedSnapshot } from './snapshot-bytes.ts'
import { holdsByTimes, keepTimes } from './times.ts'

/** What a run brings along to be answered. */
export interface Recall {
  folder: SealedFolder
  key: string
  env: Environment
  /** Epoch milliseconds. */
  now: number
  /** Asked now and then: whether there still is time to go on. */
  goOn: () => boolean
}

/** A snapshot that still holds, and when it was made. */
export interface Recalled extends DecodedSnapshot {
  /** Epoch milliseconds. */
  madeAt: number
  /** Present if it came from the shared tier. */
  isShared?: true
}

/**
 * The snapshot of a key, if it holds; `tree-changed` if only the tree is not what it was; undefined for anything else:
 * every doubt is a miss. Never rejects.
 */
export async function recall(wanted: Recall): Promise<Recalled | 'tree-changed' | undefined> {
  const recalled = await readSnapshot(wanted)
  if (recalled === undefined) return undefined
  const { around, tree, variables, environment } = recalled.snapshot.inputs
  const { env, goOn } = wanted
  if (environmentDigest(env, variables) !== environment) return undefined
  const lookedAt = [...around, ...tree]
  if (await holdsByTimes(wanted, lookedAt)) return recalled
  const isAsItWas = ({ root, looks, digest }: LookedAt): boolean => lookAgain(root, looks, goOn) === digest
  if (!around.every(isAsItWas)) return undefined
  if (!tree.every(isAsItWas)) return 'tree-changed'
  await keepTimes(wanted, lookedAt)
  return recalled
}

/** The snapshot of a key, whole and not too old; whether anything has changed since nobody has looked. Never rejects. */
export async function readSnapshot({
  folder,
  key,
  now,
}: Pick<Recall, 'folder' | 'key' | 'now'>): Promise<Recalled | undefined> {
  const record = await readSealedFile(folder, key, now)
  if (record === undefined || record === 'rejected') return undefined
  const decoded = decodeSnapshot(record.body, isPressed(record.body) ? await loadUnpress() : undefined)
  if (decoded === undefined || now >= decoded.snapshot.expiresAt) return undefined
  return { ...decoded, madeAt: record.storedAt }
}

/** What this run has to say of itself. */
export type RunFacts = Pick<
  RunReport['run'],
  'id' | 'command' | 'startedAt' | 'durationMs' | 'deadlineMs' | 'offline'
>

/** The report of a run that found nothing changed. Its packages are parsed when somebody looks at them. */
export function recalledReport(recalled: Recalled, run: RunFacts): RunReport {
  const { snapshot, summary, packages, madeAt, isShared } = recalled
  const report: RunReport = {
    ...snapshot.report,
    run: {
      ...run,
      network: { requests: 0, retries: 0, failures: 0 },
      cache: { memory: 0, disk: 0, redis: isShared === true ? 1 : 0, misses: 0, writes: 0, rejected: 0 },
      texts: { files: 0, distinct: 0, cached: 0, recognised: 0 },
      snapshot: { madeAt: new Date(madeAt).toISOString() },
    },
  }
  return withSummary(Object.defineProperty(report, 'packages', { enumerable: true, get: packages }), summary)
}
