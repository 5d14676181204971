/** Makes a point of a curve out of a run. */
import type { TrendPoint } from '#model/audit'
import type { RunReport } from '#model/run-report'

/** What of a run can be laid beside other runs. */
export function trendPoint({ run, verdict, coverage, packages, findings, metrics }: RunReport): TrendPoint {
  const denied = findings.filter(({ severity }) => severity === 'deny').length
  return {
    id: run.id,
    startedAt: run.startedAt,
    command: run.command,
    verdict,
    packages: coverage.total,
    denied,
    warned: findings.length - denied,
    unknown: packages.filter((entry) => entry.license === null && entry.verdict !== 'incomplete').length,
    incomplete: coverage.incomplete,
    durationMs: run.durationMs,
    ...(metrics && { peakMemory: metrics.memory.peak }),
  }
}
