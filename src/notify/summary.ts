/** Says in short what an audit found and what of it is new: all that is ever sent anywhere. */
import type { Finding, Severity, Verdict } from '#model/finding'
import type { RunReport } from '#model/run-report'
import { display } from '#reporters/display'

/** Findings that are told one by one; the others are counted. */
const MAX_TOLD = 20
/** Longest sentence that is sent. */
const MAX_MESSAGE = 300
const MAX_NAME = 200

/** One finding in short. */
export interface ToldFinding {
  rule: string
  severity: Severity
  /** Id of the package, or '' for a finding about the run. */
  package: string
  message: string
}

/** An audit in short; texts of others are on one line, without control characters, and cut. */
export interface Summary {
  project: string
  verdict: Verdict
  /** Of the run that this one was compared with; null where there is none. */
  previousVerdict: Verdict | null
  runId: string
  /** ISO time. */
  startedAt: string
  counts: { packages: number; denied: number; warned: number; new: number; fixed: number; lapsing: number }
  /** The first of the findings that the run before had not. Where there is none to compare with: all that deny. */
  new: ToldFinding[]
  fixed: ToldFinding[]
  /** What denies now, whether new or not. */
  open: ToldFinding[]
  /** Whether anything is different from the last time, or there is something to tell for the first time. */
  changed: boolean
}

/** Summarises the report of an audit. */
export function summariseAudit(report: RunReport): Summary {
  const comparison = report.audit?.comparison
  const denied = report.findings.filter(({ severity }) => severity === 'deny')
  const known = new Set(comparison?.newFindings)
  const fresh =
    comparison === undefined
      ? report.findings
      : report.findings.filter(({ fingerprint }) => known.has(fingerprint))
  const fixed = comparison?.fixedFindings ?? []
  const previousVerdict = comparison?.since.verdict ?? null
  return {
    project: display(report.inputs.project, MAX_NAME),
    verdict: report.verdict,
    previousVerdict,
    runId: display(report.run.id, MAX_NAME),
    startedAt: report.run.startedAt,
    counts: {
      packages: report.coverage.total,
      denied: denied.length,
      warned: report.findings.length - denied.length,
      new: fresh.length,
      fixed: fixed.length,
      lapsing: report.audit?.lapsing.length ?? 0,
    },
    new: told(fresh),
    fixed: told(fixed),
    open: told(denied),
    changed:
      comparison === undefined
        ? report.findings.length > 0 || report.verdict !== 'pass'
        : fresh.length > 0 || fixed.length > 0 || previousVerdict !== report.verdict,
  }
}

/** What denies comes first. */
function told(findings: readonly Finding[]): ToldFinding[] {
  return findings
    .toSorted((a, b) => Number(b.severity === 'deny') - Number(a.severity === 'deny'))
    .slice(0, MAX_TOLD)
    .map(({ rule, severity, package: id = '', message }) => ({
      rule,
      severity,
      package: display(id, MAX_NAME),
      message: display(message, MAX_MESSAGE),
    }))
}

/** A verdict in the words of a sentence. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  violation: 'found violations',
  unknown: 'found licences that nobody knows',
  incomplete: 'could not check everything',
}

/** `3 new, 1 fixed, 12 that deny, 40 warnings`. */
export function countsText({ counts }: Summary): string {
  return `${counts.new} new, ${counts.fixed} fixed, ${counts.denied} that deny, ${counts.warned} warnings`
}
