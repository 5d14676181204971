import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { GROUPS, expandGroups, groupProblem, presetContent } from '#config/built-in'
import type { PresetName } from '#config/built-in'
import { allowEntryProblem } from '#config/license-ids'
import { MINIMAL_POLICY } from '#config/minimal-policy'
import { validatePolicy } from '#config/validate'
import { createAllowSet } from '#license/allow-set'
import { parseExpression } from '#license/expression'
import { describe, expect, test } from 'vitest'

const require = createRequire(import.meta.url)
const { notPermissive } = require('../../../data/license-choices.json') as {
  notPermissive: Record<string, string>
}
const ratings = require('@blueoak/list/index.json') as { name: string; licenses: { id: string }[] }[]
const rated = (name: string) =>
  ratings.find((rating) => rating.name === name)?.licenses.map(({ id }) => id) ?? []

/** Whether an allow list lets an expression of one leaf pass. */
function allows(entries: readonly string[], license: string): boolean {
  const parsed = parseExpression(license)
  if (!parsed.ok || parsed.expression.type !== 'leaf') throw new Error(license)
  return createAllowSet(entries, '').cover(parsed.expression) !== undefined
}

const listOf = (name: PresetName) => {
  const result = validatePolicy(presetContent(name), { file: name })
  return result.ok ? result.policy.licenses.allow : expect.unreachable(JSON.stringify(result.errors))
}

const COPYLEFT = `GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later GPL-2.0 GPL-3.0+
  AGPL-3.0-only AGPL-3.0-or-later AGPL-1.0-only OSL-3.0 EUPL-1.2 CECILL-2.1
  QPL-1.0 Sleepycat CPAL-1.0 RPL-1.5 SSPL-1.0 CC-BY-SA-4.0
  NGPL APSL-2.0 GFDL-1.3-only`.split(/\s+/)
const WEAK = [
  'LGPL-2.1-only',
  'LGPL-3.0-or-later',
  'MPL-2.0',
  'EPL-2.0',
  'CDDL-1.0',
  'MS-PL',
  'MS-RL',
  'OFL-1.1',
]
const NOT_OPEN =
  `BUSL-1.1 Elastic-2.0 PolyForm-Noncommercial-1.0.0 PolyForm-Small-Business-1.0.0 CC-BY-NC-4.0 CC-BY-ND-4.0
  JSON Parity-7.0.0 Hippocratic-2.1 Aladdin`.split(/\s+/)
const USUAL = `MIT ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD
  BlueOak-1.0.0 CC0-1.0 Unlicense Python-2.0 MIT-0 Zlib
  BSL-1.0 PostgreSQL Unicode-DFS-2016`.split(/\s+/)

describe('the presets', () => {
  test('permissive: what usual trees hold, and nothing that binds', () => {
    const allow = listOf('permissive')
    expect(USUAL.filter((id) => !allows(allow, id))).toEqual([])
    expect([...COPYLEFT, ...WEAK, ...NOT_OPEN].filter((id) => allows(allow, id))).toEqual([])
  })

  test('permissive: nothing that Blue Oak rates Lead or that was left out by hand', () => {
    const allow = listOf('permissive')
    expect(rated('Lead').length).toBeGreaterThan(50)
    expect([...rated('Lead'), ...Object.keys(notPermissive)].filter((id) => allows(allow, id))).toEqual([])
  })

  test('weak-copyleft: permissive and weak, nothing stronger', () => {
    const allow = listOf('weak-copyleft')
    expect([...USUAL, ...WEAK].filter((id) => !allows(allow, id))).toEqual([])
    expect([...COPYLEFT, ...NOT_OPEN].filter((id) => allows(allow, id))).toEqual([])
  })

  test('strict: a part of permissive, and short', () => {
    const allow = listOf('strict')
    expect(allow.filter((id) => !listOf('permissive').includes(id))).toEqual([])
    expect(allow.length).toBeLessThan(10)
    expect(
      ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'].every((id) => allow.includes(id)),
    ).toBe(true)
  })
})

describe('the groups', () => {
  test.each(GROUPS)('%s holds what a policy may hold, once and in order', (name) => {
    const licenses = expandGroups([`group:${name}`])
    expect(licenses.length).toBeGreaterThan(4)
    expect(licenses.flatMap((id) => allowEntryProblem(id) ?? [])).toEqual([])
    expect(licenses).toEqual([...new Set(licenses)].toSorted((a, b) => (a < b ? -1 : 1)))
  })

  test('osi is what SPDX marks, whatever its kind', () => {
    const osi = expandGroups(['group:osi'])
    expect(osi).toEqual(expect.arrayContaining(['MIT', 'AGPL-3.0-only', 'GPL-2.0-or-later', 'MPL-2.0']))
    expect([...NOT_OPEN, 'CC0-1.0', 'CC-BY-4.0'].filter((id) => allows(osi, id))).toEqual([])
  })

  test('expand beside licences, each once', () => {
    const licenses = expandGroups(['WTFPL', 'group:content', 'WTFPL', 'CC-BY-4.0'])
    expect(licenses[0]).toBe('WTFPL')
    expect(licenses.filter((id) => id === 'CC-BY-4.0' || id === 'WTFPL')).toHaveLength(2)
  })

  test.each([
    ['group:permisive', 'Did you mean "group:permissive"?'],
    ['group:', 'There are "group:permissive"'],
    ['group:__proto__', 'There are'],
    ['group:strong-copyleft', 'There are'],
  ])('%s is none', (text, fix) => {
    expect(groupProblem(text)?.fix).toContain(fix)
  })

  test('name where they come from', () => {
    const file = JSON.parse(readFileSync('data/license-groups.json', 'utf8')) as { sources: object[] }
    expect(file.sources).toEqual([
      { name: '@blueoak/list', version: '15.0.0', license: 'CC0-1.0' },
      { name: 'spdx-license-list', version: '6.12.0', license: 'CC0-1.0' },
    ])
  })
})

test('the policy to paste stands on a preset and names no licence that could be unused', () => {
  expect(MINIMAL_POLICY).toContain('"extends": "depgate:permissive"')
  expect(MINIMAL_POLICY).toContain('"group:weak-copyleft", "group:content"')
})
