/** Tells a run report from anything else: every field that a reporter reads is there and of its kind. */
import { auditShape } from './audit-shape.ts'
import { changeShape, kinds } from './change-shape.ts'
import type { Claim, LeafDecision, TextClaim } from './claim.ts'
import { findingShape, location, verdict } from './finding-shape.ts'
import { importsShape } from './imports-shape.ts'
import { metricsShape } from './metrics-shape.ts'
import { FAILURE_CODES } from './outcome.ts'
import { REPORT_SCHEMA_VERSION } from './run-report.ts'
import type { Coverage, FirstPartyPackage, PackageReport, RunReport, Traffic, Warning } from './run-report.ts'
import {
  anything,
  count,
  flag,
  isDeeperThan,
  list,
  number,
  oneOf,
  optional,
  orNull,
  shape,
  text,
  time,
} from './shape.ts'

/** More than any report is; beyond it something else was meant. */
const MAX_DEPTH = 100

const texts = list(text)

const textClaim = shape<TextClaim>({
  file: text,
  sha256: text,
  role: oneOf(['package', 'bundled', 'hint']),
  licenses: list(texts),
  choice: optional(oneOf([true])),
  mentions: optional(texts),
  families: optional(texts),
  nearest: optional(shape<NonNullable<TextClaim['nearest']>>({ id: text, score: number })),
  differences: optional(texts),
})

const claim = shape<Claim>({
  witness: oneOf(['registry', 'installed', 'text', 'lockfile']),
  raw: anything,
  license: optional(text),
  reason: optional(text),
  failure: optional(
    shape<NonNullable<Claim['failure']>>({
      code: oneOf(FAILURE_CODES),
      message: text,
      fix: optional(text),
    }),
  ),
  text: optional(textClaim),
  at: text,
  from: text,
  staleMs: optional(number),
})

const packageReport = shape<PackageReport>({
  id: text,
  name: text,
  version: text,
  purl: text,
  source: oneOf(['registry', 'git', 'url', 'file', 'link', 'bundled', 'workspace', 'root']),
  installed: flag,
  kinds,
  workspaces: texts,
  locations: texts,
  paths: list(texts),
  dependencies: texts,
  integrity: texts,
  verdict,
  known: optional(oneOf([true])),
  license: orNull(text),
  conclusion: oneOf(['declared', 'text', 'clarified', 'conflict', 'unknown']),
  claims: list(claim),
  leaves: list(shape<LeafDecision>({ leaf: text, allowed: flag, why: text })),
  exceptions: texts,
  use: optional(
    shape<NonNullable<PackageReport['use']>>({
      shipped: flag,
      importedBy: optional(location),
      over: optional(text),
    }),
  ),
})

const network = shape<Traffic['network']>({ requests: count, retries: count, failures: count })
const cache = shape<Traffic['cache']>({
  memory: count,
  disk: count,
  redis: count,
  misses: count,
  writes: count,
  rejected: count,
})
const licenseFiles = shape<Traffic['texts']>({
  files: count,
  distinct: count,
  cached: count,
  recognised: count,
})

const report = shape<RunReport>({
  schemaVersion: oneOf([REPORT_SCHEMA_VERSION]),
  tool: shape<RunReport['tool']>({ name: oneOf(['depgate']), version: text }),
  run: shape<RunReport['run']>({
    id: text,
    command: text,
    startedAt: time,
    durationMs: number,
    deadlineMs: number,
    offline: flag,
    network,
    cache,
    texts: licenseFiles,
    snapshot: optional(shape<NonNullable<RunReport['run']['snapshot']>>({ madeAt: text })),
  }),
  inputs: shape<RunReport['inputs']>({
    project: text,
    lockfileSha256: orNull(text),
    tree: optional(oneOf(['installed', 'lockfile'])),
    policySha256: orNull(text),
    licenseList: text,
  }),
  verdict,
  coverage: shape<Coverage>({
    total: count,
    judged: count,
    omitted: count,
    incomplete: count,
    firstParty: count,
    notInstalled: texts,
    oneWitness: optional(count),
  }),
  packages: list(packageReport),
  firstParty: list(
    shape<FirstPartyPackage>({
      name: text,
      version: text,
      location: text,
      because: oneOf(['root', 'workspace', 'policy']),
      dependencies: texts,
    }),
  ),
  findings: list(findingShape),
  warnings: list(shape<Warning>({ code: text, message: text })),
  change: optional(changeShape),
  audit: optional(auditShape),
  imports: optional(importsShape),
  metrics: optional(metricsShape),
})

/** What keeps data from being a run report, as the end of a sentence; undefined if nothing does. */
export function reportProblem(value: unknown): string | undefined {
  if (isDeeperThan(value, MAX_DEPTH)) return 'it is nested more deeply than any report'
  return report(value, '')
}

/** Whether data is a run report. */
export function isRunReport(value: unknown): value is RunReport {
  return reportProblem(value) === undefined
}

/** The schema version that data names for itself, if it does. */
export function schemaVersionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'schemaVersion')) return undefined
  return 'schemaVersion' in value && typeof value.schemaVersion === 'number' ? value.schemaVersion : undefined
}
