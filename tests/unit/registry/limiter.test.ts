import { expect, test } from 'vitest'
import { createLimiter, THROTTLE_FLOOR_MS } from '#registry/limiter'
import type { Limiter } from '#registry/limiter'
import type { Attempt } from '#registry/attempt'
import { bad, codeOf, good, pressed } from './attempts.ts'

interface World {
  limiter: Limiter
  stop: AbortController
  /** Monotonic milliseconds; sleeping moves it on. */
  time: number
  waits: number[]
}

function world({ concurrency = 64, requestsPerSecond = 100_000, remainingMs = 10_000 } = {}): World {
  const stop = new AbortController()
  const waits: number[] = []
  const built: World = {
    stop,
    waits,
    time: 0,
    limiter: createLimiter({
      origin: 'https://registry.example',
      network: { concurrency, requestsPerSecond, timeoutMs: 3000 },
      clock: () => built.time,
      now: () => 0,
      remainingMs: () => remainingMs - built.time,
      signal: stop.signal,
      sleep: async (ms) => {
        if (ms <= 0) return
        waits.push(ms)
        built.time += ms
      },
    }),
  }
  return built
}

async function runAll(limiter: Limiter, count: number, attempt: Attempt): Promise<number> {
  let active = 0
  let peak = 0
  const task = async (): Promise<Attempt> => {
    active++
    peak = Math.max(peak, active)
    await new Promise((resolve) => setImmediate(resolve))
    active--
    return attempt
  }
  await Promise.all(Array.from({ length: count }, () => limiter.run(task)))
  return peak
}

test('starts with 16 in the air and grows to the ceiling while all goes well', async () => {
  const { limiter } = world()
  expect(await runAll(limiter, 16, good())).toBe(16)
  expect(limiter.concurrency()).toBe(32)
  expect(await runAll(limiter, 1000, good())).toBe(64)
  expect(limiter.concurrency()).toBe(64)
})

test('never exceeds a lower ceiling', async () => {
  const { limiter } = world({ concurrency: 3 })
  expect(await runAll(limiter, 50, good())).toBe(3)
})

test('a missing package is no reason not to grow, an unreachable registry is', async () => {
  const well = world()
  await runAll(well.limiter, 16, bad('not-found'))
  expect(well.limiter.concurrency()).toBe(32)
  const ill = world()
  await runAll(ill.limiter, 16, bad('unreachable'))
  expect(ill.limiter.concurrency()).toBe(16)
})

test('429 halves it and pauses everybody for as long as asked', async () => {
  const built = world()
  await built.limiter.run(async () => pressed('throttled', '2'))
  expect(built.limiter.concurrency()).toBe(8)
  await built.limiter.run(async () => good())
  expect(built.waits).toEqual([2000])
})

test.each([undefined, 'banana', '-5', '1e999', '0'])(
  '429 with Retry-After %s has a floor of its own',
  async (value) => {
    const built = world()
    await built.limiter.run(async () => pressed('throttled', value))
    await built.limiter.run(async () => good())
    expect(built.waits).toEqual([THROTTLE_FLOOR_MS])
  },
)

test('503 pauses only if it says so', async () => {
  const silent = world()
  await silent.limiter.run(async () => pressed('server-error'))
  await silent.limiter.run(async () => good())
  expect(silent.waits).toEqual([])
  const speaking = world()
  await speaking.limiter.run(async () => pressed('server-error', '1'))
  await speaking.limiter.run(async () => good())
  expect(speaking.waits).toEqual([1000])
})

test('a pause longer than the run is not waited for', async () => {
  const built = world()
  await built.limiter.run(async () => pressed('throttled', '86400'))
  let asked = false
  const attempt = await built.limiter.run(async () => {
    asked = true
    return good()
  })
  expect(asked).toBe(false)
  expect(codeOf(attempt)).toBe('throttled')
  expect(attempt.final).toBe(true)
  expect(built.waits).toEqual([])
})

test('the requests-per-second bucket spreads requests', async () => {
  const built = world({ requestsPerSecond: 10 })
  await runAll(built.limiter, 5, good())
  expect(built.time).toBeGreaterThanOrEqual(400)
})

test('after the abort nothing runs any more, whatever is queued', async () => {
  const built = world({ concurrency: 1 })
  let asked = 0
  const task = async (): Promise<Attempt> => {
    asked++
    built.stop.abort()
    return good()
  }
  const attempts = await Promise.all(Array.from({ length: 1000 }, () => built.limiter.run(task)))
  expect(asked).toBe(1)
  expect(attempts.slice(1).map(codeOf)).toEqual(Array(999).fill('deadline'))
})
