import { expect, test } from 'vitest'
import { readCredentials } from '#registry/credentials'

const PASSWORD = Buffer.from('pässword').toString('base64')

test('each kind of login becomes its header', () => {
  const { credentials, warnings } = readCredentials({
    '//a.example/:_authToken': 'token',
    '//b.example/npm/:_auth': 'dTpw',
    '//c.example:8443/:username': 'user',
    '//c.example:8443/:_password': PASSWORD,
    '//d.example/:username': 'alone',
    '//e.example/:email': 'x@y.example',
    _authToken: 'unscoped',
    registry: 'https://registry.example/',
  })
  expect(credentials).toEqual([
    { prefix: '//a.example/', authorization: 'Bearer token' },
    { prefix: '//b.example/npm/', authorization: 'Basic dTpw' },
    {
      prefix: '//c.example:8443/',
      authorization: `Basic ${Buffer.from('user:pässword').toString('base64')}`,
    },
  ])
  expect(warnings).toEqual([])
})

test('a token comes before a basic login of the same prefix', () => {
  const { credentials } = readCredentials({
    '//a.example/:username': 'user',
    '//a.example/:_password': PASSWORD,
    '//a.example/:_auth': 'dTpw',
    '//a.example/:_authToken': 'token',
  })
  expect(credentials).toEqual([{ prefix: '//a.example/', authorization: 'Bearer token' }])
})

test('a variable nobody set is not sent, and its key is named', () => {
  const { credentials, warnings } = readCredentials({ '//a.example/:_authToken': '${NPM_TOKEN}' })
  expect(credentials).toEqual([])
  expect(warnings.map(({ code }) => code)).toEqual(['npmrc-login-unusable'])
  expect(warnings[0]?.message).toContain('//a.example/:_authToken')
})

test.each(['a\r\nx-evil: 1', 'a\nb', 'a\0b', 'tökën', '  '])('%j is sent in no header', (token) => {
  const { credentials, warnings } = readCredentials({ '//a.example/:_authToken': token })
  expect(credentials).toEqual([])
  expect(JSON.stringify(warnings)).not.toContain(JSON.stringify(token).slice(1, -1))
  expect(warnings).toHaveLength(1)
})
