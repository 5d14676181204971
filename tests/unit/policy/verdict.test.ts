import type { Finding, Verdict } from '#model/finding'
import { deny, warn } from '#policy/make-finding'
import { evidenceFrom, packageVerdict, worstVerdict } from '#policy/verdict'
import { describe, expect, test } from 'vitest'

const matter = { subject: '', message: '' }
const violation = deny('license-not-allowed', 'violation', matter)
const unknown = deny('license-unknown', 'unknown', matter)
const incomplete = deny('metadata-unavailable', 'incomplete', matter)
const warning = warn('license-conflict', matter)
const registry = { witness: 'registry' as const, allowed: true }
const installed = { witness: 'installed' as const, allowed: true }

describe('evidenceFrom', () => {
  test.each([
    ['nothing', [], [], false],
    ['nothing, though something is needed', [], ['registry' as const], false],
    ['all that is needed', [registry, installed], ['registry' as const, 'installed' as const], true],
    ['more than is needed', [registry, installed], ['registry' as const], true],
    ['less than is needed', [registry], ['registry' as const, 'installed' as const], false],
    ['a refusal first', [{ ...registry, allowed: false }, installed], ['installed' as const], false],
    ['a refusal last', [registry, { ...installed, allowed: false }], ['registry' as const], false],
  ])('from %s', (_, statements, needed, proven) => {
    expect(evidenceFrom(statements, needed) !== undefined).toBe(proven)
  })
})

describe('packageVerdict', () => {
  const evidence = evidenceFrom([registry], ['registry'])
  test.each<[Finding[], Verdict, Verdict]>([
    [[], 'pass', 'incomplete'],
    [[warning], 'pass', 'incomplete'],
    [[incomplete], 'incomplete', 'incomplete'],
    [[incomplete, unknown], 'unknown', 'unknown'],
    [[unknown, warning, violation, incomplete], 'violation', 'violation'],
  ])('%#: with and without evidence', (findings, proven, unproven) => {
    expect(packageVerdict(findings, evidence)).toBe(proven)
    expect(packageVerdict(findings, undefined)).toBe(unproven)
  })

  test('a denial that says pass is a violation', () => {
    expect(worstVerdict([{ ...violation, verdict: 'pass' }])).toBe('violation')
  })
})
