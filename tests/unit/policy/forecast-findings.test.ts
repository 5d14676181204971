/** What is said of releases that are not installed yet: of each rule its words, its severity and what it is known by. */
import { describe, expect, test } from 'vitest'
import type { ForecastEntry } from '#model/audit'
import type { ForecastRules } from '#model/policy'
import { forecastFindings } from '#policy/forecast-findings'
import { later, outlook } from './rules/outlooks.ts'
import { policy } from './samples.ts'

const DAY = 86_400_000
const NOTHING: ForecastRules = {
  relicensed: 'off',
  licenseLost: 'off',
  repositoryMissing: 'off',
  silent: 'off',
  silentAfterMs: 3 * 365 * DAY,
}

function said(entry: Partial<ForecastEntry>, rules: Partial<ForecastRules>) {
  return forecastFindings(outlook(entry), { ...NOTHING, ...rules })
}

const ALL: Partial<ForecastEntry> = {
  relicensed: [later({ license: 'GPL-3.0-only' })],
  newestLacks: ['repository', 'license'],
  silentSince: '2020-01-02T03:04:05.000Z',
}

test('each rule speaks for itself, as loud as the policy says', () => {
  const loud = {
    relicensed: 'warn',
    licenseLost: 'deny',
    repositoryMissing: 'warn',
    silent: 'deny',
  } as const
  expect(said(ALL, loud).map(({ rule, severity, verdict }) => [rule, severity, verdict])).toEqual([
    ['license-changing', 'warn', 'pass'],
    ['license-lost', 'deny', 'violation'],
    ['repository-missing', 'warn', 'pass'],
    ['package-silent', 'deny', 'violation'],
  ])
  expect(said(ALL, {})).toEqual([])
})

test('silence is no matter unless the policy makes it one', () => {
  expect(forecastFindings(outlook(ALL), policy().forecast).map(({ rule }) => rule)).toEqual([
    'license-changing',
    'license-lost',
    'repository-missing',
  ])
})

describe('where there is nothing to object to', () => {
  test.each<[keyof ForecastRules, Partial<ForecastEntry>]>([
    ['licenseLost', { newestLacks: ['repository'] }],
    ['repositoryMissing', { newestLacks: ['license'] }],
    ['silent', { newestLacks: ['license', 'repository'] }],
  ])('%s says nothing', (rule, entry) => {
    expect(said(entry, { [rule]: 'deny' })).toEqual([])
  })
})

test('in words', () => {
  const about = { package: 'a@1.0.0', path: ['app@1.0.0', 'lib@1.0.0', 'a@1.0.0'] }
  const all = said(ALL, { licenseLost: 'warn', repositoryMissing: 'warn', silent: 'warn' })
  for (const finding of all) expect(finding).toMatchObject(about)
  expect(all.map(({ message, fix, fingerprint }) => [message, fix, fingerprint])).toMatchInlineSnapshot(`
    [
      [
        "a 1.0.0 declares its licence; 3.0.0, the newest release, declares none",
        "Keep a below 3.0.0 until its author says under which licence it is; a licence field is soon forgotten and soon asked for.",
        "12194c7a5190dec940c583608d79a159",
      ],
      [
        "a 1.0.0 names its repository; 3.0.0, the newest release, names none",
        "Look at who published 3.0.0, and whether its source is still open, before anything is updated to it.",
        "d80c7b0325084af7a272e8f323cd9059",
      ],
      [
        "a has had no release since 3.0.0 of 2020-01-02, longer than 3 years",
        "See whether anybody still looks after it, and what would take its place.",
        "42ac5f97532b3b943c7984f62a58a471",
      ],
    ]
  `)
})

test.each([
  [3 * 365 * DAY, '3 years'],
  [365 * DAY, '1 year'],
  [400 * DAY, '400 days'],
  [DAY, '1 day'],
  [DAY * 2.5, '2 days'],
])('a limit of %d ms is called %s', (silentAfterMs, words) => {
  const silentSince = '2020-01-02T03:04:05.000Z'
  expect(said({ silentSince }, { silent: 'warn', silentAfterMs })[0]?.message).toBe(
    `a has had no release since 3.0.0 of 2020-01-02, longer than ${words}`,
  )
})
