import { expect, test } from 'vitest'
import { isOwnOrigin, namedRegistry } from '#registry/registry-names'
import { configFor } from './clients.ts'

const config = configFor('https://registry.example', {
  scopes: {
    '@acme': 'https://npm.acme.example/path',
    '@twin': 'https://npm.acme.example/path/',
    '@same': 'https://registry.example/',
    '@plain': 'http://npm.plain.example/',
  },
  untrustedScopes: ['@claimed'],
})

test.each([
  ['a', { base: 'https://registry.example/', names: ['default', '@same'] }],
  ['@other/a', { base: 'https://registry.example/', names: ['default', '@same'] }],
  ['@acme/a', { base: 'https://npm.acme.example/path/', names: ['@acme', '@twin'] }],
  ['@plain/a', undefined],
  ['@claimed/a', undefined],
])('%s', (name, expected) => {
  expect(namedRegistry(config, name)).toEqual(expected)
})

test.each<[string, string, string | undefined, boolean]>([
  ['a', 'https://registry.example', undefined, true],
  ['a', 'http://registry.example', undefined, false],
  ['a', 'https://registry.example:8443', undefined, false],
  ['a', 'https://npm.acme.example', undefined, false],
  ['@acme/a', 'https://npm.acme.example', undefined, true],
  ['@acme/a', 'https://registry.example', undefined, false],
  ['a', '', undefined, false],
  ['a', '', 'always', false],
  // npm replaces the host, so that nobody asks there.
  ['a', 'https://default.example', 'default.example', true],
  ['a', 'https://evil.example', 'default.example', false],
  ['a', 'https://evil.example', 'always', true],
  ['a', 'https://evil.example', 'never', false],
  // Nobody may be asked: that is told elsewhere.
  ['@plain/a', 'https://evil.example', undefined, true],
])('%s at %j with replace-registry-host %s: %s', (name, origin, replaced, expected) => {
  const replacing = { ...config, ...(replaced !== undefined && { replaceRegistryHost: replaced }) }
  expect(isOwnOrigin(replacing, name, origin)).toBe(expected)
})
