import { expect, test } from 'vitest'
import { networkFailure } from '#registry/network-failure'
import type { Phase } from '#registry/network-failure'

function error(code: string): Error {
  return Object.assign(new Error('at /home/me with s3cret'), { code })
}

test.each<[string, Phase, string]>([
  ['ECONNREFUSED', 'connecting', 'unreachable'],
  ['ENOTFOUND', 'connecting', 'unreachable'],
  ['EAI_AGAIN', 'connecting', 'unreachable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connecting', 'unreachable'],
  ['UND_ERR_SOCKET', 'connecting', 'unreachable'],
  ['UND_ERR_SOCKET', 'reading', 'truncated'],
  ['ECONNRESET', 'reading', 'truncated'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'reading', 'truncated'],
  ['Z_BUF_ERROR', 'reading', 'truncated'],
  ['Z_DATA_ERROR', 'reading', 'malformed'],
  ['HPE_INVALID_CONSTANT', 'connecting', 'malformed'],
  ['UND_ERR_HEADERS_OVERFLOW', 'connecting', 'too-large'],
  ['CERT_HAS_EXPIRED', 'connecting', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'connecting', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'connecting', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'connecting', 'tls'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'connecting', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'connecting', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'connecting', 'tls'],
])('%s while %s is %s', (code, phase, expected) => {
  const failure = networkFailure(error(code), phase, 'https://registry.example')
  expect(failure.code).toBe(expected)
  expect(JSON.stringify(failure)).not.toMatch(/s3cret|home/)
  expect(failure.message).toContain('https://registry.example')
})

test('looks into causes and into errors of several addresses', () => {
  const cause = new Error('x', { cause: error('CERT_HAS_EXPIRED') })
  expect(networkFailure(cause, 'connecting', 'o').code).toBe('tls')
  const several = new AggregateError([error('ECONNREFUSED'), error('EHOSTUNREACH')])
  expect(networkFailure(several, 'connecting', 'o').message).toContain('ECONNREFUSED')
  expect(networkFailure('thrown text', 'connecting', 'o').code).toBe('unreachable')
})
