import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FailureCode } from '#model/outcome'
import { createBreaker, RESET_MS } from '#registry/breaker'
import type { Breaker, BreakerOptions } from '#registry/breaker'
import type { Attempt } from '#registry/attempt'
import { bad, codeOf, good, pressed } from './attempts.ts'

let breaker: Breaker | undefined
const run = { ends: new AbortController(), leftMs: 0 }
beforeEach(() => {
  run.ends = new AbortController()
  run.leftMs = 0
})
afterEach(() => breaker?.close())

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** A breaker of a run that is nearly over, if `run` is not changed: then waiting for a probe never pays. */
function newBreaker(options: Partial<BreakerOptions> = {}): Breaker {
  return createBreaker({
    base: 'https://registry.example/',
    timeoutMs: 3000,
    remainingMs: () => run.leftMs,
    signal: run.ends.signal,
    ...options,
  })
}

/** Opens the breaker, and gives those who come now the time to wait for any probe. */
async function openIt(code: FailureCode): Promise<void> {
  run.leftMs = 0
  expect(await fire(20, bad(code))).toContain('breaker-open')
  run.leftMs = 60_000
}

/** A request that is answered when the test says so. */
function later(asked: Breaker) {
  const begun = new AbortController()
  let answer: ((attempt: Attempt) => void) | undefined
  const answered = new Promise<Attempt>((resolve) => {
    answer = resolve
  })
  const result = asked.run(() => {
    begun.abort()
    return answered
  })
  return { begun: once(begun.signal, 'abort'), answer: (attempt: Attempt) => answer?.(attempt), result }
}

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
    breaker = newBreaker()
    const codes = await fire(30, bad(code))
    expect(codes.slice(0, 5)).toEqual(Array(5).fill(code))
    expect(codes.at(-1)).toBe('breaker-open')
    expect(codes.filter((item) => item === code).length).toBeLessThan(10)
  },
)

test('the message names the registry and the cause', async () => {
  breaker = newBreaker({ base: 'https://registry.example/npm/' })
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
  breaker = newBreaker()
  expect(await fire(30, bad(code))).toEqual(Array(30).fill(code))
})

test('429 is a pause and no failure, 503 is a failure', async () => {
  breaker = newBreaker()
  expect(await fire(30, pressed('throttled', '1'))).not.toContain('breaker-open')
  breaker.close()
  breaker = newBreaker()
  expect(await fire(30, pressed('server-error'))).toContain('breaker-open')
})

test('one bad package among a hundred does not open it', async () => {
  breaker = newBreaker()
  const codes = [...(await fire(3, bad('server-error'))), ...(await fire(97, good()))]
  expect(codes).not.toContain('breaker-open')
})

test('who comes while it is open waits for the one probe, and is asked for once that has succeeded', async () => {
  breaker = newBreaker({ resetMs: 20 })
  await openIt('unreachable')
  const current = breaker
  const probe = later(current)
  let asked = 0
  const ask = async (): Promise<Attempt> => {
    asked++
    return good()
  }
  const others = Promise.all(Array.from({ length: 20 }, () => current.run(ask)))
  await probe.begun
  await wait(100)
  expect(asked).toBe(0)
  probe.answer(good())
  expect(codeOf(await probe.result)).toBe('ok')
  expect((await others).map(codeOf)).toEqual(Array(20).fill('ok'))
  expect(asked).toBe(20)
})

test('two failed probes, and nobody waits any more', async () => {
  breaker = newBreaker({ resetMs: 20 })
  await openIt('unreachable')
  const current = breaker
  let asked = 0
  const ask = async (): Promise<Attempt> => {
    asked++
    return bad('unreachable')
  }
  const answers = await Promise.all(Array.from({ length: 20 }, () => current.run(ask)))
  expect(asked).toBe(2)
  expect(answers.map(codeOf).toSorted()).toEqual([
    ...Array<string>(18).fill('breaker-open'),
    'unreachable',
    'unreachable',
  ])
  const codes: string[] = []
  void current.run(ask).then((attempt) => codes.push(codeOf(attempt)))
  await new Promise(setImmediate)
  expect(codes).toEqual(['breaker-open'])
})

test('after a success it is patient again', async () => {
  breaker = newBreaker({ resetMs: 20 })
  const current = breaker
  const probes = [bad('timeout'), good()]
  for (let round = 1; round <= 2; round++) {
    await openIt('timeout')
    const answers = await Promise.all(probes.map((attempt) => current.run(async () => attempt)))
    expect(answers.map(codeOf)).toEqual(['timeout', 'ok'])
  }
})

test('no probe is sent whose answer could come too late to be of use', async () => {
  breaker = newBreaker({ resetMs: 20 })
  await openIt('unreachable')
  await wait(60)
  run.leftMs = 5900
  let asked = 0
  const ask = async (): Promise<Attempt> => {
    asked++
    return good()
  }
  expect(codeOf(await breaker.run(ask))).toBe('breaker-open')
  expect(asked).toBe(0)
  run.leftMs = 6100
  expect(codeOf(await breaker.run(ask))).toBe('ok')
  expect(asked).toBe(1)
})

test('nobody waits for a probe whose answer could come too late to be of use', async () => {
  for (const [left, code] of [
    [6100, 'breaker-open'],
    [6200, 'ok'],
  ] as const) {
    breaker?.close()
    breaker = newBreaker({ resetMs: 150 })
    await openIt('timeout')
    run.leftMs = left
    expect(codeOf(await breaker.run(async () => good()))).toBe(code)
  }
})

test('what was sent before it opened does not count against the probe', async () => {
  breaker = newBreaker({ resetMs: 40 })
  const current = breaker
  const early = later(current)
  await openIt('timeout')
  const probe = later(current)
  await probe.begun
  early.answer(bad('timeout'))
  expect(codeOf(await early.result)).toBe('timeout')
  probe.answer(good())
  expect(codeOf(await probe.result)).toBe('ok')
  expect(await fire(1, good())).toEqual(['ok'])
})

test('whoever waits keeps the process alive, and nobody else does', async () => {
  breaker = newBreaker({ resetMs: 10_000 })
  await openIt('unreachable')
  const current = breaker
  const before = timers()
  const waiting = Promise.all([1, 2].map(() => current.run(async () => good())))
  await wait(10)
  expect(timers()).toBe(before + 1)
  run.ends.abort()
  await waiting
  expect(timers()).toBe(before)
})

test('the end of the run ends every wait', async () => {
  breaker = newBreaker({ resetMs: 10_000 })
  await openIt('unreachable')
  const waiting = breaker.run(async () => good())
  run.ends.abort()
  expect(codeOf(await waiting)).toBe('deadline')
})

test('it tries again well within the budget of a run', () => {
  expect(RESET_MS).toBeLessThanOrEqual(2000)
})

test('our own bugs are thrown, not counted as answers', async () => {
  breaker = newBreaker()
  await expect(breaker.run(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
})
