import { describe, expect, test } from 'vitest'
import type { RegistryConfig } from '#registry/registry-config'
import { archiveAddress, tarballAddress } from '#registry/tarball-address'
import { configFor } from './clients.ts'

const REGISTRY = { base: 'https://registry.example/npm/', origin: 'https://registry.example' }

/** The address that is asked, or the code of the failure. */
function asked(tarball: string | undefined, more: Partial<RegistryConfig> = {}): string {
  const config = configFor(REGISTRY.base, more)
  const address = tarballAddress(config, { name: 'a', version: '1.0.0', registry: REGISTRY, tarball })
  return address.ok ? address.value.url.href : address.failure.code
}

test('asks where the manifest says, at the registry itself', () => {
  expect(asked('https://registry.example/npm/a/-/a-1.0.0.tgz')).toBe(
    'https://registry.example/npm/a/-/a-1.0.0.tgz',
  )
  expect(asked('https://registry.example/download/a?v=1')).toBe('https://registry.example/download/a?v=1')
})

test.each([
  ['no address', undefined, 'not-found'],
  ['what is no address', 'a-1.0.0.tgz', 'foreign-tarball'],
  ['another host', 'https://elsewhere.example/a.tgz', 'foreign-tarball'],
  ['another port', 'https://registry.example:8443/a.tgz', 'foreign-tarball'],
  ['a host below', 'https://cdn.registry.example/a.tgz', 'foreign-tarball'],
  ['a private network', 'https://10.0.0.1/a.tgz', 'foreign-tarball'],
  ['this machine', 'http://127.0.0.1:6379/a.tgz', 'foreign-tarball'],
  ['the address of a cloud’s own data', 'http://169.254.169.254/latest/meta-data', 'foreign-tarball'],
  ['a file', 'file:///etc/passwd', 'foreign-tarball'],
  ['a login', 'https://user:password@registry.example/a.tgz', 'foreign-tarball'],
])('asks nobody for %s', (_, tarball, code) => {
  expect(asked(tarball)).toBe(code)
})

describe('another registry that is configured', () => {
  const scopes = { '@acme': 'https://acme.example/r/' }
  const credentials = [{ prefix: '//acme.example/', authorization: 'Bearer acme' }]

  test('is asked, without a login', () => {
    const config = configFor(REGISTRY.base, { scopes, credentials })
    const tarball = 'https://acme.example/r/a.tgz'
    expect(tarballAddress(config, { name: 'a', version: '1.0.0', registry: REGISTRY, tarball })).toEqual({
      ok: true,
      value: {
        url: new URL(tarball),
        registry: { base: 'https://acme.example/r/', origin: 'https://acme.example' },
      },
    })
  })

  test('is not asked over http', () => {
    expect(asked('http://acme.example/r/a.tgz', { scopes })).toBe('foreign-tarball')
    expect(asked('http://acme.example/a.tgz', { scopes: { '@acme': 'http://acme.example/' } })).toBe(
      'foreign-tarball',
    )
  })
})

describe('replace-registry-host', () => {
  const tarball = 'https://default.example/a/-/a-1.0.0.tgz'

  test('puts the host of the registry in the place of another, as npm does', () => {
    expect(asked(tarball, { replaceRegistryHost: 'default.example' })).toBe(
      'https://registry.example/a/-/a-1.0.0.tgz',
    )
    expect(asked('http://10.0.0.1:80/a.tgz', { replaceRegistryHost: 'always' })).toBe(
      'https://registry.example/a.tgz',
    )
    expect(asked(tarball, { replaceRegistryHost: 'never' })).toBe('foreign-tarball')
  })

  test('is not needed for a registry behind a proxy that says http of itself', () => {
    expect(asked('http://registry.example/npm/a.tgz')).toBe('https://registry.example/npm/a.tgz')
    expect(asked('http://registry.example:8080/npm/a.tgz')).toBe('https://registry.example/npm/a.tgz')
  })
})

const at = (address: string, more: Partial<RegistryConfig> = {}) =>
  archiveAddress(configFor(REGISTRY.base, more), 'a@1.0.0', address)

describe('an address of the lockfile', () => {
  test('is asked below the address of a registry, without a login', () => {
    const credentials = [{ prefix: '//registry.example/npm/', authorization: 'Bearer x' }]
    const address = 'https://registry.example/npm/a/-/a-1.0.0.tgz'
    expect(at(address, { credentials })).toEqual({
      ok: true,
      value: { url: new URL(address), registry: REGISTRY },
    })
    const scopes = { '@acme': 'https://acme.example/r/' }
    expect(at('https://acme.example/r/x.tgz', { scopes })).toMatchObject({ ok: true })
  })

  test.each([
    'https://registry.example/other/a.tgz',
    'https://registry.example/npm/../other/a.tgz',
    'https://registry.example/npm/%2e%2e/other/a.tgz',
    'https://registry.example/npmx/a.tgz',
    'https://registry.example.evil.example/npm/a.tgz',
    'https://registry.example:8443/npm/a.tgz',
    'http://registry.example/npm/a.tgz',
    'https://user:password@registry.example/npm/a.tgz',
    'http://127.0.0.1:6379/a.tgz',
    'file:///etc/passwd',
    'a.tgz',
    '',
  ])('%s is nobody to ask', (address) => {
    expect(at(address)).toMatchObject({ ok: false, failure: { code: 'foreign-tarball' } })
  })
})
