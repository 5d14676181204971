import { describe, expect, test } from 'vitest'
import { fail, ok } from '#model/outcome'
import { answerOf } from '#registry/answer'

const QUESTION = { name: 'a', version: '1.0.0', origin: 'https://registry.example' }
const GOOD = JSON.stringify({ name: 'a', version: '1.0.0', license: 'MIT' })

function expectedCode(status: number): string {
  if (status === 200) return 'ok'
  if (status === 404) return 'not-found'
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'throttled'
  if (status >= 500) return 'server-error'
  if (status >= 300 && status < 400 && status !== 304) return 'redirected'
  return 'unexpected-status'
}

describe('every status from 100 to 599', () => {
  test.each([
    ['a good body', GOOD],
    ['garbage', '<html>'],
  ])('with %s', (_, text) => {
    for (let status = 100; status <= 599; status++) {
      const { outcome, pressed } = answerOf(ok({ status, body: text }), QUESTION)
      const code = outcome.ok ? 'ok' : outcome.failure.code
      expect([status, code]).toEqual([
        status,
        status === 200 && text !== GOOD ? 'malformed' : expectedCode(status),
      ])
      expect(pressed).toBe(status === 429 || status === 503)
    }
  })
})

test('a 200 without a body is no success', () => {
  expect(answerOf(ok({ status: 200 }), QUESTION).outcome.ok).toBe(false)
})

test('a failure of the network stays what it is', () => {
  const failure = fail('timeout', 'late')
  expect(answerOf(failure, QUESTION)).toEqual({ outcome: failure, pressed: false })
})

test('Retry-After travels along', () => {
  expect(answerOf(ok({ status: 429, retryAfter: '7' }), QUESTION).retryAfter).toBe('7')
})

test('messages are the same for every package, so that they can be grouped', () => {
  const one = answerOf(ok({ status: 503 }), QUESTION)
  const two = answerOf(ok({ status: 503 }), { ...QUESTION, name: 'b' })
  expect(one).toEqual(two)
  expect(one.outcome.ok || one.outcome.failure.message).toContain('https://registry.example')
})
