/** Which variables decide what a run finds out. */
import { describe, expect, test } from 'vitest'
import { environmentDigest, variablesIn } from '#snapshot/environment'

const digest = (env: Record<string, string>, names: string[] = []): string => environmentDigest(env, names)

test.each([
  ['a registry', { npm_config_registry: 'https://registry.example/' }],
  ['in capitals', { NPM_CONFIG_USERCONFIG: '.npmrc' }],
  ['a proxy', { https_proxy: 'http://proxy.example/' }],
  ['the home folder', { HOME: 'elsewhere' }],
  ['being run by npm', { npm_lifecycle_event: 'test' }],
])('%s counts', (_name, more) => {
  expect(digest(more)).not.toBe(digest({}))
})

test('anything else does not, nor does the order', () => {
  expect(digest({ TERM: 'dumb', COLUMNS: '80' })).toBe(digest({}))
  expect(digest({ npm_lifecycle_event: 'a' })).toBe(digest({ npm_lifecycle_event: 'b' }))
  expect(digest({ HOME: '1', http_proxy: '2' })).toBe(digest({ http_proxy: '2', HOME: '1' }))
})

describe('variables that npm configuration refers to', () => {
  test('are found', () => {
    expect(variablesIn('//r.example/:_authToken=${TOKEN}\nx=${A?}${B}')).toEqual(['TOKEN', 'A', 'B'])
  })

  test('count, absent ones too', () => {
    expect(digest({ TOKEN: 'a' }, ['TOKEN'])).not.toBe(digest({ TOKEN: 'b' }, ['TOKEN']))
    expect(digest({ TOKEN: '' }, ['TOKEN'])).not.toBe(digest({}, ['TOKEN']))
    expect(digest({ TOKEN: 'a' })).toBe(digest({}))
  })
})
