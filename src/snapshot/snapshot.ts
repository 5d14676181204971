/** A snapshot: the report of a run with everything that it rested on, so that a later run can know that it still holds. */
import type { Finding, RuleId } from '#model/finding'
import type { PackageSummary } from '#model/package-summary'
import type { PackageReport, RunReport } from '#model/run-report'
import type { LookedAt } from '#model/run-request'

/** Raised whenever older snapshots must not be read any more. */
export const SNAPSHOT_SCHEMA = 3

/** What a run rested on besides its options. */
export interface Inputs {
  /** depgate itself, the policy, npm's configuration. */
  around: LookedAt[]
  /** Lockfiles first: whoever installs anything changes them, and then nothing else has to be looked at. */
  tree: LookedAt[]
  /** Names of environment variables that npm's configuration files refer to. */
  variables: string[]
  /** Digest of the environment as far as it matters. */
  environment: string
}

/** A report that holds as long as its inputs are what they were, and no longer than a moment. */
export interface Snapshot {
  inputs: Inputs
  /** Epoch milliseconds from which on it answers no more. */
  expiresAt: number
  hasPolicy: boolean
  /** The policy's deadline, in milliseconds. */
  deadlineMs: number
  /** Without its packages: they come behind. */
  report: RunReport
  /** How many packages have each verdict. */
  verdicts: PackageSummary['verdicts']
  /** How many pass only because the baseline knows them. */
  known: number
  /** Places, among all packages, of those that findings name. */
  named: number[]
}

/**
 * Until when a report made at `now` holds, in epoch milliseconds: dates in it, and those of exceptions, count in whole
 * days of UTC, and what a registry may change of a version is asked again after `ttlMs`. `oldest` is when the first of
 * the answers was given that a rule on such a thing rests on; `now` if there is no such rule.
 */
export function expiryOf(now: number, ttlMs: number, oldest: number): number {
  const midnight = (Math.floor(now / DAY_MS) + 1) * DAY_MS
  return Math.min(midnight, oldest + ttlMs)
}

/** When the first of a registry's answers in a report was given, in epoch milliseconds; `now` if there is none. */
export function oldestAnswer(packages: readonly PackageReport[], now: number): number {
  const times = packages.flatMap(({ claims }) =>
    claims.filter(({ witness }) => witness === 'registry').map(({ at }) => Date.parse(at)),
  )
  return times.reduce((oldest, time) => Math.min(oldest, time), now)
}

const DAY_MS = 86_400_000

/** What only the registry, or the clock, can take back: the next run has to ask. */
const ASKED_AGAIN: ReadonlySet<RuleId> = new Set<RuleId>(['package-too-young', 'integrity-mismatch'])

/**
 * Whether a report says all that there is to say, so that it would be the same again: nothing was left open, nothing
 * stood in for a registry that did not answer, and nothing is refused that the next answer of the registry may mend.
 */
export function isLasting(report: RunReport): boolean {
  return (
    report.verdict !== 'incomplete' &&
    report.coverage.incomplete === 0 &&
    report.findings.every(({ verdict, rule }) => verdict !== 'incomplete' && !ASKED_AGAIN.has(rule)) &&
    report.packages.every(({ claims }) =>
      claims.every(({ failure, staleMs }) => failure === undefined && staleMs === undefined),
    )
  )
}

/** How a package was judged, for a run that finds everything that this rested on unchanged. */
export interface KeptJudgement {
  /** Digest of all that it rested on but the registry's answer. */
  digest: string
  findings: Finding[]
  used: { exceptions: number[]; clarifications: number[] }
}

/** What a run needs that finds the tree changed: npm's word on it, and each judgement, in the order of the packages. */
export interface Memory {
  /** As the collectors understand it. */
  confirmation: unknown
  judgements: KeptJudgement[]
}
