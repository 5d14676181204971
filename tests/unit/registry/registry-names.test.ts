import { expect, test } from 'vitest'
import { namedRegistry } from '#registry/registry-names'
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
