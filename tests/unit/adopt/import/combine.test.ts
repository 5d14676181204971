import { combinePeers } from '#adopt/import/combine'
import { emptyPeer } from '#adopt/import/imported'
import type { Peer } from '#adopt/import/imported'
import { expandGroups } from '#config/built-in'
import { validatePolicy } from '#config/validate'
import type { PackageReport } from '#model/run-report'
import { describe, expect, test } from 'vitest'
import { packageReport } from '../../../support/report.ts'

const NOW = Date.UTC(2026, 10, 21)
const peer = (more: Partial<Peer>): Peer => ({ ...emptyPeer('tool'), ...more })
const licensed = (id: string, license: string | null, more: Partial<PackageReport> = {}) =>
  packageReport(id, {
    license,
    leaves: license === null ? [] : [{ leaf: license, allowed: false, why: '' }],
    ...more,
  })

describe('allow lists', () => {
  test('of several tools: what each of them allows', () => {
    const { lists } = combinePeers(
      [peer({ allow: ['MIT', 'ISC', 'WTFPL'] }), peer({ allow: ['group:permissive', 'GPL-3.0-only'] })],
      [],
      NOW,
    )
    expect(lists).toEqual({ allow: ['MIT', 'ISC'], dev: [] })
    const groups = combinePeers(
      [peer({ allow: ['group:permissive'] }), peer({ allow: ['MIT', 'AGPL-3.0-only'] })],
      [],
      NOW,
    )
    expect(groups.lists.allow).toEqual(['MIT'])
  })

  test('what any of them denies is out, a group that holds it is taken apart', () => {
    const { lists } = combinePeers(
      [peer({ allow: ['group:permissive', 'WTFPL'], deny: ['WTFPL', '0BSD'] })],
      [],
      NOW,
    )
    expect(lists.allow).not.toContain('group:permissive')
    expect(lists.allow).toEqual(expandGroups(['group:permissive']).filter((id) => id !== '0BSD'))
  })

  test('a tool that only denies: what is there today without that, and it is said why', () => {
    const packages = [
      licensed('a@1.0.0', 'MPL-2.0'),
      licensed('b@1.0.0', 'GPL-3.0-or-later'),
      licensed('c@1.0.0', 'LicenseRef-x'),
    ]
    const { lists, imported } = combinePeers([peer({ deny: ['GPL-3.0'] })], packages, NOW)
    expect(lists.allow).toEqual(['group:permissive', 'MPL-2.0'])
    expect(imported.lost[0]?.why).toContain('lets everything else pass')
  })

  test('a tool that leaves development out gets the lists for development that everybody gets', () => {
    const { lists, imported } = combinePeers([peer({ allow: ['MIT'], productionOnly: true })], [], NOW)
    expect(lists.dev).toEqual(['group:weak-copyleft', 'group:content'])
    expect(imported.lost).toMatchObject([{ what: 'production alone' }])
  })
})

describe('packages that pass whatever their licence is', () => {
  const packages = [
    licensed('a@1.0.0', 'GPL-3.0-only'),
    licensed('@acme/x@1.0.0', 'MIT OR AGPL-3.0-only'),
    licensed('@acme/y@1.0.0', 'AGPL-3.0-only'),
    licensed('dark@1.0.0', null),
  ]

  test('get an exception for the licence that they have, as far as they need one', () => {
    const exempt = [
      { text: 'a@1.0.0', package: 'a@1.0.0' },
      { text: '@acme/…', prefix: '@acme/' },
    ]
    const { imported } = combinePeers([peer({ allow: ['MIT'], exempt })], packages, NOW)
    expect(imported.exceptions.map(({ package: spec, allow }) => [spec, allow])).toEqual([
      ['a@1.0.0', ['GPL-3.0-only']],
      ['@acme/y', ['AGPL-3.0-only']],
    ])
    const policy = validatePolicy(
      { licenses: { allow: ['MIT'], exceptions: imported.exceptions } },
      { file: '' },
    )
    expect(policy).toMatchObject({ ok: true })
  })

  test('get none that another tool would not give', () => {
    const exempt = [{ text: 'a', package: 'a' }]
    const { imported } = combinePeers(
      [peer({ allow: ['MIT'], exempt }), peer({ allow: ['MIT'] })],
      packages,
      NOW,
    )
    expect(imported.exceptions).toEqual([])
    expect(imported.lost).toMatchObject([{ what: 'a' }])
  })

  test.each([
    ['one without a licence', { text: 'dark', package: 'dark' }, /depgate clarify dark@1\.0\.0/],
    ['one that is not there', { text: 'gone', package: 'gone' }, /nothing in this tree/],
    ['what is no package', { text: 'a b', package: 'a b' }, /not a package spec|nothing in this tree/],
  ])('%s is named', (_what, exempt, why) => {
    const { imported } = combinePeers([peer({ allow: ['MIT'], exempt: [exempt] })], packages, NOW)
    expect(imported.exceptions).toEqual([])
    expect(imported.lost[0]?.why).toMatch(why)
  })
})

test('readings and bans that depgate would not read are left out and named', () => {
  const sha256 = 'a'.repeat(64)
  const { imported } = combinePeers(
    [
      peer({
        allow: ['MIT'],
        readings: [
          { package: 'a@1', license: 'MIT', file: 'LICENSE', sha256 },
          { package: 'b@1', license: 'Custom: x', file: 'LICENSE', sha256 },
          { package: 'c@1', license: 'MIT', file: 'LICENSE', sha256: 'md5' },
        ],
        ban: [
          { package: 'evil', reason: 'r' },
          { package: 'not a name', reason: 'r' },
        ],
      }),
    ],
    [],
    NOW,
  )
  expect(imported.clarify.map((entry) => entry.package)).toEqual(['a@1'])
  expect(imported.lost.map(({ what }) => what)).toEqual(['clarification of b@1', 'clarification of c@1'])
  expect(imported.ban.map((entry) => entry.package)).toEqual(['evil'])
})
