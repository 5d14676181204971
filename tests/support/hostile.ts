/** Reports full of text that wants to be more than text: commands, markup, links, control characters. */
import * as fc from 'fast-check'
import type { ChangeReport } from '#model/change'
import { RULE_IDS } from '#model/finding'
import type { Finding } from '#model/finding'
import type { PackageReport, RunReport } from '#model/run-report'
import { hostileAudit } from './hostile-audit.ts'
import { nastyText } from './nasty.ts'
import { packageReport, runReport } from './report.ts'

export { NASTY, nastyText } from './nasty.ts'

const kinds = fc.constantFrom<PackageReport['kinds']>(['production'], ['dev'], ['optional', 'peer'])
const verdict = fc.constantFrom<RunReport['verdict']>('pass', 'violation', 'unknown', 'incomplete')
const license = fc.option(nastyText, { nil: null })

const hostilePackage: fc.Arbitrary<PackageReport> = fc
  .record({ name: nastyText, version: nastyText, license, raw: nastyText, text: nastyText, kinds, verdict })
  .map(({ name, version, license, raw, text, kinds, verdict }) =>
    packageReport(`${name}@${version}`, {
      name,
      version,
      license,
      kinds,
      verdict,
      purl: '',
      conclusion: license === null ? 'conflict' : 'declared',
      locations: [text],
      paths: [['app@1.0.0', `${name}@${version}`]],
      dependencies: [text],
      integrity: [text],
      claims: [
        { witness: 'registry', raw, license: raw, at: '2026-01-01T00:00:00.000Z', from: 'network' },
        {
          witness: 'installed',
          at: '2026-01-01T00:00:00.000Z',
          from: 'node_modules',
          failure: { code: 'malformed', message: text },
        },
        {
          witness: 'text',
          at: '2026-01-01T00:00:00.000Z',
          from: 'node_modules',
          text: {
            file: text,
            sha256: '0'.repeat(64),
            role: 'package',
            licenses: [],
            nearest: { id: raw, score: 0.9 },
            differences: [text],
          },
        },
      ],
      leaves: [{ leaf: raw, allowed: false, why: text }],
      exceptions: [text],
    }),
  )

const hostileFinding: fc.Arbitrary<Finding> = fc
  .record({
    rule: fc.constantFrom(...RULE_IDS),
    denies: fc.boolean(),
    package: fc.option(nastyText, { nil: undefined }),
    message: nastyText,
    fix: fc.option(nastyText, { nil: undefined }),
    path: fc.array(nastyText, { maxLength: 4 }),
    file: fc.option(nastyText, { nil: undefined }),
    details: fc.array(nastyText, { maxLength: 3 }),
    print: fc.integer({ min: 0, max: 9 }),
    known: fc.option(nastyText, { nil: undefined }),
  })
  .map((parts) => findingOf(parts))

function findingOf(parts: {
  rule: Finding['rule']
  denies: boolean
  package: string | undefined
  message: string
  fix: string | undefined
  path: string[]
  file: string | undefined
  details: string[]
  print: number
  known: string | undefined
}): Finding {
  const { known, rule, denies, package: id, message, fix, path, file, details, print } = parts
  return {
    rule,
    severity: denies ? 'deny' : 'warn',
    verdict: denies ? 'violation' : 'pass',
    ...(id !== undefined && { package: id }),
    message,
    ...(fix !== undefined && { fix }),
    path,
    fingerprint: String(print).repeat(32),
    ...(file !== undefined && { location: { file, line: 3 } }),
    ...(details.length > 0 && { details, owners: details }),
    ...(known !== undefined && !denies && { license: known, known: { since: '2026-01-01', reason: known } }),
  }
}

const hostileChange: fc.Arbitrary<ChangeReport> = fc
  .record({
    name: nastyText,
    commit: fc.option(nastyText, { nil: undefined }),
    packages: fc.array(fc.record({ name: nastyText, version: nastyText, license, kinds, by: nastyText }), {
      maxLength: 4,
    }),
    owners: fc.array(fc.record({ file: nastyText, message: nastyText }), { maxLength: 2 }),
  })
  .map(({ name, commit, packages, owners }) => ({
    base: {
      name,
      ...(commit !== undefined && { commit }),
      lockfileSha256: '0'.repeat(64),
      policySha256: null,
    },
    packages: packages.map(({ name, version, license, kinds, by }, at) => ({
      type: (['added', 'removed', 'updated', 'changed'] as const)[at % 4] ?? 'added',
      name,
      ...(at % 4 !== 0 && { before: { version, license, kinds } }),
      ...(at % 4 !== 1 && { after: { version: `${version}2`, license: by, kinds } }),
      differs: at % 4 < 2 ? [] : ['version' as const, 'license' as const],
      path: ['app@1.0.0', by, name],
    })),
    needsPolicyOwner: owners,
  }))

/** A whole report of such things. */
export const hostileReport: fc.Arbitrary<RunReport> = fc
  .record({
    packages: fc.array(hostilePackage, { maxLength: 3 }),
    findings: fc.array(hostileFinding, { maxLength: 4 }),
    warnings: fc.array(nastyText, { maxLength: 2 }),
    change: fc.option(hostileChange, { nil: undefined }),
    audit: fc.option(hostileAudit, { nil: undefined }),
    project: nastyText,
    verdict,
  })
  .map(({ packages, findings, warnings, change, audit, project, verdict }) =>
    runReport({
      verdict,
      packages,
      findings: findings.map((finding, at) =>
        // Some of them are about a package of the report.
        at % 2 === 0 && packages[0] !== undefined ? { ...finding, package: packages[0].id } : finding,
      ),
      warnings: warnings.map((message) => ({ code: 'x', message })),
      ...(change !== undefined && { change }),
      ...(audit !== undefined && { audit }),
      firstParty: [{ name: project, version: project, location: '.', because: 'root', dependencies: [] }],
      inputs: { project, lockfileSha256: null, policySha256: null, licenseList: 'list' },
      coverage: {
        total: packages.length,
        judged: packages.length,
        omitted: 0,
        incomplete: 0,
        firstParty: 1,
        notInstalled: packages.map(({ id }) => id),
      },
    }),
  )
