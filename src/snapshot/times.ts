/** Remembers with which change times a snapshot was seen to hold, so that the next run need not read every file again. */
import { readSealedFile, writeSealedFile } from '#cache/sealed-files'
import type { SealedFolder } from '#cache/sealed-files'
import { honestDevice } from '#cache/honest-device'
import { bootId, changeTimes } from '#disk/change-times'
import type { LookedAt } from '#model/run-request'

/** Longer than the ticks of any file system's clock: what changed so shortly before could change again unnoticed. */
const RACY_MS = 3000

/** A snapshot's place and the time by which it is asked for. */
export interface TimesOf {
  folder: SealedFolder
  /** The snapshot's key. */
  key: string
  /** When the run began that looks at everything, in epoch milliseconds. */
  now: number
  /** Asked now and then: whether there still is time to go on. */
  goOn: () => boolean
}

/** Whether nothing of what was looked at has changed, by change times alone. False proves nothing. Never rejects. */
export async function holdsByTimes(
  { folder, key, now, goOn }: TimesOf,
  lookedAt: readonly LookedAt[],
): Promise<boolean> {
  const record = await readSealedFile(folder, keyOf(key), now)
  const boot = bootId()
  if (record === undefined || record === 'rejected' || boot === undefined) return false
  const kept: unknown = JSON.parse(Buffer.from(record.body).toString('utf8'))
  if (!isKept(kept) || kept.seen !== seenBy(lookedAt)) return false
  // However young a change is: it would be another one than the one that was remembered.
  return changeTimes(lookedAt, { device: kept.device, boot }, Infinity, goOn) === kept.times
}

/** Remembers the change times of what was just seen, unless they are too young to tell of a later change. Never rejects. */
export async function keepTimes(
  { folder, key, now, goOn }: TimesOf,
  lookedAt: readonly LookedAt[],
): Promise<void> {
  const boot = bootId()
  if (boot === undefined) return
  const device = await honestDevice(folder)
  if (device === undefined) return
  const times = changeTimes(lookedAt, { device, boot }, now - RACY_MS, goOn)
  if (times === undefined) return
  const kept: Kept = { device, times, seen: seenBy(lookedAt) }
  await writeSealedFile(folder, keyOf(key), { body: Buffer.from(JSON.stringify(kept)), storedAt: now })
}

interface Kept {
  device: number
  /** Digest of the times. */
  times: string
  /** What was seen at those times. */
  seen: string
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' && value !== null && 'device' in value && 'times' in value && 'seen' in value
  )
}

function seenBy(lookedAt: readonly LookedAt[]): string {
  return lookedAt.map(({ digest }) => digest).join()
}

function keyOf(key: string): string {
  return `${key}\ntimes`
}
