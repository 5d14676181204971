/** The same facts give the same judgement, in whatever state the cache is and however plainly they are gathered. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { TestContext } from 'vitest'
import type { CacheStore } from '#cache/store'
import { openDiskStore } from '#cache/disk-store'
import type { RunReport } from '#model/run-report'
import * as faults from '../support/cache-faults.ts'
import type { Mounted } from '../support/cache-faults.ts'
import { judgementOf } from '../support/judgement.ts'
import { ALWAYS_ASKED, disagree, mixedProject, NEVER_ASKED, REMARKABLE } from '../support/mixed-project.ts'
import { naiveRun } from '../support/naive-run.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

/** Other tests may keep both processors busy; what a deadline does is not the question here. */
const PATIENT = ['--deadline', '2m']

let scenario: Scenario
let cache: string
let cold: { code: number | null; report: RunReport }

beforeAll(async () => {
  scenario = await startScenario(mixedProject())
  disagree(scenario)
  cache = join(scenario.project.folder, '.cache/depgate')
  cold = await scenario.json(PATIENT)
})
afterAll(() => scenario.close())

/** Runs, and fails unless the judgement is that of the cold run. Gives what may differ. */
async function sameJudgement(args: string[] = []) {
  const before = scenario.registry.requests.length
  const { code, report } = await scenario.json([...PATIENT, ...args])
  expect(code).toBe(cold.code)
  expect(judgementOf(report)).toEqual(judgementOf(cold.report))
  const asked = scenario.registry.asked().slice(before).toSorted(compare)
  expect(report.run.network.requests).toBe(asked.length)
  return { asked, cache: report.run.cache, warnings: report.warnings }
}

/** Fails unless only that is asked which no cache may answer, and the cache is content. */
async function expectWarm(): Promise<void> {
  const warm = await sameJudgement()
  expect(warm.asked).toEqual(ALWAYS_ASKED)
  expect(warm.cache.rejected).toBe(0)
  expect(warm.warnings).toEqual([])
}

test('the project is what it is meant to be: every verdict, by the evidence that leads to it', () => {
  expect(cold.code).toBe(1)
  const remarkable = cold.report.packages.filter(({ verdict }) => verdict !== 'pass')
  expect(Object.fromEntries(remarkable.map(({ id, verdict }) => [id, verdict]))).toEqual(REMARKABLE)
  expect(cold.report.coverage).toMatchObject({ total: 149, judged: 149, incomplete: 0 })
  expect(cold.report.packages.map(({ source }) => source)).toEqual(
    expect.arrayContaining(['registry', 'git', 'bundled']),
  )
  for (const id of NEVER_ASKED) expect(scenario.registry.asked()).not.toContain(id)
})

test('a naive sequential run gives the same verdict for every package', async () => {
  const naive = await naiveRun(scenario.project.folder, scenario.registry.url, Date.now())
  expect(naive).toEqual(
    cold.report.packages.map(({ id, source, installed, verdict, license, conclusion }) => {
      return { id, source, installed, verdict, license, conclusion }
    }),
  )
})

test('cold, then warm: nothing is asked again but what the registry does not know or contradicts', async () => {
  expect(cold.report.run.cache).toMatchObject({ disk: 0, rejected: 0 })
  await expectWarm()
  await expectWarm()
})

test('a second run makes no request at all', async () => {
  const before = scenario.registry.requests.length
  const { code, report } = await scenario.json([...PATIENT, '--omit', 'dev'])
  expect(code).toBe(1)
  expect(report.run.network).toEqual({ requests: 0, retries: 0, failures: 0 })
  expect(report.run.cache).toMatchObject({ misses: 0, writes: 0, rejected: 0 })
  expect(scenario.registry.requests).toHaveLength(before)
})

test('off: neither read nor written', async () => {
  const before = faults.filesBelow(cache).map((path) => [path, readFileSync(path, 'utf8')])
  const { asked, cache: used } = await sameJudgement(['--no-cache'])
  expect(asked).toHaveLength(cold.report.run.network.requests)
  expect(used).toMatchObject({ disk: 0, rejected: 0 })
  expect(faults.filesBelow(cache).map((path) => [path, readFileSync(path, 'utf8')])).toEqual(before)
})

describe('damaged, with the next run warm again', () => {
  afterEach(() => expectWarm(), 60_000)

  test.each([1, 2, 3])('one byte of every file is flipped, round %i', async (round) => {
    faults.flipBytes(cache, round)
    // A flip in the index hides a record, one in the content makes it unbelievable; either way it is asked for.
    expect((await sameJudgement()).asked.length).toBeGreaterThan(140)
  })

  test('one byte of every content is flipped', async () => {
    faults.flipBytes(join(cache, 'v1/content-v2'), 1)
    const { asked, cache: used } = await sameJudgement()
    expect(asked.length).toBeGreaterThan(140)
    // Sixteen packs, if chance has left none of them empty.
    expect(used.rejected).toBeGreaterThan(10)
  })

  test('files cut in half, short of one byte, empty', async () => {
    faults.truncateFiles(cache)
    expect((await sameJudgement()).asked.length).toBeGreaterThan(140)
  })

  test.each(['index-v5', 'content-v2'])('without its %s', async (part) => {
    rmSync(join(cache, 'v1', part), { recursive: true })
    expect((await sameJudgement()).asked.length).toBeGreaterThan(140)
  })
})

test('whichever single byte of a record is damaged, nothing is read', async () => {
  const directory = join(scenario.project.folder, 'bytes')
  const options = { directory, secret: Buffer.alloc(32, 7), now: Date.now }
  const open = async (): Promise<CacheStore> =>
    (await openDiskStore({ ...options, warn: () => undefined, rejected: () => undefined })) ??
    expect.unreachable('refused')
  const record = { body: Buffer.from('{"license":"MIT"}'), storedAt: 1 }
  await (await open()).put('key', record)
  const files = faults.filesBelow(join(directory, 'v1')).map((path) => [path, readFileSync(path)] as const)
  expect(files).toHaveLength(2)
  const restore = (): void => {
    for (const [path, bytes] of files) writeFileSync(path, bytes)
  }
  for (const [path, bytes] of files) {
    for (let at = 0; at < bytes.length; at++) {
      restore()
      const damaged = Buffer.from(bytes)
      damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << (at % 8)), at)
      writeFileSync(path, damaged)
      expect(await (await open()).get('key'), `${path} byte ${at}`).toBeUndefined()
    }
  }
  restore()
  expect(await (await open()).get('key')).toEqual(record)
})

/** Puts the warm cache aside for a test, and back afterwards. */
function setAside(folder: string): void {
  renameSync(folder, `${folder}.kept`)
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
    renameSync(`${folder}.kept`, folder)
  })
}

/** Says aloud that a test could not be run here, else unmounts when it is over. */
function needs(mounted: Mounted, { skip }: TestContext): void {
  if ('reason' in mounted) skip(`nothing can be mounted here: ${mounted.reason}`)
  else onTestFinished(mounted.unmount)
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}

describe('not to be used, with one warning', () => {
  test.each([
    { what: 'its folder', path: (folder: string) => folder },
    { what: 'a folder above it', path: dirname },
  ])('a file in place of $what', async ({ path }) => {
    setAside(path(cache))
    writeFileSync(path(cache), 'a file')
    const { asked, warnings } = await sameJudgement()
    expect(asked).toHaveLength(cold.report.run.network.requests)
    expect(warnings.map(({ code }) => code)).toEqual(['cache-folder-refused'])
    expect(readFileSync(path(cache), 'utf8')).toBe('a file')
  })

  test('read-only and warm: what is there is used', async (context) => {
    needs(faults.mountReadOnly(cache), context)
    const { asked, warnings } = await sameJudgement()
    expect(asked).toEqual(ALWAYS_ASKED)
    expect(warnings.map(({ code }) => code)).toEqual(['cache-write-failed'])
  })

  test('read-only and damaged: nothing of it is believed', async (context) => {
    onTestFinished(async () => {
      await sameJudgement()
      await expectWarm()
    })
    faults.flipBytes(cache, 5)
    needs(faults.mountReadOnly(cache), context)
    const { asked, warnings } = await sameJudgement()
    expect(asked.length).toBeGreaterThan(140)
    expect(warnings.length).toBeGreaterThan(0)
  })

  test('full', async (context) => {
    setAside(cache)
    needs(faults.mountSmall(cache, '32k'), context)
    for (const run of ['first', 'second']) {
      const { asked, warnings } = await sameJudgement()
      expect(asked.length, run).toBeGreaterThan(ALWAYS_ASKED.length)
      expect(warnings, run).toEqual([
        { code: 'cache-write-failed', message: 'The disk cache could not be written (ENOSPC).' },
      ])
    }
  })
})
