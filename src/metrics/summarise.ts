/** Makes the metrics of a run of what its threads recorded. */
import type { History, OperationMetrics, RunMetrics, TierMetrics } from '#model/metrics'
import { BUCKET_RATIO, histogramOf, keepDuration, noDurations, SHORTEST } from './recorder.ts'
import type { Durations, Recording, Tally } from './recorder.ts'

/** The key of what no tier could answer. */
const ALL_TIERS = 'all'

/** What the process spent. */
export interface ProcessCost {
  /** Epoch milliseconds at which the run began. */
  startedAt: number
  /** Resident bytes. */
  memory: { start: number; peak: number; end: number }
  /** Microseconds, as `process.cpuUsage()` gives them. */
  cpu: { user: number; system: number }
}

/** The metrics of one run. The order in which things were recorded does not matter. */
export function summarise(recordings: readonly Recording[], cost: ProcessCost): RunMetrics {
  const sum = counter(recordings)
  const { start, peak, end } = cost.memory
  const tiers = Object.fromEntries(tierNames(recordings).map((tier) => [tier, tierMetrics(recordings, tier)]))
  const hits = Object.values(tiers).reduce((all, tier) => all + tier.hits, 0)
  const absent = levelReader(recordings, ALL_TIERS)('cache.misses')
  const requests = sum('pool.requests')
  const reused = sum('pool.reused')
  const recognised = figures(recordings, 'text.recognise')
  const textHits = sum('text.known')
  return {
    operations: operations(recordings),
    memory: { start, peak: Math.max(start, peak, end), end, delta: end - start },
    cpu: { userMs: round(cost.cpu.user / 1000), systemMs: round(cost.cpu.system / 1000) },
    cache: tiers,
    pool: {
      sockets: sum('pool.sockets'),
      connectErrors: sum('pool.connect-errors'),
      requests,
      reused,
      reuseRate: rate(reused, requests),
      retries: sum('registry.retry'),
      queuePeak: Math.max(0, ...tallies(recordings, 'registry.queued').map(({ peak }) => peak)),
    },
    limiters: histories(recordings, 'registry.limit', cost.startedAt, Number),
    breakers: histories(recordings, 'registry.breaker', cost.startedAt, String),
    hitRates: {
      cache: rate(hits, hits + absent),
      texts: rate(textHits, textHits + recognised),
    },
  }
}

function operations(recordings: readonly Recording[]): RunMetrics['operations'] {
  const merged = new Map<string, Durations>()
  for (const { durations } of recordings) {
    for (const [name, more] of durations) {
      const known = merged.get(name) ?? noDurations()
      addDurations(known, more)
      merged.set(name, known)
    }
  }
  const names = [...merged.keys()].toSorted()
  return Object.fromEntries(names.map((name) => [name, figuresOf(merged.get(name) ?? noDurations())]))
}

function figures(recordings: readonly Recording[], name: string): number {
  return recordings.reduce((sum, { durations }) => sum + (durations.get(name)?.count ?? 0), 0)
}

function tierMetrics(recordings: readonly Recording[], tier: string): TierMetrics {
  const told = levelReader(recordings, tier)
  const sum = counter(recordings, tier)
  const hits = told('cache.hits')
  const misses = told('cache.misses')
  return {
    hits,
    misses,
    hitRate: rate(hits, hits + misses),
    evictions: told('cache.evictions'),
    rejected: told('cache.rejected'),
    bytesRead: sum('cache.bytes-read'),
    bytesWritten: sum('cache.bytes-written'),
    entries: told('cache.entries'),
    bytes: told('cache.bytes'),
  }
}

/** Reads the last state of a tier's figures; each thread that has a cache has one of its own. */
function levelReader(recordings: readonly Recording[], tier: string): (name: string) => number {
  return (name) =>
    recordings.reduce((sum, { levels }) => sum + Number(levels.get(name)?.get(tier)?.last ?? 0), 0)
}

function tallies(recordings: readonly Recording[], name: string): Tally[] {
  return recordings.flatMap(({ counts }) => [...(counts.get(name)?.values() ?? [])])
}

/** Adds up what was counted under a name, of everything or of one key. */
function counter(recordings: readonly Recording[], key?: string): (name: string) => number {
  return (name) =>
    key === undefined
      ? tallies(recordings, name).reduce((sum, { total }) => sum + total, 0)
      : recordings.reduce((sum, { counts }) => sum + (counts.get(name)?.get(key)?.total ?? 0), 0)
}

function tierNames(recordings: readonly Recording[]): string[] {
  const keys = recordings.flatMap(({ levels }) => [...(levels.get('cache.misses')?.keys() ?? [])])
  return [...new Set(keys)].filter((key) => key !== ALL_TIERS).toSorted()
}

function histories<T>(
  recordings: readonly Recording[],
  name: string,
  startedAt: number,
  read: (value: number | string) => T,
): History<T>[] {
  const all = recordings.flatMap(({ levels }) => [...(levels.get(name) ?? [])])
  return all
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([registry, { changes, last }]) => ({
      registry,
      changes: changes.map(({ at, value }) => ({ atMs: round(at - startedAt), to: read(value) })),
      last: read(last),
    }))
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000
}

/** Adds all of another operation of the same name. */
export function addDurations(to: Durations, more: Durations): void {
  to.count += more.count
  to.errors += more.errors
  to.total += more.total
  to.min = Math.min(to.min, more.min)
  to.max = Math.max(to.max, more.max)
  for (const ms of more.samples) keepDuration(to, ms)
  if (more.buckets === undefined) return
  const buckets = histogramOf(to)
  for (const [bucket, number] of more.buckets) buckets.set(bucket, (buckets.get(bucket) ?? 0) + number)
}

/** The figures of at least one duration. */
export function figuresOf(durations: Durations): OperationMetrics {
  const { count, errors, total, min, max } = durations
  const at = durations.buckets === undefined ? rankOfSamples(durations) : rankOfBuckets(durations)
  const percentile = (share: number): number => round(at(Math.max(1, Math.ceil(count * share))))
  return {
    count,
    errors,
    totalMs: round(total),
    meanMs: round(Math.min(max, Math.max(min, total / count))),
    minMs: round(min),
    maxMs: round(max),
    medianMs: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
  }
}

/** The duration of a rank, counted from 1. */
type Ranked = (rank: number) => number

function rankOfSamples({ samples, max }: Durations): Ranked {
  const sorted = Float64Array.from(samples).toSorted()
  return (rank) => sorted[rank - 1] ?? max
}

function rankOfBuckets({ buckets = new Map<number, number>(), min, max }: Durations): Ranked {
  const sorted = [...buckets].toSorted(([a], [b]) => a - b)
  return (rank) => {
    let seen = 0
    for (const [bucket, number] of sorted) {
      seen += number
      if (seen >= rank) {
        const middle = SHORTEST * Math.exp(BUCKET_RATIO * (bucket - 0.5))
        return Math.min(max, Math.max(min, middle))
      }
    }
    return max
  }
}

/** To the microsecond. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
