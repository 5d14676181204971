import { expect, test } from 'vitest'
import { MAX_PAUSE_MS, retryAfterMs } from '#registry/retry-after'

const NOW = Date.UTC(2026, 10, 21, 12, 0, 0)

test.each([
  ['1', 1000],
  [' 2 ', 2000],
  ['0', 0],
  ['86400', MAX_PAUSE_MS],
  ['99999999999999999999', MAX_PAUSE_MS],
  ['Sat, 21 Nov 2026 12:00:05 GMT', 5000],
  ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
  ['Sat, 21 Nov 2099 11:00:00 GMT', MAX_PAUSE_MS],
])('%j is %d ms', (value, expected) => {
  expect(retryAfterMs(value, NOW)).toBe(expected)
})

test.each([
  '-5',
  'banana',
  '1e999',
  '1.5',
  '',
  '0x10',
  '2026-11-21',
  '9'.repeat(400),
  'Xxx, 99 Xxx 2026 99:99:99 GMT',
])('%j says nothing', (value) => {
  expect(retryAfterMs(value, NOW)).toBeUndefined()
})

test('an absent header says nothing', () => {
  expect(retryAfterMs(undefined, NOW)).toBeUndefined()
})
