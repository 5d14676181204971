import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { integrityMarks } from '#history/stored-run'
import type { Finding } from '#model/finding'
import type { PackageReport, RunReport } from '#model/run-report'
import { compareRuns } from '../../../src/run/compare-runs.ts'
import { auditRun } from '../../support/audit.ts'
import { finding, packageReport } from '../../support/report.ts'

const run = (changes: Partial<RunReport> = {}) => {
  const report = auditRun('2026-11-21T04:17:00.000Z', changes)
  return { report, marks: report.packages.map(integrityMarks) }
}
const of = (packages: PackageReport[]) => run({ packages })
const found = (...findings: Finding[]) => run({ findings })
const deny = (fingerprint: string): Finding => finding({ fingerprint, package: 'a@1.0.0' })
const warn = (fingerprint: string): Finding => ({ ...deny(fingerprint), severity: 'warn', verdict: 'pass' })

describe('findings', () => {
  test('are new, fixed or as before, by their fingerprint', () => {
    const before = found(deny('1'), deny('2'), warn('3'))
    const { newFindings, fixedFindings, unchanged } = compareRuns(
      before,
      found(deny('4'), deny('2'), warn('3'), warn('0')),
    )
    expect(newFindings).toEqual(['0', '4'])
    expect(fixedFindings).toEqual([deny('1')])
    expect(unchanged).toBe(2)
  })

  test('that were a warning and deny now are new; the other way round they are as before', () => {
    expect(compareRuns(found(warn('1')), found(deny('1')))).toMatchObject({
      newFindings: ['1'],
      unchanged: 0,
    })
    expect(compareRuns(found(deny('1')), found(warn('1')))).toMatchObject({
      newFindings: [],
      fixedFindings: [],
      unchanged: 1,
    })
  })

  test('count once where several share a fingerprint', () => {
    const { newFindings, unchanged } = compareRuns(
      found(deny('1')),
      found(warn('1'), deny('1'), deny('2'), deny('2')),
    )
    expect({ newFindings, unchanged }).toEqual({ newFindings: ['2'], unchanged: 1 })
  })

  test('are not fixed where they could not be made: of packages that were not judged, of kinds nobody asked about', () => {
    const open = packageReport('a@1.0.0', { verdict: 'incomplete', license: null })
    const before = found(
      deny('1'),
      { ...deny('2'), package: 'gone@1.0.0' },
      finding({ fingerprint: '3', rule: 'allow-unused' }),
    )
    expect(
      compareRuns(before, run({ packages: [open] })).fixedFindings.map((each) => each.fingerprint),
    ).toEqual(['2'])
    expect(compareRuns(before, run(), ({ rule }) => rule === 'allow-unused').fixedFindings).toHaveLength(2)
  })

  test('a run compared with itself has nothing new, and both ways mirror each other', () => {
    const some = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String))
    fc.assert(
      fc.property(some, some, (a, b) => {
        const [left, right] = [found(...a.map(deny)), found(...b.map(deny))]
        expect(compareRuns(left, left)).toMatchObject({ newFindings: [], fixedFindings: [], packages: [] })
        const [there, back] = [compareRuns(left, right), compareRuns(right, left)]
        const fixed = there.fixedFindings.map(({ fingerprint }) => fingerprint)
        expect(fixed.toSorted()).toEqual(back.newFindings)
        expect(there.unchanged + there.newFindings.length).toBe(b.length)
      }),
    )
  })
})

/** What is different about a package of the same version. */
function differs(before: Partial<PackageReport>, now: Partial<PackageReport>): string[] {
  const [left, right] = [before, now].map((changes) => of([packageReport('a@1.0.0', changes)]))
  const changes = left && right ? compareRuns(left, right).packages : []
  const [first] = changes
  return first === undefined ? [] : [first.type, ...first.differs]
}

describe('packages', () => {
  const state = { license: 'MIT', kinds: ['production'] }

  test('come, go and get other versions', () => {
    const before = of([
      packageReport('gone@1.0.0'),
      packageReport('moved@1.0.0'),
      packageReport('same@1.0.0'),
    ])
    const now = of([
      packageReport('came@1.0.0'),
      packageReport('moved@1.1.0', { license: 'ISC' }),
      packageReport('same@1.0.0'),
    ])
    expect(compareRuns(before, now).packages).toEqual([
      {
        type: 'added',
        name: 'came',
        after: { ...state, version: '1.0.0' },
        differs: [],
        path: ['app@1.0.0', 'came@1.0.0'],
      },
      {
        type: 'removed',
        name: 'gone',
        before: { ...state, version: '1.0.0' },
        differs: [],
        path: ['app@1.0.0', 'gone@1.0.0'],
      },
      {
        type: 'updated',
        name: 'moved',
        before: { ...state, version: '1.0.0' },
        after: { ...state, version: '1.1.0', license: 'ISC' },
        differs: ['license', 'version'],
        path: ['app@1.0.0', 'moved@1.1.0'],
      },
    ])
  })

  test('of the same version can have another licence, integrity or kind', () => {
    expect(differs({}, { license: 'ISC' })).toEqual(['changed', 'license'])
    expect(differs({}, { license: null, verdict: 'unknown' })).toEqual(['changed', 'license'])
    expect(differs({ license: 'MIT OR ISC' }, { license: '(ISC OR MIT)' })).toEqual([])
    expect(differs({ integrity: ['sha512-a'] }, { integrity: ['sha512-b'] })).toEqual([
      'changed',
      'integrity',
    ])
    expect(differs({ kinds: ['dev'] }, { kinds: ['production'], license: 'ISC' })).toEqual([
      'changed',
      'kinds',
      'license',
    ])
    expect(differs({}, { license: null, verdict: 'incomplete' })).toEqual([])
  })
})

test('says which run it was', () => {
  const before = auditRun('2026-11-14T04:17:00.000Z', { verdict: 'violation' })
  expect(compareRuns({ report: before, marks: [[]] }, run()).since).toEqual({
    id: before.run.id,
    startedAt: '2026-11-14T04:17:00.000Z',
    verdict: 'violation',
    policySha256: 'p',
    toolVersion: '0.0.0',
  })
})
