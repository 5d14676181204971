import { expect, test } from 'vitest'
import { explainPackage } from '#reporters/explain'
import { packageReport } from '../../support/report.ts'

const STYLE = { width: 80, color: false, quiet: false }

test('a package that was not heard: no line wider than asked for, and nothing said twice', () => {
  const message =
    'thing@1.2.3 is not in the cache, and --offline forbids asking for it; nobody knows what it would say.'
  const entry = packageReport('thing@1.2.3', {
    verdict: 'incomplete',
    license: null,
    conclusion: 'unknown',
    claims: [
      { witness: 'registry', raw: undefined, at: '', from: 'network', failure: { code: 'offline', message } },
      { witness: 'installed', raw: 'MIT', license: 'MIT', at: '2026-01-02', from: 'node_modules' },
    ],
  })
  const text = explainPackage({ entry, findings: [], paths: [], morePaths: false, judged: true }, STYLE)
  expect(text).toContain('licence     (could not check)\n')
  expect(text).toContain(
    [
      'claims      registry   not heard: thing@1.2.3 is not in the cache, and --offline',
      '                       forbids asking for it; nobody knows what it would say.',
      '            installed  "MIT" -> MIT',
      '                       from node_modules, 2026-01-02',
    ].join('\n'),
  )
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
})
