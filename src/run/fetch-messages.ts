/** The messages between the thread that keeps the clock of a `fetch` and the one that reads, plans and asks. */
import type { FetchReport } from '#model/fetch-report'
import type { Failure } from '#model/outcome'
import type { Policy } from '#model/policy'
import type { TextsWanted } from '#model/run-request'

/** What the worker is asked to do. */
export interface FetchRequest {
  /** Absolute path. */
  project: string
  /** Monotonic milliseconds, see `monotonicMs`. */
  startedAt: number
  deadlineAt: number
  policy: Policy
  ahead: boolean
  /** Which tarballs to read too. */
  texts: TextsWanted
  /** Absolute path of the folder of stored runs; absent for none. */
  history?: string
  refresh: boolean
  trustNpmrc: string[]
  cacheDirectory?: string
  env: Record<string, string | undefined>
}

/** What is known of a run so far. */
export type FetchState = Omit<FetchReport, 'schemaVersion' | 'tool' | 'durationMs' | 'deadlineMs'>

/** From the worker: what is known so far, and at the end the last state, or why there is none. */
export type FetchMessage =
  | { type: 'state' | 'end'; state: FetchState }
  | { type: 'no-lockfile' }
  | { type: 'refused'; failure: Failure }
