/** Listens to everything a run tells in this thread, and adds it up. */
import { listen, TRACE_TYPES } from '../trace.ts'
import type { TraceEvent } from '../trace.ts'

/** Durations are kept one by one up to this number. */
export const MAX_SAMPLES = 10_000
/** Each bucket of the histogram ends 1 % above its beginning, so that its middle is within 0.5 % of all it holds. */
export const BUCKET_RATIO = Math.log(1.01)
/** Everything below a microsecond is one bucket, milliseconds. */
export const SHORTEST = 0.001
/** Changes of one state that are kept. */
const MAX_CHANGES = 1000

/** Durations of one operation in bounded memory: each of the first ten thousand, beyond that a histogram. */
export interface Durations {
  count: number
  errors: number
  total: number
  min: number
  max: number
  /** Empty once there are `buckets`. */
  samples: number[]
  /** How many durations lie in each bucket of the histogram. */
  buckets: Map<number, number> | undefined
}

/** No durations yet. */
export function noDurations(): Durations {
  return { count: 0, errors: 0, total: 0, min: Infinity, max: 0, samples: [], buckets: undefined }
}

/** Adds one, in milliseconds. */
export function addDuration(to: Durations, ms: number, failed: boolean): void {
  to.count += 1
  if (failed) to.errors += 1
  to.total += ms
  if (ms < to.min) to.min = ms
  if (ms > to.max) to.max = ms
  keepDuration(to, ms)
}

/** How often something was counted, and the highest it stood on the way. */
export interface Tally {
  total: number
  peak: number
}

/** The states something went through. */
export interface Levels {
  /** Epoch milliseconds. */
  changes: { at: number; value: number | string }[]
  last: number | string
}

/** What was told in one thread; plain data, so that it can be handed to another. */
export interface Recording {
  /** By name; steps have `step.` before theirs. */
  durations: Map<string, Durations>
  /** By name and by what was counted. */
  counts: Map<string, Map<string, Tally>>
  levels: Map<string, Map<string, Levels>>
}

/** What listens; `stop` ends it for good and gives what was heard. */
export interface Recorder {
  stop(): Recording
}

/** Starts to listen. */
export function startRecorder(): Recorder {
  const recording: Recording = { durations: new Map(), counts: new Map(), levels: new Map() }
  const end = listen(TRACE_TYPES, (event) => {
    // The worker thread has recorded it itself.
    if (event.relayed !== true) record(recording, event)
  })
  return {
    stop() {
      end()
      return recording
    },
  }
}

/** Adds one event. */
function record(to: Recording, event: TraceEvent): void {
  switch (event.type) {
    case 'step':
      return addDuration(durationsOf(to, `step.${event.name}`), event.ms, event.failed)
    case 'span':
      return addDuration(durationsOf(to, event.name), event.ms, event.failed)
    case 'count':
      return addCount(to, event.name, event.key, event.by)
    case 'level':
      return addLevel(to, event)
  }
}

function durationsOf({ durations }: Recording, name: string): Durations {
  let known = durations.get(name)
  if (known === undefined) durations.set(name, (known = noDurations()))
  return known
}

function addCount({ counts }: Recording, name: string, key: string, by: number): void {
  let keys = counts.get(name)
  if (keys === undefined) counts.set(name, (keys = new Map()))
  let tally = keys.get(key)
  if (tally === undefined) keys.set(key, (tally = { total: 0, peak: 0 }))
  tally.total += by
  if (tally.total > tally.peak) tally.peak = tally.total
}

function addLevel(
  { levels }: Recording,
  { name, key, value, at }: Extract<TraceEvent, { type: 'level' }>,
): void {
  let keys = levels.get(name)
  if (keys === undefined) levels.set(name, (keys = new Map()))
  let known = keys.get(key)
  if (known === undefined) keys.set(key, (known = { changes: [], last: value }))
  known.last = value
  if (known.changes.length < MAX_CHANGES) known.changes.push({ at, value })
}

/** Keeps one duration for the percentiles. */
export function keepDuration(to: Durations, ms: number): void {
  if (to.buckets === undefined && to.samples.length < MAX_SAMPLES) {
    to.samples.push(ms)
    return
  }
  const buckets = histogramOf(to)
  const bucket = bucketOf(ms)
  buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
}

/** The histogram, made of the samples when it is first needed. */
export function histogramOf(of: Durations): Map<number, number> {
  if (of.buckets !== undefined) return of.buckets
  const buckets = new Map<number, number>()
  for (const ms of of.samples) {
    const bucket = bucketOf(ms)
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
  }
  of.samples = []
  of.buckets = buckets
  return buckets
}

function bucketOf(ms: number): number {
  return ms <= SHORTEST ? 0 : Math.ceil(Math.log(ms / SHORTEST) / BUCKET_RATIO)
}
