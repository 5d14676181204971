import { exceptionEntryProblem } from '#config/license-ids'
import { printExpression } from '#license/expression'
import type { Claim } from '#model/claim'
import { parsePackageSpec } from '#model/package-spec'
import type { Exception } from '#model/policy'
import type { PackageFacts } from '#policy/judge-package'
import { exceptionExpiry, exceptionIn, suggestFix } from '#policy/exception-snippet'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expressions } from '../license/expressions.ts'
import { both, facts, judge, mutters, NOW, says } from './samples.ts'

/** Reads the snippet out of a fix the way a person pastes it. */
function pasted(fix: string | undefined): Exception | undefined {
  const json = fix?.slice(fix.indexOf('{'))
  if (fix === undefined || json === undefined || !fix.includes('{')) return undefined
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null) return undefined
  const entry: Record<string, unknown> = { ...value }
  const parsed = parsePackageSpec(String(entry['package']))
  if (!parsed.ok || !Array.isArray(entry['allow'])) return undefined
  const allow = entry['allow'].map(String)
  const expires = String(entry['expires'])
  return { package: parsed.spec, allow, reason: '…', owner: '…', expires, location: { file: 'x' } }
}

function fixOf(more: Partial<PackageFacts>): string | undefined {
  return judge(more).findings.find(({ severity }) => severity === 'deny')?.fix
}

const unlicensed = (witness: Claim['witness']) => mutters(witness, 'unlicensed', 'UNLICENSED')

describe('the exception in a fix', () => {
  test.each<[string, Claim[], string[]]>([
    ['one licence', both('AGPL-3.0-only'), ['AGPL-3.0-only']],
    ['only what is missing', both('MIT AND AGPL-3.0-only'), ['AGPL-3.0-only']],
    ['one side of a choice', both('GPL-2.0-only OR AGPL-3.0-only'), ['GPL-2.0-only']],
    ['all parts', both('GPL-2.0-only AND AGPL-3.0-only'), ['GPL-2.0-only', 'AGPL-3.0-only']],
    [
      'a licence WITH',
      both('GPL-2.0 WITH Classpath-exception-2.0'),
      ['GPL-2.0-only WITH Classpath-exception-2.0'],
    ],
    [
      'a conflict',
      [says('registry', 'AGPL-3.0-only'), says('installed', 'EPL-2.0')],
      ['AGPL-3.0-only', 'EPL-2.0'],
    ],
    ['a reference', both('LicenseRef-acme'), ['LicenseRef-acme']],
    ['UNLICENSED', [unlicensed('registry'), unlicensed('installed')], ['UNLICENSED']],
  ])('for %s, once pasted, makes the package pass', (_, claims, allow) => {
    const entry = pasted(fixOf({ claims }))
    expect(entry?.allow).toEqual(allow)
    expect(entry?.allow.map(exceptionEntryProblem)).toEqual(allow.map(() => undefined))
    expect(judge({ claims }, { exceptions: entry ? [entry] : [] }).verdict).toBe('pass')
  })

  test('does so for any expression', () => {
    const leaves = ['MIT', 'AGPL-3.0-only', 'GPL-2.0', 'EUPL-1.1', 'LGPL-2.1+', 'LicenseRef-a']
    fc.assert(
      fc.property(expressions(leaves), (expression) => {
        const claims = both(printExpression(expression))
        fc.pre(judge({ claims }).verdict !== 'pass')
        const entry = pasted(fixOf({ claims }))
        for (const allowed of entry?.allow ?? []) expect(exceptionEntryProblem(allowed)).toBeUndefined()
        expect(judge({ claims }, { exceptions: entry ? [entry] : [] }).verdict).toBe('pass')
      }),
    )
  })

  test('holds for 90 days', () => {
    const entry = pasted(fixOf({ claims: both('AGPL-3.0-only') }))
    expect(Date.parse(`${entry?.expires}T12:00:00Z`) - NOW).toBe(90 * 86_400_000)
  })

  test.each([
    ['left-pad', '1.0.0-beta.1', 'left-pad@^1.0.0-beta.1'],
    ['@acme/tool', '0.0.3', '@acme/tool@^0.0.3'],
    ['left-pad', 'not-a-version', 'left-pad'],
  ])('means %s@%s by %s', (name, version, text) => {
    const more = { id: `${name}@${version}`, name, version, claims: both('AGPL-3.0-only') }
    const entry = pasted(fixOf(more))
    expect(entry?.package.text).toBe(text)
    expect(judge(more, { exceptions: entry ? [entry] : [] }).verdict).toBe('pass')
  })

  test.each([
    ['the name is none', { name: '../x', claims: both('AGPL-3.0-only') }],
    // spdx-satisfies cannot read it, so nothing ever allows it
    ['no entry would help', { claims: both('LicenseRef-a WITH Classpath-exception-2.0') }],
    [
      'one would help with only one of two licences',
      { claims: [says('registry', '0BSD'), says('installed', 'LicenseRef-a WITH Classpath-exception-2.0')] },
    ],
  ])('is not offered where %s', (_, more) => {
    expect(fixOf(more)).toMatch(/^left-pad@1\.3\.0 is brought in by some-lib@2\.1\.0\.$/)
  })

  test.each([
    [
      [['app@1.0.0', 'a@1.0.0', 'b@1.0.0', 'left-pad@1.3.0']],
      /^left-pad@1\.3\.0 is brought in by a@1\.0\.0\./,
    ],
    [[['app@1.0.0', 'left-pad@1.3.0']], /^left-pad@1\.3\.0 is a direct dependency of app@1\.0\.0\./],
    [[], /^left-pad@1\.3\.0 is in the tree\./],
    [[['left-pad@1.3.0']], /^left-pad@1\.3\.0 is in the tree\./],
  ])('comes with who brings the package in: %j', (paths, start) => {
    expect(fixOf({ paths, claims: both('AGPL-3.0-only') })).toMatch(start)
  })
})

test('exceptionIn reads back what suggestFix wrote, and nothing where no exception would help', () => {
  const place = { file: 'depgate.config.json', now: Date.parse('2026-11-21T10:00:00Z') }
  const fix = suggestFix(facts(), ['AGPL-3.0-only', 'SSPL-1.0'], place)
  const { name, version } = facts()
  expect(exceptionIn(fix)).toEqual({
    package: `${name}@^${version}`,
    allow: ['AGPL-3.0-only', 'SSPL-1.0'],
  })
  expect(fix).toContain(`"expires": "${exceptionExpiry(place.now)}"`)
  expect(exceptionIn(suggestFix(facts(), undefined, place))).toBeUndefined()
})

test.each([
  ['\n{}'],
  ['\n{ "allow": ["MIT"] }'],
  ['\n{ "package": "a" }'],
  ['\n{ "package": 3, "allow": ["MIT"] }'],
  ['\n{ "package": "a", "allow": "MIT" }'],
])('exceptionIn finds nothing in %j', (fix) => {
  expect(exceptionIn(`Do this:${fix}`)).toBeUndefined()
})

test('exceptionIn takes texts alone, wherever the exception begins', () => {
  expect(exceptionIn('\n{ "package": "a", "allow": ["MIT", 3, null, "ISC"] }')).toEqual({
    package: 'a',
    allow: ['MIT', 'ISC'],
  })
})
