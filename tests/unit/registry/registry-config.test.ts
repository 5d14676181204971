import { describe, expect, test } from 'vitest'
import type { Outcome } from '#model/outcome'
import {
  authorizationFor,
  hasOwnRegistry,
  manifestUrl,
  proxyFor,
  registryFor,
} from '#registry/registry-config'
import type { RegistryConfig } from '#registry/registry-config'

function config(more: Partial<RegistryConfig> = {}): RegistryConfig {
  return {
    registry: 'https://registry.example/',
    scopes: {},
    untrustedScopes: [],
    credentials: [],
    strictSsl: true,
    proxy: { bypass: [] },
    warnings: [],
    ...more,
  }
}

function code(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.failure.code
}

describe('registryFor', () => {
  test('a scope has its registry, everything else the default', () => {
    const both = config({ scopes: { '@acme': 'https://npm.acme.example/npm' } })
    expect(registryFor(both, '@acme/a')).toEqual({
      ok: true,
      value: { base: 'https://npm.acme.example/npm/', origin: 'https://npm.acme.example' },
    })
    expect(registryFor(both, 'a')).toMatchObject({ value: { base: 'https://registry.example/' } })
    expect(registryFor(both, '@other/a')).toMatchObject({ value: { base: 'https://registry.example/' } })
  })

  test('a scope that only the project maps is asked of nobody', () => {
    const outcome = registryFor(config({ untrustedScopes: ['@acme'] }), '@acme/a')
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'untrusted-registry' } })
    expect(outcome.ok || outcome.failure.fix).toContain('--trust-npmrc @acme:registry')
    expect(code(registryFor(config({ untrustedScopes: ['@acme'] }), '@acme2/a'))).toBe('ok')
    const both = config({ untrustedScopes: ['@acme'], scopes: { '@acme': 'https://npm.acme.example' } })
    expect(registryFor(both, '@acme/a')).toMatchObject({ value: { base: 'https://npm.acme.example/' } })
  })

  test.each([
    '',
    'banana',
    'ftp://registry.example/',
    'https://${HOST}/',
    'https://registry.example/${PATH}/',
    '//x',
  ])('%j is no registry', (registry) => {
    expect(code(registryFor(config({ registry }), 'a'))).toBe('npmrc-unreadable')
  })

  test.each([
    ['http://registry.example/', 'insecure-registry'],
    ['http://127.0.0.1.registry.example/', 'insecure-registry'],
    ['http://localhost.registry.example/', 'insecure-registry'],
    ['http://127.0.0.1:4873/', 'ok'],
    ['http://127.1:4873/', 'ok'],
    ['http://localhost:4873/', 'ok'],
    ['http://[::1]:4873/', 'ok'],
    ['http://[::2]:4873/', 'insecure-registry'],
  ])('%s: %s', (registry, expected) => {
    expect(code(registryFor(config({ registry }), 'a'))).toBe(expected)
  })

  test('without the check of certificates no https registry is asked', () => {
    expect(code(registryFor(config({ strictSsl: false }), 'a'))).toBe('insecure-registry')
    expect(code(registryFor(config({ strictSsl: false, registry: 'http://localhost/' }), 'a'))).toBe('ok')
  })

  test('userinfo, query and fragment are not part of the base', () => {
    const outcome = registryFor(config({ registry: 'https://user:pw@registry.example/npm?a#b' }), 'a')
    expect(outcome).toMatchObject({
      value: { base: 'https://registry.example/npm/', origin: 'https://registry.example' },
    })
  })

  test.each(['socks5://proxy.example', 'http://${PROXY}/', 'banana'])('%j is no proxy', (configured) => {
    expect(code(registryFor(config({ proxy: { configured, bypass: [] } }), 'a'))).toBe('npmrc-unreadable')
  })
})

test('the address of a version escapes its scope and build metadata', () => {
  expect(manifestUrl('https://registry.example/npm/', '@acme/a', '1.0.0+b').href).toBe(
    'https://registry.example/npm/@acme%2fa/1.0.0%2Bb',
  )
})

describe('authorizationFor', () => {
  const credentials = [
    { prefix: '//registry.example/npm/', authorization: 'Bearer long' },
    { prefix: '//registry.example/', authorization: 'Bearer short' },
    { prefix: '//other.example:8443/', authorization: 'Bearer port' },
    { prefix: '//third.example', authorization: 'Bearer bare' },
  ]
  test.each([
    ['https://registry.example/npm/a/1.0.0', 'Bearer long'],
    ['https://registry.example/a/1.0.0', 'Bearer short'],
    ['https://registry.example/npm2/a/1.0.0', 'Bearer short'],
    ['https://registry.example:444/a/1.0.0', undefined],
    ['https://other.example:8443/a/1.0.0', 'Bearer port'],
    ['https://other.example/a/1.0.0', undefined],
    ['https://third.example/a/1.0.0', 'Bearer bare'],
    ['https://third.example.evil.example/a/1.0.0', undefined],
    ['https://registry.example/np/a/1.0.0', 'Bearer short'],
    ['https://registry.example.evil.example/a/1.0.0', undefined],
    ['https://evil-registry.example/a/1.0.0', undefined],
  ])('%s', (url, expected) => {
    expect(authorizationFor(config({ credentials }), new URL(url))).toBe(expected)
  })
})

describe('proxyFor', () => {
  const secure = { base: 'https://npm.registry.example/', origin: 'https://npm.registry.example' }
  const plain = { base: 'http://127.0.0.1:4873/', origin: 'http://127.0.0.1:4873' }

  test('the configured one before that of the environment', () => {
    const proxy = { https: 'http://s.example', http: 'http://h.example', bypass: [] }
    expect(proxyFor(config({ proxy }), secure)).toBe('http://s.example')
    expect(proxyFor(config({ proxy }), plain)).toBe('http://h.example')
    expect(proxyFor(config({ proxy: { ...proxy, configured: 'http://c.example' } }), secure)).toBe(
      'http://c.example',
    )
    expect(proxyFor(config(), secure)).toBeUndefined()
  })

  test.each([
    ['npm.registry.example', true],
    ['registry.example', true],
    ['.registry.example', true],
    ['example', true],
    ['pm.registry.example', false],
    ['other.npm.registry.example', false],
    ['', false],
    ['.', false],
  ])('bypass %j: %s', (domain, direct) => {
    const proxy = { configured: 'http://c.example', bypass: [domain] }
    expect(proxyFor(config({ proxy }), secure)).toBe(direct ? undefined : 'http://c.example')
  })
})

test('hasOwnRegistry needs a trusted registry other than the default', () => {
  const scopes = { '@acme': 'https://npm.acme.example', '@same': 'https://registry.example' }
  expect(hasOwnRegistry(config({ scopes }), '@acme/a')).toBe(true)
  expect(hasOwnRegistry(config({ scopes }), '@same/a')).toBe(false)
  expect(hasOwnRegistry(config({ scopes }), 'a')).toBe(false)
  expect(hasOwnRegistry(config({ untrustedScopes: ['@acme'] }), '@acme/a')).toBe(false)
  expect(hasOwnRegistry(config({ scopes }), '@acme/a', new URL(scopes['@acme']).origin)).toBe(true)
  expect(hasOwnRegistry(config({ scopes }), '@acme/a', 'https://elsewhere.example')).toBe(false)
  expect(hasOwnRegistry(config({ scopes }), '@acme/a', '')).toBe(false)
})
