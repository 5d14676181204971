import { expect, test } from 'vitest'
import { trendPoint } from '#history/trend'
import { historyTable } from '#reporters/history-table'
import { auditRun } from '../../support/audit.ts'

test('one line a run, numbers to the right, ids made safe', () => {
  const points = [
    trendPoint(auditRun('2026-11-20T04:17:00.000Z', {}, '3f0c6b1e-aaaa')),
    { ...trendPoint(auditRun('2026-11-21T04:17:00.000Z', {}, 'a\u001b[2Jbc')), packages: 2222, denied: 14 },
  ]
  expect(historyTable(points, (text) => `*${text}*`).split('\n')).toEqual([
    '*run       began                 verdict  packages  denied  warned  unknown  open  seconds*',
    '3f0c6b1e  2026-11-20 04:17 UTC  pass            1       0       0        0     0      0.8',
    'a\ufffd[2Jbc   2026-11-21 04:17 UTC  pass         2222      14       0        0     0      0.8',
    '',
  ])
})
