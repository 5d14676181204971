/** A snapshot: the report of a run with everything that it rested on, so that a later run can know that it still holds. */
import type { PackageReport, RunReport } from '#model/run-report'
import type { LookedAt } from '#model/run-request'

/** Raised whenever older snapshots must not be read any more. */
export const SNAPSHOT_SCHEMA = 1

/** What a run rested on besides its options: folders and files, each group with the folder its paths are relative to. */
export interface Inputs {
  groups: LookedAt[]
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
  report: RunReport
}

/**
 * Until when a report made at `now` holds, in epoch milliseconds: dates in it, and those of exceptions, count in whole
 * days of UTC, and what a registry may change of a version is asked again after `ttlMs`.
 */
export function expiryOf(now: number, ttlMs: number): number {
  const midnight = (Math.floor(now / DAY_MS) + 1) * DAY_MS
  return Math.min(midnight, now + ttlMs)
}

const DAY_MS = 86_400_000

/**
 * Whether a report says all that there is to say, so that it would be the same again: nothing was left open, nothing
 * stood in for a registry that did not answer, and no rule about ages waits for its hour.
 */
export function isLasting(report: RunReport): boolean {
  return (
    report.verdict !== 'incomplete' &&
    report.coverage.incomplete === 0 &&
    report.findings.every(({ verdict, rule }) => verdict !== 'incomplete' && rule !== 'package-too-young') &&
    report.packages.every(({ claims }) =>
      claims.every(({ failure, staleMs }) => failure === undefined && staleMs === undefined),
    )
  )
}

/** The packages as a later run reports them: what a registry said comes from the snapshot then. */
export function keptPackages(packages: readonly PackageReport[]): PackageReport[] {
  return packages.map((entry) => ({
    ...entry,
    claims: entry.claims.map((claim) =>
      claim.witness === 'registry' ? { ...claim, from: 'snapshot' as const } : claim,
    ),
  }))
}

/** The bytes of a snapshot. */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  return Buffer.from(JSON.stringify(snapshot))
}

/** The snapshot in bytes whose seal held; undefined for what an older depgate has made. */
export function decodeSnapshot(bytes: Uint8Array): Snapshot | undefined {
  const value: unknown = JSON.parse(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'),
  )
  return isSnapshot(value) ? value : undefined
}

/** The seal says that we wrote it and its key that this version did: nothing more has to be looked at. */
function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === 'object' && value !== null && 'inputs' in value && 'report' in value
}
