import type { BaselineEntry } from '#model/baseline'
import type { Finding } from '#model/finding'
import { applyBaseline, baselineGrowth, identityOf, withKnown } from '#policy/baseline'
import { entriesFor, isMeant, sortDenials, withEntries } from '#policy/grow-baseline'
import { judgeBaseline, knowFindings, runVerdict } from '#policy/judge-run'
import { RULE_IDS } from '#model/finding'
import { KNOWABLE_RULES } from '#model/baseline'
import { describe, expect, test } from 'vitest'
import { finding, packageReport } from '../../support/report.ts'
import { NOW, policy } from './samples.ts'

const entry = (more: Partial<BaselineEntry> = {}): BaselineEntry => ({
  rule: 'license-not-allowed',
  package: 'foo',
  license: 'AGPL-3.0-only',
  since: '2026-11-01',
  reason: 'old',
  ...more,
})
const agpl = (more: Partial<Finding> = {}) =>
  finding({ package: 'foo@1.0.0', license: 'AGPL-3.0-only', fingerprint: 'abcdef0123', ...more })
const placed = (...entries: BaselineEntry[]) => ({
  baseline: {
    file: 'depgate.baseline.json',
    exists: true,
    stale: 'warn' as const,
    entries: entries.map((known, at) =>
      Object.assign({}, known, { location: { file: 'depgate.baseline.json', line: at + 4 } }),
    ),
  },
})

const on = (expires: string) => applyBaseline([agpl()], [entry({ expires })], NOW)
const known = () => applyBaseline([agpl()], [entry()], NOW).findings
const until = (expires: string | undefined) => entry(expires === undefined ? {} : { expires })

describe('what an entry knows', () => {
  test('is the same licence of the same package under the same rule, in every version', () => {
    const { findings, matched } = applyBaseline([agpl(), agpl({ package: 'foo@9.9.9' })], [entry()], NOW)
    const known = { severity: 'warn', verdict: 'pass', known: { since: '2026-11-01', reason: 'old' } }
    expect(findings).toMatchObject([known, known])
    expect([...matched]).toEqual([0])
  })

  test.each<[string, Finding]>([
    ['another package', agpl({ package: 'bar@1.0.0' })],
    ['a package whose name only begins so', agpl({ package: '@foo/foo@1.0.0' })],
    ['another licence', agpl({ license: 'GPL-3.0-only' })],
    ['another rule', agpl({ rule: 'license-conflict' })],
    ['doubt', agpl({ verdict: 'incomplete' })],
    ['a finding without a licence', finding({ package: 'foo@1.0.0' })],
    ['a finding about no package', finding({ license: 'AGPL-3.0-only' })],
  ])('is not %s', (_what, other) => {
    expect(applyBaseline([other], [entry()], NOW)).toEqual({ findings: [other], matched: new Set() })
  })

  test('holds through its last day and not longer', () => {
    expect(on('2026-11-21').findings[0]).toMatchObject({ verdict: 'pass', known: { expires: '2026-11-21' } })
    const lapsed = on('2026-11-20')
    expect(lapsed.findings[0]).toMatchObject({ severity: 'deny', verdict: 'violation' })
    expect(lapsed.findings[0]?.known).toBeUndefined()
    expect(lapsed.findings[0]?.message).toMatch(/knew this until 2026-11-20$/)
    expect(lapsed.matched.size).toBe(1)
  })

  test('no rule about evidence, origin, integrity, age, the tree or the policy can be known', () => {
    const never = RULE_IDS.filter((id) => !KNOWABLE_RULES.some((rule) => rule === id))
    expect(never).toEqual(
      expect.arrayContaining([
        'integrity-mismatch',
        'metadata-unavailable',
        'integrity-missing',
        'package-banned',
        'package-too-young',
        'source-not-registry',
        'tree-untrusted',
        'exception-lapsed',
        'clarification-stale',
        'baseline-stale',
      ]) as string[],
    )
    for (const rule of never) expect(identityOf(agpl({ rule }))).toBeUndefined()
  })
})

describe('a package', () => {
  const refused = packageReport('foo@1.0.0', { verdict: 'violation' })
  test('passes, and is called known, where everything said against it is known', () => {
    expect(withKnown(refused, known())).toEqual({ ...refused, verdict: 'pass', known: true })
  })

  test('keeps what else is said against it', () => {
    const more = finding({ package: 'foo@1.0.0', rule: 'integrity-mismatch' })
    expect(withKnown(refused, [...known(), more])).toEqual(refused)
    const doubt = finding({ package: 'foo@1.0.0', rule: 'metadata-unavailable', verdict: 'incomplete' })
    expect(withKnown(refused, [...known(), doubt])).toEqual({ ...refused, verdict: 'incomplete' })
  })

  test('that nobody judged never becomes a pass', () => {
    const open = packageReport('foo@1.0.0', { verdict: 'incomplete' })
    expect(withKnown(open, known())).toEqual(open)
  })

  test('is left alone by a baseline that does not mean it', () => {
    expect(withKnown(refused, [agpl()])).toBe(refused)
  })
})

test('a run with nothing but known findings passes; one more and it does not', () => {
  const packages = [packageReport('foo@1.0.0', { verdict: 'violation' }), packageReport('a@1.0.0')]
  const run = knowFindings({ packages, findings: [agpl()] }, placed(entry()), NOW)
  expect(
    runVerdict(
      run.packages.map(({ verdict }) => verdict),
      run.findings,
    ),
  ).toBe('pass')
  const other = knowFindings(
    { packages, findings: [agpl(), finding({ package: 'a@1.0.0', license: 'GPL-2.0-only' })] },
    placed(entry()),
    NOW,
  )
  expect(runVerdict([], other.findings)).toBe('violation')
})

describe('an entry that knows nothing', () => {
  const policyWith = placed(entry(), entry({ package: 'gone' }))
  const whole = { complete: true, narrowed: false }
  const policyAt = (stale: 'deny' | 'off') => ({ baseline: { ...policyWith.baseline, stale } })

  test('is named with its line, and only on whole runs', () => {
    expect(judgeBaseline(policyWith, new Set([0]), whole)).toMatchObject([
      {
        rule: 'baseline-stale',
        severity: 'warn',
        message: expect.stringContaining('license-not-allowed of gone (AGPL-3.0-only)') as string,
        location: { file: 'depgate.baseline.json', line: 5 },
      },
    ])
    expect(judgeBaseline(policyWith, new Set([0]), { ...whole, narrowed: true })).toEqual([])
    expect(judgeBaseline(policyWith, new Set([0]), { ...whole, complete: false })).toEqual([])
  })

  test('is as bad as the policy says', () => {
    expect(judgeBaseline(policyAt('deny'), new Set([0]), whole)).toMatchObject([{ verdict: 'violation' }])
    expect(judgeBaseline(policyAt('off'), new Set([0]), whole)).toEqual([])
    expect(judgeBaseline(policy(), new Set(), whole)).toEqual([])
  })
})

describe('a grown baseline', () => {
  test('names what was added', () => {
    const added = entry({ package: 'bar' })
    expect(baselineGrowth([entry()], [entry(), added])).toEqual([
      {
        type: 'added',
        entry: added,
        message: 'the baseline accepts license-not-allowed of bar (AGPL-3.0-only), which it did not before',
      },
    ])
    expect(baselineGrowth([], [entry()])).toHaveLength(1)
    expect(baselineGrowth([entry()], [entry({ license: 'GPL-2.0-only' })])).toHaveLength(1)
  })

  test.each<[string | undefined, string | undefined, number]>([
    ['2026-12-01', '2027-01-01', 1],
    ['2026-12-01', undefined, 1],
    ['2026-12-01', '2026-12-01', 0],
    ['2026-12-01', '2026-11-30', 0],
    [undefined, '2026-11-30', 0],
    [undefined, undefined, 0],
  ])('from until %s to until %s: %i', (before, after, growth) => {
    expect(baselineGrowth([until(before)], [until(after)])).toHaveLength(growth)
  })

  test('is no matter of order, reason or what was removed', () => {
    const [a, b] = [entry(), entry({ package: 'bar' })]
    expect(baselineGrowth([a, b], [b, { ...a, reason: 'new words' }])).toEqual([])
    expect(baselineGrowth([a, b], [])).toEqual([])
  })
})

describe('entries out of findings', () => {
  test('stand for each identity once, and leave out what no baseline may know', () => {
    const mismatch = finding({ package: 'foo@1.0.0', rule: 'integrity-mismatch' })
    const shown = agpl({ severity: 'warn', verdict: 'pass', license: 'MPL-2.0' })
    const { knowable, others } = sortDenials([agpl(), agpl({ package: 'foo@2.0.0' }), mismatch, shown])
    expect(knowable).toHaveLength(1)
    expect(others).toEqual([mismatch])
    const [known] = knowable
    expect(known && isMeant('license-not-allowed:foo', known)).toBe(true)
    expect(known && isMeant('abcdef', known)).toBe(true)
    expect(known && isMeant('abc', known)).toBe(false)
    expect(known && isMeant('', known)).toBe(false)
  })

  test('replace an entry of the same identity and come in order', () => {
    const [renewed] = entriesFor([entry()], { since: '2026-11-21', reason: 'again', expires: '2027-01-01' })
    if (renewed === undefined) throw new Error('no entry')
    const others = [entry({ package: 'zed' }), entry()]
    expect(withEntries(others, [renewed])).toEqual([renewed, others[0]])
  })
})
