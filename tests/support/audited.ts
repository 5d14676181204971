/** What an audit adds to a report, with something of everything, and the whole report that it belongs to. */
import type { AuditReport } from '#model/audit'
import type { RunReport } from '#model/run-report'
import { importsReport } from './imports-report.ts'
import { finding, packageReport, runReport } from './report.ts'

/** An audit of the packages of {@link auditedReport}. */
export function auditReport(changes: Partial<AuditReport> = {}): AuditReport {
  return {
    comparison: {
      since: {
        id: 'before',
        startedAt: '2025-12-25T04:17:00.000Z',
        verdict: 'pass',
        policySha256: null,
        toolVersion: '0.0.0',
      },
      newFindings: ['new-one'],
      fixedFindings: [
        finding({
          rule: 'package-deprecated',
          severity: 'warn',
          verdict: 'pass',
          package: 'old@1.0.0',
          message: 'old@1.0.0 is deprecated',
          fingerprint: 'fixed-one',
        }),
      ],
      unchanged: 7,
      packages: [
        {
          type: 'updated',
          name: 'copyleft',
          before: { version: '1.0.0', license: 'MIT', kinds: ['production'] },
          after: { version: '2.0.0', license: 'AGPL-3.0-only', kinds: ['production'] },
          differs: ['license', 'version'],
          path: ['app@1.0.0', 'middle@1.0.0', 'copyleft@2.0.0'],
        },
      ],
    },
    lapsing: [
      {
        kind: 'exception',
        subject: 'sharp@^0.34',
        expires: '2026-01-03',
        daysLeft: 2,
        reason: 'linked dynamically',
        owner: 'platform team',
      },
    ],
    forecast: {
      asked: 12,
      unanswered: ['@acme/inside'],
      entries: [
        {
          package: 'ua-parser-js@1.0.40',
          license: 'MIT',
          relicensed: [
            {
              steps: ['major'],
              version: '2.0.9',
              license: 'AGPL-3.0-or-later',
              publishedAt: '2025-06-01T00:00:00.000Z',
              allowed: false,
            },
          ],
          firstRelicensed: '2.0.0',
          safeRange: '^1.0.40',
          newestLacks: [],
        },
        {
          package: 'silent@1.0.0',
          license: 'MIT',
          relicensed: [],
          silentSince: '2019-04-05T00:00:00.000Z',
          newestLacks: ['repository'],
        },
      ],
    },
    advisories: {
      status: 'complete',
      sources: [
        { name: 'registry', problem: 'it does not know the question' },
        { name: 'osv', asOf: '2025-12-31T00:00:00.000Z' },
      ],
      matches: [
        {
          id: 'GHSA-aaaa-bbbb-cccc',
          aliases: ['CVE-2025-1'],
          package: 'middle@1.0.0',
          title: 'Prototype pollution',
          severity: 'high',
          range: '<1.2.0',
          fixedIn: '1.2.0',
          url: 'https://advisories.example/GHSA-aaaa-bbbb-cccc',
          source: 'osv',
        },
        {
          id: 'GHSA-dddd',
          aliases: [],
          package: 'middle@1.0.0',
          title: 'Slow regular expression',
          severity: 'low',
          range: '<2.0.0',
          source: 'osv',
          ignored: { reason: 'only in tests', expires: '2026-02-01' },
        },
      ],
    },
    trend: [1, 2, 3].map((at) => ({
      id: `run-${at}`,
      startedAt: `2025-12-${10 + at * 7}T04:17:00.000Z`,
      command: 'audit',
      verdict: at < 3 ? 'pass' : 'violation',
      packages: 2 + at,
      denied: at < 3 ? 0 : 2,
      warned: at,
      unknown: 0,
      incomplete: 0,
      durationMs: 800 + at * 10,
    })),
    ...changes,
  }
}

/** A report with two denials, warnings, a known finding, an audit and as many packages as it takes. */
export function auditedReport(changes: Partial<RunReport> = {}): RunReport {
  const path = ['app@1.0.0', 'middle@1.0.0', 'copyleft@2.0.0']
  return runReport({
    verdict: 'violation',
    packages: [
      packageReport('copyleft@2.0.0', {
        verdict: 'violation',
        license: 'AGPL-3.0-only',
        paths: [path],
        leaves: [{ leaf: 'AGPL-3.0-only', allowed: false, why: 'not in licenses.allow' }],
      }),
      packageReport('middle@1.0.0', {
        paths: [['app@1.0.0', 'middle@1.0.0']],
        dependencies: ['copyleft@2.0.0'],
      }),
      packageReport('tool@3.0.0', { kinds: ['dev'], license: 'MPL-2.0' }),
      packageReport('words@1.0.0', {
        verdict: 'unknown',
        claims: [
          {
            witness: 'text',
            reason: 'unknown-text',
            at: '2026-01-01T00:00:00.000Z',
            from: 'node_modules',
            text: {
              file: 'LICENSE',
              sha256: 'ab'.repeat(32),
              role: 'package',
              licenses: [],
              nearest: { id: 'MIT', score: 0.98 },
              differences: ['"not" in place of "no"'],
            },
          },
        ],
      }),
    ],
    findings: [
      finding({
        package: 'copyleft@2.0.0',
        message: 'copyleft@2.0.0 is AGPL-3.0-only, which is not in licenses.allow',
        fix: 'run depgate except copyleft@2.0.0 or add this:\n{\n  "package": "copyleft@^2.0.0"\n}',
        path,
        fingerprint: 'new-one',
        license: 'AGPL-3.0-only',
        location: { file: 'package-lock.json', line: 22 },
        owners: ['@acme/web'],
      }),
      finding({
        rule: 'license-text-unknown',
        verdict: 'unknown',
        package: 'words@1.0.0',
        message: 'words@1.0.0 has a licence text that is none of the known ones: LICENSE',
        path: ['app@1.0.0', 'words@1.0.0'],
        fingerprint: 'words',
        details: ['LICENSE: nearest is MIT'],
      }),
      finding({
        rule: 'package-deprecated',
        severity: 'warn',
        verdict: 'pass',
        package: 'tool@3.0.0',
        message: 'tool@3.0.0 is deprecated: use another',
        fingerprint: 'deprecated',
      }),
      finding({
        rule: 'package-duplicate',
        severity: 'warn',
        verdict: 'pass',
        package: 'tool@3.0.0',
        message: 'tool is there twice',
        fingerprint: 'known-one',
        known: { since: '2025-11-01', reason: 'accepted at the start', expires: '2026-05-01' },
      }),
    ],
    warnings: [{ code: 'x', message: 'the cache was not there' }],
    imports: importsReport(),
    audit: auditReport(),
    ...changes,
  })
}
