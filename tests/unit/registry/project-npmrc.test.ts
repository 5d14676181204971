import { expect, test } from 'vitest'
import { scopesOf, warningsFor, withoutExported } from '#registry/project-npmrc'
import type { ProjectKey } from '#registry/project-npmrc'

function keys(...names: string[]): ProjectKey[] {
  return names.map((key) => ({ key, value: 'x', meant: key }))
}

test('every key that decides who is asked is named, with the flag', () => {
  const names = [
    'registry',
    '@acme:registry',
    '//a.example/:_authToken',
    'proxy',
    'https-proxy',
    'ca',
    'cafile',
  ]
  names.push(
    'strict-ssl',
    'noproxy',
    '_auth',
    'userconfig',
    'globalconfig',
    'prefix',
    'REGISTRY',
    'strict_ssl',
  )
  const warnings = warningsFor(keys(...names, 'fund', 'save-exact', 'engine-strict'))
  expect(warnings.map(({ message }) => /"(.*?)"/.exec(message)?.[1])).toEqual(names)
  for (const [index, { message }] of warnings.entries())
    expect(message).toContain(`--trust-npmrc ${names[index]}`)
})

test('a thousand keys do not make a thousand warnings, nor a long key a long one', () => {
  const many = Array.from({ length: 1000 }, (_, index) => `@s${index}:registry`)
  expect(warningsFor(keys(...many)).length).toBeLessThanOrEqual(20)
  expect(warningsFor(keys(`@${'s'.repeat(5000)}:registry`))[0]?.message.length).toBeLessThan(500)
})

test('a warning shows what is written, never what a variable holds', () => {
  const [warning] = warningsFor([{ key: '@${SECRET}:registry', value: 'x', meant: '@s3cret:registry' }])
  expect(warning?.message).toContain('@${SECRET}:registry')
  expect(warning?.message).not.toContain('s3cret')
})

test('scopes are known by what npm would make of them', () => {
  const meant = [{ key: '@${ORG}:registry', value: 'x', meant: '@acme:registry' }]
  expect(scopesOf([...meant, ...keys('@b:registry', 'registry', '//x/:@c:registry')])).toEqual([
    '@acme',
    '@b',
  ])
})

const ENV = {
  PATH: '/bin',
  npm_config_registry: 'https://evil.example/',
  NPM_CONFIG_STRICT_SSL: 'false',
  npm_config_https_proxy: 'http://evil.example/',
  npm_config_fund: 'false',
  HTTPS_PROXY: 'http://proxy.example/',
}

test('outside npm run the environment is the caller’s own', () => {
  expect(withoutExported(ENV, keys('registry'))).toEqual(ENV)
})

test('under npm run what the project sets is dropped, however it is spelt', () => {
  const env = { ...ENV, npm_lifecycle_event: 'test' }
  const left = withoutExported(env, keys('REGISTRY', 'strict-ssl', 'https_proxy'))
  expect(Object.keys(left)).toEqual(['PATH', 'npm_config_fund', 'HTTPS_PROXY', 'npm_lifecycle_event'])
  expect(withoutExported(env, keys('audit'))).toEqual(env)
})

test.each(['userconfig', 'globalconfig', 'prefix'])(
  'under npm run nothing npm exports is believed if the project sets %s',
  (key) => {
    const env = { ...ENV, npm_lifecycle_event: 'test' }
    expect(Object.keys(withoutExported(env, keys(key)))).toEqual([
      'PATH',
      'HTTPS_PROXY',
      'npm_lifecycle_event',
    ])
  },
)

test('npm never exports scoped keys, so a variable that sets one is the caller’s own', () => {
  const env = { npm_lifecycle_event: 'test', 'npm_config_//a.example/:_authToken': 't' }
  expect(withoutExported(env, keys('//a.example/:_authToken'))).toEqual(env)
})
