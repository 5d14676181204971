import { expect, test } from 'vitest'
import { markdownReport, markdownWithin, summaryReport } from '#reporters/markdown'
import { changeReport } from '../../support/change.ts'
import { finding, packageReport, runReport } from '../../support/report.ts'

const bad = finding({
  package: 'ua-parser-js@2.0.0',
  message: 'ua-parser-js@2.0.0 is AGPL-3.0-or-later, which is not in licenses.allow',
  path: ['app@1.0.0', 'ua-parser-js@2.0.0'],
  location: { file: 'package-lock.json', line: 12 },
  fix: 'Stay below 2.0.0, or add to `licenses.exceptions`:\n{\n  "package": "ua-parser-js@^2.0.0"\n}',
})
const report = runReport({
  verdict: 'violation',
  packages: [packageReport('ua-parser-js@2.0.0', { verdict: 'violation' })],
  change: changeReport(),
  findings: [
    finding({
      rule: 'package-deprecated',
      severity: 'warn',
      verdict: 'pass',
      message: 'old@1.0.0 is deprecated',
    }),
    bad,
    finding({
      rule: 'policy-changed',
      message: 'depgate.config.json: licenses.allow names AGPL-3.0-or-later, which origin/main does not.',
      fix: 'Have a policy owner look at it.',
      fingerprint: 'p',
    }),
    finding({
      rule: 'license-unknown',
      severity: 'warn',
      verdict: 'pass',
      package: 'known@1.0.0',
      fingerprint: 'k',
      known: { since: '2026-01-01', reason: 'is being replaced' },
    }),
  ],
  warnings: [{ code: 'x', message: 'The cache in /somewhere was not used.' }],
})

test('verdict, coverage, policy owner, changes, findings with the fix folded, what is known folded', () => {
  expect(markdownReport(report)).toMatchInlineSnapshot(`
    "## ❌ depgate, violation: 1 of 1 package may not be used

    **Coverage:** 1 of 1 package judged; 1 finding known to the baseline, 1 first-party.

    ### Needs a policy owner

    - ❌ **policy-changed**: depgate.config.json: licenses.allow names AGPL-3.0-or-later, which \`origin/main\` does not.

      <details><summary>How to fix</summary>

      Have a policy owner look at it.

      </details>

    ### What changes

    Compared with \`origin/main\` (\`0123456789ab\`): 1 added, 1 updated, 1 changed, 1 removed.

    | change | package | version | licence | kind | brought in by |
    | --- | --- | --- | --- | --- | --- |
    | added | \`left-pad\` | \`1.3.0\` | \`WTFPL\` | production | \`router@2.0.0\` |
    | updated | \`ua-parser-js\` | \`1.0.38\` → \`2.0.0\` | ⚠️ \`MIT\` → \`AGPL-3.0-or-later\` | production | the project |
    | kinds changed | \`mocha\` | \`1.0.0\` | \`MIT\` | dev → production | the project |
    | removed | \`old\` | \`0.1.0\` | \`unknown\` | optional | \`a@1.0.0\` > … > \`c@1.0.0\` |

    ### 1 finding, 1 warning

    - ❌ **license-not-allowed**: \`ua-parser-js@2.0.0\` is AGPL-3.0-or-later, which is not in licenses.allow
      - path: \`app@1.0.0\` > \`ua-parser-js@2.0.0\`
      - at: \`package-lock.json:12\`

      <details><summary>How to fix</summary>

      Stay below 2.0.0, or add to \`licenses.exceptions\`:

      \`\`\`text
      {
        "package": "ua-parser-js@^2.0.0"
      }
      \`\`\`

      </details>

    - ⚠️ **package-deprecated**: \`old@1.0.0\` is deprecated

    <details><summary>1 finding of the baseline, accepted for now</summary>

    - **license-unknown** \`known@1.0.0\`

    </details>

    ### Notes

    - The cache in \`/somewhere\` was not used.
    "
  `)
})

test('a policy that changed is listed even where no finding says so', () => {
  expect(markdownReport(runReport({ change: changeReport() }))).toContain(
    '### Needs a policy owner\n\n- `depgate.config.json`: licenses.allow names AGPL-3.0-or-later',
  )
})

test('a pass without a change is two lines', () => {
  expect(markdownReport(runReport())).toBe(
    '## ✅ depgate, pass: the 1 package may be used\n\n**Coverage:** 1 of 1 package judged; 1 first-party.\n',
  )
})

test('the table gives way to the findings, and both say what is missing', () => {
  const [added] = changeReport().packages
  if (added === undefined) throw new Error('no package')
  const packages = Array.from({ length: 2000 }, () => added)
  const findings = Array.from({ length: 2000 }, (_, at) => ({ ...bad, fingerprint: String(at) }))
  const text = markdownReport({ ...report, findings, change: changeReport({ packages }) })
  expect(text.length).toBeLessThanOrEqual(60_000)
  const rows = text.match(/^\| added/gm)?.length ?? 0
  const shown = text.match(/^- ❌/gm)?.length ?? 0
  expect(rows).toBeGreaterThan(100)
  expect(shown).toBeGreaterThan(100)
  expect(text).toContain(
    `Not shown here, for want of room: ${2000 - rows} changed packages, ${2000 - shown} findings. The JSON report has everything.`,
  )
  expect(text).toContain('### Needs a policy owner')
})

test('no room is too small for the verdict', () => {
  for (const most of [700, 1000, 2000, 5000]) {
    const text = markdownWithin(report, most)
    expect(text.length).toBeLessThanOrEqual(most)
    expect(text).toContain('## ❌ depgate, violation')
  }
})

test('the summary of a job has more room, and stays below the limit of GitHub in bytes', () => {
  const findings = Array.from({ length: 20_000 }, (_, at) =>
    finding({ message: '漢'.repeat(400), fix: '漢'.repeat(400), fingerprint: String(at) }),
  )
  const text = summaryReport(runReport({ verdict: 'violation', findings }))
  expect(text.length).toBeGreaterThan(60_000)
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
})

test('who answers for a finding is named, and not called', () => {
  const owned = finding({ message: 'a@1.0.0 is no good', owners: ['@acme/web', 'legal@acme.example'] })
  const text = markdownReport(runReport({ verdict: 'violation', findings: [owned] }))
  expect(text).toContain('  - owner: `@acme/web`, `legal@acme.example`')
})
