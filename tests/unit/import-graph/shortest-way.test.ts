import { expect, test } from 'vitest'
import { shortestWay } from '#import-graph/shortest-way'

const steps: Record<string, { to: string }[]> = {
  a: [{ to: 'b' }, { to: 'c' }],
  b: [{ to: 'a' }, { to: 'd' }],
  c: [{ to: 'd' }],
  d: [{ to: 'end' }],
}
const way = (start: string, end: string) =>
  shortestWay(
    start,
    (place) => steps[place] ?? [],
    ({ to }) => to === end,
  )?.map(({ to }) => to)

test('is the one with the fewest steps, of those of one length the first', () => {
  expect(way('a', 'end')).toEqual(['b', 'd', 'end'])
  expect(way('d', 'end')).toEqual(['end'])
})

test('leads back to where it begins', () => {
  expect(way('a', 'a')).toEqual(['b', 'a'])
})

test('is none where nothing leads there', () => {
  expect(way('end', 'a')).toBeUndefined()
})
