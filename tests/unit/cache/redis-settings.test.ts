import { sharedTier } from '#cache/redis-settings'
import { describe, expect, test } from 'vitest'

const KEY = 'k'.repeat(32)
const policy = { variable: 'DEPGATE_REDIS_URL', mode: 'read-write' } as const

function decided(
  url: string | undefined,
  more: Record<string, string> = {},
  mode: 'off' | 'read-only' | 'read-write' = 'read-write',
) {
  const env = { DEPGATE_CACHE_KEY: KEY, DEPGATE_REDIS_URL: url, ...more }
  return sharedTier({ policy: { ...policy, mode }, env })
}

function addressOf(url: string) {
  const found = decided(url)
  return 'tier' in found ? found.tier.address : found
}

test('the address comes from the variable that the policy names, and from nowhere else', () => {
  const env = { DEPGATE_CACHE_KEY: KEY, DEPGATE_OTHER: 'redis://other', DEPGATE_REDIS_URL: 'redis://cache' }
  expect(sharedTier({ policy: { ...policy, variable: 'DEPGATE_OTHER' }, env })).toMatchObject({
    tier: { address: { host: 'other' }, mode: 'read-write' },
  })
  expect(sharedTier({ policy: undefined, env })).toEqual({})
})

describe('addresses', () => {
  test.each([
    ['redis://cache', { host: 'cache', port: 6379, tls: false }],
    ['rediss://cache:6380/', { host: 'cache', port: 6380, tls: true }],
    ['redis://[::1]:7000', { host: '::1', port: 7000, tls: false }],
    ['redis://:p%40ss@cache/3', { host: 'cache', port: 6379, tls: false, password: 'p@ss', database: 3 }],
    [
      'redis://ann:pass@cache/0',
      { host: 'cache', port: 6379, tls: false, username: 'ann', password: 'pass' },
    ],
  ])('%s', (url, address) => {
    expect(addressOf(url)).toEqual(address)
  })

  test.each([
    'cache:6379',
    'http://cache',
    'unix:///tmp/redis.sock',
    'redis://',
    'redis:///tmp/redis.sock',
    'redis://cache/x',
    'redis://cache/1/2',
    'redis://cache?tls=true',
    'redis://cache#1',
    'redis://cache:99999',
    'redis://ann@cache',
    'redis://:%@cache',
    KEY,
  ])('%s is none, and is not repeated', (url) => {
    const found = decided(url)
    expect(found).toMatchObject({ warning: { code: 'cache-redis-address' } })
    if (url !== 'redis://') expect(JSON.stringify(found)).not.toContain(url)
  })
})

describe('the environment takes away, and never gives', () => {
  test.each([
    ['read-write', 'read-write', 'read-write'],
    ['read-write', 'read-only', 'read-only'],
    ['read-only', 'read-write', 'read-only'],
    ['read-only', 'read-only', 'read-only'],
  ] as const)('%s and %s are %s', (mode, given, expected) => {
    expect(decided('redis://cache', { DEPGATE_REDIS_MODE: given }, mode)).toMatchObject({
      tier: { mode: expected },
    })
  })

  test.each([
    ['off', 'read-write'],
    ['read-write', 'off'],
  ] as const)('%s and %s are off, without a word', (mode, given) => {
    expect(decided('redis://cache', { DEPGATE_REDIS_MODE: given }, mode)).toEqual({})
    expect(decided('no address', { DEPGATE_REDIS_MODE: given, DEPGATE_CACHE_KEY: '' }, mode)).toEqual({})
  })

  test.each(['', 'on', 'READ-ONLY', '__proto__'])('"%s" is none of them: off, with a warning', (given) => {
    expect(decided('redis://cache', { DEPGATE_REDIS_MODE: given })).toMatchObject({
      warning: { code: 'cache-redis-mode' },
    })
  })
})

test('without an address there is nothing to say', () => {
  expect(decided(undefined)).toEqual({})
  expect(decided('', { DEPGATE_CACHE_KEY: '' })).toEqual({})
})

test.each(['', 'short', 'k'.repeat(31)])('with the key "%s" it is off, with a warning', (key) => {
  expect(decided('redis://cache', { DEPGATE_CACHE_KEY: key })).toMatchObject({
    warning: { code: 'cache-redis-key' },
  })
})
