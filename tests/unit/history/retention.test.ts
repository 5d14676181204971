import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namesToDrop } from '#history/retention'
import { readRunName, runName } from '#history/run-name'

const NOW = Date.parse('2026-11-21T00:00:00.000Z')
const DAY = 86_400_000
const nameAt = (at: number, id = 'aaaaaaaa'): string => runName(new Date(at).toISOString(), id)
const daily = Array.from({ length: 60 }, (_, day) => nameAt(NOW - day * DAY))

describe('which runs are dropped', () => {
  test('more: only what is beyond both limits', () => {
    expect(namesToDrop(daily, { runs: 10, days: 40, keep: 'more' }, NOW)).toEqual(daily.slice(41))
    expect(namesToDrop(daily, { runs: 50, days: 3, keep: 'more' }, NOW)).toEqual(daily.slice(50))
  })

  test('fewer: what is beyond either', () => {
    expect(namesToDrop(daily, { runs: 10, days: 40, keep: 'fewer' }, NOW)).toEqual(daily.slice(10))
    expect(namesToDrop(daily, { runs: 50, days: 3, keep: 'fewer' }, NOW)).toEqual(daily.slice(4))
  })

  test('the newest one stays, however old it is', () => {
    expect(namesToDrop(daily, { runs: 1, days: 1, keep: 'fewer' }, NOW + 1000 * DAY)).toEqual(daily.slice(1))
  })

  test('what is no run is left alone', () => {
    const others = ['.gitignore', '.draft-00', 'notes.txt', '20261121T000000000Z-short.run']
    expect(namesToDrop(others, { runs: 1, days: 1, keep: 'fewer' }, NOW + 1000 * DAY)).toEqual([])
  })
})

test('whatever the clock does, the newest runs and those of the last days stay', () => {
  const times = fc.array(fc.integer({ min: 0, max: 400 * DAY }), { maxLength: 40 })
  const retention = fc.record({
    runs: fc.integer({ min: 1, max: 20 }),
    days: fc.integer({ min: 1, max: 100 }),
    keep: fc.constantFrom('more' as const, 'fewer' as const),
  })
  fc.assert(
    fc.property(times, retention, fc.integer({ min: -500 * DAY, max: 500 * DAY }), (ages, rules, moved) => {
      const names = ages.map((age, index) => nameAt(NOW - age, `run-${String(index).padStart(8, '0')}`))
      const now = NOW + moved
      const dropped = new Set(namesToDrop(names, rules, now))
      const newestFirst = names.toSorted().toReversed()
      for (const [index, name] of newestFirst.entries()) {
        const isYoung = now - (readRunName(name)?.at ?? 0) <= rules.days * DAY
        const isAmong = index < rules.runs
        const stays = rules.keep === 'more' ? isYoung || isAmong : isYoung && isAmong
        expect(dropped.has(name)).toBe(index > 0 && !stays)
      }
    }),
  )
})
