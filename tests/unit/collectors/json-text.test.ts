import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSameJson, own, parseJsonText } from '#collectors/json-text'

describe('parseJsonText', () => {
  test.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a":}', 1, 6],
    ['{"a": 1,}', 1, 9],
    ['[1, 2,, 3]', 1, 7],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['{"a": 01}', 1, 8],
    ['{} x', 1, 4],
    ['{"a": tru}', 1, 7],
    ["{'a': 1}", 1, 2],
    ['{"a": "b\nc"}', 1, 7],
  ])('names the place of the mistake in %j', (text, line, column) => {
    expect(parseJsonText(text)).toEqual({ ok: false, line, column })
  })

  test('accepts a byte order mark, as npm does', () => {
    expect(parseJsonText('\uFEFF{"a":1}')).toEqual({ ok: true, value: { a: 1 } })
  })

  test('any cut of a document is refused, at a place inside it', () => {
    fc.assert(
      fc.property(fc.object(), fc.nat(), (object, at) => {
        const text = JSON.stringify(object, null, 2)
        const cut = text.slice(0, at % text.length)
        const parsed = parseJsonText(cut)
        expect(parsed.ok).toBe(false)
        if (!parsed.ok) expect(parsed.line).toBeLessThanOrEqual(cut.split('\n').length)
      }),
    )
  })

  test('deep nesting is no trouble', () => {
    expect(parseJsonText('['.repeat(100_000))).toEqual({ ok: false, line: 1, column: 100_001 })
    expect(parseJsonText('['.repeat(100_000) + ']'.repeat(100_000)).ok).toBe(true)
  })
})

test('own sees no inherited property', () => {
  const parsed = parseJsonText('{"__proto__": {"name": "evil"}}')
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) throw new Error('not parsed')
  expect(own({ ...parsed.value }, 'name')).toBeUndefined()
  expect(own({}, 'constructor')).toBeUndefined()
})

describe('isSameJson', () => {
  test('is so for a copy, and for nothing that would be written differently', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (a, b) => {
        const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
        expect(isSameJson(JSON.parse(left), JSON.parse(left))).toBe(true)
        expect(isSameJson(JSON.parse(left), JSON.parse(right))).toBe(left === right)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['{"a":1,"b":2}', '{"b":2,"a":1}'],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}'],
    ['{"__proto__":{"a":1}}', '{"a":1}'],
    ['[]', '{}'],
    ['[1]', '[1,2]'],
    ['null', '{}'],
    ['"1"', '1'],
  ])('%s is not %s', (a, b) => {
    expect(isSameJson(JSON.parse(a), JSON.parse(b))).toBe(false)
    expect(isSameJson(JSON.parse(a), JSON.parse(a))).toBe(true)
  })

  test('what is nested deeper than anybody writes counts as different', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    expect(isSameJson(JSON.parse(deep), JSON.parse(deep))).toBe(false)
  })
})
