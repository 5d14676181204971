/** Values by scope, held against looking at each of them. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createScoped } from '#imports/scoped'
import type { Scope } from '#imports/scoped'

/** Scopes that lie in each other or apart: cut out of a stretch again and again. */
const scopes: fc.Arbitrary<Scope[]> = fc
  .array(fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)), { maxLength: 30 })
  .map((cuts) => {
    const made: Scope[] = [{ start: 0, end: 1000 }]
    for (const [which, from, to] of cuts) {
      const around = made[which % made.length] ?? { start: 0, end: 0 }
      const inside = made.filter(
        (each) => each !== around && each.start >= around.start && each.end <= around.end,
      )
      const width = around.end - around.start
      const start = around.start + Math.floor((width * Math.min(from, to)) / 101)
      const end = around.start + Math.floor((width * Math.max(from, to)) / 101)
      const crosses = inside.some((each) => start < each.end && each.start < end)
      if (end > start && !crosses) made.push({ start, end })
    }
    return made.slice(1)
  })

test('the innermost scope around a place counts', () => {
  fc.assert(
    fc.property(scopes, fc.array(fc.nat(1000)), (list, offsets) => {
      const scoped = createScoped(() => ({ scope: '' }))
      for (const scope of list) scoped.in(scope).scope = `${scope.start}-${scope.end}`
      for (const offset of offsets) {
        const [expected] = list
          .filter(({ start, end }) => start <= offset && offset < end)
          .toSorted((a, b) => a.end - a.start - (b.end - b.start))
        expect(scoped.at(offset)?.scope).toBe(expected && `${expected.start}-${expected.end}`)
      }
    }),
  )
})

test('a scope has one value', () => {
  const scoped = createScoped<number[]>(() => [])
  scoped.in({ start: 1, end: 5 }).push(1)
  expect(scoped.at(2)).toEqual([1])
  scoped.in({ start: 1, end: 5 }).push(2)
  scoped.in({ start: 1, end: 3 }).push(3)
  expect(scoped.at(4)).toEqual([1, 2])
  expect(scoped.at(2)).toEqual([3])
  expect(scoped.at(5)).toBeUndefined()
})
