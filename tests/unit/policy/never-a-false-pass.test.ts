/** A pass needs proof: random facts against an oracle written apart from the judge. */
import type { Claim, Witness } from '#model/claim'
import type { DependencyKind, SourceType } from '#model/inventory'
import type { FailureCode } from '#model/outcome'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { exception, fails, judge, mutters, says } from './samples.ts'

/** Written out by hand: texts, and whether [MIT, ISC] allows them. */
const TEXTS: Record<string, boolean> = {
  MIT: true,
  ISC: true,
  'MIT OR AGPL-3.0-only': true,
  'MIT AND ISC': true,
  'MIT AND AGPL-3.0-only': false,
  'AGPL-3.0-only': false,
  'MIT WITH Classpath-exception-2.0': false,
  'MIT-0': false,
  'not a licence': false,
  '': false,
}

const witness = fc.constantFrom<Witness>('registry', 'installed')
const claim: fc.Arbitrary<Claim> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(witness, fc.constantFrom(...Object.keys(TEXTS)))
      .map(([who, text]) => says(who, text)),
  },
  { weight: 4, arbitrary: witness.map((who) => says(who, 'MIT')) },
  fc
    .tuple(witness, fc.constantFrom<FailureCode>('not-found', 'timeout', 'truncated', 'offline'))
    .map(([who, code]) => fails(who, code)),
  witness.map((who) => mutters(who, 'absent')),
  witness.map((who) => mutters(who, 'unlicensed', 'UNLICENSED')),
  witness.map((who): Claim => ({ ...says(who, 'MIT'), reason: 'ambiguous' })),
  witness.map((who): Claim => ({ ...fails(who, 'timeout'), license: 'MIT' })),
  witness.map((who): Claim => ({ witness: who, at: '', from: 'disk' })),
)
const facts = fc.record({
  source: fc.constantFrom<SourceType>(
    'registry',
    'registry',
    'registry',
    'git',
    'url',
    'file',
    'link',
    'bundled',
  ),
  installed: fc.boolean(),
  kinds: fc.subarray<DependencyKind>(['production', 'dev', 'optional', 'peer']),
  claims: fc.array(claim, { maxLength: 4 }),
  expected: fc.subarray<Witness>(['registry', 'installed']),
  paths: fc.constantFrom<string[][]>([], [['app@1.0.0', 'left-pad@1.3.0']]),
})

function isProof({ license, reason, failure }: Claim): boolean {
  return failure === undefined && reason === undefined && license !== undefined && TEXTS[license] === true
}

test('pass needs an allowed claim of every expected witness, and nothing else said', () => {
  let passed = 0
  fc.assert(
    fc.property(facts, (given) => {
      const result = judge(given)
      const proven =
        given.expected.length > 0 &&
        given.claims.every(isProof) &&
        given.expected.every((who) => given.claims.some((made) => made.witness === who))
      if (!proven) expect(result.verdict).not.toBe('pass')
      if (result.verdict === 'pass') passed += 1
      else expect(result.findings.some(({ severity }) => severity === 'deny')).toBe(true)
      for (const { severity, verdict } of result.findings)
        expect(severity === 'warn').toBe(verdict === 'pass')
    }),
    { numRuns: 3000 },
  )
  expect(passed).toBeGreaterThan(50)
})

test('and it is given where the proof is whole', () => {
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 3 }), (more) => {
      const claims = [says('registry', 'MIT'), says('installed', 'MIT'), ...more.filter(isProof)]
      expect(judge({ claims }).verdict).toBe('pass')
    }),
  )
})

test('taking a witness, an exception or an allowed licence away never turns anything into a pass', () => {
  const exceptions = [exception('left-pad', ['AGPL-3.0-only', 'UNLICENSED'])]
  fc.assert(
    fc.property(facts, fc.nat(3), (given, index) => {
      const { verdict } = judge(given, { exceptions })
      if (verdict === 'pass') return
      expect(judge(given).verdict).not.toBe('pass')
      expect(judge(given, { exceptions, allow: ['MIT'] }).verdict).not.toBe('pass')
      const silent = given.claims[index]?.witness
      const claims = given.claims.filter((made) => made.witness !== silent)
      const expected = silent === undefined ? given.expected : [...new Set([...given.expected, silent])]
      expect(judge({ ...given, claims, expected }, { exceptions }).verdict).not.toBe('pass')
    }),
    { numRuns: 500 },
  )
})
