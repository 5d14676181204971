/** Several processes at one history, and processes that are killed while they store: whatever was stored is there. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { listRuns, readRun } from '#history/history-folder'
import type { HistoryFolder } from '#history/history-folder'
import { auditRun } from '../support/audit.ts'
import { packageReport } from '../support/report.ts'

const WRITER = resolve(import.meta.dirname, '../support/history-writer.mjs')
const packages = Array.from({ length: 200 }, (_, index) => packageReport(`package-${index}@1.0.${index}`))
const REPORT = JSON.stringify(auditRun('2026-11-21T04:17:00.000Z', { packages }))

let base: string
let folder: HistoryFolder
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'depgate-history-processes-'))
  writeFileSync(join(base, 'report'), REPORT)
  folder = { directory: join(base, 'history'), project: base, secret: Buffer.alloc(32, 1) }
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

/** A process that stores so many runs; `told` are the names of those that it said are there. */
function startWriter(count: number) {
  const child = spawn(process.execPath, [WRITER, folder.directory, String(count), join(base, 'report')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const ended = once(child, 'close')
  const first = once(child.stdout, 'data')
  return { child, ended, first, told: () => out.split('\n').slice(0, -1) }
}

async function expectAll(told: string[]): Promise<void> {
  const { entries, leftOut } = await listRuns(folder)
  expect(leftOut).toEqual([])
  const names = entries.map(({ name }) => name)
  expect(told.filter((name) => !names.includes(name))).toEqual([])
  for (const name of names.slice(-20))
    expect(await readRun(folder, name)).toMatchObject({ report: { coverage: { total: 200 } } })
}

test('eight at once: every run is there, whole, and nothing besides', async () => {
  const writers = Array.from({ length: 8 }, () => startWriter(5))
  await Promise.all(writers.map(({ ended }) => ended))
  const told = writers.flatMap((writer) => writer.told())
  expect(told).toHaveLength(40)
  await expectAll(told)
  expect(readdirSync(folder.directory)).toHaveLength(41)
})

test('thirty that are killed while they store: whatever was said to be there is there', async () => {
  const told: string[] = []
  for (let batch = 0; batch < 5; batch++) {
    const writers = Array.from({ length: 6 }, () => startWriter(Number.POSITIVE_INFINITY))
    await Promise.all(
      writers.map(async ({ child, ended, first }) => {
        await first
        await sleep(Math.random() * 40)
        child.kill('SIGKILL')
        await ended
      }),
    )
    told.push(...writers.flatMap((writer) => writer.told()))
  }
  expect(told.length).toBeGreaterThanOrEqual(30)
  await expectAll(told)
})
