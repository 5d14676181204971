import { expect, test } from 'vitest'
import { changeLines } from '#reporters/change-text'
import { terminalReport } from '#reporters/terminal'
import { changeReport } from '../../support/change.ts'
import { runReport } from '../../support/report.ts'

const STYLE = { width: 100, color: false, quiet: false }

test('a row a package, what comes in first, and what waits for a policy owner', () => {
  expect(changeLines(changeReport(), STYLE).join('\n')).toMatchInlineSnapshot(`
    "compared with origin/main (0123456789ab): 1 added, 1 updated, 1 changed, 1 removed
      added          left-pad 1.3.0                WTFPL                     production, by router@2.0.0
      updated        ua-parser-js 1.0.38 -> 2.0.0  MIT -> AGPL-3.0-or-later  production
      kinds changed  mocha 1.0.0                   MIT                       dev -> production
      removed        old 0.1.0                     unknown                   optional, by c@1.0.0

    needs a policy owner
      - depgate.config.json: licenses.allow names AGPL-3.0-or-later, which origin/main does not.
    "
  `)
})

test('a narrow terminal shows a package on two lines, none wider than it', () => {
  const lines = changeLines(changeReport(), { ...STYLE, width: 60 })
  expect(lines.filter((line) => line.length > 60)).toEqual([])
  expect(lines).toContain('      MIT -> AGPL-3.0-or-later  production')
})

test('no change is one line, a base that is a file has no commit', () => {
  const { base } = changeReport()
  const { commit: _, ...file } = { ...base, name: 'old/package-lock.json' }
  expect(changeLines(changeReport({ base: file, packages: [], needsPolicyOwner: [] }), STYLE)).toEqual([
    'compared with old/package-lock.json: no package changes',
    '',
  ])
})

test('hundreds are counted', () => {
  const [entry] = changeReport().packages
  if (entry === undefined) throw new Error('no package')
  const packages = Array.from({ length: 300 }, () => entry)
  const lines = changeLines(changeReport({ packages, needsPolicyOwner: [] }), STYLE)
  expect(lines.slice(-2)).toEqual(['  and 260 more', ''])
})

test('stands between verdict and findings, unless only those are asked for', () => {
  const report = runReport({ change: changeReport() })
  expect(terminalReport(report, STYLE)).toMatch(/^depgate {2}pass.*\n\ncompared with origin\/main/)
  expect(terminalReport(report, { ...STYLE, quiet: true })).not.toContain('compared with')
})
