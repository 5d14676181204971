import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { encodeEntry } from '#history/entry'
import { inspectHistory, listRuns, readRun, removeRuns, runNames, storeRun } from '#history/history-folder'
import type { HistoryFolder } from '#history/history-folder'
import { namesToDrop } from '#history/retention'
import { runName } from '#history/run-name'
import { auditRun } from '../../support/audit.ts'

let project: string
let folder: HistoryFolder
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'depgate-history-'))
  folder = { directory: join(project, '.cache/depgate-history'), project, secret: Buffer.alloc(32, 1) }
})
afterEach(() => rmSync(project, { recursive: true, force: true }))

const timeOf = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString()

async function append(day: number, to = folder): Promise<string> {
  const run = auditRun(timeOf(day), {}, `run-${String(day).padStart(8, '0')}`)
  const name = runName(run.run.startedAt, run.run.id)
  expect(await storeRun(to, name, encodeEntry(run, name, to.secret, Date.now()))).toBeUndefined()
  return name
}

const idsOf = async (): Promise<string[]> =>
  (await listRuns(folder)).entries.map(({ head }) => head.point.startedAt)

describe('a folder of runs', () => {
  test('that is not there has none', async () => {
    expect(await inspectHistory(folder)).toBe('absent')
    expect(await listRuns(folder)).toEqual({ entries: [], leftOut: [] })
  })

  test('gives them oldest first, and leaves nothing else behind', async () => {
    for (const day of [3, 1, 2]) await append(day)
    expect(await idsOf()).toEqual([timeOf(1), timeOf(2), timeOf(3)])
    expect(readdirSync(folder.directory)).toHaveLength(4)
    expect(readFileSync(join(folder.directory, '.gitignore'), 'utf8')).toBe('*\n')
    expect(statSync(folder.directory).mode & 0o777).toBe(0o700)
  })

  test('keeps the run that is there when one of the same name comes', async () => {
    const name = await append(1)
    const before = readFileSync(join(folder.directory, name))
    await append(1)
    expect(readFileSync(join(folder.directory, name)).equals(before)).toBe(true)
    expect(await idsOf()).toHaveLength(1)
  })

  test('names what it leaves out', async () => {
    const [cut, foreign, newer, good] = [await append(1), await append(2), await append(3), await append(4)]
    const path = (name: string): string => join(folder.directory, name)
    writeFileSync(path(cut), readFileSync(path(cut)).subarray(0, 500))
    const stranger = { ...folder, secret: Buffer.alloc(32, 2) }
    rmSync(path(foreign))
    await append(2, stranger)
    writeFileSync(path(newer), `depgate history 9 3.0.0\n${'x'.repeat(200)}`)
    const list = await listRuns(folder)
    expect(list.entries.map(({ name }) => name)).toEqual([good])
    expect(list.leftOut).toEqual([
      { name: cut, problem: { kind: 'damaged' } },
      { name: foreign, problem: { kind: 'foreign' } },
      { name: newer, problem: { kind: 'newer', version: '3.0.0' } },
    ])
    expect(await readRun(folder, foreign)).toEqual({ kind: 'foreign' })
  })

  test('reads neither links nor folders nor what others can write in place of a run', async () => {
    const [linked, folderName, writable] = [await append(1), await append(2), await append(3)]
    const path = (name: string): string => join(folder.directory, name)
    writeFileSync(join(project, 'elsewhere'), readFileSync(path(linked)), { mode: 0o600 })
    rmSync(path(linked))
    symlinkSync(join(project, 'elsewhere'), path(linked))
    rmSync(path(folderName))
    mkdirSync(path(folderName))
    chmodSync(path(writable), 0o666)
    const { entries, leftOut } = await listRuns(folder)
    expect(entries).toEqual([])
    expect(leftOut.map(({ problem }) => problem.kind)).toEqual(['damaged', 'damaged', 'damaged'])
  })

  test('is refused where it is a link, or others may write it', async () => {
    mkdirSync(join(project, 'real'))
    mkdirSync(join(project, '.cache'))
    symlinkSync(join(project, 'real'), folder.directory)
    expect(await inspectHistory(folder)).toEqual({ refused: 'is, or lies below, a symbolic link' })
    const run = auditRun(timeOf(1))
    expect(await storeRun(folder, 'x', encodeEntry(run, 'x', folder.secret, 0))).toBe('refused')
    expect(readdirSync(join(project, 'real'))).toEqual([])
    rmSync(folder.directory)
    mkdirSync(folder.directory)
    chmodSync(folder.directory, 0o777)
    expect(await inspectHistory(folder)).toEqual({ refused: 'can be written by other users' })
  })

  test('says by a code why a run could not be put there', async () => {
    writeFileSync(join(project, '.cache'), '')
    const run = auditRun(timeOf(1))
    expect(await storeRun(folder, 'x', encodeEntry(run, 'x', folder.secret, 0))).toMatch(/^ENOTDIR|EEXIST$/)
  })

  test('loses old drafts and the runs that it is told to lose, and nothing else', async () => {
    const [first, second] = [await append(1), await append(2)]
    const draft = join(folder.directory, '.draft-0123456789ab')
    const young = join(folder.directory, '.draft-ba9876543210')
    for (const path of [draft, young]) writeFileSync(path, 'half')
    utimesSync(draft, 0, 0)
    expect(await removeRuns(folder.directory, [first, 'not-there.run'], Date.now())).toEqual([first])
    expect(readdirSync(folder.directory).toSorted()).toEqual(['.draft-ba9876543210', '.gitignore', second])
  })
})

test('whatever is put there, pruned and cut in any order, with any clock: nothing whole is lost that has to be kept', async () => {
  const action = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('put' as const), day: fc.integer({ min: 0, max: 90 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('prune' as const), day: fc.integer({ min: -400, max: 400 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('cut' as const), day: fc.integer({ min: 0, max: 90 }) }),
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 14 }), async (actions) => {
      rmSync(folder.directory, { recursive: true, force: true })
      const present = new Map<string, 'whole' | 'cut'>()
      for (const each of actions) {
        if (each.do === 'put') {
          const name = await append(each.day)
          if (!present.has(name)) present.set(name, 'whole')
        } else if (each.do === 'cut') {
          const name = [...present.keys()][each.day % Math.max(1, present.size)]
          if (name === undefined) continue
          const path = join(folder.directory, name)
          writeFileSync(path, readFileSync(path).subarray(0, 40))
          present.set(name, 'cut')
        } else {
          const now = Date.parse(timeOf(each.day))
          const dropped = namesToDrop(
            await runNames(folder.directory),
            { runs: 3, days: 5, keep: 'more' },
            now,
          )
          await removeRuns(folder.directory, dropped, now)
          for (const name of dropped) present.delete(name)
        }
      }
      const { entries, leftOut } = await listRuns(folder)
      const whole = [...present].filter(([, state]) => state === 'whole').map(([name]) => name)
      expect(entries.map(({ name }) => name)).toEqual(whole.toSorted())
      expect(leftOut).toHaveLength(present.size - whole.length)
    }),
    { numRuns: 25 },
  )
})
