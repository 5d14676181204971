/** A snapshot: the report of a run with everything that it rested on, so that a later run can know that it still holds. */
import type { RuleId } from '#model/finding'
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
  /** Without its packages: they come behind. */
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

/** The packages as a later run reports them: what a registry said comes from the snapshot then. */
function keptPackages(packages: readonly PackageReport[]): PackageReport[] {
  return packages.map((entry) => ({
    ...entry,
    claims: entry.claims.map((claim) =>
      claim.witness === 'registry' ? { ...claim, from: 'snapshot' as const } : claim,
    ),
  }))
}

/** The bytes of a snapshot: the length of its head, its head, its packages, so that nobody has to parse both. */
export function encodeSnapshot(snapshot: Snapshot, packages: readonly PackageReport[]): Uint8Array {
  const head = Buffer.from(JSON.stringify(snapshot))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, Buffer.from(JSON.stringify(keptPackages(packages)))])
}

/** A snapshot, and its packages when they are asked for. */
export interface DecodedSnapshot {
  snapshot: Snapshot
  packages: () => PackageReport[]
}

/** The snapshot in bytes whose seal held; undefined for what an older depgate has made. */
export function decodeSnapshot(body: Uint8Array): DecodedSnapshot | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (bytes.length < LENGTH_BYTES) return undefined
  const end = LENGTH_BYTES + bytes.readUInt32BE()
  if (end > bytes.length) return undefined
  const snapshot: unknown = JSON.parse(bytes.toString('utf8', LENGTH_BYTES, end))
  if (!isSnapshot(snapshot)) return undefined
  let parsed: PackageReport[] | undefined
  return { snapshot, packages: () => (parsed ??= packagesIn(bytes.toString('utf8', end))) }
}

const LENGTH_BYTES = 4

/** The seal says that we wrote it and its key that this version did: nothing more has to be looked at. */
function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === 'object' && value !== null && 'inputs' in value && 'report' in value
}

function packagesIn(text: string): PackageReport[] {
  const value: unknown = JSON.parse(text)
  if (!isPackages(value)) throw new TypeError('a snapshot without packages')
  return value
}

function isPackages(value: unknown): value is PackageReport[] {
  return Array.isArray(value)
}
