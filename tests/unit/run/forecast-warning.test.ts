import { expect, test } from 'vitest'
import { forecastWarnings } from '../../../src/run/forecast-warning.ts'

const after = (...unanswered: string[]): string[] =>
  forecastWarnings({ entries: [], asked: 9, unanswered }).map(({ message }) => message)

test('names what the forecast is without, but not a tree of it', () => {
  expect(after('a', 'b')).toEqual([
    'The forecast is without 2 of 9 packages, about whose releases no usable answer was to be had: a, b. Run again: what was obtained is kept.',
  ])
  expect(after('a', 'b', 'c', 'd', 'e', 'f', 'g')[0]).toContain(': a, b, c, d, e and 2 more.')
})

test('is silent where all was answered, or nothing asked', () => {
  expect(after()).toEqual([])
  expect(forecastWarnings(undefined)).toEqual([])
})
