/** Compares how bad advisories say they are; one that does not say it counts as the worst. */
import { ADVISORY_SEVERITIES } from '#model/audit'
import type { AdvisorySeverity } from '#model/audit'

/** Whether a severity is a level or worse. */
export function isAtLeast(severity: AdvisorySeverity | null, level: AdvisorySeverity): boolean {
  return rankOf(severity) >= rankOf(level)
}

/** Puts the worst first. */
export function compareSeverity(a: AdvisorySeverity | null, b: AdvisorySeverity | null): number {
  return rankOf(b) - rankOf(a)
}

function rankOf(severity: AdvisorySeverity | null): number {
  return severity === null ? ADVISORY_SEVERITIES.length : ADVISORY_SEVERITIES.indexOf(severity)
}
