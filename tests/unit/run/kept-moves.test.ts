import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runName } from '#history/run-name'
import { rememberRun, lookBack, openHistory } from '../../../src/run/audit-history.ts'
import { keptMoves } from '../../../src/run/kept-moves.ts'
import { auditRun } from '../../support/audit.ts'
import { packageReport } from '../../support/report.ts'

const KEEP = { runs: 100, days: 30, keep: 'more' as const }
let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'depgate-kept-moves-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

const place = (key = 'k'.repeat(32)) => ({
  directory: join(base, 'history'),
  project: base,
  env: { DEPGATE_CACHE_KEY: key },
})

/** Audits a tree a day, as `audit` does: compared with the last one, then stored. */
async function nights(...trees: string[][]): Promise<void> {
  const opened = await openHistory(place())
  if ('refused' in opened) throw new Error(opened.refused)
  for (const [day, ids] of trees.entries()) {
    const packages = ids.map((id) => packageReport(id))
    const run = auditRun(new Date(Date.UTC(2026, 10, day + 1)).toISOString(), { packages })
    const { warnings, ...before } = await lookBack(run, opened.folder)
    expect(warnings).toEqual([])
    const whole = { ...run, audit: { lapsing: [], ...before } }
    expect(await rememberRun(whole, opened.folder, KEEP, Date.parse(run.run.startedAt))).toEqual([])
  }
}

const project = 'app'

test('how often each package has moved over the kept runs', async () => {
  await nights(['a@1.0.0', 'b@1.0.0', 'c@1.0.0'], ['a@1.1.0', 'b@1.0.0', 'c@1.0.0'], ['a@1.2.0', 'b@2.0.0'])
  const { moves, warnings } = await keptMoves(place(), project)
  expect(Object.fromEntries(moves)).toEqual({ a: 2, b: 1 })
  expect(warnings).toEqual([])
  expect((await keptMoves(place(), 'another')).moves.size).toBe(0)
})

test('without a history nothing is known; a damaged entry and runs of a stranger are told of and left out', async () => {
  expect(await keptMoves(place(), project)).toEqual({ moves: new Map(), warnings: [] })
  await nights(['a@1.0.0'], ['a@1.1.0'])
  writeFileSync(join(base, 'history', runName('2026-11-09T00:00:00.000Z', 'abcdefgh')), 'nothing')
  const stranger = await keptMoves(place('s'.repeat(32)), project)
  expect(stranger.moves.size).toBe(0)
  expect(stranger.warnings.map(({ code }) => code)).toEqual(['history-damaged', 'history-foreign'])
  const { moves, warnings } = await keptMoves(place(), project)
  expect([...moves]).toEqual([['a', 1]])
  expect(warnings.map(({ code }) => code)).toEqual(['history-damaged'])
})

test('a folder that others may write to is refused', async () => {
  mkdirSync(join(base, 'history'))
  chmodSync(join(base, 'history'), 0o777)
  expect((await keptMoves(place(), project)).warnings).toMatchObject([{ code: 'history-off' }])
})
