/** `depgate fetch`: from a lockfile alone to a cache that answers a whole check without a request. */
import { rmSync, writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { mit, startCheckout } from '../support/checkout.ts'
import type { Checkout } from '../support/checkout.ts'
import { spdxText } from '../support/license-texts.ts'
import { packed, publishPacked } from '../support/packed.ts'
import { lockfileOf, publishAll } from '../support/project.ts'
import type { FakePackage, FakeProject } from '../support/project.ts'
import { ALLOW } from '../support/scenario.ts'
import { generateTree } from '../support/tree.ts'

let scenario: Checkout
afterEach(() => scenario?.close())

async function checkout(definition: FakeProject): Promise<void> {
  scenario = await startCheckout(definition)
}

/** Fails if a check of the lockfile would need a single answer that is not in the cache. */
async function expectLockedWarm(...flags: string[]): Promise<void> {
  scenario.registry.requests.length = 0
  const { code, report } = await scenario.json(['--from', 'lockfile', ...flags])
  expect(report.findings.filter(({ severity }) => severity === 'deny')).toEqual([])
  expect(code).toBe(0)
  expect(scenario.registry.requests).toEqual([])
}

/** Replaces the lockfile by any text. */
function writeLock(text: string): void {
  writeFileSync(join(scenario.project.folder, 'package-lock.json'), text)
}

describe('a lockfile and nothing else', () => {
  const PACKAGES: FakePackage[] = [
    mit('a', '1.0.0', { dependencies: { b: '^2.0.0' } }),
    mit('b', '2.0.0'),
    mit('@s/real', '1.0.0', { location: 'node_modules/alias', lock: { name: '@s/real' } }),
    mit('carrier', '1.0.0', {
      dependencies: { carried: '1.0.0' },
      manifest: { bundleDependencies: ['carried'] },
      lock: { bundleDependencies: ['carried'] },
    }),
    mit('carried', '1.0.0', {
      location: 'node_modules/carrier/node_modules/carried',
      lock: { inBundle: true, integrity: undefined },
    }),
    mit('wasm', '1.0.0', {
      dependencies: { inside: '1.0.0' },
      lock: { optional: true, cpu: ['wasm32'], bundleDependencies: ['inside'] },
      manifest: { bundleDependencies: ['inside'] },
      installed: false,
    }),
    mit('inside', '1.0.0', {
      location: 'node_modules/wasm/node_modules/inside',
      lock: { inBundle: true, optional: true, integrity: undefined },
      installed: false,
    }),
    mit('from-git', '1.0.0', {
      lock: { resolved: `git+ssh://git@git.example/x/from-git.git#${'a'.repeat(40)}`, integrity: undefined },
    }),
  ]
  const PROJECT: FakeProject = {
    dependencies: {
      a: '^1.0.0',
      alias: 'npm:@s/real@^1.0.0',
      carrier: '^1.0.0',
      'from-git': 'git+ssh://git@git.example/x/from-git.git',
    },
    optionalDependencies: { wasm: '^1.0.0' },
    packages: PACKAGES,
  }

  test('warms all that a check of the installed tree asks for, and nothing else', async () => {
    await checkout(PROJECT)
    const { code, report, stderr } = await scenario.fetch()
    expect(stderr).toBe('')
    expect(report).toMatchObject({ packages: 6, fetched: 6, cached: 0, left: 0, failed: [], kept: true })
    expect(code).toBe(0)
    const asked = ['@s/real@1.0.0', 'a@1.0.0', 'b@2.0.0', 'carrier@1.0.0', 'inside@1.0.0', 'wasm@1.0.0']
    expect(scenario.registry.asked()).toHaveLength(asked.length)
    expect(new Set(scenario.registry.asked())).toEqual(new Set(asked))
    scenario.install(PACKAGES)
    await scenario.expectWarm()
  })

  test('publish times are part of it where the policy has a minimum age', async () => {
    await checkout({ ...PROJECT, policy: { licenses: { allow: ALLOW }, packages: { minimumAge: '3d' } } })
    expect((await scenario.fetch()).code).toBe(0)
    scenario.install(PACKAGES)
    await scenario.expectWarm()
  })

  test('a second run asks for nothing, one with --refresh for everything', async () => {
    await checkout(PROJECT)
    await scenario.fetch()
    scenario.registry.requests.length = 0
    expect((await scenario.fetch()).report).toMatchObject({ packages: 6, cached: 6, fetched: 0 })
    expect(scenario.registry.requests).toEqual([])
    expect((await scenario.fetch(['--refresh'])).report).toMatchObject({ packages: 6, cached: 0, fetched: 6 })
  })

  describe('with the texts', () => {
    const TEXT = spdxText('MIT')
    const inside = (name: string) => ({
      [`node_modules/${name}/package.json`]: `{"name":"${name}","version":"1.0.0","license":"MIT"}`,
      [`node_modules/${name}/LICENSE`]: TEXT,
    })
    const carries: Record<string, Record<string, string>> = {
      carrier: inside('carried'),
      wasm: inside('inside'),
    }
    const listed = PACKAGES.filter(({ name }) => name !== 'from-git')
    const withTexts = listed.map((entry): FakePackage => {
      const files = { LICENSE: TEXT, ...carries[entry.name] }
      return entry.lock?.['inBundle'] === true ? entry : (packed([{ ...entry, files }])[0] ?? entry)
    })

    async function start(): Promise<void> {
      const { 'from-git': _git, ...dependencies } = PROJECT.dependencies ?? {}
      await checkout({ ...PROJECT, dependencies, packages: withTexts })
      publishPacked(
        scenario.registry,
        withTexts.filter(({ lock }) => lock?.['inBundle'] !== true),
      )
    }

    test('a check of the lockfile asks for nothing', async () => {
      await start()
      const { code, report } = await scenario.fetch(['--texts'])
      expect(report).toMatchObject({
        packages: 6,
        failed: [],
        tarballs: { wanted: 5, cached: 0, fetched: 5, left: 0, failed: [] },
      })
      expect(code).toBe(0)
      await expectLockedWarm()
      const again = await scenario.fetch(['--texts', 'all'])
      expect(again.report.tarballs).toMatchObject({ wanted: 7, left: 0, failed: [] })
      expect(scenario.registry.asked()).toEqual(['wasm@1.0.0.tgz'])
      await expectLockedWarm('--texts', 'all')
    })

    test('says what it did, and what could not be had', async () => {
      await start()
      scenario.registry.behave({ type: 'status', status: 404 }, { package: 'b@2.0.0.tgz' })
      const { code, stdout } = await scenario.depgate(['fetch', '--texts'])
      expect(code).toBe(3)
      expect(stdout).toMatch(/^texts {4}5 tarballs, 4 fetched, 0 there already$/m)
      expect(stdout).toMatch(/^failed {3}b@2\.0\.0: /m)
    })

    test('those of the next upgrades are there when these come', async () => {
      await start()
      const [next] = packed([mit('a', '1.5.0', { files: { LICENSE: TEXT } })])
      if (next === undefined) throw new Error('nothing was packed')
      publishPacked(scenario.registry, [next])
      const { code, report } = await scenario.fetch(['--texts', '--ahead'])
      expect(report.ahead).toEqual(['a@1.5.0'])
      expect(report.tarballs).toMatchObject({ wanted: 6, fetched: 6 })
      expect(code).toBe(0)
      const root = { name: 'app', version: '1.0.0', dependencies: { a: '^1.0.0' } }
      writeFileSync(join(scenario.project.folder, 'package.json'), JSON.stringify(root))
      writeLock(JSON.stringify(lockfileOf(root, [next])))
      await expectLockedWarm()
    })

    test('goes on where the time was over', async () => {
      await start()
      scenario.registry.behave({ type: 'hang' }, { package: 'b@2.0.0.tgz' })
      const cut = await scenario.fetch(['--texts', '--deadline', '3s'])
      expect(cut.code).toBe(3)
      expect(cut.report.tarballs).toMatchObject({ wanted: 5, left: 1, failed: [] })
      scenario.registry.recover()
      const { code, report } = await scenario.fetch(['--texts'])
      expect(code).toBe(0)
      expect(report.tarballs).toMatchObject({ wanted: 5, fetched: 1, left: 0 })
    })
  })

  test('needs no policy, and says in a few lines what it did', async () => {
    await checkout(PROJECT)
    rmSync(join(scenario.project.folder, 'depgate.config.json'))
    const { code, stdout } = await scenario.depgate(['fetch'])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^depgate {2}everything is in the cache: 6 packages, 6 fetched, 0 there already\n6 requests, /,
    )
  })
})

describe('--ahead', () => {
  const PROJECT: FakeProject = {
    dependencies: { a: '^1.0.0', b: '~1.0.0' },
    packages: [
      mit('a', '1.0.0', { dependencies: { deep: '^1.0.0' } }),
      mit('b', '1.0.0'),
      mit('deep', '1.0.0'),
    ],
  }

  test('the check after an upgrade finds all that it needs', async () => {
    await checkout(PROJECT)
    const next = ['1.0.5', '1.1.0', '2.0.0']
    const releases = ['a', 'b', 'deep'].flatMap((name) => next.map((version) => mit(name, version)))
    publishAll(scenario.registry, releases)
    const { code, report } = await scenario.fetch(['--ahead'])
    expect(code).toBe(0)
    expect(report.ahead).toEqual(['a@1.1.0', 'a@2.0.0', 'b@1.0.5', 'b@2.0.0'])
    expect(report).toMatchObject({ packages: 7, fetched: 7, unlooked: 0, beyond: 0 })
    expect(scenario.registry.asked()).not.toContain('deep')

    const { folder } = scenario.project
    const after = [
      { ...mit('a', '2.0.0'), dependencies: { deep: '^1.0.0' } },
      mit('b', '1.0.5'),
      mit('deep', '1.0.0'),
    ]
    const root = { name: 'app', version: '1.0.0', dependencies: { a: '^2.0.0', b: '~1.0.0' } }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(root))
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfileOf(root, after)))
    scenario.install(after)
    await scenario.expectWarm()
  })

  test('asks at most 50 times a second', async () => {
    await checkout(generateTree(130))
    const arrivals: number[] = []
    scenario.registry.onRequest(() => arrivals.push(performance.now()))
    const { report } = await scenario.fetch(['--ahead', '--deadline', '30s'])
    expect(report.left).toBe(0)
    expect(arrivals.length).toBe(180)
    // A bucket lets a tenth of a second's worth through at once; the rest comes in step, on a busy machine in lumps.
    const seconds = ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / 1000
    expect(seconds).toBeGreaterThan((180 - 5) / 50 - 0.3)
    const inOneSecond = arrivals.map((from) => arrivals.filter((at) => at >= from && at < from + 1000).length)
    expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(100)
  })

  test('what cannot be looked up is named, and the rest is fetched all the same', async () => {
    await checkout(PROJECT)
    publishAll(scenario.registry, [mit('b', '1.0.5')])
    scenario.registry.behave({ type: 'body', body: '<!doctype html>' }, { package: 'a' })
    scenario.registry.behave(
      { type: 'body', body: JSON.stringify({ name: 'a', version: '1.0.0' }) },
      { package: 'a@1.0.0' },
    )
    const { code, report } = await scenario.fetch(['--ahead'])
    expect(code).toBe(3)
    expect(report.ahead).toEqual(['b@1.0.5'])
    expect(report.failed).toMatchObject([{ id: 'a', code: 'malformed' }])
  })
})

test('SIGTERM ends it at once', async () => {
  await checkout({ dependencies: { a: '*' }, packages: [mit('a', '1.0.0')] })
  scenario.registry.behave({ type: 'hang' })
  const { code, wallMs } = await scenario.depgate(['fetch'], {
    onStart: (pid) => setTimeout(() => process.kill(pid, 'SIGTERM'), 1500),
  })
  expect(code).toBe(143)
  expect(wallMs).toBeLessThan(5000)
})

describe('bad input', () => {
  const ONE: FakeProject = { dependencies: { a: '^1.0.0' }, packages: [mit('a', '1.0.0')] }

  test.each([
    [
      'no lockfile',
      ['fetch'],
      2,
      /no package-lock\.json[^]*fix: Write one with `npm install --package-lock-only`/,
    ],
    ['--offline', ['fetch', '--offline'], 2, /--offline forbids/],
    ['a deadline that is none', ['fetch', '--deadline', 'soon'], 2, /--deadline soon is not a time/],
    ['a folder that is none', ['fetch', '--project', 'nowhere'], 2, /nowhere is not a folder/],
    ['a policy that cannot be read', ['fetch', '--config', 'package.json'], 2, /package\.json/],
  ])('%s is refused with the fix', async (_, args, exit, says) => {
    await checkout({ ...ONE, lockfile: false })
    const { code, stderr, stdout } = await scenario.depgate(args)
    expect(stderr).toMatch(says)
    expect(code).toBe(exit)
    expect(stdout).toBe('')
    expect(scenario.registry.requests).toEqual([])
  })

  test.each([
    [
      'conflict markers',
      '{\n<<<<<<< HEAD\n"a":1\n=======\n"b":2\n>>>>>>> x\n}',
      /merge conflict markers in line 2/,
    ],
    ['half a file', '{"lockfileVersion":3,"packages":{"":', /cut off: it ends in line 1/],
    ['a format of tomorrow', '{"lockfileVersion":4,"packages":{}}', /lockfileVersion is 4/],
  ])('a lockfile with %s is no trustworthy tree', async (_, text, says) => {
    await checkout(ONE)
    writeLock(text)
    const { code, stderr } = await scenario.depgate(['fetch'])
    expect(code).toBe(3)
    expect(stderr).toMatch(says)
    expect(stderr).toContain('fix: ')
  })

  test('200,000 entries are refused in time', async () => {
    await checkout(ONE)
    const entries = Array.from({ length: 200_000 }, (_, at) => `"node_modules/p${at}":{"version":"1.0.0"}`)
    writeLock(`{"lockfileVersion":3,"packages":{${entries.join()}}}`)
    const { code, stderr, wallMs } = await scenario.depgate(['fetch'])
    expect(code).toBe(3)
    expect(stderr).toContain('lists more than 100000 packages')
    expect(wallMs).toBeLessThan(11_000)
  })

  test('names and versions that are none are never sent, and are shown without harm', async () => {
    await checkout(ONE)
    const evil = {
      'node_modules/..\u202ename': { version: '1.0.0' },
      'node_modules/x': { version: '../../../etc' },
      'node_modules/y': { version: '1.0.0', name: 'y/../../-/whoami' },
      'node_modules/z': { version: `1.0.0-${'z'.repeat(100_000)}` },
      'node_modules/__proto__': { version: '1.0.0\u001b[2J' },
      'node_modules/a': { version: '1.0.0' },
    }
    writeLock(
      JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies: { a: '^1.0.0' } }, ...evil } }),
    )
    const { code, stdout, stderr } = await scenario.depgate(['fetch'])
    expect(code).toBe(3)
    expect(scenario.registry.asked()).toEqual(['a@1.0.0'])
    // oxlint-disable-next-line no-control-regex
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u001b\u202e]/u)
    expect(stdout.split('\n').length).toBeLessThan(30)
    expect(stdout).toContain('failed   ')
  })

  test('a scope that only the project itself sends somewhere is not asked for', async () => {
    await checkout({
      dependencies: { '@acme/x': '1.0.0' },
      packages: [mit('@acme/x', '1.0.0')],
      files: { '.npmrc': '@acme:registry=https://registry.example/\n' },
    })
    const { code, report } = await scenario.fetch(['--ahead'])
    expect(code).toBe(3)
    expect(report.failed.map(({ id, code: why }) => [id, why])).toEqual([
      ['@acme/x', 'untrusted-registry'],
      ['@acme/x@1.0.0', 'untrusted-registry'],
    ])
    expect(report.failed[0]?.fix).toContain('--trust-npmrc')
    expect(scenario.registry.requests).toEqual([])
  })

  test('a cache that takes nothing is not said to be warm', async () => {
    await checkout({ ...ONE, files: { '.cache': 'a file where the folder should be' } })
    const { code, report } = await scenario.fetch()
    expect(code).toBe(3)
    expect(report.kept).toBe(false)
    expect(report.warnings).toHaveLength(1)
  })

  test('what a registry does not have is named with its reason', async () => {
    await checkout(ONE)
    writeLock(
      readFileSync(join(scenario.project.folder, 'package-lock.json'), 'utf8').replaceAll(
        '"1.0.0"',
        '"9.9.9"',
      ),
    )
    const { code, stdout } = await scenario.depgate(['fetch'])
    expect(code).toBe(3)
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /failed a@9\.9\.9: The registry .* does not have this version \(404\)/,
    )
  })
})
