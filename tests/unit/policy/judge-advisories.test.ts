/** What the policy makes of known vulnerabilities. */
import { describe, expect, test } from 'vitest'
import type { AdvisoryMatch } from '#model/audit'
import type { IgnoredAdvisory, Policy } from '#model/policy'
import { judgeAdvisories } from '#policy/judge-advisories'
import type { Advised } from '#policy/judge-advisories'
import { NOW, policy, spec } from './samples.ts'

const LODASH = {
  id: 'lodash@4.17.20',
  name: 'lodash',
  version: '4.17.20',
  paths: [['app@1.0.0', 'lodash@4.17.20']],
}

const MATCH: AdvisoryMatch = {
  id: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  package: LODASH.id,
  title: 'Command injection',
  severity: 'high',
  range: '<4.17.21',
  fixedIn: '4.17.21',
  url: 'https://advisories.example/1',
  source: 'osv',
}

function ignored(more: Partial<IgnoredAdvisory> = {}): IgnoredAdvisory {
  const location = { file: 'depgate.config.json', line: 9 }
  return { id: MATCH.id, reason: 'not reached', expires: '2027-01-01', location, ...more }
}

function judge(rules: Partial<Policy['advisories']> = {}, more: Partial<Advised> = {}) {
  const base = policy()
  return judgeAdvisories(
    { ...base, advisories: { ...base.advisories, ...rules } },
    {
      matches: [MATCH],
      packages: [LODASH],
      unheard: { packages: [], asked: 1, problems: [] },
      now: NOW,
      narrowed: false,
      ...more,
    },
  )
}

const said = (judged: ReturnType<typeof judge>) =>
  judged.findings.map(({ rule, severity, verdict }) => [rule, severity, verdict])

test('a finding says everything', () => {
  expect(judge().findings).toMatchInlineSnapshot(`
    [
      {
        "details": [
          "affected: <4.17.21",
          "also known as CVE-2021-23337",
          "https://advisories.example/1",
        ],
        "fingerprint": "7a542d7a4d603348246b36a25f22f7ba",
        "fix": "Update lodash to 4.17.21, the first version from here on that does not have it. If what is wrong cannot be reached here, add this to advisories.ignore in depgate.config.json:
    {
      "id": "GHSA-35jh-r3h4-6jhm",
      "package": "lodash@4.17.20",
      "reason": "…",
      "expires": "2026-12-21"
    }",
        "message": "lodash@4.17.20 has a known vulnerability: Command injection (GHSA-35jh-r3h4-6jhm, high)",
        "package": "lodash@4.17.20",
        "path": [
          "app@1.0.0",
          "lodash@4.17.20",
        ],
        "rule": "package-vulnerable",
        "severity": "deny",
        "verdict": "violation",
      },
    ]
  `)
})

test.each([
  ['critical', 'high', 'deny'],
  ['high', 'high', 'deny'],
  ['moderate', 'high', 'warn'],
  ['low', 'moderate', 'warn'],
  ['low', 'low', 'deny'],
  ['high', 'critical', 'warn'],
  [null, 'critical', 'deny'],
] as const)('%s at the level %s is %s', (severity, level, expected) => {
  expect(judge({ level }, { matches: [{ ...MATCH, severity }] }).findings[0]?.severity).toBe(expected)
})

describe('an ignored advisory', () => {
  test.each<[string, Partial<IgnoredAdvisory>]>([
    ['by its id', {}],
    ['by another id of it', { id: 'CVE-2021-23337' }],
    ['in other letters', { id: 'ghsa-35JH-r3h4-6jhm' }],
    ['for this package', { package: spec('lodash@^4.17.0') }],
    ['on the last day', { expires: '2026-11-21' }],
  ])('%s is no finding, and says why in the report', (_, more) => {
    const judged = judge({ ignore: [ignored(more)] })
    expect(judged.findings).toEqual([])
    expect(judged.matches[0]?.ignored).toEqual({
      reason: 'not reached',
      expires: more.expires ?? '2027-01-01',
    })
  })

  test.each<[string, Partial<IgnoredAdvisory>]>([
    ['of another id', { id: 'GHSA-35jh-r3h4-6jh' }],
    ['for another package', { package: spec('underscore') }],
    ['for other versions', { package: spec('lodash@<4') }],
  ])('%s ignores nothing, and is told', (_, more) => {
    const judged = judge({ ignore: [ignored(more)] })
    expect(said(judged)).toEqual([
      ['package-vulnerable', 'deny', 'violation'],
      ['advisory-ignore-unused', 'warn', 'pass'],
    ])
    expect(judged.matches[0]).not.toHaveProperty('ignored')
  })

  test('that lapsed ignores nothing any more', () => {
    const judged = judge({ ignore: [ignored({ expires: '2026-11-20' })] })
    expect(said(judged)).toEqual([
      ['package-vulnerable', 'deny', 'violation'],
      ['advisory-ignore-lapsed', 'warn', 'pass'],
    ])
    expect(judged.findings[0]?.message).toMatch(/the entry that ignores it lapsed on 2026-11-20$/)
    expect(judged.findings[1]).toMatchObject({
      location: { line: 9 },
      fix: expect.stringMatching(/^Look again/) as unknown,
    })
  })

  test('that lapsed stands back where another one holds', () => {
    expect(said(judge({ ignore: [ignored({ expires: '2026-11-20' }), ignored()] }))).toEqual([
      ['advisory-ignore-lapsed', 'warn', 'pass'],
    ])
  })

  test('is called unused only where everything was seen', () => {
    const ignore = [ignored({ id: 'GHSA-0000-0000-0000' })]
    const unheard = { packages: ['a@1.0.0'], asked: 2, problems: ['No answer.'] }
    expect(said(judge({ ignore }, { matches: [], unheard }))).toEqual([
      ['advisories-unavailable', 'warn', 'pass'],
    ])
    expect(said(judge({ ignore }, { matches: [], narrowed: true }))).toEqual([])
  })
})

const other = (id: string, severity: AdvisoryMatch['severity']) => ({ ...MATCH, id, severity })

test('the worst comes first', () => {
  const { matches } = judge(
    {},
    { matches: [other('b', 'low'), other('a', 'low'), other('c', 'critical'), other('d', null)] },
  )
  expect(matches.map(({ id }) => id)).toEqual(['d', 'c', 'a', 'b'])
})

describe('packages of which nobody could be asked', () => {
  const unheard = {
    packages: Array.from({ length: 30 }, (_, at) => `p${at}@1.0.0`),
    asked: 40,
    problems: ['The registry does not answer (405).', 'The dump is too old.'],
  }

  test('are a warning by default, which changes no verdict', () => {
    const { findings } = judge({}, { matches: [], unheard })
    expect(findings).toMatchObject([
      {
        rule: 'advisories-unavailable',
        severity: 'warn',
        message:
          'Whether 30 of 40 packages have known vulnerabilities is not known: The registry does not answer (405).',
      },
    ])
    expect(findings[0]?.details).toEqual([
      'The dump is too old.',
      expect.stringMatching(/p19@1.0.0 and 10 more$/),
    ])
  })

  test('are what the policy says', () => {
    expect(said(judge({ unavailable: 'deny' }, { matches: [], unheard }))).toEqual([
      ['advisories-unavailable', 'deny', 'incomplete'],
    ])
    expect(said(judge({ unavailable: 'off' }, { matches: [], unheard }))).toEqual([])
  })
})
