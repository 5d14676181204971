import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ForecastReport } from '#model/audit'
import type { RunReport } from '#model/run-report'
import type { HistoryFolder } from '#history/history-folder'
import { lookBack, openHistory, rememberRun } from '../../../src/run/audit-history.ts'
import { auditReport, auditRun } from '../../support/audit.ts'
import { finding, packageReport } from '../../support/report.ts'

const KEEP = { runs: 100, days: 30, keep: 'more' as const }
const DAY = 86_400_000
const START = Date.UTC(2026, 10, 1)

let base: string
let folder: HistoryFolder
beforeEach(async () => {
  base = mkdtempSync(join(tmpdir(), 'depgate-look-back-'))
  folder = await opened('k'.repeat(32))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

async function opened(key: string): Promise<HistoryFolder> {
  const env = { DEPGATE_CACHE_KEY: key }
  const found = await openHistory({ directory: join(base, 'history'), project: base, env })
  return 'folder' in found ? found.folder : expect.unreachable(found.refused)
}

/** The run of a day with some findings; `open` of its hundred packages were not judged. */
function runOf(day: number, fingerprints: string[], open = 0, changes: Partial<RunReport> = {}): RunReport {
  const packages = Array.from({ length: 100 }, (_, index) =>
    packageReport(`p${index}@1.0.0`, index < open ? { verdict: 'incomplete', license: null } : {}),
  )
  const findings = fingerprints.map((fingerprint) => finding({ fingerprint, package: 'p99@1.0.0' }))
  return auditRun(new Date(START + day * DAY).toISOString(), { packages, findings, ...changes })
}

const store = (run: RunReport, to = folder) => rememberRun(run, to, KEEP, Date.parse(run.run.startedAt))

async function sinceOf(run: RunReport): Promise<number | undefined> {
  const { comparison } = await lookBack(run, folder)
  return comparison && (Date.parse(comparison.since.startedAt) - START) / DAY
}

describe('the run that is compared with', () => {
  test('is the last one', async () => {
    for (const day of [1, 3, 2]) expect(await store(runOf(day, []))).toEqual([])
    const { comparison, trend, warnings } = await lookBack(runOf(4, ['x']), folder)
    expect(comparison).toMatchObject({ newFindings: ['x'], unchanged: 0, packages: [] })
    expect(trend.map(({ startedAt }) => startedAt.slice(8, 10))).toEqual(['02', '03', '04', '05'])
    expect(warnings).toEqual([])
    expect(await sinceOf(runOf(4, []))).toBe(3)
  })

  test('is none where there is none, or this one has no tree', async () => {
    expect(await lookBack(runOf(4, []), folder)).toMatchObject({ trend: [{ packages: 100 }], warnings: [] })
    await store(runOf(1, ['x']))
    const { inputs } = runOf(4, [])
    const { tree: _tree, ...without } = inputs
    expect(await sinceOf(runOf(4, [], 0, { packages: [], inputs: without }))).toBeUndefined()
  })

  test('is no run that was cut short, where there is a better one', async () => {
    await store(runOf(1, []))
    await store(runOf(2, [], 60))
    expect(await sinceOf(runOf(3, []))).toBe(1)
    expect(await sinceOf(runOf(3, [], 60))).toBe(2)
    await store(runOf(3, [], 1))
    expect(await sinceOf(runOf(4, []))).toBe(3)
  })

  test('is a run that was cut short where there is no other, and none without a tree', async () => {
    await store(runOf(1, [], 60))
    await store(runOf(2, [], 0, { packages: [] }))
    expect(await sinceOf(runOf(3, []))).toBe(1)
  })

  test('is none that a wrong clock has put into the future', async () => {
    await store(runOf(1, []))
    await store(runOf(5000, []))
    expect(await sinceOf(runOf(2, []))).toBe(1)
  })

  test('is none of another project', async () => {
    const inputs = { ...runOf(1, []).inputs, project: '@acme/other@2.0.0' }
    await store(runOf(1, ['x'], 0, { inputs }))
    const { comparison, trend, warnings } = await lookBack(runOf(2, ['x']), folder)
    expect(comparison).toBeUndefined()
    expect(trend).toHaveLength(1)
    expect(warnings).toMatchObject([{ code: 'history-shared' }])
    expect(warnings[0]?.message).toContain('@acme/other,')
  })
})

test('what a part of the audit would find is not fixed because that part was not looked into', async () => {
  const silent = finding({ fingerprint: 's', rule: 'package-silent', package: 'p1@1.0.0' })
  await store(runOf(1, [], 0, { findings: [silent] }))
  const fixedBy = async (forecast?: ForecastReport): Promise<number | undefined> => {
    const audit = auditReport(forecast && { forecast })
    return (await lookBack(runOf(2, [], 0, { audit }), folder)).comparison?.fixedFindings.length
  }
  expect(await fixedBy()).toBe(0)
  expect(await fixedBy({ entries: [], asked: 1, unanswered: ['p1'] })).toBe(0)
  expect(await fixedBy({ entries: [], asked: 1, unanswered: ['p2'] })).toBe(1)
})

describe('what cannot be believed', () => {
  test('makes nothing old: a run of a stranger is told of and left out', async () => {
    await store(runOf(1, ['x']), await opened('s'.repeat(32)))
    const { comparison, warnings } = await lookBack(runOf(2, ['x']), folder)
    expect(comparison).toBeUndefined()
    expect(warnings).toMatchObject([{ code: 'history-foreign' }])
    expect(warnings[0]?.message).toMatch(/^1 stored run was not sealed with this key/)
  })

  test('is named and skipped: the run before it counts', async () => {
    await store(runOf(1, ['x']))
    await store(runOf(2, []))
    await store(runOf(3, []))
    const [, second = '', third = ''] = readdirSync(folder.directory)
      .filter((name) => name.endsWith('.run'))
      .toSorted()
    writeFileSync(join(folder.directory, second), 'depgate history 7 9.1.0\n')
    writeFileSync(join(folder.directory, third), 'half')
    const { comparison, warnings } = await lookBack(runOf(4, ['x']), folder)
    expect(comparison).toMatchObject({ newFindings: [], unchanged: 1 })
    expect(warnings.map(({ code }) => code)).toEqual(['history-newer', 'history-damaged'])
    expect(warnings[0]?.message).toContain(
      'was written by depgate 9.1.0 and needs that version or a later one',
    )
  })
})

describe('storing', () => {
  test('drops what need not be kept', async () => {
    for (const day of [0, 1, 40]) await store(runOf(day, []))
    await rememberRun(runOf(41, []), folder, { runs: 2, days: 30, keep: 'more' }, START + 41 * DAY)
    const names = readdirSync(folder.directory).filter((name) => name.endsWith('.run'))
    expect(names.map((name) => name.slice(4, 8)).toSorted()).toEqual(['1211', '1212'])
  })

  test('says what kept a run from being there', async () => {
    const odd = runOf(1, [])
    expect(await store({ ...odd, run: { ...odd.run, id: '../../../x' } })).toMatchObject([
      { code: 'history-not-stored' },
    ])
    writeFileSync(join(base, 'history'), '')
    expect(await store(runOf(1, []))).toMatchObject([{ code: 'history-not-stored' }])
  })

  test('a folder or key that cannot be used turns the history off', async () => {
    writeFileSync(join(base, 'file'), '')
    const env = { DEPGATE_CACHE_KEY: 'short' }
    expect(await openHistory({ directory: join(base, 'file'), project: base, env })).toEqual({
      refused: 'is off because its folder is, or lies below, something that is not a folder',
    })
    expect(await openHistory({ directory: join(base, 'history'), project: base, env })).toEqual({
      refused: 'is off: DEPGATE_CACHE_KEY is shorter than 32 bytes',
    })
  })
})
