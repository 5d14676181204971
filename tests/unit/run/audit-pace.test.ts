import { expect, test } from 'vitest'
import { paceWarnings } from '../../../src/run/audit-pace.ts'
import { runReport } from '../../support/report.ts'

const MACHINE = 'linux x64, 2 processors'

/** A run over so many packages that took so many milliseconds. */
function now(durationMs: number, { packages = 1000, requests = 2000, incomplete = 0 } = {}) {
  const report = runReport()
  return {
    run: { ...report.run, command: 'audit', durationMs, network: { requests, retries: 0, failures: 0 } },
    coverage: { ...report.coverage, total: packages, incomplete },
  }
}

/** A kept run. */
function kept(durationMs: number, more: object = {}, point: object = {}) {
  return {
    machine: MACHINE,
    requests: 2000,
    ...more,
    point: {
      id: 'a',
      startedAt: '2026-11-01T00:00:00.000Z',
      command: 'audit',
      verdict: 'pass' as const,
      packages: 1000,
      denied: 0,
      warned: 0,
      unknown: 0,
      incomplete: 0,
      durationMs,
      ...point,
    },
  }
}

const THREE = [kept(10_000), kept(11_000), kept(9000)]

test('a run that took twice as long for each package as any of the kept ones', () => {
  expect(paceWarnings(now(20_000), MACHINE, THREE)).toEqual([
    {
      code: 'audit-slower',
      message:
        'This audit took 20.0 ms for each package, 2.0 times the middle one of 3 kept runs on this kind of machine (linux x64, 2 processors: 10.0 ms).',
    },
  ])
})

test.each([
  ['less than half as long again', now(14_900), THREE],
  ['twice as long with twice the packages', now(20_000, { packages: 2000, requests: 4000 }), THREE],
  ['as slow as one of the kept runs', now(20_000), [...THREE, kept(20_000)]],
  ['few to compare with', now(20_000), THREE.slice(1)],
  ['a run that was cut short', now(20_000, { incomplete: 1 }), THREE],
  ['a run without a tree', now(20_000, { packages: 0 }), THREE],
  ['a run that had more to ask', now(20_000, { requests: 2600 }), THREE],
  ['a run that had nothing to ask', now(20_000, { requests: 0 }), THREE],
  ['a difference that is noise', now(160, { packages: 10, requests: 20 }), THREE],
  ['another machine', now(20_000), THREE.map((run) => ({ ...run, machine: 'darwin arm64, 8 processors' }))],
  ['runs of older versions', now(20_000), THREE.map(({ point }) => ({ point }))],
  ['kept runs that were cut short', now(20_000), [10, 10, 10].map((ms) => kept(ms, {}, { incomplete: 3 }))],
  ['runs of another command', now(20_000), [10, 10, 10].map((ms) => kept(ms, {}, { command: 'check' }))],
])('%s: nothing to say', (_what, run, runs) => {
  expect(paceWarnings(run, MACHINE, runs)).toEqual([])
})

test('runs that asked nobody are compared with such runs', () => {
  const quick = [100, 110, 90].map((ms) => kept(ms, { requests: 0 }))
  expect(paceWarnings(now(400, { requests: 0 }), MACHINE, quick)).toHaveLength(1)
})

test('only the newest ten count', () => {
  const old = Array.from({ length: 20 }, () => kept(50_000))
  const fast = Array.from({ length: 10 }, () => kept(10_000))
  expect(paceWarnings(now(30_000), MACHINE, [...old, ...fast])).toHaveLength(1)
  expect(paceWarnings(now(30_000), MACHINE, [...old, ...fast.slice(1)])).toEqual([])
})
