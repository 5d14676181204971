import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { measureWorker } from '#metrics/measure-worker'
import { runReport } from '../support/report.ts'
import { measureRun } from '../../src/measured-run.ts'
import { isHeard, span, TRACE_TYPES } from '../../src/trace.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-measure-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const NOTHING = { profile: undefined, startedAt: Date.now(), wholeProcess: false }

test('what both threads measured is in the report, and nobody listens any more', async () => {
  const run = await measureRun({ ...NOTHING, metrics: true })
  span('here', () => undefined)
  run.leaveToWorker()
  await run.stop()
  const endWorker = await measureWorker({ metrics: true, relay: [] }, () => undefined)
  span('there', () => undefined)
  run.addWorker(await endWorker())
  const { metrics, warnings } = run.complete(runReport())
  expect(Object.keys(metrics?.operations ?? {})).toEqual(['here', 'there'])
  expect(warnings).toEqual([])
  expect(TRACE_TYPES.filter(isHeard)).toEqual([])
})

test('a report stays as it is but for the metrics that were asked for', async () => {
  const run = await measureRun({ ...NOTHING, metrics: false })
  expect(TRACE_TYPES.filter(isHeard)).toEqual([])
  await run.stop()
  expect(run.complete(runReport())).toEqual(runReport())
})

test('a worker that was stopped before it could say anything is told of', async () => {
  const file = join(folder, 'x.cpuprofile')
  const run = await measureRun({ ...NOTHING, metrics: true, profile: file })
  run.leaveToWorker()
  await run.stop()
  const { metrics, warnings } = run.complete(runReport())
  expect(metrics?.operations).toEqual({})
  expect(warnings.map(({ code }) => code)).toEqual(['metrics-incomplete', 'profile-not-written'])
  expect(readdirSync(folder)).toEqual([])
})

test('the profile of a run without a worker is written once, when the run is over', async () => {
  const file = join(folder, 'x.cpuprofile')
  const run = await measureRun({ ...NOTHING, metrics: false, profile: file })
  expect(readdirSync(folder)).toEqual([])
  await run.stop()
  await run.stop()
  const profile: unknown = JSON.parse(readFileSync(file, 'utf8'))
  expect(profile).toMatchObject({ nodes: expect.any(Array) as unknown[] })
  expect(run.complete(runReport())).toEqual(runReport())
})

test('a place that takes no file is a warning that names no path', async () => {
  const end = await measureWorker(
    { metrics: false, relay: [], profile: join(folder, 'no/such/folder/x.cpuprofile') },
    () => undefined,
  )
  const { recording, warnings } = await end()
  expect(recording).toBeUndefined()
  expect(warnings).toEqual([
    {
      code: 'profile-not-written',
      message:
        'There is no CPU profile: it could not be written (ENOENT); choose another place with --profile.',
    },
  ])
})
