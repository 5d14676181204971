/** The rules about licence texts: missing, unknown, and of parts of others. */
import { describe, expect, test } from 'vitest'
import type { Claim } from '#model/claim'
import { unknownText } from '#policy/rules/license-text-unknown'
import { createGrounds } from '#policy/grounds'
import { createJudge } from '#policy/judge-package'
import { bundledNotAllowed } from '#policy/rules/bundled-license-not-allowed'
import { textMissing } from '#policy/rules/license-text-missing'
import type { PackageFacts } from '#policy/judge-package'
import type { Policy } from '#model/policy'
import { both, exception, facts, NOW } from '../samples.ts'
import { findingsOf, judged, outcomeOf, rulesPolicy, textClaim } from './cases.ts'

function caseOf(more: Partial<PackageFacts>, policy: Policy = rulesPolicy()) {
  const about = facts(more)
  return {
    facts: about,
    policy,
    grounds: createGrounds(policy, NOW)(about),
    place: { file: policy.file, now: NOW },
  }
}

describe('license-text-missing', () => {
  test.each([
    ['deny', 'deny violation'],
    ['warn', 'warn pass'],
    ['off', 'nothing'],
  ] as const)('%s: %s', (licenseText, expected) => {
    expect(outcomeOf('license-text-missing', judged({ textsRead: true }, { licenseText }))).toBe(expected)
  })

  test.each<[string, Partial<PackageFacts>, number]>([
    ['nobody looked', {}, 0],
    ['it is not installed', { textsRead: true, installed: false }, 0],
    ['there is a text', { textsRead: true, claims: [textClaim({ licenses: [['MIT']] })] }, 0],
    ['there is a text beside fields', { textsRead: true, claims: [...both('MIT'), textClaim({})] }, 0],
    [
      'a file only points to a licence',
      {
        textsRead: true,
        claims: [textClaim({ licenses: [], mentions: ['MIT'] }, { reason: 'pointer' })],
      },
      1,
    ],
    ['there is a text that nobody knows', { textsRead: true, claims: [textClaim({})] }, 0],
    [
      'there is a file that could not be read',
      {
        textsRead: true,
        claims: [textClaim({ sha256: '', differences: ['LICENSE is larger than 256 KiB'] })],
      },
      0,
    ],
    [
      'there are only texts of others',
      { textsRead: true, claims: [textClaim({ role: 'bundled', licenses: [['MIT']] })] },
      1,
    ],
    ['there is nothing', { textsRead: true, claims: both('MIT') }, 1],
  ])('%s: %#', (_, more, count) => {
    expect(textMissing(caseOf(more))).toHaveLength(count)
  })
})

function bundled(...licenses: string[][]): Claim {
  return textClaim({ file: 'NOTICE', role: 'bundled', licenses })
}

describe('bundled-license-not-allowed', () => {
  test.each<[string, string[][], number]>([
    ['allowed', [['MIT'], ['ISC']], 0],
    ['not recognised', [], 0],
    ['one of two not allowed', [['MIT'], ['GPL-2.0-only']], 1],
    ['a text that serves an allowed and another id', [['MIT', 'GPL-2.0-only']], 1],
    ['no licence at all', [['not a licence']], 1],
  ])('%s', (_, licenses, count) => {
    expect(bundledNotAllowed(caseOf({ claims: [...both('MIT'), bundled(...licenses)] }))).toHaveLength(count)
  })

  test('only texts of others count here', () => {
    const own = textClaim({ licenses: [['GPL-2.0-only']] })
    expect(bundledNotAllowed(caseOf({ claims: [own] }))).toEqual([])
  })

  test('one finding for a package names each licence and each file', () => {
    const claims = [
      bundled(['GPL-2.0-only'], ['MIT']),
      textClaim({ file: 'licenses/b', role: 'bundled', licenses: [['AGPL-3.0-only'], ['GPL-2.0-only']] }),
    ]
    const [finding, ...more] = bundledNotAllowed(caseOf({ claims }))
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      severity: 'warn',
      message:
        'left-pad@1.3.0 carries parts of others under AGPL-3.0-only and GPL-2.0-only, which are not in licenses.allow',
      details: ['NOTICE: GPL-2.0-only', 'licenses/b: AGPL-3.0-only', 'licenses/b: GPL-2.0-only'],
    })
    expect(bundledNotAllowed(caseOf({ claims: claims.toReversed() }))).toEqual([finding])
  })

  test('an exception that allows the licence ends it; the severity is the policy’s', () => {
    const policy = rulesPolicy({ bundledLicenses: 'deny' })
    const claims = [bundled(['GPL-2.0-only'])]
    expect(bundledNotAllowed(caseOf({ claims }, policy))[0]?.verdict).toBe('violation')
    const licenses = { ...policy.licenses, exceptions: [exception('left-pad', ['GPL-2.0-only'])] }
    expect(bundledNotAllowed(caseOf({ claims }, { ...policy, licenses }))).toEqual([])
    expect(bundledNotAllowed(caseOf({ claims }, rulesPolicy({ bundledLicenses: 'off' })))).toEqual([])
  })
})

describe('license-text-unknown', () => {
  test('the finding says what each file comes nearest to, never as a whole hundred', () => {
    const claims = [
      textClaim({ nearest: { id: 'MIT', score: 0.99999 }, differences: ['+ shall not be'] }),
      textClaim({ file: 'COPYING', sha256: 'b'.repeat(64) }),
    ]
    const finding = unknownText(caseOf({}), claims)
    expect(finding).toMatchObject({
      severity: 'deny',
      verdict: 'unknown',
      message: 'left-pad@1.3.0 has a licence text that is none of the known ones: LICENSE, COPYING',
      details: ['LICENSE: nearest is MIT (99.9 %)', '+ shall not be', 'COPYING: like no known text'],
    })
    expect(finding.fix).toContain('licenses.clarify')
    // What a baseline knows it by: once the text is another one, somebody has to look again.
    expect(finding.license).toBe(`text ${'a'.repeat(32)} / text ${'b'.repeat(32)}`)
    const near = textClaim({ nearest: { id: 'MIT', score: 0.5 } })
    expect(unknownText(caseOf({}), [near]).details).toEqual(['LICENSE: nearest is MIT (50.0 %)'])
    expect(unknownText(caseOf({}), claims.toReversed()).fingerprint).toBe(finding.fingerprint)
    expect(unknownText(caseOf({}), claims.slice(1)).fingerprint).not.toBe(finding.fingerprint)
  })
})

test('a package that is judged is asked for its texts', () => {
  const judgement = createJudge(rulesPolicy(), NOW)(facts({ textsRead: true }))
  expect(findingsOf('license-text-missing', judgement)).toHaveLength(1)
})
