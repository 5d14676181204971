/** The messages between the thread that keeps the clock and the thread that collects, parses and judges. */
import type { Inventory } from '#model/inventory'
import type { RunReport, Traffic } from '#model/run-report'
import type { SelectedPackages } from './packages.ts'
import type { JudgedPackage } from './world.ts'

/** From the worker: what is known so far, and at the end the report. */
export type WorkerMessage =
  | { type: 'tree'; inventory: Inventory; selected: SelectedPackages }
  | { type: 'judged'; packages: JudgedPackage[]; traffic: Traffic }
  /** A child process started (its process group's id) or ended (undefined). */
  | { type: 'child'; pid: number | undefined }
  | { type: 'report'; report: RunReport; inventory?: Inventory }
  | { type: 'usage'; message: string }

/** To the worker: stop waiting, judge what is known and report. */
export interface WrapUp {
  type: 'wrap-up'
}
