/** The exit code of an audit: that of its verdict, or a milder one for what was known before or is only to be told. */
import { EXIT_CODE, exitCodeOf } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { RunReport } from '#model/run-report'

/** What exit code 1 stands for: every denial, those that the run before had not, or nothing. */
export const FAIL_ON = ['any', 'new', 'none'] as const

/** One of {@link FAIL_ON}. */
export type FailOn = (typeof FAIL_ON)[number]

/**
 * Only a 1 is ever taken back, and never for what could not be checked. Without a run to compare with every finding is
 * new.
 */
export function auditExitCode(report: RunReport, failOn: FailOn): ExitCode {
  const code = exitCodeOf(report.verdict)
  if (code !== EXIT_CODE.violation || failOn === 'any') return code
  if (failOn === 'new' && hasNews(report)) return code
  const isOpen =
    report.coverage.incomplete > 0 || report.findings.some(({ verdict }) => verdict === 'incomplete')
  return isOpen ? EXIT_CODE.incomplete : EXIT_CODE.pass
}

function hasNews({ audit, findings, packages }: RunReport): boolean {
  const failing = findings.filter(({ verdict }) => verdict === 'violation' || verdict === 'unknown')
  const news = new Set(audit?.comparison?.newFindings ?? failing.map(({ fingerprint }) => fingerprint))
  if (failing.some(({ fingerprint }) => news.has(fingerprint))) return true
  // What no finding speaks of cannot have been known before.
  const spokenOf = new Set(failing.map((finding) => finding.package))
  return packages.some(
    ({ id, verdict }) => (verdict === 'violation' || verdict === 'unknown') && !spokenOf.has(id),
  )
}
