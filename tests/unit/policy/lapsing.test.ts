import { expect, test } from 'vitest'
import { lapsingEntries } from '#policy/lapsing'
import type { Policy } from '#model/policy'
import { finding } from '../../support/report.ts'
import { exception, policy } from './samples.ts'

const NOW = Date.parse('2026-11-21T23:59:00.000Z')
function rules(expires: string[], known: { package: string; expires?: string }[] = []): Policy {
  const exceptions = expires.map((day, index) => exception(`p${index}@^1`, ['AGPL-3.0-only'], day))
  const whole = policy({ exceptions })
  const entries = known.map((entry) => ({
    rule: 'license-not-allowed' as const,
    license: 'AGPL-3.0-only',
    since: '2026-01-01',
    reason: 'before us',
    location: { file: 'depgate.baseline.json' },
    ...entry,
  }))
  return { ...whole, baseline: { ...whole.baseline, entries } }
}

test('lists what ends from today on within 30 days, the first first', () => {
  const days = ['2026-12-22', '2026-12-21', '2026-11-21', '2026-11-20', '2026-11-22', 'never']
  const found = lapsingEntries(rules(days), [], NOW)
  expect(found.map(({ subject, expires, daysLeft }) => [subject, expires, daysLeft])).toEqual([
    ['p2@^1', '2026-11-21', 0],
    ['p4@^1', '2026-11-22', 1],
    ['p1@^1', '2026-12-21', 30],
  ])
  expect(found[0]).toEqual({
    kind: 'exception',
    subject: 'p2@^1',
    expires: '2026-11-21',
    daysLeft: 0,
    reason: 'r',
    owner: 'legal',
  })
})

test('an entry of the baseline is told in the words of its finding, else by what names it', () => {
  const known = [
    { package: 'b', expires: '2026-11-30' },
    { package: 'a', expires: '2026-11-30' },
    { package: 'c' },
  ]
  const a = finding({
    package: 'a@1.0.0',
    license: 'AGPL-3.0-only',
    severity: 'warn',
    verdict: 'pass',
    message: 'a@1.0.0 is AGPL-3.0-only',
    known: { since: '2026-01-01', reason: 'before us' },
  })
  // Another finding of the same, which nobody knows yet, says nothing of an entry.
  const { known: _, ...fresh } = finding({ package: 'b@1.0.0', license: 'AGPL-3.0-only', message: 'b' })
  expect(lapsingEntries(rules([], known), [a, fresh], NOW)).toEqual([
    {
      kind: 'baseline',
      subject: 'a@1.0.0 is AGPL-3.0-only',
      expires: '2026-11-30',
      daysLeft: 9,
      reason: 'before us',
    },
    {
      kind: 'baseline',
      subject: 'license-not-allowed of b (AGPL-3.0-only)',
      expires: '2026-11-30',
      daysLeft: 9,
      reason: 'before us',
    },
  ])
})

test('an ignored advisory is told by its id, and for which packages', () => {
  const location = { file: 'depgate.config.json' }
  const entry = { id: 'GHSA-35jh-r3h4-6jhm', reason: 'not reached', expires: '2026-11-30', location }
  const whole = rules([])
  const ignore = [entry, { ...entry, package: exception('lodash@^4', []).package }]
  const found = lapsingEntries({ ...whole, advisories: { ...whole.advisories, ignore } }, [], NOW)
  expect(found.map(({ kind, subject, daysLeft }) => [kind, subject, daysLeft])).toEqual([
    ['advisory', 'GHSA-35jh-r3h4-6jhm', 9],
    ['advisory', 'GHSA-35jh-r3h4-6jhm for lodash@^4', 9],
  ])
})

test('the day comes before the name, of whatever kind an entry is', () => {
  const location = { file: 'depgate.config.json' }
  const whole = rules(['2026-11-23', '2026-11-22'], [{ package: 'a', expires: '2026-11-24' }])
  const ignore = [{ id: 'CVE-1', reason: 'not reached', expires: '2026-11-25', location }]
  const found = lapsingEntries({ ...whole, advisories: { ...whole.advisories, ignore } }, [], NOW)
  expect(found.map(({ subject }) => subject)).toEqual([
    'p1@^1',
    'p0@^1',
    'license-not-allowed of a (AGPL-3.0-only)',
    'CVE-1',
  ])
})
