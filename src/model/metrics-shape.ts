/** The shape of what a run that measured itself puts into its report. */
import type { Change, History, OperationMetrics, PoolMetrics, RunMetrics, TierMetrics } from './metrics.ts'
import { count, list, number, orNull, shape, text, valuesOf } from './shape.ts'
import type { Check } from './shape.ts'

const operation = shape<OperationMetrics>({
  count,
  errors: count,
  totalMs: number,
  meanMs: number,
  minMs: number,
  maxMs: number,
  medianMs: number,
  p95Ms: number,
  p99Ms: number,
})

const tier = shape<TierMetrics>({
  hits: count,
  misses: count,
  hitRate: orNull(number),
  evictions: count,
  rejected: count,
  bytesRead: count,
  bytesWritten: count,
  entries: count,
  bytes: count,
})

const pool = shape<PoolMetrics>({
  sockets: count,
  connectErrors: count,
  requests: count,
  reused: count,
  reuseRate: orNull(number),
  retries: count,
  queuePeak: count,
})

/** Checks `metrics` of a report. */
export const metricsShape: Check = shape<RunMetrics>({
  operations: valuesOf(operation),
  memory: shape<RunMetrics['memory']>({ start: number, peak: number, end: number, delta: number }),
  cpu: shape<RunMetrics['cpu']>({ userMs: number, systemMs: number }),
  cache: valuesOf(tier),
  pool,
  limiters: list(
    shape<History<number>>({
      registry: text,
      changes: list(shape<Change<number>>({ atMs: number, to: number })),
      last: number,
    }),
  ),
  breakers: list(
    shape<History<string>>({
      registry: text,
      changes: list(shape<Change<string>>({ atMs: number, to: text })),
      last: text,
    }),
  ),
  hitRates: shape<RunMetrics['hitRates']>({ cache: orNull(number), texts: orNull(number) }),
})
