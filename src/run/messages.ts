/** The messages between the thread that keeps the clock and the thread that collects, parses and judges. */
import type { WorkerMeasurement } from '#metrics/measure-worker'
import type { Inventory } from '#model/inventory'
import type { RunReport, Traffic } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import type { TraceEvent } from '../trace.ts'
import type { JudgedPackage, TreeOutline } from './world.ts'

/** From the worker: what is known so far, and at the end the report. */
export type WorkerMessage =
  | { type: 'tree'; outline: TreeOutline }
  | { type: 'judged'; packages: JudgedPackage[]; traffic: Traffic }
  /** A child process started (its process group's id) or ended (undefined). */
  | { type: 'child'; pid: number | undefined }
  /** `report.packages` is empty: with `withPackages` they are those told before. */
  | { type: 'report'; report: RunReport; withPackages: boolean; inventory?: Inventory }
  | { type: 'usage'; message: string }
  /** What those hear who listen to the run from the main thread. */
  | { type: 'trace'; events: TraceEvent[] }
  /** Comes before the report. */
  | { type: 'measured'; measurement: WorkerMeasurement }

/** What a worker is started with before anybody knows what to ask of it about the change of a project. */
export interface EarlyStart {
  asksLater: true
  project: string
}

/** To a worker that was started early. */
export interface Ask {
  type: 'ask'
  request: RunRequest
}

/** To the worker: stop waiting, judge what is known and report. */
export interface WrapUp {
  type: 'wrap-up'
}
