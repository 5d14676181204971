import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lockedTree } from '../../../src/collectors/locked-tree.ts'
import { readPackageLock } from '../../../src/collectors/package-lock.ts'
import { fail, ok } from '#model/outcome'
import type { FailureCode, Outcome } from '#model/outcome'
import type { ManifestAnswer, RegistryClient } from '#registry/client'
import { fetchAhead, fetchLocked, startTally } from '../../../src/run/fetch-packages.ts'
import type { FetchContext } from '../../../src/run/fetch-packages.ts'
import { askedGroups } from '../../../src/run/fetch-plan.ts'
import { selectPackages } from '../../../src/run/packages.ts'
import type { PackageGroup } from '../../../src/run/packages.ts'

type Lock = Record<string, Record<string, unknown>>

/** What a registry says of an id: where the answer comes from, or the failure; `carries` for a manifest that bundles. */
type Says = 'network' | 'disk' | 'carries' | FailureCode

/** A run over a lockfile against a registry that says one thing of everything, but for some ids. */
function start(packages: Lock, says: Record<string, Says> = {}, more: Partial<FetchContext> = {}) {
  const asked: string[] = []
  let open = 0
  let mostOpen = 0
  const answer = async <T>(id: string, value: (says: Says) => T): Promise<Outcome<T>> => {
    asked.push(id)
    mostOpen = Math.max(mostOpen, ++open)
    await Promise.resolve()
    open--
    const said = says[id] ?? 'network'
    if (said === 'network' || said === 'disk' || said === 'carries') return ok(value(said))
    return fail(said, 'said no')
  }
  const client: RegistryClient = {
    manifest: (name, version) =>
      answer(`${name}@${version}`, (said): ManifestAnswer => ({
        manifest: { name, version, license: {}, integrity: [], ...(said === 'carries' && { bundled: true }) },
        at: '2026-01-01T00:00:00.000Z',
        from: said === 'disk' ? 'disk' : 'network',
      })),
    publishTime: (name, version) => answer(`time of ${name}@${version}`, () => 'none' as const),
    versions: (name) =>
      answer(name, () => ({ versions: ['1.0.0', '1.1.0'], tags: new Map([['latest', '1.1.0']]) })),
    releases: () => Promise.reject(new Error('not asked for')),
    tarball: () => Promise.reject(new Error('no tarball is fetched')),
    advisories: async () => [],
    statistics: () => ({ requests: 0, retries: 0, failures: 0 }),
    close: async () => undefined,
  }
  const context: FetchContext = {
    registry: {
      client,
      ownRegistry: () => false,
      registryOf: () => undefined,
      isOwnOrigin: () => true,
      readTarball: () => Promise.reject(new Error('no tarball is read')),
      warnings: [],
    },
    wantsTimes: false,
    tally: startTally(),
    onChange: () => undefined,
    signal: new AbortController().signal,
    ...more,
  }
  const lockfile = readPackageLock(JSON.stringify({ lockfileVersion: 3, packages }))
  if (!lockfile.ok) throw new Error(lockfile.failure.message)
  const tree = lockedTree(lockfile.value, { folders: new Map() })
  const inventory = { root: { name: '', version: '' }, instances: tree.instances, edges: [], problems: [] }
  const { judged } = selectPackages(inventory, { omitDev: false, workspaces: [], isFirstParty: () => false })
  const groups: PackageGroup[] = askedGroups(judged)
  return { tree, groups, context, asked, mostOpen: () => mostOpen }
}

const CARRIED: Lock = {
  'node_modules/c': { version: '1.0.0', bundleDependencies: ['in'], dependencies: { in: '*' } },
  'node_modules/c/node_modules/in': { version: '2.0.0', inBundle: true },
}

describe('what comes of each question is counted', () => {
  test('what was there, what is new, what failed and what the deadline cut off', async () => {
    const lock = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [`node_modules/${name}`, { version: '1.0.0' }]),
    )
    const run = start(lock, { 'a@1.0.0': 'disk', 'c@1.0.0': 'not-found', 'd@1.0.0': 'deadline' })
    await fetchLocked(run.groups, run.context)
    expect(run.context.tally).toMatchObject({
      packages: 4,
      cached: 1,
      fetched: 1,
      failed: [{ id: 'c@1.0.0', code: 'not-found', message: 'said no' }],
    })
  })

  test('what a carrier answers for is no package of its own', async () => {
    const run = start(CARRIED, { 'c@1.0.0': 'carries' })
    await fetchLocked(run.groups, run.context)
    expect(run.context.tally).toMatchObject({ packages: 1, fetched: 1 })
    expect(new Set(run.asked)).toEqual(new Set(['c@1.0.0']))
  })

  test('what only claims to be carried is asked for by name', async () => {
    const run = start(CARRIED)
    await fetchLocked(run.groups, run.context)
    expect(run.context.tally).toMatchObject({ packages: 2, fetched: 2 })
    expect(run.asked).toContain('in@2.0.0')
  })

  test('a package counts once its publish time is there too', async () => {
    const lock = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } }
    const run = start(lock, { 'time of b@1.0.0': 'server-error' }, { wantsTimes: true })
    await fetchLocked(run.groups, run.context)
    expect(run.context.tally).toMatchObject({ packages: 2, fetched: 1, failed: [{ id: 'b@1.0.0' }] })
  })

  test('a look-up that the deadline cut off is left, one that failed is named', async () => {
    const lock = {
      '': { dependencies: { a: '^1.0.0', b: '^1.0.0', c: '^1.0.0' } },
      ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`node_modules/${name}`, { version: '1.0.0' }])),
    }
    const run = start(lock, { a: 'deadline', b: 'unauthorized' })
    await fetchAhead(run.tree.direct, new Set(), run.context)
    expect(run.context.tally).toMatchObject({
      packages: 1,
      fetched: 1,
      unlooked: 1,
      failedLookUps: 1,
      failed: [{ id: 'b', code: 'unauthorized' }],
      ahead: [{ name: 'c', version: '1.1.0' }],
    })
  })
})

describe('whatever the size', () => {
  const MANY: Lock = Object.fromEntries(
    Array.from({ length: 2000 }, (_, at) => [`node_modules/p${at}`, { version: '1.0.0' }]),
  )

  test('a few hundred questions are open at a time', async () => {
    const run = start(MANY)
    await fetchLocked(run.groups, run.context)
    expect(run.context.tally.fetched).toBe(2000)
    expect(run.mostOpen()).toBeGreaterThan(64)
    expect(run.mostOpen()).toBeLessThanOrEqual(256)
  })

  test('nothing is asked once the run has to end', async () => {
    const run = start(MANY, {}, { signal: AbortSignal.abort() })
    await fetchLocked(run.groups, run.context)
    expect(run.asked).toEqual([])
    expect(run.context.tally.packages).toBe(2000)
  })
})

test('whatever a lockfile says, nothing is asked by name that came from elsewhere', async () => {
  const place = fc.constantFrom(
    'node_modules/a',
    'node_modules/@s/b',
    'node_modules/a/node_modules/c',
    'lib',
    '',
  )
  const spec = fc.constantFrom('^1.0.0', 'file:x', 'git+https://git.example/a.git', 'x/y', 'npm:z@1')
  const entry = fc.record(
    {
      version: fc.constantFrom('1.0.0', '2.0.0'),
      resolved: fc.constantFrom(
        'https://registry.example/a.tgz',
        'git+ssh://git.example/a.git',
        'file:a.tgz',
      ),
      inBundle: fc.boolean(),
      bundleDependencies: fc.constant(['c']),
      dependencies: fc.dictionary(fc.constantFrom('a', '@s/b', 'c'), spec),
    },
    { requiredKeys: ['version'] },
  )
  await fc.assert(
    fc.asyncProperty(fc.dictionary(place, entry), async (packages) => {
      // Every manifest says that it carries packages, so no carried one may be asked for.
      const ids = Object.keys(packages).flatMap((at) => [`${nameAt(at)}@1.0.0`, `${nameAt(at)}@2.0.0`])
      const run = start(packages, Object.fromEntries(ids.map((id) => [id, 'carries'])))
      await fetchLocked(run.groups, run.context)
      await fetchAhead(run.tree.direct, new Set(), run.context)
      const fromRegistry = Object.entries(packages).filter(
        ([at, { resolved }]) => at.includes('node_modules/') && (resolved ?? 'https:').startsWith('https:'),
      )
      const allowed = new Set(
        fromRegistry.flatMap(([at, { version }]) => [
          `${nameAt(at)}@${version}`,
          `${nameAt(at)}@1.1.0`,
          nameAt(at),
        ]),
      )
      for (const id of run.asked) expect(allowed).toContain(id)
      const isCarried =
        packages['node_modules/a']?.bundleDependencies !== undefined &&
        packages['node_modules/a/node_modules/c']?.inBundle === true
      if (isCarried) expect(run.asked.filter((id) => id.startsWith('c@'))).toEqual([])
    }),
    { numRuns: 300 },
  )
})

function nameAt(location: string): string {
  return /(?:@s\/)?[^/]*$/.exec(location)?.[0] ?? ''
}
