import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import type { OperationMetrics, RunMetrics } from '#model/metrics'
import { metricsTable } from '#reporters/metrics-table'

const operation = (totalMs: number, count = 1): OperationMetrics => ({
  count,
  errors: 0,
  totalMs,
  meanMs: totalMs / count,
  minMs: 0,
  maxMs: totalMs,
  medianMs: totalMs / count,
  p95Ms: totalMs,
  p99Ms: totalMs,
})

const METRICS: RunMetrics = {
  operations: {
    'policy.judge': operation(60.7, 557),
    'registry.connection-wait': operation(9_999_999.9, 9_999_999),
    'step.judge': operation(2502.7),
    'step.npm-ls': operation(3000),
  },
  memory: { start: 50 * 2 ** 20, peak: 130.25 * 2 ** 20, end: 80 * 2 ** 20, delta: 30 * 2 ** 20 },
  cpu: { userMs: 1984.4, systemMs: 279 },
  cache: {
    disk: {
      hits: 1,
      misses: 2,
      hitRate: 0.3333,
      evictions: 0,
      rejected: 3,
      bytesRead: 1536,
      bytesWritten: 0,
      entries: 0,
      bytes: 0,
    },
  },
  pool: {
    sockets: 64,
    connectErrors: 0,
    requests: 557,
    reused: 493,
    reuseRate: 0.885,
    retries: 1,
    queuePeak: 500,
  },
  limiters: [
    {
      registry: 'https://registry.example',
      changes: Array.from({ length: 20 }, (_, at) => ({ atMs: at, to: at + 1 })),
      last: 20,
    },
  ],
  breakers: [{ registry: 'https://r.example/\u001b[31m', changes: [{ atMs: 0, to: 'open' }], last: 'open' }],
  hitRates: { cache: 0.3333, texts: null },
}

const STYLE = { width: 80, color: false, quiet: false }

test('steps first, each part by what it took, then what is held together', () => {
  expect(metricsTable(METRICS, STYLE)).toBe(`
operation                  count errors  total ms   median      p95      p99
step.npm-ls                    1      0    3000.0   3000.0   3000.0   3000.0
step.judge                     1      0    2502.7   2502.7   2502.7   2502.7
registry.connection-wait 9999999      0  10000000      1.0 10000000 10000000
policy.judge                 557      0      60.7      0.1     60.7     60.7

memory       50.0 MiB at the start, 130.3 MiB at most, 80.0 MiB at the end
processor    1984 ms user, 279 ms system
disk tier    33.3 % hits (1 of 3), 1.5 KiB read, 3 rejected
pool         557 requests on 64 sockets, 88.5 % on a used one, 1 retry, 500 in
             the queue at most
limit        1 > 2 > 3 > 4 > 5 > 6 > 7 > 8 > 9 > 10 > 11 > 12 … 20 requests at
             once, https://registry.example
breaker      open, opened 1 time, https://r.example/\ufffd[31m
`)
})

test.each([40, 60, 80, 120])('nothing is wider than %i columns, with colours or without', (width) => {
  for (const color of [false, true]) {
    const plain = stripVTControlCharacters(metricsTable(METRICS, { ...STYLE, width, color }))
    expect(plain.split('\n').filter((line) => line.length > width)).toEqual([])
    expect(plain).toMatch(/^registry\.connection-wait 9999999/m)
  }
})

test('a run that asked nobody says nothing of cache, texts and sockets', () => {
  const pool = { ...METRICS.pool, requests: 0 }
  const text = metricsTable({ ...METRICS, cache: {}, pool, limiters: [], breakers: [] }, STYLE)
  expect(text.trimEnd().split('\n').slice(-2).join('\n')).toMatch(/^memory .*\nprocessor .*$/)
})
