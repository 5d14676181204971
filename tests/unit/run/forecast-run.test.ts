/** The forecast of a whole tree, asked of a registry on the loopback. */
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Inventory } from '#model/inventory'
import { ok, fail } from '#model/outcome'
import type { PackageReport } from '#model/run-report'
import type { RegistryClient, RegistryOptions } from '#registry/client'
import { startFakeRegistry } from '../../support/fake-registry.ts'
import type { Behaviour, FakeRegistry } from '../../support/fake-registry.ts'
import { installed } from '../forecast/cases.ts'
import { NOW, policy } from '../policy/samples.ts'
import { clientFor, configFor } from '../registry/clients.ts'
import { startForecast } from '../../../src/run/forecast-run.ts'
import type { Forecast, ForecastPorts } from '../../../src/run/forecast-run.ts'

let registry: FakeRegistry
let client: RegistryClient | undefined
beforeEach(async () => {
  registry = await startFakeRegistry()
})
afterEach(async () => {
  await client?.close()
  await registry.close()
})

/** What asks for packages: `name` of `to` is asked for by the root as `spec`. */
type Asks = { to: string; spec: string }[]

async function ports(asks: Asks = [], more: Partial<RegistryOptions> = {}): Promise<ForecastPorts> {
  client = await clientFor(configFor(registry.url), { remainingMs: () => 5000, ...more })
  const inventory: Inventory = {
    root: { name: 'app', version: '1.0.0' },
    instances: [],
    edges: asks.map(({ to, spec }) => ({ from: '', to, name: 'x', spec, kind: 'production' })),
    problems: [],
  }
  return {
    inventory,
    registry: ok({
      client,
      ownRegistry: () => false,
      registryOf: () => undefined,
      isOwnOrigin: () => true,
      readTarball: () => Promise.reject(new Error('no tarball is read')),
      warnings: [],
    }),
    signal: new AbortController().signal,
    request: { policy: policy(), now: NOW, project: '/nowhere' },
  }
}

/** What is found when packages are told of one by one, as in a run. */
function forecastPackages(packages: PackageReport[], asked: ForecastPorts): ReturnType<Forecast['conclude']> {
  const forecast = startForecast(packages, asked)
  for (const found of packages) forecast.hear(found)
  return forecast.conclude(packages)
}

test('each package by the ranges of all that asks for it, wherever it lies', async () => {
  for (const [version, license] of Object.entries({
    '1.0.0': 'MIT',
    '1.1.0': 'GPL-3.0-only',
    '2.0.0': 'ISC',
  }))
    registry.publish('a', version, { license })
  registry.publishedAt('a', '2.0.0', '2026-01-01T00:00:00.000Z')
  registry.publish('@acme/b', '1.0.0', { license: 'MIT' })
  registry.publishedAt('@acme/b', '1.0.0', '2026-01-01T00:00:00.000Z')
  const packages = [
    installed('a', '1.0.0', { locations: ['node_modules/a', 'node_modules/c/node_modules/a'] }),
    installed('@acme/b', '1.0.0'),
    installed('mine', '1.0.0', { source: 'git' }),
  ]
  const asked = await ports([
    { to: 'node_modules/a', spec: 'npm:a@^1.0.0' },
    { to: 'node_modules/c/node_modules/a', spec: '>=1' },
    { to: 'node_modules/c/node_modules/a', spec: 'github:acme/a' },
    { to: 'node_modules/other', spec: '1.0.0' },
  ])
  const { forecast, findings } = await forecastPackages(packages, asked)
  expect(forecast).toMatchObject({ asked: 2, unanswered: [] })
  expect(forecast.entries).toMatchObject([
    {
      package: 'a@1.0.0',
      relicensed: [
        { version: '1.1.0', steps: ['range', 'minor'], license: 'GPL-3.0-only' },
        { version: '2.0.0', steps: ['major'], license: 'ISC' },
      ],
      firstRelicensed: '1.1.0',
      safeRange: '>=1.0.0 <1.1.0',
    },
  ])
  expect(findings.map(({ rule, message }) => [rule, message])).toEqual([
    [
      'license-changing',
      'a 1.0.0 is MIT; the next npm update brings 1.1.0, which is GPL-3.0-only, not allowed by the policy',
    ],
  ])
  expect(registry.requests.map(({ path }) => path).toSorted()).toEqual(['/@acme%2fb', '/a'])
})

const FAILING: [string, Behaviour][] = [
  ['missing', { type: 'status', status: 404 }],
  ['broken', { type: 'status', status: 500 }],
  ['garbage', { type: 'body', body: '<html>' }],
  ['cut', { type: 'truncated-gzip' }],
  ['short', { type: 'truncated-length' }],
  ['reset', { type: 'reset' }],
  ['bare', { type: 'body', body: '{"name":"bare","versions":{"1.0.0":{},"2.0.0":{}}}' }],
]

test('whatever is no answer is named, and nothing is said about it', async () => {
  const claim = { witness: 'registry' as const, license: 'MIT', at: '', from: 'network' as const }
  const names = [...FAILING.map(([name]) => name), 'good']
  for (const name of names) {
    registry.publish(name, '1.0.0', { license: 'MIT' })
    registry.publish(name, '2.0.0', { license: 'ISC' })
  }
  for (const [name, behaviour] of FAILING) registry.behave(behaviour, { package: name })
  const packages = names.map((name) => installed(name, '1.0.0', { claims: [claim] }))
  const { forecast, findings } = await forecastPackages(packages, await ports())
  expect(forecast.asked).toBe(names.length)
  expect(forecast.unanswered).toEqual(FAILING.map(([name]) => name).toSorted())
  expect(findings.map((finding) => finding.package)).toEqual(['good@1.0.0'])
})

test('without a registry, or once the time is over, every name is unanswered', async () => {
  const packages = [installed('b', '1.0.0'), installed('a', '1.0.0'), installed('a', '2.0.0')]
  const nobody = { asked: 2, unanswered: ['a', 'b'], entries: [] }
  const asked = await ports()
  const failed = await forecastPackages(packages, { ...asked, registry: fail('unreachable', 'no') })
  const late = await forecastPackages(packages, { ...asked, signal: AbortSignal.abort() })
  expect([failed.forecast, late.forecast]).toEqual([nobody, nobody])
  expect(registry.requests).toEqual([])
})

test('a name is asked for as soon as all of its versions are judged, and once, whoever was not told of', async () => {
  for (const name of ['a', 'b', 'c'])
    for (const version of ['1.0.0', '2.0.0']) registry.publish(name, version, { license: 'MIT' })
  const packages = ['a@1.0.0', 'a@2.0.0', 'b@1.0.0', 'c@1.0.0'].map((id) => {
    const [name = '', version = ''] = id.split('@')
    return installed(name, version)
  })
  const [first, second, third] = packages
  if (first === undefined || second === undefined || third === undefined) throw new Error('three are there')
  const forecast = startForecast(packages, await ports())
  forecast.hear(first)
  forecast.hear(third)
  await vi.waitFor(() => expect(registry.requests.map(({ path }) => path)).toEqual(['/b']))
  forecast.hear(second)
  await vi.waitFor(() => expect(registry.requests.map(({ path }) => path)).toEqual(['/b', '/a']))
  const { forecast: said } = await forecast.conclude(packages)
  expect(said).toMatchObject({ asked: 3, unanswered: [] })
  expect(registry.requests.map(({ path }) => path)).toEqual(['/b', '/a', '/c'])
})

/** The greater part of a packument of 9 MB, most of it what nobody asks for, with what matters at its end. */
function largePart(): Buffer {
  const filler = 'x'.repeat(4500)
  const versions = Array.from(
    { length: 2000 },
    (_, at) => `"1.${at}.0":{"license":"MIT","readme":"${filler}"}`,
  )
  return gzipSync(`"versions":{${versions.join()},"2.0.0":{"license":"ISC"}}}`, { level: 1 })
}

test('many large packuments at once stay within a few of them in memory', async () => {
  const names = Array.from({ length: 10 }, (_, at) => `large-${at}`)
  const rest = largePart()
  for (const name of names) {
    const body = Buffer.concat([gzipSync(`{"name":"${name}",`), rest])
    registry.behave({ type: 'body', body, headers: { 'content-encoding': 'gzip' } }, { package: name })
  }
  const packages: PackageReport[] = names.map((name) => installed(name, '1.1990.0'))
  const asked = await ports([], {
    remainingMs: () => 60_000,
    network: { concurrency: 64, requestsPerSecond: 3000, timeoutMs: 20_000 },
  })
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }, 5)
  const { forecast } = await forecastPackages(packages, asked)
  clearInterval(look)
  expect(forecast.unanswered).toEqual([])
  expect(forecast.entries).toHaveLength(names.length)
  expect(forecast.entries[0]).toMatchObject({ firstRelicensed: '2.0.0', safeRange: '^1.1990.0' })
  // All of them together are 90 MB.
  expect(most).toBeLessThan(40 * 1024 * 1024)
})
