import { describe, expect, test } from 'vitest'
import type { AuditReport } from '#model/audit'
import { markdownReport } from '#reporters/markdown'
import { terminalReport } from '#reporters/terminal'
import { auditReport, auditRun } from '../../support/audit.ts'
import { finding } from '../../support/report.ts'

const AT = '2026-11-21T04:17:00.000Z'
const since = {
  id: 'before',
  startedAt: '2026-11-14T04:17:12.000Z',
  verdict: 'pass' as const,
  policySha256: 'p',
  toolVersion: '0.0.0',
}
const kinds = ['production' as const]
const FULL: AuditReport = auditReport({
  comparison: {
    since,
    newFindings: ['1', '2'],
    fixedFindings: [finding({ package: 'gone@1.0.0', fingerprint: '9' })],
    unchanged: 3,
    packages: [
      {
        type: 'added',
        name: 'came',
        after: { version: '0.1.0', license: 'MIT', kinds },
        differs: [],
        path: ['app@1', 'came@0.1.0'],
      },
      {
        type: 'updated',
        name: 'left-pad',
        before: { version: '1.3.0', license: 'WTFPL', kinds },
        after: { version: '1.4.0', license: 'MIT', kinds },
        differs: ['license', 'version'],
        path: ['app@1', 'lib@2.0.0', 'left-pad@1.4.0'],
      },
    ],
  },
  lapsing: [
    {
      kind: 'exception',
      subject: 'sharp@^0.34',
      expires: '2026-11-22',
      daysLeft: 1,
      reason: 'linked',
      owner: 'platform',
    },
    {
      kind: 'baseline',
      subject: 'foo@1.0.0 is AGPL-3.0-only',
      expires: '2026-12-11',
      daysLeft: 20,
      reason: 'leaving',
    },
  ],
  advisories: {
    status: 'incomplete',
    sources: [
      { name: 'registry', problem: 'the registry answered 405' },
      { name: 'osv', asOf: AT },
    ],
    matches: [
      {
        id: 'GHSA-1',
        aliases: [],
        package: 'lodash@4.17.15',
        title: 'Pollution',
        severity: 'high',
        range: '<4.17.19',
        fixedIn: '4.17.19',
        source: 'osv',
      },
      {
        id: 'GHSA-2',
        aliases: [],
        package: 'x@1.0.0',
        title: 'T',
        severity: null,
        range: '*',
        source: 'osv',
      },
      {
        id: 'GHSA-3',
        aliases: [],
        package: 'y@1.0.0',
        title: 'T',
        severity: 'low',
        range: '*',
        source: 'osv',
        ignored: { reason: 'r', expires: '2027-01-01' },
      },
    ],
  },
  forecast: {
    entries: [
      {
        package: 'ua-parser-js@1.0.40',
        license: 'MIT',
        relicensed: [{ steps: ['major'], version: '2.0.3', license: 'AGPL-3.0-or-later', allowed: false }],
        firstRelicensed: '2.0.0',
        safeRange: '^1.0.40',
        newestLacks: [],
      },
      { package: 'quiet@1.0.0', license: 'MIT', relicensed: [], silentSince: AT, newestLacks: ['license'] },
    ],
    asked: 12,
    unanswered: ['secret'],
  },
})

function shown(audit: AuditReport, policySha256 = 'p'): string {
  const report = auditRun(AT, {
    verdict: 'violation',
    findings: [
      finding({ package: 'a@1.0.0', fingerprint: '1' }),
      finding({
        package: 'b@1.0.0',
        fingerprint: '2',
        rule: 'license-text-missing',
        severity: 'warn',
        verdict: 'pass',
      }),
      finding({ package: 'c@1.0.0', fingerprint: '3' }),
    ],
    audit,
  })
  const { inputs } = report
  const text = terminalReport(
    { ...report, inputs: { ...inputs, policySha256 } },
    { width: 100, color: false, quiet: false },
  )
  return text.slice(text.indexOf('since the last run'), text.indexOf('\nviolation  license-not-allowed'))
}

describe('the parts of an audit in a terminal', () => {
  test('say in a few lines what is new, what lapses, what is wrong and what is coming', () => {
    expect(shown(FULL)).toMatchInlineSnapshot(`
      "since the last run: 2026-11-14 04:17 UTC: 2 new findings, 1 fixed, 3 as before; packages: 1 added, 1
      updated
        new      license-not-allowed: a@1.0.0
        new      license-text-missing: b@1.0.0
        fixed    license-not-allowed: gone@1.0.0
        updated  left-pad 1.3.0 to 1.4.0, WTFPL to MIT, by lib@2.0.0
        added    came 0.1.0, MIT

      lapsing: 2 entries will end within 30 days
        2026-11-22  tomorrow: the exception for sharp@^0.34, owner platform; linked
        2026-12-11  in 20 days: what the baseline knows: foo@1.0.0 is AGPL-3.0-only; leaving

      advisories: could not be checked wholly; 2 known vulnerabilities (1 high), 1 ignored by the policy
        high      lodash@4.17.15: Pollution (GHSA-1); fixed in 4.17.19
        unrated   x@1.0.0: T (GHSA-2); no fixed version
        registry  the registry answered 405

      forecast: looked at the later releases of 12 packages, 1 with another licence, 1 without a release
      for long, 1 whose newest version lacks what this one has, no answer about secret
        not allowed  ua-parser-js@1.0.40: MIT here, AGPL-3.0-or-later from 2.0.0; ^1.0.40 keeps the
                     licence
      "
    `)
  })

  test('say so where there is nothing to compare with, and leave out what has nothing to say', () => {
    expect(shown(auditReport())).toBe('since the last run: there is no earlier run to compare with\n')
  })

  test('say that the rules or the tool were others', () => {
    const comparison = {
      since: { ...since, toolVersion: '0.0.9' },
      newFindings: [],
      fixedFindings: [],
      unchanged: 3,
      packages: [],
    }
    expect(shown(auditReport({ comparison }), 'q')).toBe(
      'since the last run: 2026-11-14 04:17 UTC: 0 new findings, 0 fixed, 3 as before; no package changes;\n' +
        'the policy is another one; that was depgate 0.0.9\n',
    )
  })

  test('stay short however much there is', () => {
    const packages = Array.from({ length: 500 }, (_, index) => ({
      type: 'added' as const,
      name: `p${index}`,
      after: { version: '1.0.0', license: 'MIT', kinds },
      differs: [],
      path: [],
    }))
    const comparison = { since, newFindings: [], fixedFindings: [], unchanged: 3, packages }
    const lines = shown(auditReport({ comparison })).trimEnd().split('\n')
    expect(lines).toHaveLength(12)
    expect(lines.at(-1)?.trim()).toBe('and 490 more')
  })
})

test('the same stands in Markdown, where no name can become a link', () => {
  const packages = [
    {
      type: 'added' as const,
      name: '[x](https://evil.example) @all',
      after: { version: '0.1.0', license: 'MIT', kinds },
      differs: [],
      path: [],
    },
  ]
  const comparison = { since, newFindings: ['1', '2'], fixedFindings: [], unchanged: 3, packages }
  const hostile = { ...FULL, comparison }
  const text = markdownReport(auditRun(AT, { audit: hostile }))
  expect(text).toContain(
    '### Since the last run\n\n2026-11-14 `04:17` UTC: 2 new findings, 0 fixed, 3 as before',
  )
  expect(text).toContain('### Lapsing\n\n2 entries will end within 30 days.\n\n')
  expect(text).toContain('### Forecast\n\nLooked at the later releases of 12 packages, ')
  expect(text).toContain(
    '- ⚠️ **not allowed** `ua-parser-js@1.0.40`: MIT here, AGPL-3.0-or-later from 2.0.0; `^1.0.40` keeps',
  )
  expect(text).toContain('- **added** `[x](https://evil.example`) `@all` 0.1.0, MIT')
})
