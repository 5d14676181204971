import { expect, test } from 'vitest'
import type { ChangeType } from '#model/change'
import { countMoves, movedNames } from '#history/moves'
import { auditRun } from '../../support/audit.ts'

function runWith(changes: [ChangeType, string][]) {
  const run = auditRun('2026-11-02T00:00:00.000Z')
  const since = { id: 'x', startedAt: '', verdict: 'pass' as const, policySha256: null, toolVersion: '1' }
  const packages = changes.map(([type, name]) => ({ type, name, differs: [], path: [] }))
  const comparison = { since, newFindings: [], fixedFindings: [], unchanged: 0, packages }
  return { ...run, audit: { lapsing: [], trend: [], comparison } }
}

test('what has another version has moved, each name once; what came, went or changed in another way has not', () => {
  const run = runWith([
    ['updated', 'b'],
    ['added', 'c'],
    ['updated', 'a'],
    ['updated', 'b'],
    ['removed', 'd'],
    ['changed', 'e'],
  ])
  expect(movedNames(run)).toEqual(['a', 'b'])
  expect(movedNames(runWith([]))).toEqual([])
})

test('the first run knows of nothing, and one in which nearly all has moved says nothing', () => {
  expect(movedNames({})).toBeUndefined()
  const names = Array.from({ length: 1000 }, (_, at): [ChangeType, string] => ['updated', `package-${at}`])
  expect(movedNames(runWith(names))).toBeUndefined()
  expect(movedNames(runWith(names.slice(0, 100)))).toHaveLength(100)
})

test('runs are counted for each name, whatever it is', () => {
  const moves = countMoves([{ moved: ['a', '__proto__'] }, {}, { moved: ['a'] }])
  expect([...moves]).toEqual([
    ['a', 2],
    ['__proto__', 1],
  ])
})
