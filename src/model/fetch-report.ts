/** What a run of `depgate fetch` came to; the contract of its JSON output. */
import type { Failure } from './outcome.ts'
import type { Traffic, Warning } from './run-report.ts'

/** Raised when a reader of an older report would misread a newer one. */
export const FETCH_SCHEMA_VERSION = 1

/** Something that could not be had. */
export interface FetchFailure extends Pick<Failure, 'code' | 'message' | 'fix'> {
  /** `name@version`, or a name alone where its versions could not be listed. */
  id: string
}

/** The report. `packages` is the sum of `cached`, `fetched`, `failed` that name a version, and `left`. */
export interface FetchReport {
  schemaVersion: typeof FETCH_SCHEMA_VERSION
  tool: { name: string; version: string }
  /** Package versions that a registry answers for: those of the lockfile, and those of `ahead`. */
  packages: number
  /** Those of them whose answer was in the cache, and not too old. */
  cached: number
  fetched: number
  /** Those of them that the deadline cut off; the next run goes on from there. */
  left: number
  failed: FetchFailure[]
  /** Ids of the versions that an upgrade would bring, sorted; absent without `--ahead`. */
  ahead?: string[]
  /** Direct dependencies that the deadline left no time to look up; absent without `--ahead`. */
  unlooked?: number
  /** Direct dependencies and versions beyond what one run looks at; absent without `--ahead`. */
  beyond?: number
  /** Tarballs, in the same way; absent without `--texts`. Packages in the tarball of another one count too. */
  tarballs?: { wanted: number; cached: number; fetched: number; left: number; failed: FetchFailure[] }
  /** Whether all that was obtained is known to be on disk; where the deadline came first, most of it is. */
  kept: boolean
  durationMs: number
  deadlineMs: number
  network: Traffic['network']
  warnings: Warning[]
}
