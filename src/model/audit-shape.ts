/** The shape of what `audit` puts into a report. */
import { ADVISORY_SEVERITIES, RELEASE_STEPS } from './audit.ts'
import type {
  AdvisoryMatch,
  AdvisoryReport,
  AuditReport,
  EarlierRun,
  ForecastEntry,
  ForecastReport,
  LapsingEntry,
  LaterRelease,
  RunComparison,
  TrendPoint,
} from './audit.ts'
import { packageChangeShape } from './change-shape.ts'
import { findingShape, verdict } from './finding-shape.ts'
import { count, day, flag, list, number, oneOf, optional, orNull, shape, text, time } from './shape.ts'

const texts = list(text)

const comparison = shape<RunComparison>({
  since: shape<EarlierRun>({
    id: text,
    startedAt: time,
    verdict,
    policySha256: orNull(text),
    toolVersion: text,
  }),
  newFindings: texts,
  fixedFindings: list(findingShape),
  unchanged: count,
  packages: list(packageChangeShape),
})

const lapsing = shape<LapsingEntry>({
  kind: oneOf(['exception', 'advisory', 'baseline']),
  subject: text,
  expires: day,
  daysLeft: count,
  reason: text,
  owner: optional(text),
})

const laterRelease = shape<LaterRelease>({
  steps: list(oneOf(RELEASE_STEPS)),
  version: text,
  license: orNull(text),
  raw: optional(text),
  publishedAt: optional(time),
  allowed: flag,
  deprecated: optional(oneOf([true])),
})

const forecast = shape<ForecastReport>({
  entries: list(
    shape<ForecastEntry>({
      package: text,
      license: orNull(text),
      relicensed: list(laterRelease),
      firstRelicensed: optional(text),
      safeRange: optional(text),
      silentSince: optional(time),
      newestLacks: list(oneOf(['repository', 'license'])),
    }),
  ),
  asked: count,
  unanswered: texts,
})

const advisories = shape<AdvisoryReport>({
  status: oneOf(['complete', 'incomplete']),
  sources: list(
    shape<AdvisoryReport['sources'][number]>({
      name: oneOf(['registry', 'osv']),
      asOf: optional(time),
      problem: optional(text),
    }),
  ),
  matches: list(
    shape<AdvisoryMatch>({
      id: text,
      aliases: texts,
      package: text,
      title: text,
      severity: orNull(oneOf(ADVISORY_SEVERITIES)),
      range: text,
      fixedIn: optional(text),
      url: optional(text),
      source: oneOf(['registry', 'osv']),
      ignored: optional(shape<NonNullable<AdvisoryMatch['ignored']>>({ reason: text, expires: day })),
    }),
  ),
})

/** One run of the past. */
export const trendPointShape = shape<TrendPoint>({
  id: text,
  startedAt: time,
  command: text,
  verdict,
  packages: count,
  denied: count,
  warned: count,
  unknown: count,
  incomplete: count,
  durationMs: number,
  peakMemory: optional(count),
})

/** An {@link AuditReport}. */
export const auditShape = shape<AuditReport>({
  comparison: optional(comparison),
  lapsing: list(lapsing),
  forecast: optional(forecast),
  advisories: optional(advisories),
  trend: list(trendPointShape),
})
