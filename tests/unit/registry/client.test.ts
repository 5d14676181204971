import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Outcome } from '#model/outcome'
import type { ManifestAnswer, RegistryClient, RegistryOptions } from '#registry/client'
import type { RegistryConfig } from '#registry/registry-config'
import { startFakeRegistry } from '../../support/fake-registry.ts'
import type { FakeRegistry } from '../../support/fake-registry.ts'
import { clientFor, codeOf, configFor, mapCache } from './clients.ts'

let registry: FakeRegistry
let client: RegistryClient
beforeEach(async () => {
  registry = await startFakeRegistry()
  registry.publish('a', '1.0.0', { license: 'MIT', deprecated: 'old' })
})
afterEach(async () => {
  await client?.close()
  await registry.close()
})

async function open(
  more: Partial<RegistryOptions> = {},
  config: Partial<RegistryConfig> = {},
): Promise<void> {
  client = await clientFor(configFor(registry.url, config), more)
}

function valueOf(outcome: Outcome<ManifestAnswer>): ManifestAnswer {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

test('asks once, then the cache answers', async () => {
  const cache = mapCache()
  await open({ cache, now: () => 1_700_000_000_000 })
  const first = valueOf(await client.manifest('a', '1.0.0'))
  expect(first.manifest).toMatchObject({ name: 'a', license: { license: 'MIT' }, deprecated: 'old' })
  expect({ at: first.at, from: first.from }).toEqual({
    at: '2023-11-14T22:13:20.000Z',
    from: 'network',
  })
  const second = valueOf(await client.manifest('a', '1.0.0'))
  expect(second).toEqual({ ...first, from: 'memory' })
  expect(client.statistics()).toEqual({ requests: 1, retries: 0, failures: 0 })
})

test('scoped names are escaped as npm does', async () => {
  registry.publish('@acme/a', '1.0.0')
  await open()
  expect(codeOf(await client.manifest('@acme/a', '1.0.0'))).toBe('ok')
  expect(registry.requests[0]?.path).toBe('/@acme%2fa/1.0.0')
})

test.each([
  ['../a', '1.0.0'],
  ['a', 'latest'],
  ['a', '../../x'],
  ['a/b', '1.0.0'],
  ['__proto__/x', '1.0.0'],
  ['a', '1.0.0\n'],
  ['', ''],
])('%j@%j is asked of nobody', async (name, version) => {
  await open()
  expect(codeOf(await client.manifest(name, version))).toBe('invalid-name')
  expect(registry.requests).toEqual([])
})

describe('single flight', () => {
  test('the same version a hundred times at once is one request and one look-up', async () => {
    const cache = mapCache()
    await open({ cache })
    const answers = await Promise.all(Array.from({ length: 100 }, () => client.manifest('a', '1.0.0')))
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(registry.requests).toHaveLength(1)
    expect(cache.reads).toBe(1)
  })

  test('also behind a cache that is slower than the network', async () => {
    let call = 0
    await open({ cache: mapCache(() => (++call === 1 ? 1 : 60)) })
    await Promise.all(Array.from({ length: 10 }, () => client.manifest('a', '1.0.0')))
    expect(registry.requests).toHaveLength(1)
  })
})

describe('the cache', () => {
  test('a record of the future, of garbage or of another version is a miss', async () => {
    const cache = mapCache()
    await open({ cache, now: () => 1000 })
    await client.manifest('a', '1.0.0')
    const [key = '', hit] = [...cache.entries][0] ?? []
    if (hit === undefined) throw new Error('nothing was written')
    for (const bad of [
      { ...hit, storedAt: 1001 },
      { ...hit, storedAt: Number.NaN },
      { ...hit, storedAt: -1e20 },
      { ...hit, body: Buffer.from('x') },
      {
        ...hit,
        body: Buffer.from(JSON.stringify({ name: 'b', version: '1.0.0', license: {}, integrity: [] })),
      },
    ]) {
      cache.entries.set(key, bad)
      expect(valueOf(await client.manifest('a', '1.0.0')).from).toBe('network')
    }
    expect(registry.requests).toHaveLength(6)
  })

  test('a licence has no time to live, and an old deprecation spoils nothing', async () => {
    const cache = mapCache()
    let now = 1000
    await open({ cache, now: () => now, ttlMs: 10 })
    await client.manifest('a', '1.0.0')
    now += 1e12
    const answer = valueOf(await client.manifest('a', '1.0.0'))
    expect(answer).toMatchObject({ from: 'memory', manifest: { deprecated: 'old' } })
    expect(answer.staleMs).toBeUndefined()
    expect(registry.requests).toHaveLength(1)
  })

  test('registries do not answer for one another', async () => {
    const cache = mapCache()
    await open({ cache })
    await client.manifest('a', '1.0.0')
    await client.close()
    await open({ cache }, { registry: `${registry.url}other/` })
    expect(codeOf(await client.manifest('a', '1.0.0'))).toBe('not-found')
  })

  test('only a good answer is kept', async () => {
    const cache = mapCache()
    await open({ cache })
    const bodies = ['', '[]', '{"name":"b","version":"1.0.0"}', '<html>', 'null']
    for (const body of bodies) {
      registry.behave({ type: 'body', body })
      expect(codeOf(await client.manifest('a', '1.0.0'))).not.toBe('ok')
    }
    registry.behave({ type: 'truncated-gzip' })
    await client.manifest('a', '1.0.0')
    expect(cache.entries.size).toBe(0)
  })

  test('refresh asks although the cache knows, and writes anew', async () => {
    const cache = mapCache()
    await open({ cache, now: () => 1 })
    await client.manifest('a', '1.0.0')
    await client.close()
    await open({ cache, now: () => 2, refresh: true })
    expect(valueOf(await client.manifest('a', '1.0.0')).from).toBe('network')
    expect([...cache.entries.values()].map(({ storedAt }) => storedAt)).toEqual([2])
  })
})

describe('integrity', () => {
  test('a record that contradicts the lockfile is fetched anew, once', async () => {
    const cache = mapCache()
    await open({ cache })
    await client.manifest('a', '1.0.0')
    registry.publish('a', '1.0.0', { license: 'ISC', dist: { integrity: 'sha512-AAAA' } })
    const fresh = valueOf(await client.manifest('a', '1.0.0', ['sha512-AAAA']))
    expect(fresh).toMatchObject({ from: 'network', manifest: { license: { license: 'ISC' } } })
    expect(valueOf(await client.manifest('a', '1.0.0', ['sha512-AAAA'])).from).toBe('memory')
    const different = valueOf(await client.manifest('a', '1.0.0', ['sha512-BBBB']))
    expect(different).toMatchObject({ from: 'network', manifest: { integrity: ['sha512-AAAA'] } })
    expect(registry.requests).toHaveLength(3)
  })

  test('what cannot be compared is no contradiction', async () => {
    await open()
    await client.manifest('a', '1.0.0')
    expect(valueOf(await client.manifest('a', '1.0.0', ['sha1-AAAA'])).from).toBe('memory')
  })

  test('offline a contradiction is not believed either', async () => {
    const cache = mapCache()
    await open({ cache })
    await client.manifest('a', '1.0.0')
    await client.close()
    await open({ cache, offline: true })
    expect(codeOf(await client.manifest('a', '1.0.0', ['sha512-AAAA']))).toBe('offline')
    expect(codeOf(await client.manifest('a', '1.0.0'))).toBe('ok')
  })
})

test('offline opens no socket and says what to do', async () => {
  await open({ offline: true })
  const outcome = await client.manifest('a', '1.0.0')
  expect(codeOf(outcome)).toBe('offline')
  expect(outcome.ok || outcome.failure.message).toContain('a@1.0.0')
  expect(registry.connections()).toBe(0)
  expect(client.statistics().requests).toBe(0)
})

/** Asks once, then again a week later with `refresh`. */
async function afterAWeek(
  more: Partial<RegistryOptions>,
  expected?: string[],
): Promise<Outcome<ManifestAnswer>> {
  const cache = mapCache()
  await open({ cache, now: () => 1000 })
  await client.manifest('a', '1.0.0')
  await client.close()
  await open({ cache, now: () => 1000 + 7 * 86_400_000, refresh: true, ...more })
  return client.manifest('a', '1.0.0', expected)
}

describe('stale answers', () => {
  test('are used only if allowed and only if the network failed', async () => {
    registry.behave({ type: 'status', status: 503 })
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(codeOf(await afterAWeek({}))).toBe('server-error')
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(valueOf(await afterAWeek({ allowStale: true }))).toMatchObject({
      from: 'memory',
      staleMs: 7 * 86_400_000,
    })
  })

  test('a registry that answers is listened to, whatever it says', async () => {
    registry.behave({ type: 'status', status: 404 })
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(codeOf(await afterAWeek({ allowStale: true }))).toBe('not-found')
  })

  test('a young record is not called stale', async () => {
    registry.behave({ type: 'reset' })
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(valueOf(await afterAWeek({ allowStale: true, ttlMs: 8 * 86_400_000 })).staleMs).toBeUndefined()
  })

  test('a record that contradicts the lockfile is never used', async () => {
    registry.behave({ type: 'reset' })
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(codeOf(await afterAWeek({ allowStale: true }, ['sha512-AAAA']))).toBe('unreachable')
  })
})

const old = (more: Partial<RegistryOptions> = {}): Promise<Outcome<ManifestAnswer>> =>
  afterAWeek({ refresh: false, refreshOld: true, ...more })

describe('where a rule rests on what a registry may change of a version', () => {
  test('an old record is fetched anew, a young one is not', async () => {
    expect(valueOf(await old()).from).toBe('network')
    expect(valueOf(await old({ ttlMs: 8 * 86_400_000 })).from).toBe('memory')
    expect(valueOf(await old({ refreshOld: false })).from).toBe('memory')
  })

  test('an old record is no answer when the registry gives none, unless that is allowed', async () => {
    registry.behave({ type: 'reset' })
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(codeOf(await old())).toBe('unreachable')
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(valueOf(await old({ allowStale: true })).staleMs).toBe(7 * 86_400_000)
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(codeOf(await old({ offline: true }))).toBe('offline')
    registry.behave({ type: 'latency', ms: 0 }, { times: 1 })
    expect(valueOf(await old({ offline: true, allowStale: true })).staleMs).toBe(7 * 86_400_000)
  })
})

describe('retries', () => {
  test('503 once, a reset once, then fine', async () => {
    registry.behave({ type: 'status', status: 503 }, { times: 1 })
    registry.behave({ type: 'reset' }, { times: 1 })
    await open()
    expect(codeOf(await client.manifest('a', '1.0.0'))).toBe('ok')
    expect(client.statistics()).toEqual({ requests: 3, retries: 2, failures: 0 })
  })

  test.each(['86400', '-5', 'banana', '1e999', undefined])(
    '429 for ever with Retry-After %s',
    async (value) => {
      registry.behave({
        type: 'status',
        status: 429,
        headers: value === undefined ? {} : { 'retry-after': value },
      })
      await open()
      expect(codeOf(await client.manifest('a', '1.0.0'))).toBe('throttled')
      expect(registry.requests.length).toBeLessThanOrEqual(3)
      expect(client.statistics().failures).toBe(1)
    },
  )

  test('429 once with Retry-After is waited for', async () => {
    registry.behave({ type: 'status', status: 429, headers: { 'retry-after': '1' } }, { times: 1 })
    await open()
    const before = performance.now()
    expect(codeOf(await client.manifest('a', '1.0.0'))).toBe('ok')
    expect(performance.now() - before).toBeGreaterThan(900)
  })
})

describe('tokens', () => {
  test('go to their own origin and path only', async () => {
    const other = await startFakeRegistry({ basePath: '/npm/' })
    other.publish('@acme/a', '1.0.0')
    registry.publish('@own/a', '1.0.0')
    await open(
      {},
      {
        scopes: { '@acme': other.url, '@own': registry.url },
        credentials: [{ prefix: `//127.0.0.1:${other.port}/npm/`, authorization: 'Bearer s3cret' }],
      },
    )
    for (const name of ['a', '@acme/a', '@own/a'])
      expect(codeOf(await client.manifest(name, '1.0.0'))).toBe('ok')
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer s3cret'])
    expect(registry.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
    await other.close()
  })

  test('do not follow a redirect, and stand in no message', async () => {
    const other = await startFakeRegistry()
    registry.behave({ type: 'redirect', to: `${other.url}a/1.0.0` })
    const credentials = [{ prefix: `//127.0.0.1:${registry.port}/`, authorization: 'Bearer s3cret' }]
    await open({}, { credentials })
    const outcome = await client.manifest('a', '1.0.0')
    expect(codeOf(outcome)).toBe('redirected')
    expect(other.requests).toEqual([])
    registry.behave({ type: 'status', status: 401, body: 's3cret' })
    const refused = await client.manifest('a', '1.0.0')
    expect(codeOf(refused)).toBe('unauthorized')
    expect(JSON.stringify([outcome, refused])).not.toContain('s3cret')
    expect(JSON.stringify(refused)).toContain(registry.origin)
    await other.close()
  })
})

describe('the end', () => {
  test('an abort ends everything that waits, whatever it waits for', async () => {
    for (let i = 0; i < 300; i++) registry.publish(`p${i}`, '1.0.0')
    registry.behave({ type: 'hang' })
    const warnings: Error[] = []
    const listen = (warning: Error): number => warnings.push(warning)
    process.on('warning', listen)
    const stop = new AbortController()
    await open({
      signal: stop.signal,
      network: { concurrency: 64, requestsPerSecond: 3000, timeoutMs: 60_000 },
    })
    const pending = Promise.all(Array.from({ length: 300 }, (_, i) => client.manifest(`p${i}`, '1.0.0')))
    setTimeout(() => stop.abort(), 100)
    const codes = (await pending).map(codeOf)
    expect(codes).toEqual(Array(300).fill('deadline'))
    expect(registry.requests.length).toBeLessThanOrEqual(64)
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', listen)
    expect(warnings).toEqual([])
  })

  test('close ends a pause and a hanging request', async () => {
    registry.behave({ type: 'hang' }, { package: 'b' })
    registry.behave({ type: 'status', status: 429, headers: { 'retry-after': '8' } }, { package: 'a' })
    await open({ network: { concurrency: 64, requestsPerSecond: 3000, timeoutMs: 60_000 } })
    const pending = Promise.all([client.manifest('a', '1.0.0'), client.manifest('b', '1.0.0')])
    await new Promise((resolve) => setTimeout(resolve, 400))
    const before = performance.now()
    await client.close()
    await pending
    expect(performance.now() - before).toBeLessThan(2000)
    expect(codeOf(await client.manifest('a', '1.0.0'))).toBe('deadline')
  })

  test('no time left means no request', async () => {
    await open({ remainingMs: () => 0 })
    expect(codeOf(await client.manifest('a', '1.0.0'))).toBe('deadline')
    expect(registry.requests).toEqual([])
  })
})

test('one bad package of a hundred spoils nothing for the others', async () => {
  for (let i = 0; i < 100; i++) registry.publish(`p${i}`, '1.0.0')
  registry.behave({ type: 'status', status: 503 }, { package: 'p7' })
  await open()
  const outcomes = await Promise.all(Array.from({ length: 100 }, (_, i) => client.manifest(`p${i}`, '1.0.0')))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(99)
  expect(registry.asked().filter((id) => id === 'p7@1.0.0').length).toBeLessThanOrEqual(3)
})

test('an untrusted scope is asked of nobody', async () => {
  await open({}, { untrustedScopes: ['@acme'] })
  expect(codeOf(await client.manifest('@acme/a', '1.0.0'))).toBe('untrusted-registry')
  expect(registry.requests).toEqual([])
})
