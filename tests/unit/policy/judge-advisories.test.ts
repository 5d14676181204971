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

/** The finding of a match that is a little different. */
const told = (more: Partial<AdvisoryMatch>) => judge({}, { matches: [{ ...MATCH, ...more }] }).findings[0]

describe('the words of a finding', () => {
  test.each<[string, Partial<AdvisoryMatch>, string]>([
    ['without a title', { title: '' }, 'GHSA-35jh-r3h4-6jhm (GHSA-35jh-r3h4-6jhm, high)'],
    ['with a blank title', { title: ' \n ' }, 'GHSA-35jh-r3h4-6jhm (GHSA-35jh-r3h4-6jhm, high)'],
    ['over several lines', { title: ' a \n\t b  c\n' }, 'a b c (GHSA-35jh-r3h4-6jhm, high)'],
    [
      'of a severity that nobody says',
      { severity: null },
      'Command injection (GHSA-35jh-r3h4-6jhm, of unknown severity)',
    ],
    ['as long as may be', { title: 'x'.repeat(200) }, `${'x'.repeat(200)} (GHSA-35jh-r3h4-6jhm, high)`],
    ['too long', { title: 'x'.repeat(201) }, `${'x'.repeat(200)}… (GHSA-35jh-r3h4-6jhm, high)`],
  ])('%s', (_, more, words) => {
    expect(told(more)?.message).toBe(`lodash@4.17.20 has a known vulnerability: ${words}`)
  })

  test('say that no later version is known without it', () => {
    const { fixedIn: _, ...match } = MATCH
    expect(judge({}, { matches: [match] }).findings[0]?.fix).toMatch(
      /^No later version of lodash without it is known: replace the package, or wait for one\. If what is wrong/,
    )
  })

  test('name its other ids and its page, where it has them', () => {
    const { url: _, ...match } = { ...MATCH, aliases: [] }
    expect(judge({}, { matches: [match] }).findings[0]?.details).toEqual(['affected: <4.17.21'])
    expect(told({ aliases: ['CVE-1', 'CVE-2'] })?.details?.[1]).toBe('also known as CVE-1, CVE-2')
  })

  test('are those of the rule where it is only a warning', () => {
    expect(told({ severity: 'low' })).toMatchObject({
      rule: 'package-vulnerable',
      severity: 'warn',
      verdict: 'pass',
      fingerprint: told({})?.fingerprint,
    })
  })
})

test('a match of a package that nobody asked about is passed on, and is no finding', () => {
  const stranger = { ...MATCH, package: 'other@1.0.0' }
  const judged = judge({ ignore: [ignored()] }, { matches: [stranger, MATCH] })
  expect(judged.findings).toEqual([])
  expect(judged.matches.map((match) => [match.package, match.ignored !== undefined])).toEqual([
    [LODASH.id, true],
    ['other@1.0.0', false],
  ])
})

test('a package that nothing leads to has no path', () => {
  expect(judge({}, { packages: [{ ...LODASH, paths: [] }] }).findings[0]?.path).toEqual([])
})

/** What is said of an entry that no match needs. */
const needless = (more: Partial<IgnoredAdvisory>) =>
  judge({ ignore: [ignored({ id: 'CVE-1', ...more })] }, { matches: [] }).findings
const lapsed = (more: Partial<IgnoredAdvisory>) => needless({ expires: '2026-11-20', ...more })

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

  test('that is no longer needed is told, and which one', () => {
    const one = { package: spec('a@1') }
    const told = [lapsed({}), lapsed(one), needless({}), needless(one)].flat()
    const lapse = 'the entry that ignores CVE-1 lapsed on 2026-11-20'
    expect(told.map(({ rule, message, fix }) => [rule, message, fix])).toEqual([
      ['advisory-ignore-lapsed', lapse, 'Remove it: nothing needs it in this run.'],
      ['advisory-ignore-lapsed', lapse, 'Remove it: nothing needs it in this run.'],
      ['advisory-ignore-unused', 'no package has the ignored advisory CVE-1', 'Remove it.'],
      ['advisory-ignore-unused', 'no package has the ignored advisory CVE-1 for "a@1"', 'Remove it.'],
    ])
    for (const finding of told)
      expect(finding).toMatchObject({ location: { line: 9 }, path: [], severity: 'warn', verdict: 'pass' })
    expect(new Set(told.map(({ fingerprint }) => fingerprint)).size).toBe(4)
    const other = { package: spec('a@2') }
    expect(lapsed(other)[0]?.fingerprint).not.toBe(lapsed(one)[0]?.fingerprint)
    expect(needless(other)[0]?.fingerprint).not.toBe(needless(one)[0]?.fingerprint)
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

test('of those that are as bad each has its place, by package and id', () => {
  const all = ['a@1.0.0', 'b@1.0.0', 'c@1.0.0'].flatMap((id) =>
    ['x', 'y', 'z'].map((name) => Object.assign(other(name, 'low'), { package: id })),
  )
  for (const order of [all, all.toReversed(), [...all.slice(4), ...all.slice(0, 4)]]) {
    expect(judge({}, { matches: order }).matches).toEqual(all)
  }
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

  test('are all named if they are few', () => {
    const few = { packages: unheard.packages.slice(0, 20), asked: 20, problems: [] }
    const { findings } = judge({}, { matches: [], unheard: few })
    expect(findings[0]).toMatchObject({
      message: 'Whether 20 of 20 packages have known vulnerabilities is not known: no source was asked.',
      fix: "Run where the registry answers, or name a dump of OSV's database with --osv.",
      details: [`not known of ${few.packages.join(', ')}`],
    })
    expect(findings[0]?.fingerprint).toMatchInlineSnapshot(`"600abf62af22784e28fc2e57fc2d73a4"`)
    expect(judge({}, { matches: [], unheard }).findings[0]?.fingerprint).toBe(findings[0]?.fingerprint)
  })

  test('are what the policy says', () => {
    expect(said(judge({ unavailable: 'deny' }, { matches: [], unheard }))).toEqual([
      ['advisories-unavailable', 'deny', 'incomplete'],
    ])
    expect(said(judge({ unavailable: 'off' }, { matches: [], unheard }))).toEqual([])
  })
})
