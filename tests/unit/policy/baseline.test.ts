import type { BaselineEntry } from '#model/baseline'
import type { Finding } from '#model/finding'
import { applyBaseline, baselineGrowth, identityOf, identityText, withKnown } from '#policy/baseline'
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

  test('is said with its end only where it has one', () => {
    expect(known()[0]?.known).toStrictEqual({ since: '2026-11-01', reason: 'old' })
  })

  test('is nothing where there is no entry', () => {
    expect(applyBaseline([agpl()], [], NOW)).toEqual({ findings: [agpl()], matched: new Set() })
  })

  test.each<[string, Finding]>([
    ['foo', agpl({ rule: 'package-deprecated' })],
    ['@acme/foo', agpl({ rule: 'package-deprecated', package: '@acme/foo@1.0.0' })],
    // A finding about several versions names none of them.
    ['foo', agpl({ rule: 'package-duplicate', package: 'foo' })],
    ['@acme/foo', agpl({ rule: 'package-duplicate', package: '@acme/foo' })],
  ])('is %s, whatever its licence, under a rule about the package: %#', (name, found) => {
    const { rule } = found
    expect(identityOf(found)).toStrictEqual({ rule, package: name })
    const [entryOfName] = entriesFor([{ rule: 'package-deprecated', package: name }], entry())
    if (entryOfName === undefined) throw new Error('no entry')
    expect(applyBaseline([found], [entryOfName], NOW).matched.size).toBe(
      rule === 'package-deprecated' ? 1 : 0,
    )
  })

  test('needs a licence, or the subject of what was imported, where the rule goes by it', () => {
    expect(identityOf(agpl())).toStrictEqual({
      rule: 'license-not-allowed',
      package: 'foo',
      license: 'AGPL-3.0-only',
    })
    expect(identityOf(finding({ package: 'foo@1.0.0' }))).toBeUndefined()
    const imported = agpl({ rule: 'import-cycle', subject: 'src/a.ts' })
    expect(identityOf(imported)).toStrictEqual({
      rule: 'import-cycle',
      package: 'foo@1.0.0',
      subject: 'src/a.ts',
    })
    expect(identityOf(agpl({ rule: 'import-cycle' }))).toBeUndefined()
    expect(identityOf(finding({ rule: 'import-cycle', subject: 'src/a.ts' }))).toStrictEqual({
      rule: 'import-cycle',
      subject: 'src/a.ts',
    })
  })

  test('is told by what names it', () => {
    expect(identityText(entry())).toBe('license-not-allowed of foo (AGPL-3.0-only)')
    expect(identityText({ rule: 'package-deprecated', package: 'foo' })).toBe('package-deprecated of foo')
    expect(identityText({ rule: 'import-cycle', subject: 'src/a.ts' })).toBe('import-cycle (src/a.ts)')
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

  test('that passes by itself is not called known', () => {
    const passing = packageReport('foo@1.0.0')
    expect(withKnown(passing, known())).toBe(passing)
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

  test('has a fix, and is known by rule, package and licence or subject', () => {
    const entries = [
      entry({ package: 'gone' }),
      entry({ package: 'gone', license: 'GPL-3.0-only' }),
      entry({ package: 'gone', rule: 'license-conflict' }),
      { rule: 'package-deprecated', package: 'gone', since: '2026-11-01', reason: 'old' },
      { rule: 'import-cycle', subject: 'src/a.ts', since: '2026-11-01', reason: 'old' },
      { rule: 'import-cycle', subject: 'src/b.ts', since: '2026-11-01', reason: 'old' },
    ] satisfies BaselineEntry[]
    const stale = judgeBaseline(placed(...entries), new Set(), whole)
    expect(stale.map(({ message, fingerprint }) => [message, fingerprint])).toMatchInlineSnapshot(`
      [
        [
          "the baseline knows license-not-allowed of gone (AGPL-3.0-only), and there is no such finding any more",
          "6518e902fbfc496ebda0f35d9f5351c6",
        ],
        [
          "the baseline knows license-not-allowed of gone (GPL-3.0-only), and there is no such finding any more",
          "836fa07c8ab01f7f8bd445abcafb80e4",
        ],
        [
          "the baseline knows license-conflict of gone (AGPL-3.0-only), and there is no such finding any more",
          "e344252a33e37be44b03c0a2bd8132ff",
        ],
        [
          "the baseline knows package-deprecated of gone, and there is no such finding any more",
          "58706c44ced43642eed6097efd186067",
        ],
        [
          "the baseline knows import-cycle (src/a.ts), and there is no such finding any more",
          "c2f77856040a3d0acac71393411dc32e",
        ],
        [
          "the baseline knows import-cycle (src/b.ts), and there is no such finding any more",
          "cc0c04fbef7a26f462fa5e88df73393f",
        ],
      ]
    `)
    for (const { fix } of stale) expect(fix).toBe('Run depgate baseline --update, which removes it.')
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

  test('names a date that was moved or dropped', () => {
    const grown = (after: string | undefined) => baselineGrowth([until('2026-12-01')], [until(after)])
    const what = 'the baseline accepts license-not-allowed of foo (AGPL-3.0-only)'
    expect(grown('2027-01-01')).toEqual([
      {
        type: 'loosened',
        entry: until('2027-01-01'),
        message: `${what} until 2027-01-01 instead of until 2026-12-01`,
      },
    ])
    expect(grown(undefined)).toEqual([
      {
        type: 'loosened',
        entry: until(undefined),
        message: `${what} without an end instead of until 2026-12-01`,
      },
    ])
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
    expect(knowable).toEqual([
      { identity: identityOf(agpl()), findings: [agpl(), agpl({ package: 'foo@2.0.0' })] },
    ])
    expect(others).toEqual([mismatch])
    const [known] = knowable
    expect(known && isMeant('license-not-allowed:foo', known)).toBe(true)
    expect(known && isMeant('abcdef', known)).toBe(true)
    expect(known && isMeant('abc', known)).toBe(false)
    expect(known && isMeant('', known)).toBe(false)
  })

  test('are meant by the beginning of any of their fingerprints, or by what names them', () => {
    const findings = [agpl(), agpl({ fingerprint: '0123456789' })]
    const about = { identity: { rule: 'license-conflict' as const, package: 'foo' }, findings }
    const meant = (wanted: string) => isMeant(wanted, about)
    expect(['abcdef', '012345', '0123456789', 'license-conflict:foo'].map(meant)).not.toContain(false)
    expect(['bcdef0', '01234', '0123456789a', 'license-conflict:', 'foo'].map(meant)).not.toContain(true)
    const cycle = { identity: { rule: 'import-cycle' as const, subject: 'src/a.ts' }, findings: [] }
    expect(isMeant('import-cycle:src/a.ts', cycle)).toBe(true)
    expect(isMeant('import-cycle:', cycle)).toBe(false)
  })

  test('say until when they hold only if somebody said so', () => {
    const identity = { rule: 'package-deprecated' as const, package: 'foo' }
    const said = { since: '2026-11-21', reason: 'for now' }
    expect(entriesFor([identity], said)).toStrictEqual([{ ...identity, ...said }])
    const ending = { ...said, expires: '2027-01-01' }
    expect(entriesFor([identity], ending)).toStrictEqual([{ ...identity, ...ending }])
  })

  test('replace an entry of the same identity and come in order', () => {
    const [renewed] = entriesFor([entry()], { since: '2026-11-21', reason: 'again', expires: '2027-01-01' })
    if (renewed === undefined) throw new Error('no entry')
    const others = [entry({ package: 'zed' }), entry()]
    expect(withEntries(others, [renewed])).toEqual([renewed, others[0]])
  })
})
