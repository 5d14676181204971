/** Builds runs of the past by hand: for tests of history, comparison and all that shows them. */
import type { AuditReport } from '#model/audit'
import type { RunReport } from '#model/run-report'
import { runReport } from './report.ts'

/** An audit with nothing to say, with what a test wants different. */
export function auditReport(changes: Partial<AuditReport> = {}): AuditReport {
  return { lapsing: [], trend: [], ...changes }
}

/** A run with an id and a time of its own, and what a test wants different. */
export function auditRun(at: string, changes: Partial<RunReport> = {}, id = idAt(at)): RunReport {
  const report = runReport({
    inputs: {
      project: 'app@1.0.0',
      lockfileSha256: null,
      tree: 'installed',
      policySha256: 'p',
      licenseList: 'list',
    },
    audit: auditReport(),
    ...changes,
  })
  return { ...report, run: { ...report.run, id, startedAt: at, command: 'audit' } }
}

function idAt(at: string): string {
  return `id-${Date.parse(at)}`
}
