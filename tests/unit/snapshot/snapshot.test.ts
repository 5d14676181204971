/** How long a snapshot holds, which reports are fit for one, and that every doubt about one is a miss. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import type { RunReport } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { keepSnapshot } from '#snapshot/keep'
import { recall, recalledReport } from '#snapshot/recall'
import type { Recall } from '#snapshot/recall'
import { snapshotKey } from '#snapshot/snapshot-key'
import type { Wish } from '#snapshot/snapshot-key'
import { expiryOf, isLasting, oldestAnswer } from '#snapshot/snapshot'
import { lookAtTool } from '#snapshot/tool-files'
import { finding, packageReport, runReport } from '../../support/report.ts'
import { addFiles, emptyFolder } from '../collectors/project-folder.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON = Date.UTC(2026, 10, 21, 12)

describe('a snapshot holds', () => {
  test('until the day of UTC ends, whatever the time to live says', () => {
    expect(expiryOf(NOON, 48 * HOUR, NOON)).toBe(NOON + 12 * HOUR)
    expect(expiryOf(NOON + 12 * HOUR, 48 * HOUR, NOON)).toBe(NOON + 36 * HOUR)
  })

  test('no longer than the time to live', () => {
    expect(expiryOf(NOON, HOUR, NOON)).toBe(NOON + HOUR)
  })
})

test('a rule on what a registry may change counts from the oldest answer', () => {
  const old = packageReport('b@1.0.0')
  const claims = old.claims.map((claim) => ({ ...claim, at: new Date(NOON - HOUR).toISOString() }))
  const fresh = packageReport('a@1.0.0', {
    claims: claims.map((claim) => ({ ...claim, at: new Date(NOON).toISOString() })),
  })
  expect(oldestAnswer([fresh, { ...old, claims }], NOON)).toBe(NOON - HOUR)
  expect(oldestAnswer([], NOON)).toBe(NOON)
  expect(expiryOf(NOON, 2 * HOUR, NOON - HOUR)).toBe(NOON + HOUR)
})

describe('a report', () => {
  const registry = packageReport('a@1.0.0').claims[0]
  if (registry === undefined) throw new Error('no claim')

  test.each<[name: string, report: RunReport, lasts: boolean]>([
    ['that passes lasts', runReport(), true],
    ['with a violation lasts', runReport({ verdict: 'violation', findings: [finding()] }), true],
    ['that is incomplete does not', runReport({ verdict: 'incomplete' }), false],
    [
      'with a violation and an open question does not',
      runReport({ verdict: 'violation', findings: [finding(), finding({ verdict: 'incomplete' })] }),
      false,
    ],
    [
      'with a package that is too young does not',
      runReport({ verdict: 'violation', findings: [finding({ rule: 'package-too-young' })] }),
      false,
    ],
    [
      'with another tarball at the registry does not',
      runReport({ verdict: 'violation', findings: [finding({ rule: 'integrity-mismatch' })] }),
      false,
    ],
    [
      'with a witness that failed does not',
      runReport({
        packages: [
          packageReport('a@1.0.0', {
            claims: [{ ...registry, failure: { code: 'not-found', message: 'gone' } }],
          }),
        ],
      }),
      false,
    ],
    [
      'with stale evidence does not',
      runReport({ packages: [packageReport('a@1.0.0', { claims: [{ ...registry, staleMs: 1 }] })] }),
      false,
    ],
  ])('%s', (_name, report, lasts) => {
    expect(isLasting(report)).toBe(lasts)
  })
})

describe('kept and recalled', () => {
  const secret = Buffer.alloc(32, 7)
  const place = { directory: '', project: '', secret }
  const asked = { key: 'key', env: {}, now: NOON, goOn: () => true }

  /** Keeps a snapshot of a project with one file. */
  async function keep(changes: Partial<RunRequest> = {}): Promise<Recall> {
    const project = emptyFolder()
    addFiles(project, { file: 'text' })
    const disk = openDisk(project)
    disk.file(join(project, 'file'))
    const folder = { ...place, directory: join(project, '.cache'), project }
    const policy = emptyPolicy()
    const request = { now: NOON, env: {}, policy, hasPolicy: true, ...changes } as RunRequest
    const run = { request, report: runReport(), warnings: [], variables: [], around: [] }
    const memory = { confirmation: undefined, judgementOf: () => undefined, goOn: () => true }
    expect(
      await keepSnapshot(folder, 'key', { ...run, ...memory, tree: [{ root: project, ...disk.looks() }] }),
    ).toBeDefined()
    return { folder, ...asked }
  }

  test('gives the same report, with packages that say where their evidence came from', async () => {
    const recalled = await recall(await keep())
    if (recalled === undefined || recalled === 'tree-changed') throw new Error('not recalled')
    const { run } = runReport()
    const report = recalledReport(recalled, { ...run, id: 'now', startedAt: '2026-11-21T12:01:00.000Z' })
    expect(Object.keys(report)).toEqual(Object.keys(runReport()))
    expect(report.run).toMatchObject({ id: 'now', snapshot: { madeAt: new Date(NOON).toISOString() } })
    expect(report.packages[0]?.claims.map(({ from }) => from)).toEqual(['snapshot', 'node_modules'])
    expect(report.packages).toBe(report.packages)
    expect(structuredClone(report)).toEqual(report)
  })

  test.each<[name: string, changes: Partial<Recall>, found: boolean]>([
    ['a moment later', { now: NOON + 1 }, true],
    ['a moment before the day ends', { now: NOON + 12 * HOUR - 1 }, true],
    ['when the day has ended', { now: NOON + 12 * HOUR }, false],
    ['years later', { now: NOON + 24 * HOUR * 1000 }, false],
    ['by a clock that was set back an hour', { now: NOON - HOUR }, false],
    ['under another key', { key: 'other' }, false],
    ['by someone with another secret', { folder: { ...place, secret: Buffer.alloc(32, 8) } }, false],
    ['without any time left', { goOn: () => false }, false],
    ['in another environment', { env: { npm_config_registry: 'https://registry.example/' } }, false],
  ])('%s', async (_name, changes, found) => {
    const kept = await keep()
    const folder = { ...kept.folder, secret: changes.folder?.secret ?? secret }
    const recalled = await recall({ ...kept, ...changes, folder })
    expect(recalled !== undefined && recalled !== 'tree-changed').toBe(found)
  })

  test('not after a change', async () => {
    const kept = await keep()
    writeFileSync(join(kept.folder.project, 'file'), 'TEXT')
    expect(await recall(kept)).toBe('tree-changed')
  })
})

describe('the key', () => {
  const wish: Wish = {
    project: '/p',
    config: undefined,
    omitDev: false,
    workspaces: [],
    trustNpmrc: [],
    env: {},
    cwd: '/p',
  }

  test.each<[keyof Wish, Partial<Wish>]>([
    ['project', { project: '/q' }],
    ['config', { config: '/p/x.json' }],
    ['omitDev', { omitDev: true }],
    ['workspaces', { workspaces: ['a'] }],
    ['trustNpmrc', { trustNpmrc: ['registry'] }],
    ['cwd', { cwd: '/p/packages' }],
    ['base', { base: ['main', '0'.repeat(40), ''] }],
    ['env', { env: { npm_config_registry: 'https://registry.example/' } }],
  ])('is another for another %s', (_name, change) => {
    expect(snapshotKey({ ...wish, ...change })).not.toBe(snapshotKey(wish))
  })
})

describe('what depgate itself is made of', () => {
  const files = {
    'dist/build-stamp': 'abc',
    'package.json': { dependencies: { a: '1' } },
    'node_modules/a/package.json': { version: '1.0.0', dependencies: { b: '1' } },
    'node_modules/b/package.json': { version: '1.0.0', dependencies: { a: '1' } },
  }
  const look = (more: Record<string, unknown> = {}): string | undefined => {
    const folder = emptyFolder()
    addFiles(folder, { ...files, ...more })
    return lookAtTool(folder)?.digest
  }

  test('is told by its build and by all that it depends on, in a circle too', () => {
    expect(look()).toBe(look())
    expect(look({ 'dist/build-stamp': 'abd' })).not.toBe(look())
    expect(look({ 'node_modules/b/package.json': { version: '1.0.1' } })).not.toBe(look())
  })

  test('nobody knows without a stamp of the build', () => {
    expect(look({ 'dist/build-stamp': null })).toBeUndefined()
  })
})
