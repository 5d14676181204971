import { parseDuration } from '#config/duration'
import { expect, test } from 'vitest'

test.each([
  ['500ms', 500],
  ['3s', 3000],
  ['5m', 300_000],
  ['24h', 86_400_000],
  ['3d', 259_200_000],
  ['3y', 94_608_000_000],
  ['0s', 0],
])('%s is %d ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected)
})

test.each([
  '',
  '3',
  's',
  '3 s',
  ' 3s',
  '3s ',
  '3s\n',
  '-3s',
  '+3s',
  '3.5s',
  '1e3s',
  '3S',
  '3w',
  '3sec',
  '٣s',
  '9999999999s',
])('%j is none', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})
