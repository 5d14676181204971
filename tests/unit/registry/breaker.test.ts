import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import type { FailureCode } from '#model/outcome'
import { createBreaker, RESET_MS } from '#registry/breaker'
import type { Breaker } from '#registry/breaker'
import type { Attempt } from '#registry/attempt'
import { bad, codeOf, good, pressed } from './attempts.ts'

let breaker: Breaker | undefined
afterEach(() => breaker?.close())

async function fire(count: number, attempt: Attempt): Promise<string[]> {
  const codes: string[] = []
  for (let i = 0; i < count; i++) {
    codes.push(codeOf((await breaker?.run(async () => attempt)) ?? bad('malformed')))
  }
  return codes
}

test.each<FailureCode>(['unreachable', 'tls', 'timeout', 'server-error'])(
  'a registry that only answers with %s is not asked any more after a few requests',
  async (code) => {
    breaker = createBreaker('https://registry.example/')
    const codes = await fire(30, bad(code))
    expect(codes.slice(0, 5)).toEqual(Array(5).fill(code))
    expect(codes.at(-1)).toBe('breaker-open')
    expect(codes.filter((item) => item === code).length).toBeLessThan(10)
  },
)

test('the message names the registry and the cause', async () => {
  breaker = createBreaker('https://registry.example/npm/')
  await fire(20, bad('timeout'))
  const attempt = await breaker.run(async () => good())
  expect(attempt.outcome.ok || attempt.outcome.failure.message).toMatch(/registry\.example\/npm\/.*timeout/)
})

test.each<FailureCode>([
  'not-found',
  'malformed',
  'wrong-package',
  'truncated',
  'too-large',
  'unauthorized',
  'throttled',
])('%s for ever does not open it', async (code) => {
  breaker = createBreaker('https://registry.example/')
  expect(await fire(30, bad(code))).toEqual(Array(30).fill(code))
})

test('429 is a pause and no failure, 503 is a failure', async () => {
  breaker = createBreaker('https://registry.example/')
  expect(await fire(30, pressed('throttled', '1'))).not.toContain('breaker-open')
  breaker.close()
  breaker = createBreaker('https://registry.example/')
  expect(await fire(30, pressed('server-error'))).toContain('breaker-open')
})

test('one bad package among a hundred does not open it', async () => {
  breaker = createBreaker('https://registry.example/')
  const codes = [...(await fire(3, bad('server-error'))), ...(await fire(97, good()))]
  expect(codes).not.toContain('breaker-open')
})

test('half-open lets exactly one through, and its success closes it', async () => {
  breaker = createBreaker('https://registry.example/', 40)
  await fire(20, bad('unreachable'))
  await wait(80)
  let asked = 0
  const probe = async (): Promise<Attempt> => {
    asked++
    await wait(20)
    return good()
  }
  const current = breaker
  const codes = await Promise.all(Array.from({ length: 10 }, async () => codeOf(await current.run(probe))))
  expect(asked).toBe(1)
  expect(codes.filter((code) => code === 'ok')).toHaveLength(1)
  expect(codes.filter((code) => code === 'breaker-open')).toHaveLength(9)
  expect(await fire(3, good())).toEqual(['ok', 'ok', 'ok'])
})

test('a failed probe opens it again at once', async () => {
  breaker = createBreaker('https://registry.example/', 40)
  await fire(20, bad('unreachable'))
  await wait(80)
  expect(await fire(2, bad('unreachable'))).toEqual(['unreachable', 'breaker-open'])
})

test('it tries again well within the budget of a run', () => {
  expect(RESET_MS).toBeLessThanOrEqual(2000)
})

test('our own bugs are thrown, not counted as answers', async () => {
  breaker = createBreaker('https://registry.example/')
  await expect(breaker.run(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
})
