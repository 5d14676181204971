import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lookBack, openHistory, rememberRun } from '../../../src/run/audit-history.ts'
import { monotonicMs } from '../../../src/clock.ts'
import { fetchAll } from '../../../src/run/fetch-all.ts'
import { auditRun } from '../../support/audit.ts'
import { startFakeRegistry } from '../../support/fake-registry.ts'
import type { FakeRegistry } from '../../support/fake-registry.ts'
import { packageReport } from '../../support/report.ts'
import { policy } from '../policy/samples.ts'

let project: string
let registry: FakeRegistry
beforeEach(async () => {
  project = mkdtempSync(join(tmpdir(), 'depgate-fetch-all-'))
  registry = await startFakeRegistry()
})
afterEach(async () => {
  await registry.close()
  rmSync(project, { recursive: true, force: true })
})

const env = () => ({ HOME: project, npm_config_registry: registry.url, DEPGATE_CACHE_KEY: 'k'.repeat(32) })

/** Audits of the past, each with other versions of some packages. */
async function storeAudits(history: string, ...trees: string[][]): Promise<void> {
  const opened = await openHistory({ directory: history, project, env: env() })
  if ('refused' in opened) throw new Error(opened.refused)
  for (const [day, ids] of trees.entries()) {
    const packages = ids.map((id) => packageReport(id))
    const run = auditRun(new Date(Date.UTC(2026, 10, day + 1)).toISOString(), { packages })
    const { comparison, trend } = await lookBack(run, opened.folder)
    const audit = { lapsing: [], trend, ...(comparison && { comparison }) }
    await rememberRun({ ...run, audit }, opened.folder, { runs: 100, days: 30, keep: 'more' }, Date.now())
  }
}

test('a package that nobody declares is fetched ahead where the stored audits saw it move often', async () => {
  const files = {
    'package.json': { name: 'app', version: '1.0.0', dependencies: { a: '^1.0.0' } },
    'package-lock.json': {
      name: 'app',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'app', version: '1.0.0', dependencies: { a: '^1.0.0' } },
        'node_modules/a': { version: '1.0.0', dependencies: { deep: '*', calm: '*' } },
        'node_modules/deep': { version: '1.2.0' },
        'node_modules/calm': { version: '1.0.0' },
      },
    },
  }
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(project, name), JSON.stringify(content))
  for (const id of ['a@1.0.0', 'deep@1.2.0', 'deep@1.3.0', 'deep@2.0.0', 'calm@1.0.0', 'calm@1.1.0']) {
    const [name = '', version = ''] = id.split('@')
    registry.publish(name, version, { license: 'MIT' })
  }
  const history = join(project, 'history')
  await storeAudits(history, ['deep@1.0.0', 'calm@0.9.0'], ['deep@1.1.0', 'calm@1.0.0'], ['deep@1.2.0'])
  const startedAt = monotonicMs()
  const request = {
    project,
    startedAt,
    deadlineAt: startedAt + 10_000,
    policy: policy(),
    ahead: true,
    texts: 'none' as const,
    refresh: false,
    trustNpmrc: [],
    env: env(),
  }
  const aheadOf = async (more: { history?: string }): Promise<readonly string[]> => {
    const end = await fetchAll({ ...request, ...more }, new AbortController().signal, () => undefined)
    return end.type === 'end' ? (end.state.ahead ?? []) : expect.unreachable(end.type)
  }
  expect(await aheadOf({ history })).toEqual(['deep@1.3.0', 'deep@2.0.0'])
  expect(await aheadOf({})).toEqual([])
})
