import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { strangeBytes } from '../../../src/run/strange-bytes.ts'

const of = (before: string, after: string) => strangeBytes(Buffer.from(before), Buffer.from(after))

test('counts whole lines that the other file does not have', () => {
  expect(of('a\nb\nc\n', 'a\nB\nc\n')).toMatchObject({ count: 2, escaped: false })
  expect(of('a\nb\n', 'b\na\n')).toMatchObject({ count: 0, escaped: false })
  expect(of('a\nb\n', 'a\nb\n')).toMatchObject({ count: 0, escaped: false })
  expect(of('', 'new')).toMatchObject({ count: 4, escaped: false })
  expect(of('ab\ncd', 'ab\ncde')).toMatchObject({ count: 4, escaped: false })
  expect(of('xa\n', 'a\n').count).toBe(2)
})

test('says that something is escaped only of what is new', () => {
  expect(of('a\\u0062\n', 'a\\u0062\nc\n').escaped).toBe(false)
  expect(of('a\n', 'a\n"l\\u0069nk": true\n').escaped).toBe(true)
})

test('never passes over a line that is new', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'ba', '', 'é', 'a\\'), { maxLength: 12 })
    .map((lines) => lines.join('\n'))
  const long = fc.constantFrom('', 'start\n'.repeat(300), 'x'.repeat(3000), 'b\n')
  fc.assert(
    fc.property(long, text, text, long, (start, one, other, end) => {
      const [before, after] = [start + one + end, start + other + end]
      const known = new Set(before.split('\n'))
      const strange = after.split('\n').filter((line) => !known.has(line))
      const { count, escaped } = of(before, after)
      expect(count).toBeGreaterThanOrEqual(strange.reduce((sum, line) => sum + Buffer.byteLength(line), 0))
      expect(escaped).toBeTypeOf('boolean')
      if (strange.some((line) => line.includes('\\'))) expect(escaped).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
