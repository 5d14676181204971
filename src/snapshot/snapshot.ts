/** A snapshot: the report of a run with everything that it rested on, so that a later run can know that it still holds. */
import type { Finding, RuleId } from '#model/finding'
import type { PackageReport, RunReport } from '#model/run-report'
import type { LookedAt } from '#model/run-request'

/** Raised whenever older snapshots must not be read any more. */
export const SNAPSHOT_SCHEMA = 1

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

/** The packages as a later run reports them: what a registry said comes from the snapshot then. */
function keptPackages(packages: readonly PackageReport[]): PackageReport[] {
  return packages.map((entry) => ({
    ...entry,
    claims: entry.claims.map((claim) =>
      claim.witness === 'registry' ? { ...claim, from: 'snapshot' as const } : claim,
    ),
  }))
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

/** The bytes of a snapshot: three parts, each behind its length, because hardly anybody needs them all. */
export function encodeSnapshot(
  snapshot: Snapshot,
  packages: readonly PackageReport[],
  memory: Memory | undefined,
): Uint8Array {
  const parts = [snapshot, keptPackages(packages), memory ?? null].map((part) =>
    Buffer.from(JSON.stringify(part)),
  )
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(part.length)
      return [length, part]
    }),
  )
}

/** A snapshot; its other parts are parsed when they are asked for. */
export interface DecodedSnapshot {
  snapshot: Snapshot
  packages: () => PackageReport[]
  memory: () => Memory | undefined
}

/** The snapshot in bytes whose seal held; undefined for what an older depgate has made. */
export function decodeSnapshot(body: Uint8Array): DecodedSnapshot | undefined {
  const [head, packages, memory, ...others] = partsIn(body)
  if (head === undefined || packages === undefined || memory === undefined || others.length > 0)
    return undefined
  const snapshot: unknown = JSON.parse(head.toString('utf8'))
  if (!isSnapshot(snapshot)) return undefined
  let parsed: PackageReport[] | undefined
  return {
    snapshot,
    packages: () => (parsed ??= packagesIn(packages)),
    memory: () => memoryIn(memory),
  }
}

const LENGTH_BYTES = 4

function partsIn(body: Uint8Array): Buffer[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const parts: Buffer[] = []
  for (let at = 0; at + LENGTH_BYTES <= bytes.length;) {
    const start = at + LENGTH_BYTES
    at = start + bytes.readUInt32BE(at)
    parts.push(bytes.subarray(start, at))
  }
  return parts
}

/** The seal says that we wrote it and its key that this version did: nothing more has to be looked at. */
function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === 'object' && value !== null && 'inputs' in value && 'report' in value
}

function packagesIn(part: Buffer): PackageReport[] {
  const value: unknown = JSON.parse(part.toString('utf8'))
  if (!isPackages(value)) throw new TypeError('a snapshot without packages')
  return value
}

function isPackages(value: unknown): value is PackageReport[] {
  return Array.isArray(value)
}

function memoryIn(part: Buffer): Memory | undefined {
  const value: unknown = JSON.parse(part.toString('utf8'))
  return isMemory(value) ? value : undefined
}

function isMemory(value: unknown): value is Memory {
  return typeof value === 'object' && value !== null && 'confirmation' in value && 'judgements' in value
}
