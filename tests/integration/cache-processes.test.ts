/** Several runs at one cache, and runs that are killed while they write it: the next run is right and warm. */
import { readdirSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { judgementOf } from '../support/judgement.ts'
import { ALWAYS_ASKED, disagree, mixedProject } from '../support/mixed-project.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

/** Eight processes share two processors; what a deadline does is not the question here. */
const PATIENT = ['--deadline', '2m']

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

test(
  'thirty runs killed at random moments while they write: the next one is right, the one after it warm',
  { timeout: 180_000 },
  async () => {
    const seed = Date.now() % 2 ** 32
    const { wallMs } = await scenario.json(PATIENT)
    const random = randomFrom(seed)
    let killed = 0
    for (let round = 0; round < 10; round++) {
      const before = scenario.registry.requests.length
      // Three at a time, so that the killed also leave each other what they had begun.
      const runs = [startRun(), startRun(), startRun()]
      await expect
        .poll(() => scenario.registry.requests.length, { timeout: 60_000, interval: 2 })
        .toBeGreaterThan(before)
      killed += (await Promise.all(runs.map((run) => run.killAfter(random() * wallMs * 0.6)))).filter(
        Boolean,
      ).length
    }
    const seen = `seed ${seed}, ${killed} killed`
    expect(killed, seen).toBeGreaterThan(15)
    const survivors = (): number => processesIn(scenario.project.home)
    await expect.poll(survivors, { timeout: 20_000, message: `${seen}: npm goes on` }).toBe(0)
    await expectRight(seen)
    await expectWarm(seen)
    const verified = await scenario.depgate(['cache', 'verify'])
    expect(verified.code, seen).toBe(0)
    expect(verified.stdout, seen).toMatch(/^\d+ packs? kept, 0 not believed and removed/)
  },
)

/** Starts a run that writes every record again, however full the cache is; tells in the end whether it was killed. */
function startRun(): { killAfter: (ms: number) => Promise<boolean> } {
  let id: number | undefined
  const ended = scenario
    .depgate([...PATIENT, '--refresh'], {
      // What npm is left with lies in the home folder, where it can be found and is cleared away.
      env: { TMPDIR: scenario.project.home },
      onStart: (pid) => (id = pid),
    })
    .finally(() => (id = undefined))
  return {
    async killAfter(ms) {
      await sleep(ms)
      if (id !== undefined) process.kill(id, 'SIGKILL')
      return (await ended).signal === 'SIGKILL'
    },
  }
}

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
