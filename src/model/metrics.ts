/** What a run cost, in detail: the part of the report that `--performance-metrics` asks for. */

/** Durations of one operation, in milliseconds. Count, total, mean, minimum and maximum are exact. */
export interface OperationMetrics {
  count: number
  /** Those that threw, rejected or gave a failure; their time is in all other figures too. */
  errors: number
  totalMs: number
  meanMs: number
  minMs: number
  maxMs: number
  /** This and the next two are exact up to 10,000 operations, beyond that within 0.5 %. */
  medianMs: number
  p95Ms: number
  p99Ms: number
}

/** What one cache tier did. */
export interface TierMetrics {
  hits: number
  misses: number
  /** Hits of all look-ups, 0 to 1; null without any. */
  hitRate: number | null
  /** Records dropped to make room. */
  evictions: number
  /** Records that were damaged, unsigned or not what their key says. */
  rejected: number
  bytesRead: number
  bytesWritten: number
  /** Records and bytes held at the end; 0 where a tier does not count them. */
  entries: number
  bytes: number
}

/** Sockets to registries, all origins together. */
export interface PoolMetrics {
  /** Sockets opened. */
  sockets: number
  /** Attempts to open one that failed. */
  connectErrors: number
  /** Requests sent. */
  requests: number
  /** Requests sent on a socket that had carried one before. */
  reused: number
  /** `reused` of `requests`, 0 to 1; null without any. */
  reuseRate: number | null
  /** Requests sent more than once. */
  retries: number
  /** Most requests that waited for the limiter at one time. */
  queuePeak: number
}

/** A state and when it began, in milliseconds since the run began. */
export interface Change<T> {
  atMs: number
  to: T
}

/** How the state of something at one registry changed. */
export interface History<T> {
  /** Origin or base address of the registry. */
  registry: string
  /** The first 1,000 changes; the first of all is the state at the start. */
  changes: Change<T>[]
  /** The state at the end. */
  last: T
}

/** What a run cost. Times are of the run's own process: `npm ls` is there as a step only. */
export interface RunMetrics {
  /** By name, in alphabetical order; `step.` for the steps of the run. */
  operations: Record<string, OperationMetrics>
  /** Resident memory of the process in bytes. `delta` is from the start to the end of the run. */
  memory: { start: number; peak: number; end: number; delta: number }
  /** Processor time of all threads, in milliseconds. */
  cpu: { userMs: number; systemMs: number }
  /** By tier. */
  cache: Record<string, TierMetrics>
  pool: PoolMetrics
  /** Requests that may be in the air at once. */
  limiters: History<number>[]
  /** `closed`, `open` or `half-open`. */
  breakers: History<string>[]
  /** 0 to 1, null where nothing was asked: answers of the cache as a whole, and of texts whose reading it knew. */
  hitRates: { cache: number | null; texts: number | null }
}
