import { describe, expect, test } from 'vitest'
import type { Finding } from '#model/finding'
import type { RunReport } from '#model/run-report'
import { auditExitCode } from '../../../src/run/fail-on.ts'
import { auditReport, auditRun } from '../../support/audit.ts'
import { finding, packageReport } from '../../support/report.ts'

const AT = '2026-11-21T04:17:00.000Z'
const since = { id: 'x', startedAt: AT, verdict: 'pass' as const, policySha256: null, toolVersion: '0' }

/** An audit of one refused package; `news` are the new fingerprints, undefined where there is no run before. */
function audit(news: string[] | undefined, changes: Partial<RunReport> = {}): RunReport {
  const comparison = news && { since, newFindings: news, fixedFindings: [], unchanged: 0, packages: [] }
  return auditRun(AT, {
    verdict: 'violation',
    packages: [packageReport('a@1.0.0', { verdict: 'violation' })],
    findings: [finding({ package: 'a@1.0.0', fingerprint: 'old' })],
    audit: auditReport(comparison && { comparison }),
    ...changes,
  })
}
const more = (extra: Finding) => ({
  findings: [finding({ package: 'a@1.0.0', fingerprint: 'old' }), extra],
})

describe('--fail-on', () => {
  test('any: as everywhere', () => {
    expect(auditExitCode(audit([]), 'any')).toBe(1)
    expect(auditExitCode(audit([], { verdict: 'pass' }), 'any')).toBe(0)
  })

  test('new: 1 only for a denial that the run before had not', () => {
    expect(auditExitCode(audit([]), 'new')).toBe(0)
    expect(auditExitCode(audit(['old']), 'new')).toBe(1)
    const warning = finding({ fingerprint: 'w', severity: 'warn', verdict: 'pass' })
    expect(auditExitCode(audit(['w'], more(warning)), 'new')).toBe(0)
  })

  test('new: everything is where there is no run to compare with', () => {
    expect(auditExitCode(audit(undefined), 'new')).toBe(1)
    const { audit: _audit, ...without } = audit(undefined)
    expect(auditExitCode(without, 'new')).toBe(1)
  })

  test('new: a refused package of which no finding speaks is no old one', () => {
    expect(auditExitCode(audit([], { findings: [] }), 'new')).toBe(1)
  })

  test('none: never 1', () => {
    expect(auditExitCode(audit(['old']), 'none')).toBe(0)
    expect(auditExitCode(audit(['old'], { verdict: 'unknown' }), 'none')).toBe(0)
  })

  test.each(['new', 'none'] as const)('%s: what could not be checked stays 3', (failOn) => {
    expect(auditExitCode(audit([], { verdict: 'incomplete' }), failOn)).toBe(3)
    const doubt = finding({ fingerprint: 'd', rule: 'tree-not-confirmed', verdict: 'incomplete' })
    expect(auditExitCode(audit([], more(doubt)), failOn)).toBe(3)
    const open = packageReport('b@1.0.0', { verdict: 'incomplete', license: null })
    expect(
      auditExitCode(
        audit([], { packages: [packageReport('a@1.0.0', { verdict: 'violation' }), open] }),
        failOn,
      ),
    ).toBe(3)
  })
})
