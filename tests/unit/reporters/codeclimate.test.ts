import { expect, test } from 'vitest'
import { codeclimateReport } from '#reporters/codeclimate'
import { finding, runReport } from '../../support/report.ts'
import { readSchema } from '../../support/schemas.ts'

const validate = readSchema('gitlab-code-quality.schema.json')
const parse = (...args: Parameters<typeof codeclimateReport>): unknown[] => {
  const issues = JSON.parse(codeclimateReport(...args)) as unknown[]
  validate(issues)
  expect(validate.errors).toBeNull()
  return issues
}

test('the fields that GitLab documents, the worst first', () => {
  const findings = [
    finding({ rule: 'no-lockfile', severity: 'warn', verdict: 'pass', fingerprint: 'w' }),
    finding({ verdict: 'unknown', fingerprint: 'u', path: ['app@1.0.0', 'b@1.0.0', 'a@1.0.0'] }),
    finding({ fingerprint: 'u', location: { file: 'package-lock.json', line: 3 } }),
    finding({
      severity: 'warn',
      verdict: 'pass',
      fingerprint: 'k',
      known: { since: '2026-01-01', reason: 'is being replaced' },
    }),
  ]
  expect(parse(runReport({ verdict: 'violation', findings }), { folder: 'web' })).toEqual([
    {
      description: 'AGPL-3.0-only is not in licenses.allow (by app@1.0.0 > b@1.0.0)',
      check_name: 'license-not-allowed',
      fingerprint: 'u',
      severity: 'critical',
      location: { path: 'web/package.json', lines: { begin: 1 } },
    },
    expect.objectContaining({
      fingerprint: 'u-2',
      severity: 'blocker',
      location: { path: 'web/package-lock.json', lines: { begin: 3 } },
    }),
    expect.objectContaining({ fingerprint: 'w', severity: 'minor' }),
    expect.objectContaining({ fingerprint: 'k', severity: 'info' }),
  ])
})

test('nothing wrong is an empty list', () => {
  expect(codeclimateReport(runReport(), {})).toBe('[]\n')
})

test('the schema refuses what GitLab would not show', () => {
  expect(validate([{ description: 'x' }])).toBe(false)
  expect(
    validate([
      {
        description: 'x',
        check_name: 'x',
        fingerprint: 'x',
        severity: 'bad',
        location: { path: './x', lines: { begin: 0 } },
      },
    ]),
  ).toBe(false)
})
