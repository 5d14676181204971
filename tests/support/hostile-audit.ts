/** Audits full of text that wants to be more than text. */
import * as fc from 'fast-check'
import { ADVISORY_SEVERITIES } from '#model/audit'
import type { AuditReport } from '#model/audit'
import { nastyText } from './nasty.ts'
import { finding } from './report.ts'

const TIME = '2026-01-01T00:00:00.000Z'

/** One audit; every text in it that a stranger may choose is nasty. */
export const hostileAudit: fc.Arbitrary<AuditReport> = fc
  .record({
    a: nastyText,
    b: nastyText,
    c: nastyText,
    severity: fc.constantFrom(...ADVISORY_SEVERITIES, null),
  })
  .map(({ a, b, c, severity }) => ({
    comparison: {
      since: { id: a, startedAt: TIME, verdict: 'pass', policySha256: b, toolVersion: c },
      newFindings: ['0'.repeat(32)],
      fixedFindings: [
        finding({ package: a, message: b, path: [c], fingerprint: 'gone' }),
        finding({ message: a }),
      ],
      unchanged: 1,
      packages: [
        {
          type: 'changed',
          name: a,
          before: { version: b, license: c, kinds: ['production'] },
          after: { version: c, license: null, kinds: ['dev'] },
          differs: ['license'],
          path: [a, b, c],
        },
      ],
    },
    lapsing: [
      { kind: 'exception', subject: a, expires: '2026-01-02', daysLeft: 1, reason: b, owner: c },
      { kind: 'baseline', subject: b, expires: '2026-01-20', daysLeft: 19, reason: c },
    ],
    forecast: {
      asked: 3,
      unanswered: [a, b],
      entries: [
        {
          package: a,
          license: b,
          relicensed: [
            { steps: ['major'], version: c, license: a, allowed: false },
            { steps: [], version: b, license: null, raw: c, allowed: true },
          ],
          firstRelicensed: a,
          safeRange: b,
          newestLacks: ['license', 'repository'],
          silentSince: TIME,
        },
      ],
    },
    advisories: {
      status: 'incomplete',
      sources: [{ name: 'registry', problem: a }],
      matches: [
        {
          id: a,
          aliases: [b],
          package: c,
          title: a,
          severity,
          range: b,
          fixedIn: c,
          url: a,
          source: 'registry',
        },
        {
          id: b,
          aliases: [],
          package: a,
          title: c,
          severity,
          range: a,
          url: `https://${b}`,
          source: 'osv',
          ignored: { reason: c, expires: '2026-02-01' },
        },
      ],
    },
    trend: [a, b].map((id) => ({
      id,
      startedAt: TIME,
      command: c,
      verdict: 'unknown',
      packages: 1,
      denied: 0,
      warned: 0,
      unknown: 1,
      incomplete: 0,
      durationMs: 1,
    })),
  }))
