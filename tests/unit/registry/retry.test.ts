import { expect, test } from 'vitest'
import type { FailureCode } from '#model/outcome'
import { retry } from '#registry/retry'
import type { Attempt } from '#registry/attempt'
import { bad, codeOf, good } from './attempts.ts'

interface Trial {
  result: Attempt
  numbers: number[]
  waits: number[]
}

async function tryOut(
  answers: Attempt[],
  { random = 1, remainingMs = 10_000, abortOnSleep = false } = {},
): Promise<Trial> {
  const stop = new AbortController()
  const numbers: number[] = []
  const waits: number[] = []
  const result = await retry(
    async (number) => {
      numbers.push(number)
      return answers[number - 1] ?? bad('unreachable')
    },
    {
      random: () => random,
      remainingMs: () => remainingMs,
      signal: stop.signal,
      sleep: async (ms) => {
        waits.push(ms)
        if (abortOnSleep) stop.abort()
      },
    },
  )
  return { result, numbers, waits }
}

test('a success is not repeated', async () => {
  expect((await tryOut([good()])).numbers).toEqual([1])
})

test.each<FailureCode>(['unreachable', 'timeout', 'truncated', 'server-error', 'throttled'])(
  '%s is tried three times at most, with growing waits',
  async (code) => {
    const { result, numbers, waits } = await tryOut([bad(code), bad(code), bad(code), good()])
    expect(numbers).toEqual([1, 2, 3])
    expect(waits).toEqual([200, 400])
    expect(codeOf(result)).toBe(code)
  },
)

test('the second attempt may succeed', async () => {
  const { result, numbers } = await tryOut([bad('timeout'), good()])
  expect(codeOf(result)).toBe('ok')
  expect(numbers).toEqual([1, 2])
})

test.each<FailureCode>([
  'not-found',
  'unauthorized',
  'unexpected-status',
  'tls',
  'deadline',
  'breaker-open',
  'redirected',
  'too-large',
  'malformed',
  'wrong-package',
  'invalid-name',
])('%s is not tried again', async (code) => {
  expect((await tryOut([bad(code), good()])).numbers).toEqual([1])
})

test('an open breaker ends the retries', async () => {
  const { result, numbers } = await tryOut([bad('server-error'), bad('breaker-open'), good()])
  expect(numbers).toEqual([1, 2])
  expect(codeOf(result)).toBe('breaker-open')
})

test('an attempt that calls itself final is not repeated', async () => {
  expect((await tryOut([{ ...bad('throttled'), final: true }, good()])).numbers).toEqual([1])
})

test('waits are spread by the randomness handed in', async () => {
  const { waits } = await tryOut([bad('timeout'), bad('timeout'), bad('timeout')], { random: 0.25 })
  expect(waits).toEqual([50, 100])
})

test('no wait is begun that would outlast the run', async () => {
  const { numbers, waits } = await tryOut([bad('timeout'), good()], { remainingMs: 150 })
  expect(numbers).toEqual([1])
  expect(waits).toEqual([])
})

test('an abort during the wait ends it', async () => {
  const { numbers, result } = await tryOut([bad('timeout'), good()], { abortOnSleep: true })
  expect(numbers).toEqual([1])
  expect(codeOf(result)).toBe('timeout')
})
