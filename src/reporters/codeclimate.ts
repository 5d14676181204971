/** The report as GitLab reads code quality: a list of issues in the part of Code Climate's format that it documents. */
import { RULES } from '#model/finding'
import type { Finding } from '#model/finding'
import type { RunReport } from '#model/run-report'
import { display, safeJson } from './display.ts'
import { placeOf, uniqueFingerprints, worstFirst } from './places.ts'
import type { ReportStyle } from './reporter.ts'

/** Longest description; GitLab shows one line of it. */
const MAX_DESCRIPTION = 1000

/** One issue a finding; none is an empty list, which GitLab needs to see that all is well. */
export function codeclimateReport(report: RunReport, style: Pick<ReportStyle, 'folder'>): string {
  const findings = worstFirst(report.findings)
  const names = uniqueFingerprints(findings)
  const issues = findings.map((finding) => {
    const { file, line } = placeOf(finding, style)
    return {
      description: display(`${finding.message || RULES[finding.rule]}${wayOf(finding)}`, MAX_DESCRIPTION),
      check_name: finding.rule,
      fingerprint: names.get(finding)?.id,
      severity: severityOf(finding),
      location: { path: display(file), lines: { begin: line } },
    }
  })
  return `${safeJson(issues, 2)}\n`
}

function severityOf({ severity, verdict, known }: Finding): 'blocker' | 'critical' | 'minor' | 'info' {
  if (known !== undefined) return 'info'
  if (severity === 'warn') return 'minor'
  return verdict === 'violation' ? 'blocker' : 'critical'
}

function wayOf({ path }: Finding): string {
  return path.length > 2 ? ` (by ${path.slice(0, -1).join(' > ')})` : ''
}
