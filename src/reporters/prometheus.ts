/** The figures of a run for Prometheus: the text format that a textfile collector picks up. */
import type { RunReport } from '#model/run-report'

/** The metrics. */
export function prometheusReport(report: RunReport): string {
  return `# ${report.packages.length}\n`
}
