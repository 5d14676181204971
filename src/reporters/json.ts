/** The report as JSON: the contract itself, readable by programs and safe to look at. */
import type { RunReport } from '#model/run-report'
import { safeJson } from './display.ts'

/** Pretty-printed JSON of the whole report. */
export function jsonReport(report: RunReport): string {
  return `${safeJson(report, 2)}\n`
}
