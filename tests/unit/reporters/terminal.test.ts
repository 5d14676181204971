import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { Finding } from '#model/finding'
import { terminalReport, verdictLine } from '#reporters/terminal'
import { finding, packageReport, runReport } from '../../support/report.ts'

const STYLE = { width: 80, color: false, quiet: false }

test('a pass is three lines: verdict, coverage, cost', () => {
  expect(terminalReport(runReport(), STYLE)).toBe(
    [
      'depgate  pass: the 1 package may be used',
      '',
      '1 of 1 package judged; 1 first-party',
      '1 request, 0 answers from the cache, 0.8 s of 10 s',
      '',
    ].join('\n'),
  )
})

test('a violation shows package, path, every witness and the fix, nothing wider than asked for', () => {
  const bad = packageReport('thing@1.2.3', {
    verdict: 'violation',
    license: 'AGPL-3.0-only',
    claims: [
      { witness: 'registry', raw: 'AGPL-3.0', license: 'AGPL-3.0-only', at: '', from: 'network' },
      { witness: 'installed', raw: 'AGPL-3.0', license: 'AGPL-3.0-only', at: '', from: 'node_modules' },
    ],
  })
  const report = runReport({
    verdict: 'violation',
    packages: [bad],
    findings: [
      finding({
        package: 'thing@1.2.3',
        path: ['app@1.0.0', 'middle@2.0.0', 'thing@1.2.3'],
        location: { file: 'package-lock.json', line: 12 },
        fix: 'Remove middle@2.0.0, or allow it with a reason by adding to licenses.exceptions of the policy file:\n{\n  "package": "thing@^1.2.3"\n}',
      }),
    ],
  })
  const text = terminalReport(report, STYLE)
  expect(text).toMatchInlineSnapshot(`
    "depgate  violation: 1 of 1 package may not be used

    violation  license-not-allowed  thing@1.2.3
            AGPL-3.0-only is not in licenses.allow
      path  app@1.0.0 > middle@2.0.0 > thing@1.2.3
      says  registry: AGPL-3.0-only
            installed: AGPL-3.0-only
      at    package-lock.json:12
      fix   Remove middle@2.0.0, or allow it with a reason by adding to
            licenses.exceptions of the policy file:
            {
              "package": "thing@^1.2.3"
            }

    1 of 1 package judged; 1 first-party
    1 request, 0 answers from the cache, 0.8 s of 10 s
    "
  `)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
})

test('what a witness could not say is wrapped like everything else', () => {
  const message = 'The registry https://registry.example/ failed too often and is not asked any more for now.'
  const entry = packageReport('thing@1.2.3', {
    verdict: 'violation',
    claims: [
      { witness: 'registry', raw: undefined, at: '', from: 'network', failure: { code: 'timeout', message } },
      { witness: 'installed', raw: 'GPL-3.0', license: 'GPL-3.0-only', at: '', from: 'node_modules' },
    ],
  })
  const findings = [finding({ package: 'thing@1.2.3' })]
  const text = terminalReport(runReport({ verdict: 'violation', packages: [entry], findings }), STYLE)
  expect(text).toContain(
    [
      '  says  registry: The registry https://registry.example/ failed too often and',
      '          is not asked any more for now.',
      '        installed: GPL-3.0-only',
    ].join('\n'),
  )
})

test('an outage is one block with a count, not one block a package', () => {
  const packages = Array.from({ length: 40 }, (_, at) =>
    packageReport(`p${at}@1.0.0`, { verdict: 'incomplete', license: null, conclusion: 'unknown' }),
  )
  const findings = packages.map((entry) =>
    finding({
      rule: 'metadata-unavailable',
      verdict: 'incomplete',
      package: entry.id,
      message: `${entry.id}: the registry did not answer`,
      fix: 'Run it again.',
    }),
  )
  const text = terminalReport(runReport({ verdict: 'incomplete', packages, findings }), STYLE)
  expect(text.match(/could not check {2}metadata-unavailable/g)).toHaveLength(1)
  expect(text).toContain('40 packages\n        the registry did not answer\n')
  expect(text).toContain('- and 35 more')
  expect(text.split('\n')[0]).toContain('could not check: 40 of 40 packages not judged')
})

test('names from outside cannot move the cursor or start a workflow command', () => {
  const evil = 'x\u001b[2J\n::error::pwned\u202e@1.0.0'
  const report = runReport({
    verdict: 'violation',
    packages: [packageReport(evil, { verdict: 'violation' })],
    findings: [
      finding({ package: evil, message: evil, path: ['app@1.0.0', evil], fix: evil, details: [evil] }),
    ],
    warnings: [{ code: 'x', message: evil }],
  })
  const text = terminalReport(report, STYLE)
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(text).not.toMatch(/^::/m)
})

test('colours only decorate: without them the text is the same', () => {
  const report = runReport({ verdict: 'violation', findings: [finding({ package: 'a@1.0.0' })] })
  const plain = terminalReport(report, STYLE)
  const coloured = terminalReport(report, { ...STYLE, color: true })
  expect(coloured).not.toBe(plain)
  expect(stripVTControlCharacters(coloured)).toBe(plain)
})

test('quiet keeps verdict and coverage', () => {
  const report = runReport({ verdict: 'violation', findings: [finding({ package: 'a@1.0.0' })] })
  const text = terminalReport(report, { ...STYLE, quiet: true })
  expect(text).not.toContain('license-not-allowed')
  expect(text).toContain('1 of 1 package judged')
})

test.each([
  [runReport({ packages: [] }), 'pass: there is no dependency to judge'],
  [
    runReport({
      packages: [],
      change: {
        base: { name: 'main', lockfileSha256: '', policySha256: null },
        packages: [],
        needsPolicyOwner: [],
      },
    }),
    'pass: the change brings nothing to judge',
  ],
  [runReport({ verdict: 'incomplete', packages: [] }), 'could not check: there is no tree to trust'],
  [runReport({ verdict: 'incomplete' }), 'could not check: the tree is not complete or not confirmed'],
  [
    runReport({ verdict: 'unknown', packages: [packageReport('a@1.0.0', { verdict: 'unknown' })] }),
    'unknown: nobody can say whether 1 of 1 package may be used',
  ],
  [
    runReport({ verdict: 'unknown', findings: [finding({ rule: 'import-unreadable', verdict: 'unknown' })] }),
    'unknown: nobody can say whether the policy is met',
  ],
])('the first line says what is the matter: %#', (report, line) => {
  expect(verdictLine(report)).toBe(line)
})

function missing(id: string, severity: 'deny' | 'warn'): Finding {
  return finding({
    rule: 'integrity-missing',
    severity,
    verdict: severity === 'deny' ? 'violation' : 'pass',
    package: id,
    message: `${id} has no integrity in the lockfile`,
    fix: 'Run npm install.',
    path: ['app@1.0.0', id],
  })
}

function duplicate(at: number, severity: 'deny' | 'warn'): Finding {
  return finding({
    rule: 'package-duplicate',
    severity,
    verdict: severity === 'deny' ? 'violation' : 'pass',
    package: `lib${at}`,
    fingerprint: String(at),
    message: `lib${at} is in the tree in 2 versions: 1.0.${at}, 2.0.0`,
    fix: 'Run npm dedupe.',
  })
}

test('warnings that say the same of many packages are one block; those that lead elsewhere are another', () => {
  const ids = Array.from({ length: 300 }, (_, at) => `p${at}@1.0.0`)
  const text = terminalReport(
    runReport({ findings: [...ids.map((id) => missing(id, 'warn')), missing('q@1.0.0', 'deny')] }),
    STYLE,
  )
  expect(text).toContain(
    [
      'warning  integrity-missing  300 packages',
      '        the package has no integrity in the lockfile',
      '        - p0@1.0.0',
    ].join('\n'),
  )
  expect(text).toContain('- and 295 more')
  expect(text).toContain('violation  integrity-missing  q@1.0.0')
  expect(text.split('\n').length).toBeLessThan(25)
})

test('what the witnesses say of a licence is left out where the finding is about something else', () => {
  const findings = [finding({ rule: 'package-banned', package: 'a@1.0.0', path: ['app@1.0.0', 'a@1.0.0'] })]
  expect(terminalReport(runReport({ findings }), STYLE)).not.toContain('says')
})

function show(length: number, severity: 'deny' | 'warn'): string {
  const findings = Array.from({ length }, (_, at) => duplicate(at, severity))
  return terminalReport(runReport({ findings }), STYLE)
}

test('hundreds of warnings of one rule that differ are one block; as denials each stands alone', () => {
  expect(show(300, 'warn')).toContain(
    [
      'warning  package-duplicate  300 findings',
      '        Several versions of one package in the tree.',
      '        - lib0 is in the tree in 2 versions: 1.0.0, 2.0.0',
    ].join('\n'),
  )
  expect(show(300, 'warn')).toContain('- and 295 more\n  fix   Run npm dedupe.')
  expect(show(8, 'warn').match(/^warning {2}package-duplicate/gm)).toHaveLength(8)
  expect(show(9, 'warn').match(/^warning {2}package-duplicate/gm)).toHaveLength(1)
  expect(show(9, 'deny').match(/^violation {2}package-duplicate/gm)).toHaveLength(9)
})

test('who answers for a finding is named with it', () => {
  const owned = finding({ message: 'a@1.0.0 is no good', owners: ['@acme/web', 'legal@acme.example'] })
  const text = terminalReport(runReport({ verdict: 'violation', findings: [owned] }), STYLE)
  expect(text).toMatch(/^ {2}owner +@acme\/web, legal@acme\.example$/m)
  expect(terminalReport(runReport({ findings: [finding({})] }), STYLE)).not.toContain('owner')
})
