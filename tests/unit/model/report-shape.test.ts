import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRunReport, reportProblem, schemaVersionOf } from '#model/report-shape'
import { hostileReport } from '../../support/hostile.ts'
import { oddReport } from '../../support/odd-report.ts'
import { finding, packageReport, runReport } from '../../support/report.ts'

const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Every place of a value, as the keys that lead to it. */
function placesIn(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at]
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value)
  return [
    at,
    ...keys.flatMap((key) => placesIn((value as Record<string | number, unknown>)[key], [...at, key])),
  ]
}

function changed(value: unknown, at: (string | number)[], to: unknown): unknown {
  const copy = structuredClone(value)
  const last = at.at(-1)
  if (last === undefined) return to
  let parent = copy as Record<string | number, unknown>
  for (const key of at.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>
  if (to === undefined) delete parent[last]
  else parent[last] = to
  return copy
}

const whole = stored({
  ...runReport({
    packages: [packageReport('a@1.0.0')],
    findings: [finding({ package: 'a@1.0.0', path: ['a'], fix: 'x', location: { file: 'f', line: 1 } })],
    warnings: [{ code: 'x', message: 'y' }],
    change: {
      base: { name: 'main', lockfileSha256: 'x', policySha256: null },
      packages: [
        {
          type: 'added',
          name: 'a',
          after: { version: '1.0.0', license: null, kinds: ['dev'] },
          differs: [],
          path: ['app', 'a'],
        },
      ],
      needsPolicyOwner: [{ file: 'f', message: 'm' }],
    },
  }),
})

test('what a run writes is a report, whatever names are in it', () => {
  expect(reportProblem(whole)).toBeUndefined()
  expect(isRunReport(stored(oddReport()))).toBe(true)
  fc.assert(fc.property(hostileReport, (report) => reportProblem(stored(report)) === undefined))
})

describe('any place that holds something else is found', () => {
  // What a witness said may be anything, and where it said it is text that nobody reckons with.
  const places = placesIn(whole).filter((at) => at.at(-1) !== 'raw')

  test.each([
    ['an object that is none', Object.create(null) as object],
    ['a list', [[0]]],
  ])('%s', (_, to) => {
    for (const at of places) expect(reportProblem(changed(whole, at, to)), at.join('.')).toBeTypeOf('string')
  })

  test('nothing at all, where something has to be', () => {
    const missing = places
      .filter((at) => isRunReport(changed(whole, at, undefined)))
      .map((at) => at.join('.'))
    expect(missing.filter((name) => !OPTIONAL.test(name))).toEqual([])
    expect(missing).toContain('findings.0.fix')
  })
})

/** What a report may do without. */
const OPTIONAL =
  /^(?:change|findings\.0\.(?:package|fix|location|location\.line)|packages\.0\.claims\.\d\.license|change\.packages\.0\.after)$/

test.each([
  ['null', null],
  ['a list', []],
  ['nothing in it', {}],
  ['text', 'report'],
  ['a newer version', { ...runReport(), schemaVersion: 2 }],
  ['a number beyond all', { ...runReport(), run: { ...runReport().run, durationMs: Infinity } }],
  ['what is inherited', Object.create(runReport()) as object],
  ['another tool', { ...runReport(), tool: { name: 'other', version: '1' } }],
])('%s is no report', (_, value) => {
  expect(isRunReport(value)).toBe(false)
})

test('the problem names the place', () => {
  expect(reportProblem(changed(whole, ['packages', 0, 'kinds', 0], 'prod'))).toBe(
    'packages[0].kinds[0] is none of production, dev, optional, peer',
  )
  expect(reportProblem(changed(whole, ['run', 'startedAt'], 'yesterday'))).toBe('run.startedAt is no time')
})

test('what is nested too deeply is refused before anything goes through it', () => {
  const deep = JSON.parse(`{"raw":${'['.repeat(50_000)}${']'.repeat(50_000)}}`) as object
  expect(reportProblem({ ...runReport(), deep })).toBe('it is nested more deeply than any report')
})

test('a prototype in the data changes nothing', () => {
  const evil = JSON.parse('{"__proto__":{"schemaVersion":1,"verdict":"pass"}}') as unknown
  expect(isRunReport(evil)).toBe(false)
  expect(schemaVersionOf(evil)).toBeUndefined()
  expect(schemaVersionOf({ schemaVersion: 7 })).toBe(7)
})
