/** Which variables decide what a run finds out. */
import { describe, expect, test } from 'vitest'
import { environmentDigest, portableEnvironmentDigest, variablesIn } from '#snapshot/environment'

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

  test.each([
    ['in each other', '${${A}}', ['A']],
    ['in a quoted value, spelt in another way', String.raw`registry="\u0024{A}"`, ['A']],
    ['with an escaped brace and name', String.raw`registry="$\u007b\u0041}"`, ['A']],
  ])('are found %s', (_where, text, names) => {
    expect(variablesIn(text)).toEqual(names)
  })

  test('count where a variable of npm names them', () => {
    const env = { npm_config_registry: '${PLACE}' }
    expect(digest({ ...env, PLACE: 'a' })).not.toBe(digest({ ...env, PLACE: 'b' }))
    expect(digest({ PLACE: 'a' })).toBe(digest({ PLACE: 'b' }))
  })

  test('count, absent ones too', () => {
    expect(digest({ TOKEN: 'a' }, ['TOKEN'])).not.toBe(digest({ TOKEN: 'b' }, ['TOKEN']))
    expect(digest({ TOKEN: '' }, ['TOKEN'])).not.toBe(digest({}, ['TOKEN']))
    expect(digest({ TOKEN: 'a' })).toBe(digest({}))
  })
})

describe('of another machine', () => {
  const ann = { project: '/projects/one', home: '/home/ann' }
  const root = { project: '/builds/two', home: '/root' }
  const envOf = ({ project, home }: typeof ann): Record<string, string> => ({
    HOME: home,
    npm_config_userconfig: `${home}/.npmrc`,
    npm_config_cache: `${home}/.npm`,
    npm_config_local_prefix: project,
  })
  const portable = (places: typeof ann, more: Record<string, string> = {}, names: string[] = []): string =>
    portableEnvironmentDigest({ ...envOf(places), ...more }, names, places)

  test('the home, the project and what npm keeps there are the same', () => {
    expect(portable(ann)).toBe(portable(root))
    expect(environmentDigest(envOf(ann), [])).not.toBe(environmentDigest(envOf(root), []))
  })

  test.each([
    ['another file', { npm_config_userconfig: '/etc/npmrc' }],
    ['the home in place of its file', { npm_config_userconfig: '/root' }],
    ['the path of another home', { HOME: '/home/ann' }],
  ])('%s is not', (_what, more) => {
    expect(portable(root, more)).not.toBe(portable(ann))
  })

  test('a variable that a file refers to counts as it is', () => {
    expect(portable(ann, {}, ['HOME'])).not.toBe(portable(root, {}, ['HOME']))
  })
})
