import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FailureCode } from '#model/outcome'
import type { RegistryClient, RegistryOptions } from '#registry/client'
import { parseOffer } from '#registry/packument-versions'
import { startFakeRegistry } from '../../support/fake-registry.ts'
import type { Behaviour, FakeRegistry } from '../../support/fake-registry.ts'
import { clientFor, codeOf, configFor, mapCache } from './clients.ts'

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

test('versions and tags, in one request for the short form', async () => {
  const offer = await (await open()).versions('a')
  expect(offer).toEqual({
    ok: true,
    value: { versions: ['1.0.0', '1.1.0'], tags: new Map([['latest', '1.1.0']]) },
  })
  expect(registry.requests).toHaveLength(1)
  expect(registry.requests[0]?.path).toBe('/a')
  expect(registry.requests[0]?.headers.accept).toContain('application/vnd.npm.install-v1+json')
})

test('a scope stays in one path segment, and what is no name is not asked for', async () => {
  registry.publish('@acme/a', '1.0.0')
  const asked = await open()
  expect(codeOf(await asked.versions('@acme/a'))).toBe('ok')
  expect(codeOf(await asked.versions('../a'))).toBe('invalid-name')
  expect(registry.requests.map(({ path }) => path)).toEqual(['/@acme%2fa'])
})

describe('a list once seen', () => {
  const NOON = Date.parse('2026-11-20T12:00:00.000Z')

  test.each([
    ['is believed for an hour', 3_600_000, {}, 1],
    ['is asked for anew after it', 3_600_001, {}, 2],
    ['is asked for anew with refresh', 0, { refresh: true }, 2],
    ['is not believed if it is of the future', -1, {}, 2],
  ])('%s', async (_, laterMs, more, requests) => {
    const cache = mapCache()
    const first = await (await open({ cache, now: () => NOON })).versions('a')
    const second = await (await open({ cache, now: () => NOON + laterMs, ...more })).versions('a')
    expect(second).toEqual(first)
    expect(registry.requests).toHaveLength(requests)
  })

  test('that belongs to another package is not believed', async () => {
    const cache = mapCache()
    const asked = await open({ cache })
    await asked.versions('a')
    for (const [key, hit] of cache.entries) {
      cache.entries.set(key, {
        ...hit,
        body: Buffer.from('{"name":"b","dist-tags":{},"versions":["9.0.0"]}'),
      })
    }
    const again = await (await open({ cache })).versions('a')
    expect(again.ok && again.value.versions).toEqual(['1.0.0', '1.1.0'])
  })

  test('is kept only while it is small', async () => {
    const cache = mapCache()
    for (let at = 0; at < 8000; at++) registry.publish('big', `1.0.${at}`)
    const offer = await (await open({ cache })).versions('big')
    expect(offer.ok && offer.value.versions).toHaveLength(8000)
    expect(cache.entries.size).toBe(0)
  })
})

test('without network nothing is asked', async () => {
  expect(codeOf(await (await open({ offline: true })).versions('a'))).toBe('offline')
  expect(registry.requests).toEqual([])
})

test.each<[string, Behaviour, FailureCode]>([
  ['a page', { type: 'body', body: '<!doctype html>' }, 'malformed'],
  ['another package', { type: 'body', body: '{"name":"b","versions":{}}' }, 'wrong-package'],
  ['no versions', { type: 'body', body: '{"name":"a","dist-tags":{}}' }, 'malformed'],
  ['half a gzip', { type: 'truncated-gzip' }, 'truncated'],
  ['a gzip bomb', { type: 'gzip-bomb' }, 'too-large'],
  ['a redirect', { type: 'redirect', to: 'https://registry.example/a' }, 'redirected'],
  ['404', { type: 'status', status: 404 }, 'not-found'],
])('%s is a failure, and nothing is kept', async (_, behaviour, code) => {
  const cache = mapCache()
  registry.behave(behaviour)
  expect(codeOf(await (await open({ cache })).versions('a'))).toBe(code)
  expect(cache.entries.size).toBe(0)
})

test('a tag leads only to an exact version that is offered', () => {
  const text = JSON.stringify({
    name: 'a',
    versions: ['1.0.0', '1.0.0', '../x', '1', 7],
    'dist-tags': { latest: '1.0.0', next: '2.0.0', odd: 7, __proto__: null, up: '../x' },
  })
  expect(parseOffer(text, 'a')).toEqual({
    ok: true,
    value: { versions: ['1.0.0'], tags: new Map([['latest', '1.0.0']]) },
  })
})

test('more versions than any package has are refused', () => {
  const versions = Array.from({ length: 50_001 }, (_, at) => `1.0.${at}`)
  expect(codeOf(parseOffer(JSON.stringify({ name: 'a', versions }), 'a'))).toBe('too-large')
})
