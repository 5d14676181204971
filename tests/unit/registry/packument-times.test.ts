import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FailureCode } from '#model/outcome'
import type { RegistryClient, RegistryOptions } from '#registry/client'
import { parseTimes } from '#registry/packument-times'
import { startFakeRegistry } from '../../support/fake-registry.ts'
import type { FakeRegistry } from '../../support/fake-registry.ts'
import { clientFor, codeOf, configFor, mapCache } from './clients.ts'

const LONG_AGO = Date.parse('2020-01-01T00:00:00.000Z')

let registry: FakeRegistry
let client: RegistryClient | undefined
beforeEach(async () => {
  registry = await startFakeRegistry()
  registry.publish('a', '1.0.0')
  registry.publish('a', '1.1.0')
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

test('several versions of a package cost one request', async () => {
  registry.publishedAt('a', '1.1.0', '2026-11-20T08:00:00.000Z')
  const asked = await open()
  const times = await Promise.all([asked.publishTime('a', '1.0.0'), asked.publishTime('a', '1.1.0')])
  expect(times).toEqual([
    { ok: true, value: LONG_AGO },
    { ok: true, value: Date.parse('2026-11-20T08:00:00.000Z') },
  ])
  expect(await asked.publishTime('a', '1.0.0')).toEqual(times[0])
  expect(registry.asked()).toEqual(['a'])
  expect(asked.statistics().requests).toBe(1)
})

test('a scope stays in one path segment', async () => {
  registry.publish('@acme/a', '1.0.0')
  expect(await (await open()).publishTime('@acme/a', '1.0.0')).toEqual({ ok: true, value: LONG_AGO })
  expect(registry.requests[0]?.path).toBe('/@acme%2fa')
})

describe('a time once seen', () => {
  test('is kept without end, also for a run without network', async () => {
    const cache = mapCache()
    await (await open({ cache, now: () => 1_000 })).publishTime('a', '1.0.0')
    const offline = await open({ cache, offline: true, now: () => 9e12 })
    expect(await offline.publishTime('a', '1.0.0')).toEqual({ ok: true, value: LONG_AGO })
    expect(codeOf(await offline.publishTime('a', '1.1.0'))).toBe('offline')
    expect(registry.asked()).toEqual(['a'])
  })

  test('is asked for anew with refresh', async () => {
    const cache = mapCache()
    await (await open({ cache })).publishTime('a', '1.0.0')
    await (await open({ cache, refresh: true })).publishTime('a', '1.0.0')
    expect(registry.asked()).toEqual(['a', 'a'])
  })

  test.each([
    ['of the future', (time: number) => time + 1e9, undefined],
    ['of another version', (time: number) => time, '{"name":"a","version":"9.9.9","published":1}'],
    ['that is no time', (time: number) => time, '{"name":"a","version":"1.0.0","published":"1"}'],
    ['that is no JSON', (time: number) => time, '{'],
  ])('is not believed from a record %s', async (_, storedAt, body) => {
    const cache = mapCache()
    await (await open({ cache })).publishTime('a', '1.0.0')
    for (const [key, hit] of cache.entries) {
      cache.entries.set(key, {
        ...hit,
        storedAt: storedAt(hit.storedAt),
        body: body === undefined ? hit.body : Buffer.from(body),
      })
    }
    expect(await (await open({ cache })).publishTime('a', '1.0.0')).toEqual({ ok: true, value: LONG_AGO })
    expect(registry.asked()).toEqual(['a', 'a'])
  })
})

test('a registry that gives no time says none, and nothing is kept of that', async () => {
  registry.publishedAt('a', '1.0.0', undefined)
  const cache = mapCache()
  expect(await (await open({ cache })).publishTime('a', '1.0.0')).toEqual({ ok: true, value: 'none' })
  expect(cache.entries.size).toBe(0)
})

test.each<[string, FailureCode, (registry: FakeRegistry) => void]>([
  ['404', 'not-found', (it) => it.behave({ type: 'status', status: 404 })],
  ['401', 'unauthorized', (it) => it.behave({ type: 'status', status: 401 })],
  ['500', 'server-error', (it) => it.behave({ type: 'status', status: 500 })],
  ['a redirect', 'redirected', (it) => it.behave({ type: 'redirect', to: 'http://127.0.0.1:1/a' })],
  ['a login page', 'malformed', (it) => it.behave({ type: 'body', body: '<html></html>' })],
  ['nothing', 'malformed', (it) => it.behave({ type: 'body', body: '' })],
  ['another package', 'wrong-package', (it) => it.behave({ type: 'body', body: '{"name":"b","time":{}}' })],
  ['half a gzip', 'truncated', (it) => it.behave({ type: 'truncated-gzip' })],
  ['half a body', 'truncated', (it) => it.behave({ type: 'truncated-length' })],
  ['half the chunks', 'truncated', (it) => it.behave({ type: 'truncated-chunked' })],
  ['a gzip bomb', 'too-large', (it) => it.behave({ type: 'gzip-bomb' })],
])(
  '%s is a failure, and nothing is kept',
  async (_, code, misbehave) => {
    misbehave(registry)
    const cache = mapCache()
    const asked = await open({
      cache,
      network: { concurrency: 4, requestsPerSecond: 3000, timeoutMs: 20_000 },
    })
    expect(codeOf(await asked.publishTime('a', '1.0.0'))).toBe(code)
    expect(cache.entries.size).toBe(0)
  },
  30_000,
)

test('what hangs ends with the time of one request, what fails once is tried again', async () => {
  registry.behave({ type: 'status', status: 500 }, { times: 1 })
  expect(codeOf(await (await open()).publishTime('a', '1.0.0'))).toBe('ok')
  expect(client?.statistics()).toEqual({ requests: 2, retries: 1, failures: 0 })
  registry.behave({ type: 'drip', everyMs: 50 })
  const asked = await open({ network: { concurrency: 4, requestsPerSecond: 3000, timeoutMs: 150 } })
  expect(codeOf(await asked.publishTime('a', '1.0.0'))).toBe('timeout')
})

test('a name that no registry can be asked for is not asked', async () => {
  const asked = await open()
  expect(codeOf(await asked.publishTime('../a', '1.0.0'))).toBe('invalid-name')
  expect(codeOf(await asked.publishTime('a', 'latest'))).toBe('invalid-name')
  expect(registry.asked()).toEqual([])
})

test('only whole times with a zone count, and odd names stay names', () => {
  const parsed = parseTimes(
    JSON.stringify({
      name: 'a',
      time: {
        '1.0.0': '2020-01-01T00:00:00.000Z',
        '1.0.1': '2020-01-01T02:00:00+02:00',
        '1.0.2': '2020-01-01',
        '1.0.3': 'yesterday',
        '1.0.4': 1_577_836_800_000,
        '1.0.5': '2020-13-01T00:00:00Z',
        '1.0.6': '2020-01-01T00:00:00',
        constructor: null,
      },
    }).replace('"constructor"', '"__proto__"'),
    'a',
  )
  expect(parsed.ok && [...parsed.value]).toEqual([
    ['1.0.0', LONG_AGO],
    ['1.0.1', LONG_AGO],
  ])
  expect(parseTimes('{"name":"a"}', 'a')).toEqual({ ok: true, value: new Map() })
  expect(parseTimes('{"name":"a","time":[]}', 'a')).toEqual({ ok: true, value: new Map() })
})
