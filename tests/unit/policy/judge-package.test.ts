import type { Claim } from '#model/claim'
import type { DependencyKind } from '#model/inventory'
import { fingerprint } from '#policy/fingerprint'
import type { PackageFacts } from '#policy/judge-package'
import { describe, expect, test } from 'vitest'
import { both, clarification, exception, facts, fails, judge, mutters, says, summary } from './samples.ts'
import { textClaim } from './rules/cases.ts'

const until = (expires: string) => ({ exceptions: [exception('left-pad', ['AGPL-3.0-only'], expires)] })

function firstPrint(more: Partial<PackageFacts>, now?: number): string | undefined {
  return judge(more, {}, now).findings[0]?.fingerprint
}

const licenseOf = (...claims: Claim[]) => judge({ claims }).findings[0]?.license

describe('witnesses', () => {
  test.each<[string, Claim[], string]>([
    ['both say an allowed licence', both('MIT'), 'pass'],
    ['both say a refused one', both('AGPL-3.0-only'), 'violation license-not-allowed'],
    [
      'one is allowed, one is not',
      [says('registry', 'MIT'), says('installed', 'AGPL-3.0-only')],
      'violation license-conflict',
    ],
    [
      'they differ, each is allowed',
      [says('registry', 'MIT'), says('installed', 'ISC')],
      'pass (license-conflict)',
    ],
    ['the order of parts differs', [says('registry', 'MIT OR ISC'), says('installed', 'ISC OR MIT')], 'pass'],
    [
      'one of three copies differs',
      [...both('MIT'), says('installed', 'AGPL-3.0-only')],
      'violation license-conflict',
    ],
    [
      'the registry does not know it',
      [fails('registry', 'not-found'), says('installed', 'MIT')],
      'unknown license-unknown',
    ],
    [
      'the registry fails',
      [fails('registry', 'timeout'), says('installed', 'MIT')],
      'incomplete metadata-unavailable',
    ],
    [
      'the registry fails, the copy is refused',
      [fails('registry', 'timeout'), says('installed', 'AGPL-3.0-only')],
      'violation license-not-allowed metadata-unavailable',
    ],
    [
      'the registry does not know it, the copy is refused',
      [fails('registry', 'not-found'), says('installed', 'AGPL-3.0-only')],
      'violation license-not-allowed license-unknown',
    ],
    [
      'the copy is unreadable',
      [says('registry', 'MIT'), fails('installed', 'package-json-unreadable')],
      'incomplete metadata-unavailable',
    ],
    [
      'a copy said not-found',
      [says('registry', 'MIT'), fails('installed', 'not-found')],
      'incomplete metadata-unavailable',
    ],
    [
      'one of two copies is unreadable',
      [...both('MIT'), fails('installed', 'package-json-unreadable')],
      'incomplete metadata-unavailable',
    ],
    [
      'both fail',
      [fails('registry', 'deadline'), fails('installed', 'too-large')],
      'incomplete metadata-unavailable metadata-unavailable',
    ],
    ['the registry was not asked', [says('installed', 'MIT')], 'incomplete metadata-unavailable'],
    ['the copy was not read', [says('registry', 'MIT')], 'incomplete metadata-unavailable'],
    ['nobody says anything', [], 'incomplete metadata-unavailable metadata-unavailable'],
    [
      'one is mute',
      [says('registry', 'MIT'), mutters('installed', 'ambiguous', 'BSD')],
      'unknown license-unknown',
    ],
    [
      'one is mute, the other refused',
      [says('registry', 'AGPL-3.0-only'), mutters('installed', 'absent')],
      'unknown license-unknown',
    ],
    [
      'both are mute',
      [mutters('registry', 'absent'), mutters('installed', 'absent')],
      'unknown license-unknown',
    ],
    [
      'both are proprietary',
      [mutters('registry', 'unlicensed', 'UNLICENSED'), mutters('installed', 'unlicensed', 'UNLICENSED')],
      'unknown license-unknown',
    ],
    [
      'one fails, one is mute',
      [fails('registry', 'timeout'), mutters('installed', 'absent')],
      'incomplete metadata-unavailable',
    ],
    // claims that no collector should make
    [
      'licence and reason at once',
      [says('registry', 'MIT'), { ...says('installed', 'MIT'), reason: 'url' }],
      'unknown license-unknown',
    ],
    [
      'licence and failure at once',
      [says('registry', 'MIT'), { ...fails('installed', 'truncated'), license: 'MIT' }],
      'incomplete metadata-unavailable',
    ],
    [
      'a licence that is no expression',
      [says('registry', 'MIT'), says('installed', 'MIT OR')],
      'unknown license-unknown',
    ],
    [
      'neither licence, reason nor failure',
      [says('registry', 'MIT'), { witness: 'installed', at: '', from: 'disk' }],
      'unknown license-unknown',
    ],
  ])('%s', (_, claims, expected) => {
    expect(summary(judge({ claims }))).toBe(expected)
  })

  test('an empty list of expected witnesses is never a pass', () => {
    expect(judge({ expected: [] }).verdict).toBe('incomplete')
    expect(judge({ expected: [], claims: [] }).verdict).toBe('incomplete')
  })

  test('a registry package needs the registry and its copy, whatever was expected', () => {
    expect(judge({ expected: ['installed'], claims: [says('installed', 'MIT')] }).verdict).toBe('incomplete')
    expect(judge({ expected: ['registry'], claims: [says('registry', 'MIT')] }).verdict).toBe('incomplete')
  })

  test('a package that this platform leaves out is judged by the registry alone', () => {
    const left = { installed: false, expected: ['registry' as const] }
    expect(summary(judge({ ...left, claims: [says('registry', 'MIT')] }))).toBe('pass')
    expect(summary(judge({ ...left, claims: [says('registry', 'GPL-3.0-only')] }))).toBe(
      'violation license-not-allowed',
    )
    expect(judge({ ...left, claims: [] }).verdict).toBe('incomplete')
  })

  test.each(['git', 'url', 'file', 'link'] as const)(
    'a %s dependency is judged by its copy, with a warning',
    (source) => {
      const local = { source, expected: ['installed' as const] }
      expect(summary(judge({ ...local, claims: [says('installed', 'MIT')] }))).toBe(
        'pass (source-not-registry)',
      )
      expect(judge({ ...local, claims: [] }).verdict).toBe('incomplete')
    },
  )

  test('what comes from elsewhere than a registry needs its copy, even where it is not installed', () => {
    const left = { source: 'git' as const, installed: false }
    const claims = [says('registry', 'MIT')]
    expect(judge({ ...left, claims, expected: ['registry'] }).verdict).toBe('incomplete')
    expect(judge({ ...left, claims, expected: [] }).verdict).toBe('incomplete')
  })

  test('a bundled one without a warning', () => {
    const local = { source: 'bundled' as const, expected: ['installed' as const] }
    expect(summary(judge({ ...local, claims: [says('installed', 'MIT')] }))).toBe('pass')
  })
})

describe('conclusions', () => {
  test('a declared licence is printed canonically, with each leaf', () => {
    expect(judge({ claims: both('(MIT or AGPL-3.0-only)') })).toMatchObject({
      verdict: 'pass',
      license: 'MIT OR AGPL-3.0-only',
      conclusion: 'declared',
      leaves: [
        { leaf: 'MIT', allowed: true, why: 'in licenses.allow' },
        { leaf: 'AGPL-3.0-only', allowed: false, why: 'not in licenses.allow' },
      ],
      exceptions: [],
      findings: [],
    })
  })

  test('a finding says which licences are objected to: a baseline knows it by them', () => {
    expect(licenseOf(...both('AGPL-3.0-only'))).toBe('AGPL-3.0-only')
    expect(licenseOf(says('registry', 'MIT'), says('installed', 'AGPL-3.0-only'))).toBe('AGPL-3.0-only / MIT')
    expect(licenseOf(says('registry', 'MIT'), says('installed', 'ISC'))).toBe('ISC / MIT')
    const part = textClaim({ file: 'NOTICE', role: 'bundled', licenses: [['Zlib'], ['0BSD']] })
    expect(licenseOf(...both('MIT'), part)).toBe('0BSD / Zlib')
  })

  test('a conflict has no licence of its own and the leaves of every claim', () => {
    const result = judge({ claims: [says('registry', 'MIT'), says('installed', 'AGPL-3.0-only')] })
    expect(result).toMatchObject({ license: null, conclusion: 'conflict' })
    expect(result.leaves.map(({ leaf }) => leaf)).toEqual(['MIT', 'AGPL-3.0-only'])
    expect(result.findings[0]?.message).toBe(
      'left-pad@1.3.0 has claims that differ: MIT (registry), AGPL-3.0-only (installed); AGPL-3.0-only is not in licenses.allow',
    )
  })

  test.each<[Claim[], string]>([
    [
      [says('registry', 'MIT'), mutters('installed', 'see-file', 'SEE LICENSE IN x')],
      'left-pad@1.3.0 has no licence that could be established: MIT (registry), "SEE LICENSE IN x", only a file is pointed to (installed)',
    ],
    [
      [mutters('registry', 'ambiguous', 'BSD'), mutters('installed', 'ambiguous', 'BSD')],
      'left-pad@1.3.0 has no licence that could be established: "BSD", which names no single licence (registry, installed)',
    ],
    [
      [fails('registry', 'not-found'), says('installed', 'MIT')],
      'left-pad@1.3.0 has no licence that could be established: the registry does not know this version',
    ],
    [[fails('registry', 'timeout'), says('installed', 'MIT')], 'left-pad@1.3.0: something about timeout'],
  ])('%#: says who said what', (claims, message) => {
    const result = judge({ claims })
    expect(result.findings.map((finding) => finding.message)).toContain(message)
    expect(result).toMatchObject({ license: null, conclusion: 'unknown' })
  })

  test('a value that is deep, long or no text does not get into a message', () => {
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))
    const claims = [
      mutters('registry', 'malformed', deep),
      mutters('installed', 'not-spdx', 'x'.repeat(5000)),
    ]
    expect(judge({ claims }).findings[0]?.message.length).toBeLessThan(400)
  })
})

describe('kinds', () => {
  test.each<[DependencyKind[], string]>([
    [['dev'], 'pass'],
    [['production'], 'violation'],
    [['optional'], 'violation'],
    [['peer'], 'violation'],
    [['production', 'dev'], 'violation'],
    [['dev', 'peer'], 'violation'],
    [[], 'violation'],
  ])('a licence of scopes.dev and %j: %s', (kinds, verdict) => {
    const scopes = { production: [], dev: ['CC-BY-4.0'], optional: [] }
    expect(judge({ kinds, claims: both('CC-BY-4.0') }, { scopes }).verdict).toBe(verdict)
    expect(judge({ kinds, claims: both('MIT') }, { scopes }).verdict).toBe('pass')
  })

  test('the scope is named', () => {
    const result = judge(
      { kinds: ['dev'], claims: both('GPL-3.0-only') },
      { scopes: { production: [], dev: ['0BSD'], optional: [] } },
    )
    expect(result.findings[0]?.message).toBe(
      'left-pad@1.3.0 is GPL-3.0-only, which is not in licenses.allow or licenses.scopes.dev.allow',
    )
    const passing = judge(
      { kinds: ['dev'], claims: both('0BSD') },
      { scopes: { production: [], dev: ['0BSD'], optional: [] } },
    )
    expect(passing.leaves).toEqual([{ leaf: '0BSD', allowed: true, why: 'in licenses.scopes.dev.allow' }])
  })
})

describe('integrity', () => {
  test('an address in the lockfile without an integrity proves nothing', () => {
    const integrity = { lockfile: [], registry: ['sha512-BBBB'], addressed: [''] }
    expect(summary(judge({ integrity }))).toBe('incomplete integrity-mismatch')
  })

  test('what the registry contradicts is a violation, whatever the licence', () => {
    const integrity = { lockfile: ['sha512-AAAA'], registry: ['sha512-BBBB'] }
    expect(summary(judge({ integrity }))).toBe('violation integrity-mismatch')
    const clarified = judge(
      { integrity, clarifiedFiles: [{ file: 'LICENSE', sha256: 'a'.repeat(64) }] },
      { clarify: [clarification('left-pad', 'MIT')] },
    )
    expect(summary(clarified)).toBe('violation integrity-mismatch')
  })
})

describe('clarifications', () => {
  const clarify = [clarification('left-pad@1', 'ISC')]
  const fits = [{ file: 'LICENSE', sha256: 'a'.repeat(64) }]
  const differs = [{ file: 'LICENSE', sha256: 'b'.repeat(64) }]
  const mute = [mutters('registry', 'absent'), mutters('installed', 'absent')]
  const failure = { code: 'outside-project' as const, message: 'LICENSE is a link' }
  const unreadable = [{ file: 'LICENSE', failure }]

  test.each([
    ['the file fits', fits, mute, 'pass'],
    ['over what witnesses say', fits, both('AGPL-3.0-only'), 'pass'],
    ['over a conflict', fits, [says('registry', 'MIT'), says('installed', 'AGPL-3.0-only')], 'pass'],
    [
      'over a version that the registry does not know',
      fits,
      [fails('registry', 'not-found'), says('installed', 'MIT')],
      'pass',
    ],
    [
      'not over a registry that was not heard',
      fits,
      [fails('registry', 'timeout'), says('installed', 'MIT')],
      'incomplete metadata-unavailable',
    ],
    ['another file', differs, mute, 'unknown license-unknown clarification-stale'],
    [
      'the file, but not as far as it was read',
      fits.map((fit) => Object.assign({ failure }, fit)),
      mute,
      'unknown license-unknown clarification-stale',
    ],
    ['another file, though all is well otherwise', differs, both('MIT'), 'unknown clarification-stale'],
    ['one copy is another', [...fits, ...differs], both('MIT'), 'unknown clarification-stale'],
    ['a copy is unreadable', [...fits, ...unreadable], both('MIT'), 'unknown clarification-stale'],
    [
      'a copy has neither hash nor failure',
      [{ file: 'LICENSE' }],
      both('MIT'),
      'unknown clarification-stale',
    ],
    ['the file was not looked at', [], both('MIT'), 'unknown clarification-stale'],
    [
      'only another file was looked at',
      [{ file: 'x', sha256: 'a'.repeat(64) }],
      both('MIT'),
      'unknown clarification-stale',
    ],
  ])('%s', (_, clarifiedFiles, claims, expected) => {
    expect(summary(judge({ clarifiedFiles, claims }, { clarify }))).toBe(expected)
  })

  test('its licence is judged like any other', () => {
    const refused = [clarification('left-pad', 'AGPL-3.0-only')]
    const result = judge({ clarifiedFiles: fits, claims: both('MIT') }, { clarify: refused })
    expect(summary(result)).toBe('violation license-not-allowed')
    expect(result).toMatchObject({
      license: 'AGPL-3.0-only',
      conclusion: 'clarified',
      used: { clarifications: [0] },
    })
  })

  test('one that means another version says nothing', () => {
    const other = [clarification('left-pad@2', 'ISC')]
    const result = judge({ clarifiedFiles: differs }, { clarify: other })
    expect(summary(result)).toBe('pass')
    expect(result.used.clarifications).toEqual([])
  })

  test('one whose file has no hash says so', () => {
    const { findings } = judge({ clarifiedFiles: [{ file: 'LICENSE' }] }, { clarify })
    expect(findings[0]?.message).toMatch(/: LICENSE could not be read$/)
  })

  test('of several hashes for one package the one that fits counts', () => {
    const several = [
      clarification('left-pad', 'ISC'),
      clarification('left-pad', 'MIT', { files: [{ file: 'LICENSE', sha256: 'b'.repeat(64) }] }),
    ]
    const result = judge({ clarifiedFiles: differs, claims: mute }, { clarify: several })
    expect(result).toMatchObject({ verdict: 'pass', license: 'MIT', used: { clarifications: [0, 1] } })
  })

  test('two that fit and read the same file differently count for nothing', () => {
    const several = [clarification('left-pad', 'ISC'), clarification('left-pad', 'MIT')]
    expect(judge({ clarifiedFiles: fits, claims: both('MIT') }, { clarify: several }).verdict).toBe('unknown')
  })

  test('the stale one is named with its place in the policy and its new hash', () => {
    const { findings } = judge({ clarifiedFiles: differs }, { clarify })
    expect(findings[0]).toMatchObject({
      rule: 'clarification-stale',
      message: `left-pad@1.3.0 is not covered by the clarification for "left-pad@1": the sha256 of LICENSE is now ${'b'.repeat(64)}`,
      location: { file: 'depgate.config.json', line: 9 },
    })
  })
})

describe('exceptions', () => {
  const agpl = { claims: both('AGPL-3.0-only') }

  test('one that fits lets the package pass and is reported', () => {
    expect(judge(agpl, { exceptions: [exception('left-pad@^1.3', ['AGPL-3.0-only'])] })).toMatchObject({
      verdict: 'pass',
      exceptions: ['left-pad@^1.3'],
      leaves: [{ leaf: 'AGPL-3.0-only', allowed: true, why: 'exception "left-pad@^1.3"' }],
      used: { exceptions: [0] },
      findings: [],
    })
  })

  test.each([
    ['another package', exception('right-pad', ['AGPL-3.0-only'])],
    ['another version', exception('left-pad@2', ['AGPL-3.0-only'])],
  ])('one for %s does not', (_, other) => {
    const result = judge(agpl, { exceptions: [other] })
    expect(summary(result)).toBe('violation license-not-allowed')
    expect(result.used.exceptions).toEqual([])
  })

  test('when the licence changed, both are named', () => {
    const result = judge(agpl, { exceptions: [exception('left-pad', ['LGPL-3.0-only'])] })
    expect(summary(result)).toBe('violation license-not-allowed')
    expect(result.findings[0]?.message).toBe(
      'left-pad@1.3.0 is AGPL-3.0-only, which is not in licenses.allow; the exception for "left-pad" allows LGPL-3.0-only, but AGPL-3.0-only was found',
    )
  })

  test('one that is not needed is not used', () => {
    const result = judge({}, { exceptions: [exception('left-pad', ['MIT'])] })
    expect(result).toMatchObject({ verdict: 'pass', exceptions: [], used: { exceptions: [] } })
  })

  test('each claim of a conflict may need one', () => {
    const claims = [says('registry', 'MIT'), says('installed', 'AGPL-3.0-only')]
    expect(summary(judge({ claims }, { exceptions: [exception('left-pad', ['AGPL-3.0-only'])] }))).toBe(
      'pass (license-conflict)',
    )
  })

  test('it does not make up for a witness that was not heard', () => {
    const claims = [fails('registry', 'timeout'), says('installed', 'AGPL-3.0-only')]
    const exceptions = [exception('left-pad', ['AGPL-3.0-only'])]
    expect(summary(judge({ claims }, { exceptions }))).toBe('incomplete metadata-unavailable')
  })

  test('LicenseRef by its exact text', () => {
    const exceptions = [exception('left-pad', ['LicenseRef-acme'])]
    expect(judge({ claims: both('LicenseRef-acme') }, { exceptions }).verdict).toBe('pass')
    expect(judge({ claims: both('LicenseRef-Acme') }, { exceptions }).verdict).toBe('violation')
    expect(judge({ claims: both('LicenseRef-acme-2') }, { exceptions }).verdict).toBe('violation')
  })

  test.each<[string, Claim[], string]>([
    [
      'both',
      [mutters('registry', 'unlicensed', 'UNLICENSED'), mutters('installed', 'unlicensed', 'UNLICENSED')],
      'pass',
    ],
    [
      'only one',
      [says('registry', 'MIT'), mutters('installed', 'unlicensed', 'UNLICENSED')],
      'unknown license-unknown',
    ],
    [
      'one in other letters',
      [mutters('registry', 'unlicensed', 'UNLICENSED'), mutters('installed', 'unlicensed', 'unlicensed')],
      'unknown license-unknown',
    ],
    [
      'one says nothing',
      [mutters('registry', 'unlicensed', 'UNLICENSED'), mutters('installed', 'absent')],
      'unknown license-unknown',
    ],
    [
      'one was not heard',
      [fails('registry', 'timeout'), mutters('installed', 'unlicensed', 'UNLICENSED')],
      'incomplete metadata-unavailable',
    ],
    ['the Unlicense', both('Unlicense'), 'violation license-not-allowed'],
  ])('UNLICENSED said by %s', (_, claims, expected) => {
    const result = judge({ claims }, { exceptions: [exception('left-pad', ['UNLICENSED'])] })
    expect(summary(result)).toBe(expected)
  })

  test('UNLICENSED in licenses.allow means nothing', () => {
    const claims = [
      mutters('registry', 'unlicensed', 'UNLICENSED'),
      mutters('installed', 'unlicensed', 'UNLICENSED'),
    ]
    expect(judge({ claims }, { allow: ['UNLICENSED'] }).verdict).toBe('unknown')
  })

  describe('and their date', () => {
    test.each([
      ['2026-11-20', 0, 'violation'],
      ['2026-11-21', 0, 'pass'],
      ['2026-11-22', 0, 'pass'],
      // in UTC: the last millisecond of its day, and the first of the next
      ['2026-11-21', Date.UTC(2026, 10, 21, 23, 59, 59, 999), 'pass'],
      ['2026-11-21', Date.UTC(2026, 10, 22), 'violation'],
      ['soon', 0, 'violation'],
      ['', 0, 'violation'],
    ])('%s at %d: %s', (expires, now, verdict) => {
      expect(judge(agpl, until(expires), now || undefined).verdict).toBe(verdict)
    })

    test('a lapsed one that was needed is said twice: at the package and at its place in the policy', () => {
      const result = judge(agpl, until('2026-11-20'))
      expect(summary(result)).toBe('violation license-not-allowed exception-lapsed')
      expect(result.findings[0]?.message).toContain('; the exception for "left-pad" lapsed on 2026-11-20')
      expect(result.findings[1]).toMatchObject({
        verdict: 'violation',
        location: { file: 'depgate.config.json', line: 7 },
      })
      expect(result.used.exceptions).toEqual([0])
    })

    test('one that would not have helped is not mentioned', () => {
      const exceptions = [exception('left-pad', ['LGPL-3.0-only'], '2026-11-20')]
      const result = judge(agpl, { exceptions })
      expect(summary(result)).toBe('violation license-not-allowed')
      expect(result.findings[0]?.message).not.toContain('lapsed')
    })

    test('for UNLICENSED too', () => {
      const claims = [
        mutters('registry', 'unlicensed', 'UNLICENSED'),
        mutters('installed', 'unlicensed', 'UNLICENSED'),
      ]
      const result = judge({ claims }, { exceptions: [exception('left-pad', ['UNLICENSED'], '2026-11-20')] })
      expect(summary(result)).toBe('unknown license-unknown exception-lapsed')
      expect(result.findings[1]?.verdict).toBe('unknown')
    })
  })
})

describe('findings of a package', () => {
  test('a violation names package, path, place, leaf and fix', () => {
    expect(judge({ claims: both('MIT AND AGPL-3.0-only') }).findings).toEqual([
      {
        rule: 'license-not-allowed',
        severity: 'deny',
        verdict: 'violation',
        package: 'left-pad@1.3.0',
        message: 'left-pad@1.3.0 is MIT AND AGPL-3.0-only; AGPL-3.0-only is not in licenses.allow',
        fix: [
          'left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:',
          '{',
          '  "package": "left-pad@^1.3.0",',
          '  "allow": [',
          '    "AGPL-3.0-only"',
          '  ],',
          '  "reason": "…",',
          '  "owner": "…",',
          '  "expires": "2027-02-19"',
          '}',
        ].join('\n'),
        path: ['app@1.0.0', 'some-lib@2.1.0', 'left-pad@1.3.0'],
        fingerprint: fingerprint('license-not-allowed', 'left-pad@1.3.0', 'MIT AND AGPL-3.0-only'),
        location: { file: 'package-lock.json', line: 12 },
        license: 'MIT AND AGPL-3.0-only',
        details: ['MIT: in licenses.allow', 'AGPL-3.0-only: not in licenses.allow'],
      },
    ])
  })

  test('its fingerprint stays when path, place and time change, and not when the licence does', () => {
    const known = firstPrint({ claims: both('AGPL-3.0-only') })
    expect(firstPrint({ claims: both('AGPL-3.0-only'), paths: [], location: { file: 'x' } }, 0)).toBe(known)
    expect(firstPrint({ claims: both('GPL-3.0-only') })).not.toBe(known)
  })

  test('judging changes no facts', () => {
    const given = facts({ claims: both('AGPL-3.0-only') })
    const before = structuredClone(given)
    judge(given)
    expect(given).toEqual(before)
  })
})

test('what the lockfile notes is a hint: it neither states a licence nor contradicts one', () => {
  const noted = {
    ...says('registry', 'GPL-3.0-only'),
    witness: 'lockfile' as const,
    from: 'lockfile' as const,
  }
  expect(judge({ claims: [...both('MIT'), noted] })).toMatchObject({
    verdict: 'pass',
    conclusion: 'declared',
  })
  const mute = [mutters('registry', 'absent'), mutters('installed', 'absent')]
  expect(judge({ claims: [...mute, { ...noted, license: 'MIT' }] })).toMatchObject({
    verdict: 'unknown',
    license: null,
  })
})
