import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { topLevelEntries } from '#registry/top-level-keys'

test('lists keys with the text and depth of their values', () => {
  const text = '{ "a": 1, "b" : {"a":[2]} ,"c":"x,}\\"{", "d":[] }'
  expect(topLevelEntries(text)).toEqual([
    { key: 'a', value: '1', depth: 0 },
    { key: 'b', value: '{"a":[2]}', depth: 2 },
    { key: 'c', value: '"x,}\\"{"', depth: 0 },
    { key: 'd', value: '[]', depth: 1 },
  ])
})

test('keeps repeated keys, however they are spelt', () => {
  const keys = topLevelEntries('{"license":"MIT","licen\\u0073e":"GPL-3.0-only"}')?.map(({ key }) => key)
  expect(keys).toEqual(['license', 'license'])
})

test('knows an escaped quote from a closing one', () => {
  expect(topLevelEntries('{"a\\\\":1,"b\\"":2,"c\\\\\\"":3}')?.map(({ key }) => key)).toEqual([
    'a\\',
    'b"',
    'c\\"',
  ])
})

test('refuses text that is too deep or too full', () => {
  expect(topLevelEntries('['.repeat(300_000))).toBeUndefined()
  expect(topLevelEntries(`{"a":${'['.repeat(300_000)}${']'.repeat(300_000)}}`)).toBeUndefined()
  expect(topLevelEntries(`{"a":[${'0,'.repeat(600_000)}0]}`)).toBeUndefined()
})

test('agrees with JSON.parse on every object', () => {
  const anything = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))
  fc.assert(
    fc.property(anything, fc.constantFrom(undefined, 2), (object, indent) => {
      const text = JSON.stringify(object, undefined, indent)
      const entries = topLevelEntries(text) ?? []
      const reread: unknown = JSON.parse(text)
      const parsed = new Map<string, unknown>(Object.entries(reread ?? {}))
      expect(entries.map(({ key }) => key)).toEqual([...parsed.keys()])
      for (const { key, value } of entries) expect(JSON.parse(value)).toEqual(parsed.get(key))
    }),
  )
})

test('survives any text at all', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', 'a') }),
      (text) => {
        topLevelEntries(text)
      },
    ),
  )
})
