/** Reports of audits to tell of. */
import type { RunReport } from '#model/run-report'
import { finding, runReport } from '../../support/report.ts'

/** Names and words that would do harm where they are read as more than text. */
export const HOSTILE =
  '@team <!channel> <https://evil.example|click> [x](https://evil.example) `code` *b* <img src=x> GH-1 #1\u202e\u0007\n::error::'

/** An audit; with `since` there is a run before it that had this verdict. */
export function audited(
  changes: Partial<RunReport> = {},
  since?: RunReport['verdict'],
  fresh: string[] = [],
): RunReport {
  const report = runReport({ verdict: 'violation', findings: [finding({ package: 'a@1.0.0' })], ...changes })
  const earlier = {
    id: 'r0',
    startedAt: '2026-11-20T00:00:00.000Z',
    policySha256: null,
    toolVersion: '0.1.0',
  }
  const comparison = since && {
    since: { ...earlier, verdict: since },
    newFindings: fresh,
    fixedFindings: [],
    unchanged: 0,
    packages: [],
  }
  return { ...report, audit: { lapsing: [], trend: [], ...(comparison && { comparison }) } }
}
