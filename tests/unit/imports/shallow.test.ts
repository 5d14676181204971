/** What may be parsed in the process that scans: nothing that could overflow its stack, and most small files. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isShallow } from '#imports/shallow'
import { parse } from './project-files.ts'

/** Ways of nesting, by what stands before and after the middle. */
const NESTS: [string, string][] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['!', ''],
  ['-', ' '],
  ['1?1:', ''],
  ['a=>', ''],
  ['a=', ''],
  ['new ', ''],
  ['if(a)', ''],
  ['`${', '}`'],
  ['function f(){', '}'],
  ['async()=>{', '}'],
  ['class A{static{', '}}'],
  ['f(', ')'],
  ['<a>', '</a>'],
]

/** The deepest text of a kind that counts as shallow. */
function deepest(before: string, after: string): string {
  let low = 1
  let high = 100_000
  const textOf = (depth: number): string => `${before.repeat(depth)}1${after.repeat(depth)}`
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (isShallow(Buffer.from(textOf(middle)))) low = middle
    else high = middle
  }
  return textOf(low)
}

test.each(NESTS)('as many of %s as count as shallow do the parser no harm', (before, after) => {
  const text = deepest(before, after)
  expect(text.length).toBeGreaterThan(100)
  expect(parse(Buffer.from(text), 'a.tsx')).toBeDefined()
})

test('whatever is nested in whatever way', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...NESTS), { minLength: 1, maxLength: 4 }), (kinds) => {
      const before = kinds.map(([start]) => start).join('')
      const after = kinds
        .map(([, end]) => end)
        .toReversed()
        .join('')
      expect(parse(Buffer.from(deepest(before, after)), 'a.tsx')).toBeDefined()
    }),
    { numRuns: 20 },
  )
})

test('10,000 parentheses are not shallow, whatever closes', () => {
  expect(isShallow(Buffer.from('('.repeat(10_000)))).toBe(false)
  expect(isShallow(Buffer.from('()'.repeat(10_000)))).toBe(false)
})

test('most files of this project are', () => {
  const folder = resolve(import.meta.dirname, '../../../src')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const shallow = files.filter((name) => isShallow(readFileSync(join(folder, name))))
  expect(shallow.length / files.length).toBeGreaterThan(0.8)
})
