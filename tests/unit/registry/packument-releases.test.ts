import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FailureCode } from '#model/outcome'
import type { Release } from '#model/release'
import type { RegistryClient, RegistryOptions } from '#registry/client'
import { startFakeRegistry } from '../../support/fake-registry.ts'
import type { Behaviour, FakeRegistry } from '../../support/fake-registry.ts'
import { clientFor, codeOf, configFor, mapCache } from './clients.ts'

const NOON = Date.parse('2026-11-20T12:00:00.000Z')
const HOUR = 3_600_000

let registry: FakeRegistry
let client: RegistryClient | undefined
beforeEach(async () => {
  registry = await startFakeRegistry()
  registry.publish('a', '1.10.0', { license: 'MIT', repository: 'acme/a' })
  registry.publish('a', '1.0.0', { license: 'MIT', repository: { type: 'git', url: 'git://a' } })
  registry.publish('a', '0.9.0', { license: 'ISC' })
  registry.publish('a', '2.0.0', { licenses: [{ type: 'AGPL-3.0-only' }], deprecated: 'use b' })
  registry.publish('a', '2.0.0-beta.1', { license: 'MIT' })
  registry.publishedAt('a', '2.0.0', '2026-01-02T03:04:05.000Z')
})
afterEach(async () => {
  await client?.close()
  await registry.close()
})

async function open(more: Partial<RegistryOptions> = {}): Promise<RegistryClient> {
  await client?.close()
  client = await clientFor(configFor(registry.url), more)
  return client
}

async function listOf(more: Partial<RegistryOptions>, ...installed: string[]): Promise<readonly Release[]> {
  const releases = await (await open(more)).releases('a', installed)
  if (!releases.ok) throw new Error(releases.failure.message)
  return releases.value.list
}

const versions = (list: readonly Release[]): string[] => list.map(({ version }) => version)

test('the installed version and the later ones, in order, with what they declare', async () => {
  const list = await listOf({}, '1.0.0')
  const old = Date.parse('2020-01-01T00:00:00.000Z')
  expect(list).toEqual([
    { version: '1.0.0', license: { license: 'MIT' }, repository: true, deprecated: false, publishedAt: old },
    { version: '1.10.0', license: { license: 'MIT' }, repository: true, deprecated: false, publishedAt: old },
    {
      version: '2.0.0',
      license: { licenses: [{ type: 'AGPL-3.0-only' }] },
      repository: false,
      deprecated: true,
      publishedAt: Date.parse('2026-01-02T03:04:05.000Z'),
    },
  ])
  expect(registry.requests.map(({ path, headers }) => [path, headers.accept])).toEqual([
    ['/a', 'application/json'],
  ])
})

test('pre-releases count where one is installed', async () => {
  expect(versions(await listOf({}, '2.0.0-beta.1'))).toEqual(['2.0.0-beta.1', '2.0.0'])
  expect(versions(await listOf({}, '1.10.0', '2.0.0-alpha'))).toEqual(['1.10.0', '2.0.0-beta.1', '2.0.0'])
})

describe('a list once seen', () => {
  test('is believed for an hour', async () => {
    const cache = mapCache()
    const first = await listOf({ cache, now: () => NOON }, '1.0.0')
    expect(await listOf({ cache, now: () => NOON + HOUR }, '1.0.0')).toEqual(first)
    expect(registry.requests).toHaveLength(1)
    expect(versions(await listOf({ cache, now: () => NOON + HOUR }, '2.0.0'))).toEqual(['2.0.0'])
    expect(registry.requests).toHaveLength(1)
  })

  test('costs the short form later, and keeps what was declared', async () => {
    const cache = mapCache()
    const first = await listOf({ cache, now: () => NOON }, '1.0.0')
    registry.behave({
      type: 'body',
      body: JSON.stringify({
        name: 'a',
        'dist-tags': { latest: '1.10.0' },
        // As some registries do, without what only the full form has, and with a version taken back.
        versions: { '1.0.0': {}, '1.10.0': { deprecated: 'broken' }, '2.0.0-rc.1': {} },
      }),
    })
    const second = await listOf({ cache, now: () => NOON + HOUR + 1 }, '1.0.0')
    expect(second).toEqual([first[0], { ...first[1], deprecated: true }])
    expect(registry.requests).toHaveLength(2)
    expect(registry.requests[1]?.headers.accept).toContain('application/vnd.npm.install-v1+json')
  })

  test('costs the full form once more where there is a new release', async () => {
    const cache = mapCache()
    await listOf({ cache, now: () => NOON }, '1.0.0')
    registry.publish('a', '3.0.0', { license: 'BUSL-1.1' })
    const list = await listOf({ cache, now: () => NOON + HOUR + 1 }, '1.0.0')
    expect(list.at(-1)).toMatchObject({ version: '3.0.0', license: { license: 'BUSL-1.1' } })
    expect(registry.requests).toHaveLength(3)
  })

  test.each([
    ['a lower version is installed', {}, ['0.9.0'], 'application/json'],
    ['a pre-release is installed', {}, ['2.0.0-beta.1'], 'application/json'],
    ['nothing is to be believed', { refresh: true }, ['1.0.0'], 'application/json'],
    ['it is of the future', { now: () => NOON - 1 }, ['1.0.0'], 'application/json'],
  ])('is not enough where %s', async (_, more, installed, accept) => {
    const cache = mapCache()
    await listOf({ cache, now: () => NOON }, '1.0.0')
    await listOf({ cache, now: () => NOON, ...more }, ...installed)
    expect(registry.requests).toHaveLength(2)
    expect(registry.requests[1]?.headers.accept).toBe(accept)
  })

  test('that belongs to another package or is none is not believed', async () => {
    const cache = mapCache()
    const first = await listOf({ cache }, '1.0.0')
    for (const body of ['{"name":"b"}', '[]', '', '{"name":"a","since":"1","rows":[]}']) {
      for (const [key, hit] of cache.entries) cache.entries.set(key, { ...hit, body: Buffer.from(body) })
      expect(await listOf({ cache }, '1.0.0')).toEqual(first)
    }
  })

  test('is all there is with --offline', async () => {
    const cache = mapCache()
    const asked = await open({ cache, offline: true })
    expect(codeOf(await asked.releases('a', ['1.0.0']))).toBe('offline')
    await listOf({ cache }, '1.0.0')
    expect(codeOf(await (await open({ cache, offline: true })).releases('a', ['1.0.0']))).toBe('ok')
  })
})

const broken: [string, Behaviour, FailureCode][] = [
  ['not there', { type: 'status', status: 404 }, 'not-found'],
  ['refused', { type: 'status', status: 403 }, 'unauthorized'],
  ['a page', { type: 'body', body: '<!doctype html>' }, 'malformed'],
  ['cut off', { type: 'body', body: '{"name":"a","versions":{"1.0.0":{"license":"MIT"' }, 'malformed'],
  ['of another package', { type: 'body', body: '{"name":"b","versions":{"1.0.0":{}}}' }, 'wrong-package'],
  ['without versions', { type: 'body', body: '{"name":"a","time":{}}' }, 'malformed'],
  ['without any version', { type: 'body', body: '{"name":"a","versions":{"latest":{}}}' }, 'malformed'],
  ['redirected', { type: 'redirect', to: '/b' }, 'redirected'],
]

test.each(broken)('an answer that is %s says nothing', async (_, behaviour, code) => {
  registry.behave(behaviour)
  const cache = mapCache()
  const asked = await open({ cache })
  expect(codeOf(await asked.releases('a', ['1.0.0']))).toBe(code)
  expect(cache.entries.size).toBe(0)
  registry.recover()
  expect(codeOf(await asked.releases('a', ['1.0.0']))).toBe('ok')
})

test('names and versions that are none are not asked for', async () => {
  const asked = await open()
  expect(codeOf(await asked.releases('../a', ['1.0.0']))).toBe('invalid-name')
  expect(codeOf(await asked.releases('a', ['latest']))).toBe('invalid-name')
  expect(registry.requests).toHaveLength(0)
})
