/** Tells a run report from anything else: every field that a reporter reads is there and of its kind. */
import { CHANGED_ASPECTS } from './change.ts'
import type { ChangeReport, PackageChange, PackageState, PolicyChange } from './change.ts'
import type { Claim, LeafDecision, TextClaim } from './claim.ts'
import { RULE_IDS } from './finding.ts'
import type { Finding, KnownFinding, Location } from './finding.ts'
import { DEPENDENCY_KINDS } from './inventory.ts'
import { metricsShape } from './metrics-shape.ts'
import { FAILURE_CODES } from './outcome.ts'
import { REPORT_SCHEMA_VERSION } from './run-report.ts'
import type { Coverage, FirstPartyPackage, PackageReport, RunReport, Traffic, Warning } from './run-report.ts'
import {
  anything,
  count,
  day,
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
const verdict = oneOf(['pass', 'violation', 'unknown', 'incomplete'])
const kinds = list(oneOf(DEPENDENCY_KINDS))

const location = shape<Location>({ file: text, line: optional(count) })

const textClaim = shape<TextClaim>({
  file: text,
  sha256: text,
  role: oneOf(['package', 'bundled']),
  licenses: list(texts),
  choice: optional(oneOf([true])),
  mentions: optional(texts),
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
})

const finding = shape<Finding>({
  rule: oneOf(RULE_IDS),
  severity: oneOf(['deny', 'warn']),
  verdict,
  package: optional(text),
  message: text,
  path: texts,
  fix: optional(text),
  fingerprint: text,
  location: optional(location),
  license: optional(text),
  known: optional(shape<KnownFinding>({ since: day, reason: text, expires: optional(day) })),
  details: optional(texts),
})

const packageState = shape<PackageState>({ version: text, license: orNull(text), kinds })

const change = shape<ChangeReport>({
  base: shape<ChangeReport['base']>({
    name: text,
    commit: optional(text),
    lockfileSha256: text,
    policySha256: orNull(text),
  }),
  packages: list(
    shape<PackageChange>({
      type: oneOf(['added', 'removed', 'updated', 'changed']),
      name: text,
      before: optional(packageState),
      after: optional(packageState),
      differs: list(oneOf(CHANGED_ASPECTS)),
      path: texts,
    }),
  ),
  needsPolicyOwner: list(shape<PolicyChange>({ file: text, message: text })),
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
  findings: list(finding),
  warnings: list(shape<Warning>({ code: text, message: text })),
  change: optional(change),
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
