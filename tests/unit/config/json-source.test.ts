import { readJson } from '#config/json-source'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const containing = (text: string): unknown => expect.stringContaining(text)

function source(text: string) {
  const read = readJson(text)
  return read.ok ? read.source : expect.unreachable(read.problem.message)
}

function problem(text: string) {
  const read = readJson(text)
  return read.ok ? expect.unreachable('it is valid') : read.problem
}

test('comments and trailing commas are fine', () => {
  expect(source('// a\n{ /* b */ "c": [1, 2,], }').value).toEqual({ c: [1, 2] })
})

test('agrees with JSON.parse on all JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      expect(source(text).value).toEqual(JSON.parse(text))
    }),
  )
})

test('__proto__ is a key like any other', () => {
  const { value } = source('{ "__proto__": { "polluted": true } }')
  expect(Object.keys(value ?? {})).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

describe('place', () => {
  const text = '{\n  "a": [\n    1,\r\n    { "b": 2 }\n  ]\n}'
  test.each([
    [[], 'value', 1, 1],
    [['a'], 'key', 2, 3],
    [['a'], 'value', 2, 8],
    [['a', 0], 'value', 3, 5],
    [['a', 1], 'value', 4, 5],
    [['a', 1, 'b'], 'key', 4, 7],
    [['a', 1, 'b'], 'value', 4, 12],
    [['a', 1, 'missing'], 'value', 4, 5],
    [['a', 9], 'value', 2, 8],
  ] as const)('%j, its %s, is at %d:%d', (path, part, line, column) => {
    expect(source(text).place(path, part)).toEqual({ line, column })
  })
})

test('duplicates are found at any depth, but only below the path', () => {
  const found = source('{ "a": 1,\n "a": { "b": [{ "c": 1,\n "c": 2 }] } }')
  expect(found.duplicates([])).toMatchObject([
    { path: ['a'], line: 2, column: 2, message: containing('the first is in line 1') },
    {
      path: ['a', 'b', 0, 'c'],
      line: 3,
      column: 2,
      message: containing('the first is in line 2'),
    },
  ])
  expect(found.duplicates(['a'])).toMatchObject([{ path: ['a', 'b', 0, 'c'] }])
  expect(found.duplicates(['x'])).toEqual([])
})

describe('what is no JSON', () => {
  test.each([
    ['', 1, 1, 'is empty'],
    ['   \n', 1, 1, 'is empty'],
    ['{\n  "a": \n}', 3, 1, 'value expected'],
    ['{ "a" 1 }', 1, 7, 'colon expected'],
    ['{ "a": 1 "b": 2 }', 1, 10, 'comma expected'],
    ['{} {}', 1, 4, 'end of file expected'],
    ['{ "a": 1', 1, 9, 'close brace expected'],
    ["{ 'a': 1 }", 1, 3, 'invalid symbol'],
    ['{ /* a', 1, 3, 'unexpected end of comment'],
    ['licenses:\n  allow: [MIT]', 1, 1, 'invalid symbol'],
  ])('%j: %d:%d %s', (text, line, column, message) => {
    expect(problem(text)).toMatchObject({ line, column, message: containing(message) })
  })

  test('merge conflicts are called by their name', () => {
    const text = '{\n<<<<<<< HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> branch\n}'
    expect(problem(text)).toMatchObject({
      line: 2,
      column: 1,
      message: containing('merge conflict'),
    })
    expect(problem(text.replaceAll('\n', '\r\n'))).toMatchObject({ line: 2 })
  })

  test('depth without end does not overflow the stack', () => {
    expect(problem('['.repeat(200_000))).toMatchObject({ message: containing('nested deeper') })
    expect(problem('{"a":'.repeat(200_000))).toMatchObject({
      message: containing('nested deeper'),
    })
    expect(source('['.repeat(100) + ']'.repeat(100)).value).toBeDefined()
  })

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('{}[]":,/*\n\\a1')) }),
        (text) => void readJson(text),
      ),
    )
  })
})

test('a megabyte of duplicate keys is read in no time', () => {
  const text = `{${'"a":1,'.repeat(150_000)}}`
  const started = performance.now()
  expect(source(text).duplicates([])).toHaveLength(149_999)
  expect(performance.now() - started).toBeLessThan(5000)
})
