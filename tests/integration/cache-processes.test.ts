/** Several runs at one cache, and runs that are killed while they write it: the next run is right and warm. */
import { mkdirSync, readdirSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { judgementOf } from '../support/judgement.ts'
import { ALWAYS_ASKED, disagree, mixedProject } from '../support/mixed-project.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

/** Eight processes share two processors; what a deadline does is not the question here. */
const PATIENT = ['--deadline', '2m']
/** From its first request a run needs about this long until the last record is on the disk. */
const WRITING_MS = 600

let scenario: Scenario
let honest: { code: number | null; report: RunReport }

beforeEach(async () => {
  scenario = await startScenario(mixedProject())
  disagree(scenario)
  honest = await scenario.json([...PATIENT, '--no-cache'])
})
afterEach(() => scenario.close())

async function expectRight(seen = ''): Promise<void> {
  const { code, report } = await scenario.json(PATIENT)
  expect(code, seen).toBe(1)
  expect(judgementOf(report), seen).toEqual(judgementOf(honest.report))
  expect(report.warnings, seen).toEqual([])
  expect(report.run.cache.rejected, seen).toBe(0)
}

async function expectWarm(seen = ''): Promise<void> {
  const before = scenario.registry.requests.length
  await expectRight(seen)
  expect(scenario.registry.asked().slice(before).toSorted(compare), seen).toEqual(ALWAYS_ASKED)
}

test('eight at once on a cold cache, and without a key yet, come to the same judgement and leave it warm', async () => {
  const runs = await Promise.all(Array.from({ length: 8 }, () => scenario.json(PATIENT)))
  for (const { code, stderr, report } of runs) {
    expect(code).toBe(1)
    expect(stderr).toBe('')
    expect(judgementOf(report)).toEqual(judgementOf(honest.report))
    expect(report.warnings).toEqual([])
    expect(report.run.cache.rejected).toBe(0)
  }
  await expectWarm()
})

test('thirty runs killed at random moments while they write: the next one is right, the one after it warm', async () => {
  const seed = Date.now() % 2 ** 32
  const random = randomFrom(seed)
  const scratch = join(scenario.project.home, 'tmp')
  mkdirSync(scratch)
  await scenario.json(PATIENT)
  let killed = 0
  for (let round = 0; round < 30; round++) {
    const before = scenario.registry.requests.length
    const state = { pid: 0, over: false }
    // --refresh writes every record again, however full the cache already is.
    const running = scenario.depgate([...PATIENT, '--refresh'], {
      env: { TMPDIR: scratch },
      onStart: (pid) => (state.pid = pid),
    })
    const ended = running.finally(() => (state.over = true))
    while (!state.over && scenario.registry.requests.length === before) await sleep(2)
    await sleep(random() * WRITING_MS)
    if (!state.over) process.kill(state.pid, 'SIGKILL')
    if ((await ended).signal === 'SIGKILL') killed++
  }
  const seen = `seed ${seed}, ${killed} killed`
  expect(killed, seen).toBeGreaterThan(15)
  const survivors = (): number => processesIn(dirname(scenario.project.folder))
  await expect.poll(survivors, { timeout: 20_000, message: `${seen}: npm goes on` }).toBe(0)
  await expectRight(seen)
  await expectWarm(seen)
  const verified = await scenario.depgate(['cache', 'verify'])
  expect(verified.code, seen).toBe(0)
  expect(verified.stdout, seen).toMatch(/^\d+ records kept, 0 not believed and removed/)
})

/** Processes that work in a folder below this one; npm hides its arguments, but not where it was started. */
function processesIn(folder: string): number {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`).startsWith(folder)
    } catch {
      return false
    }
  }).length
}

/** A small generator (mulberry32), so that a failure can be repeated from its seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}
