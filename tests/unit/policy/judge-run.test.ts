import type { Verdict } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import type { FailureCode } from '#model/outcome'
import type { WrittenEntry } from '#model/policy'
import {
  judgePolicyUse,
  judgeTree,
  markKnown,
  metadataUnavailable,
  runVerdict,
  untrustedTree,
} from '#policy/judge-run'
import { deny, warn } from '#policy/make-finding'
import type { LicenseUse } from '#policy/rules/allow-unused'
import { describe, expect, test } from 'vitest'
import { finding, packageReport } from '../../support/report.ts'
import { clarification, exception, NOW, policy } from './samples.ts'

const miss = (path: string[]): TreeProblem => ({ type: 'missing', package: 'b', message: 'm', path })

const use = (more: Partial<LicenseUse>): LicenseUse => ({
  kinds: ['production'],
  workspaces: ['.'],
  leaves: [],
  claims: [],
  ...more,
})

describe('judgeTree', () => {
  test.each<[TreeProblem['type'], string, string, Verdict]>([
    ['missing', 'dependency-missing', 'deny', 'incomplete'],
    ['missing-peer', 'peer-missing', 'warn', 'pass'],
    ['invalid', 'dependency-invalid', 'warn', 'pass'],
    ['extraneous', 'package-extraneous', 'warn', 'pass'],
    ['no-lockfile', 'no-lockfile', 'warn', 'pass'],
    ['two-lockfiles', 'lockfile-twice', 'warn', 'pass'],
    ['out-of-step', 'lockfile-out-of-step', 'deny', 'incomplete'],
    ['not-confirmed', 'tree-not-confirmed', 'deny', 'incomplete'],
  ])('%s: %s, %s', (type, rule, severity, verdict) => {
    const path = ['app@1.0.0', 'a@1.0.0']
    const [finding] = judgeTree([{ type, package: 'b', message: 'b is odd', path }])
    expect(finding).toMatchObject({ rule, severity, verdict, package: 'b', message: 'b is odd', path })
    expect(finding?.fix).toMatch(/\w/)
  })

  test('a tree that npm did not confirm has the longer deadline as its fix, whatever the collector proposes', () => {
    const [finding] = judgeTree([{ type: 'not-confirmed', message: 'm', fix: 'x' }])
    expect(finding?.fix).toContain('--deadline 5m')
    expect(judgeTree([{ type: 'missing', message: 'm', fix: 'x' }])[0]?.fix).toBe('x')
  })

  test.each<[TreeProblem['type'], string]>([
    ['missing', 'Install the project with npm ci.'],
    ['two-lockfiles', 'Remove package-lock.json.'],
    ['out-of-step', 'Bring the lockfile up to date with npm install.'],
  ])('%s has the fix that the collector proposes, else its own', (type, fix) => {
    expect(judgeTree([{ type, message: 'm' }])[0]?.fix).toBe(fix)
    expect(judgeTree([{ type, message: 'm', fix: 'x' }])[0]?.fix).toBe('x')
  })

  test('two dependents that miss the same package are two findings', () => {
    const prints = judgeTree([miss(['app@1.0.0']), miss(['app@1.0.0', 'a@1.0.0'])]).map(
      (one) => one.fingerprint,
    )
    expect(new Set(prints).size).toBe(2)
  })

  test('no problems, no findings', () => {
    expect(judgeTree([])).toEqual([])
  })
})

describe('judgePolicyUse', () => {
  const now = NOW
  const licenses = {
    exceptions: [exception('a', ['MIT'], '2026-11-20'), exception('b', ['MIT'])],
    clarify: [clarification('c', 'MIT')],
  }
  const none = { exceptions: new Set<number>(), clarifications: new Set<number>(), licenses: [] }
  const all = { exceptions: new Set([0, 1]), clarifications: new Set([0]), licenses: [] }

  test.each([
    ['nothing used', none, true, false, ['exception-lapsed', 'exception-unused', 'clarification-unused']],
    ['nothing used, but not all was heard', none, false, false, ['exception-lapsed']],
    ['nothing used, but the run is narrowed', none, true, true, ['exception-lapsed']],
    ['all used', all, true, false, []],
  ])('%s', (_, used, complete, narrowed, rules) => {
    const findings = judgePolicyUse(policy(licenses), used, { now, complete, narrowed })
    expect(findings.map(({ rule }) => rule)).toEqual(rules)
    for (const finding of findings)
      expect(finding).toMatchObject({ severity: 'warn', verdict: 'pass', path: [] })
  })

  test('each is named with its place', () => {
    const findings = judgePolicyUse(policy(licenses), none, { now, complete: true, narrowed: false })
    expect(findings.map(({ message, location }) => [message, location?.line])).toEqual([
      ['the exception for "a" lapsed on 2026-11-20', 7],
      ['the exception for "b" is not needed by any package', 7],
      ['the clarification for "c" matches no package', 9],
    ])
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(3)
  })
})

describe('allow-unused', () => {
  const location = { file: 'depgate.config.json', line: 3 }
  const whole = { now: NOW, complete: true, narrowed: false }
  const unused = (written: Omit<WrittenEntry, 'location'>[], licenses: LicenseUse[], extent = whole) =>
    judgePolicyUse(
      policy({ written: written.map((entry) => ({ ...entry, location })) }),
      { exceptions: new Set(), clarifications: new Set(), licenses },
      extent,
    )
  const messages = (...args: Parameters<typeof unused>) => unused(...args).map(({ message }) => message)

  test('names the entry, its list and its line, and fails nothing', () => {
    const findings = unused([{ license: 'WTFPL' }, { license: 'MIT' }], [use({ leaves: [{ leaf: 'MIT' }] })])
    expect(findings).toMatchObject([
      {
        rule: 'allow-unused',
        severity: 'warn',
        verdict: 'pass',
        message: 'WTFPL in licenses.allow is needed by no package',
        location,
      },
    ])
  })

  test('says nothing of a run that is incomplete or narrowed', () => {
    expect(unused([{ license: 'MIT' }], [], { ...whole, complete: false })).toEqual([])
    expect(unused([{ license: 'MIT' }], [], { ...whole, narrowed: true })).toEqual([])
  })

  test('a list counts only for the packages that it is for; a peer is there in production', () => {
    const leaves = [{ leaf: 'MIT' }]
    const written = [
      { license: 'MIT', scope: 'production' as const },
      { license: 'MIT', scope: 'dev' as const },
      { license: 'MIT', workspace: 'packages/a' },
      { license: 'MIT', workspace: '.' },
    ]
    const several = use({ leaves, kinds: ['production', 'dev'], workspaces: ['.', 'packages/a'] })
    expect(messages(written, [several])).toEqual([])
    expect(messages(written, [use({ leaves, kinds: ['peer'] })])).toEqual([
      'MIT in licenses.scopes.dev.allow is needed by no package',
      'MIT in licenses.workspaces["packages/a"].allow is needed by no package',
    ])
    expect(new Set(unused(written, []).map(({ fingerprint }) => fingerprint)).size).toBe(4)
  })

  test('what covers is what would let pass: deprecated spellings, later versions, WITH', () => {
    const leaves = [
      { leaf: 'GPL-2.0' },
      { leaf: 'LGPL-3.0-only' },
      { leaf: 'Apache-2.0 WITH LLVM-exception' },
    ]
    const written = ['GPL-2.0-only', 'LGPL-2.1-or-later', 'Apache-2.0 WITH LLVM-exception', 'Apache-2.0']
    expect(
      messages(
        written.map((license) => ({ license })),
        [use({ leaves })],
      ),
    ).toEqual(['Apache-2.0 in licenses.allow is needed by no package'])
  })

  test('a package that passes by its exception for UNLICENSED needs no entry', () => {
    expect(messages([{ license: 'MIT' }], [use({ leaves: [{ leaf: 'UNLICENSED' }], claims: [{}] })])).toEqual(
      ['MIT in licenses.allow is needed by no package'],
    )
  })

  test('a licence of a text inside a package needs its entry too', () => {
    const text = {
      file: 'NOTICE',
      sha256: 'a'.repeat(64),
      role: 'bundled' as const,
      licenses: [['Zlib'], ['MPL-2.0', 'MPL-2.0-no-copyleft-exception']],
    }
    expect(messages([{ license: 'Zlib' }, { license: 'MPL-2.0' }], [use({ claims: [{ text }] })])).toEqual([])
  })
})

describe('runVerdict', () => {
  const matter = { subject: '', message: '' }
  test.each<[Verdict[], Parameters<typeof runVerdict>[1], Verdict]>([
    [[], [], 'pass'],
    [['pass', 'pass'], [warn('no-lockfile', matter)], 'pass'],
    [['pass', 'incomplete'], [], 'incomplete'],
    [['incomplete', 'unknown'], [], 'unknown'],
    [['unknown', 'violation', 'incomplete'], [], 'violation'],
    [['pass'], [deny('tree-not-confirmed', 'incomplete', matter)], 'incomplete'],
    [['violation'], [deny('tree-not-confirmed', 'incomplete', matter)], 'violation'],
    [[], [deny('tree-untrusted', 'incomplete', matter)], 'incomplete'],
  ])('%j: %#', (packages, findings, verdict) => {
    expect(runVerdict(packages, findings)).toBe(verdict)
  })
})

describe('packages of which the baseline knows something', () => {
  const refused = packageReport('a@1.0.0', { verdict: 'violation' })
  const known = finding({
    package: 'a@1.0.0',
    severity: 'warn',
    verdict: 'pass',
    known: { since: '2026-11-01', reason: 'old' },
  })

  test('pass only if it knows everything that is said against them, in whatever order', () => {
    expect(markKnown([refused], [known])).toEqual([{ ...refused, verdict: 'pass', known: true }])
    const more = finding({ package: 'a@1.0.0', rule: 'integrity-mismatch' })
    for (const all of [
      [known, more],
      [more, known],
      [known, more, known],
      [more, known, known],
    ]) {
      expect(markKnown([refused], all)).toEqual([refused])
    }
  })

  test('are no others', () => {
    const other = packageReport('b@1.0.0', { verdict: 'violation' })
    const against = finding({ package: 'b@1.0.0' })
    expect(markKnown([other, refused], [against, known, finding()])).toEqual([
      other,
      { ...refused, verdict: 'pass', known: true },
    ])
    expect(markKnown([refused, other], [finding({ package: 'a@1.0.0' }), against])).toEqual([refused, other])
    expect(markKnown([other], [finding({ known: { since: '2026-11-01', reason: 'old' } })])).toEqual([other])
  })
})

describe('findings from failures', () => {
  test('a tree that cannot be trusted keeps fix and details of its failure', () => {
    const failure = { code: 'tree-mismatch' as const, message: 'm', fix: 'f', details: ['a', 'b'] }
    expect(untrustedTree(failure)).toMatchObject({
      rule: 'tree-untrusted',
      severity: 'deny',
      verdict: 'incomplete',
      message: 'm',
      fix: 'f',
      details: ['a', 'b'],
    })
  })

  const AGAIN = 'Run again: what was obtained is kept, and the next run goes on from there.'
  const ANEW = 'Install the project anew with npm ci.'

  test.each<[FailureCode, string]>([
    ['timeout', AGAIN],
    ['unreachable', AGAIN],
    ['offline', 'Run once without --offline.'],
    ['unauthorized', 'Give the registry a valid token in your own npmrc, for example with npm login.'],
    ['not-installed', 'Install the project with npm ci.'],
    ['package-json-unreadable', ANEW],
    ['outside-project', ANEW],
    ['invalid-name', 'Correct the name or version in the lockfile: no registry can be asked for it.'],
    ['insecure-registry', 'Use a registry with https.'],
    ['untrusted-registry', 'Set the registry in your own npmrc: that of a project is not trusted.'],
  ])('metadata that is unavailable because of %s comes with a fix', (code, fix) => {
    const path = ['app@1.0.0', 'a@1.0.0']
    expect(metadataUnavailable('a@1.0.0', { code, message: 'it went wrong' }, path)).toMatchObject({
      rule: 'metadata-unavailable',
      severity: 'deny',
      verdict: 'incomplete',
      package: 'a@1.0.0',
      message: 'a@1.0.0: it went wrong',
      path,
      fix,
    })
    const failure = { code, message: 'a@1.0.0 went wrong', fix: 'f', details: ['d'] }
    const named = metadataUnavailable('a@1.0.0', failure, [])
    expect(named).toMatchObject({ message: 'a@1.0.0 went wrong', fix: 'f', details: ['d'] })
  })
})
