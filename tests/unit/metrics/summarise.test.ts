import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { startRecorder } from '#metrics/recorder'
import type { Levels, Recorder, Recording } from '#metrics/recorder'
import { summarise } from '#metrics/summarise'
import { count, level, span } from '../../../src/trace.ts'

const COST = {
  startedAt: 1000,
  memory: { start: 50, peak: 80, end: 70 },
  cpu: { user: 1_234_567, system: 10 },
}

let recorder: Recorder | undefined
afterEach(() => void recorder?.stop())

function recording(work: () => void): Recording {
  recorder = startRecorder()
  work()
  return recorder.stop()
}

test('a run of which nothing was recorded has no figures, and no rate of nothing', () => {
  expect(summarise([], COST)).toEqual({
    operations: {},
    memory: { start: 50, peak: 80, end: 70, delta: 20 },
    cpu: { userMs: 1234.567, systemMs: 0.01 },
    cache: {},
    pool: {
      sockets: 0,
      connectErrors: 0,
      requests: 0,
      reused: 0,
      reuseRate: null,
      retries: 0,
      queuePeak: 0,
    },
    limiters: [],
    breakers: [],
    hitRates: { cache: null, texts: null },
  })
})

test('the peak is never below what was seen at the ends', () => {
  expect(summarise([], { ...COST, memory: { start: 90, peak: 80, end: 100 } }).memory.peak).toBe(100)
})

test('each cache tier has its own line', () => {
  const { cache, hitRates } = summarise(
    [
      recording(() => {
        level('cache.hits', 'memory', 1)
        level('cache.hits', 'memory', 3)
        level('cache.misses', 'memory', 1)
        level('cache.evictions', 'memory', 2)
        level('cache.entries', 'memory', 7)
        level('cache.bytes', 'memory', 700)
        level('cache.misses', 'disk', 2)
        level('cache.rejected', 'disk', 1)
        count('cache.bytes-read', 'disk', 4096)
        level('cache.hits', 'redis', 1)
        level('cache.misses', 'redis', 0)
        level('cache.misses', 'all', 1)
      }),
    ],
    COST,
  )
  expect(Object.keys(cache)).toEqual(['disk', 'memory', 'redis'])
  expect(cache['memory']).toMatchObject({
    hits: 3,
    misses: 1,
    hitRate: 0.75,
    evictions: 2,
    entries: 7,
    bytes: 700,
  })
  expect(cache['disk']).toMatchObject({ hits: 0, misses: 2, hitRate: 0, rejected: 1, bytesRead: 4096 })
  expect(cache['redis']).toMatchObject({ hits: 1, hitRate: 1 })
  expect(hitRates.cache).toBe(0.8)
})

test('limits and breakers have their history, in milliseconds since the run began', () => {
  const { limiters, breakers } = summarise(
    [
      {
        durations: new Map(),
        counts: new Map(),
        levels: new Map<string, Map<string, Levels>>([
          [
            'registry.limit',
            new Map([
              [
                'b',
                {
                  changes: [
                    { at: 1010, value: 16 },
                    { at: 1020.5, value: 32 },
                  ],
                  last: 32,
                },
              ],
            ]),
          ],
          ['registry.breaker', new Map([['b', { changes: [{ at: 1100, value: 'open' }], last: 'open' }]])],
        ]),
      },
    ],
    COST,
  )
  expect(limiters).toEqual([
    {
      registry: 'b',
      changes: [
        { atMs: 10, to: 16 },
        { atMs: 20.5, to: 32 },
      ],
      last: 32,
    },
  ])
  expect(breakers).toEqual([{ registry: 'b', changes: [{ atMs: 100, to: 'open' }], last: 'open' }])
})

function tell(all: [string, number][]): () => void {
  return () => {
    for (const [key, by] of all) {
      count('pool.requests', key, by)
      span('work', () => undefined)
    }
  }
}

test('which thread recorded what, and in which order, does not matter', () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const told = fc.array(fc.tuple(name, fc.integer({ min: 1, max: 50 })), { maxLength: 20 })
  fc.assert(
    fc.property(told, told, (one, other) => {
      const [first, second] = [recording(tell(one)), recording(tell(other))]
      const there = summarise([first, second], COST)
      const back = summarise([second, first], COST)
      expect(back.pool).toEqual(there.pool)
      const figuresOf = ({ operations }: typeof there) => ({ ...operations['work'], totalMs: 0, meanMs: 0 })
      expect(figuresOf(back)).toEqual(figuresOf(there))
      expect(there.operations['work']?.count ?? 0).toBe(one.length + other.length)
    }),
  )
})
