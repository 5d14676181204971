import { mergeLayers } from '#config/merge'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const merged = (...layers: unknown[]) => mergeLayers(layers).value
const allowing = (...allow: string[]) => ({ licenses: { allow } })
const dev = (...allow: string[]) => ({
  licenses: { scopes: { dev: { allow } }, workspaces: { a: { allow } } },
})
const elsewhere = (...allow: string[]) => ({ licenses: { exceptions: [{ allow }] }, allow })

describe('a child and its parent', () => {
  test('objects are merged key by key, anything else is replaced', () => {
    const parent = { a: { x: 1, y: { z: [1, 2] } }, b: [1, 2, 3], c: 'c' }
    expect(merged({ a: { y: { q: 1 } }, b: [4], d: null }, parent)).toEqual({
      a: { x: 1, y: { z: [1, 2], q: 1 } },
      b: [4],
      c: 'c',
      d: null,
    })
    expect(merged({ a: [1] }, { a: { b: 1 } })).toEqual({ a: [1] })
    expect(merged({ a: { b: 1 } }, { a: [1] })).toEqual({ a: { b: 1 } })
  })

  test('"extends" in an allow list stands for the list of the parent', () => {
    expect(merged(allowing('A', 'extends', 'B'), allowing('C', 'D'))).toEqual(allowing('A', 'C', 'D', 'B'))
    expect(merged(allowing('extends', 'A'), allowing('extends', 'B'), allowing('C'))).toEqual(
      allowing('C', 'B', 'A'),
    )
    expect(merged(dev('extends', 'A'), dev('B'))).toEqual(dev('B', 'A'))
    expect(merged(dev('extends', 'A'), {})).toEqual(dev('A'))
  })

  test('where nothing is extended the word stays, for the checks to refuse', () => {
    expect(merged(allowing('extends', 'A'))).toEqual(allowing('extends', 'A'))
    expect(merged(allowing('extends'), allowing('extends', 'B'))).toEqual(allowing('extends', 'B'))
  })

  test('a list of the parent that is none is handed on, for the checks to refuse', () => {
    expect(merged(allowing('extends', 'A'), { licenses: { allow: 'B' } })).toEqual({
      licenses: { allow: 'B' },
    })
  })

  test('the word means nothing in other lists', () => {
    expect(merged(elsewhere('extends'), elsewhere('A'))).toEqual(elsewhere('extends'))
  })

  test('__proto__ is a key like any other', () => {
    const value = merged(JSON.parse('{ "__proto__": { "a": 1 } }'), { b: 1 })
    expect(Object.keys(value as object)).toEqual(['b', '__proto__'])
    expect((value as { a?: number }).a).toBeUndefined()
  })
})

describe('where things stand', () => {
  const { originOf } = mergeLayers([
    { licenses: { allow: ['A', 'extends', 'B'] }, own: { x: 1 } },
    { licenses: { allow: ['C'], clarify: [{ file: 'f' }] }, own: { y: [1] } },
  ])

  test.each([
    [['licenses', 'allow', 0], 0, ['licenses', 'allow', 0]],
    [['licenses', 'allow', 1], 1, ['licenses', 'allow', 0]],
    [['licenses', 'allow', 2], 0, ['licenses', 'allow', 2]],
    [['licenses', 'clarify', 0, 'file'], 1, ['licenses', 'clarify', 0, 'file']],
    [['own', 'x'], 0, ['own', 'x']],
    [['own', 'y', 0], 1, ['own', 'y', 0]],
    [['own', 'missing'], 0, ['own', 'missing']],
    [[], 0, []],
  ])('%j', (path, layer, inside) => {
    expect(originOf(path)).toEqual({ layer, path: inside })
  })
})

describe('properties', () => {
  const json = fc.dictionary(
    fc.constantFrom('a', 'b', 'licenses', '__proto__'),
    fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.dictionary(fc.constantFrom('a', 'allow', 'scopes'), fc.jsonValue({ maxDepth: 2 })),
    ),
  )

  test('the child wins, and what it does not say is the parent’s', () => {
    fc.assert(
      fc.property(json, json, (child, parent) => {
        const value = merged(child, parent) as Record<string, unknown>
        expect(new Set(Object.keys(value))).toEqual(new Set([...Object.keys(child), ...Object.keys(parent)]))
        for (const [key, part] of Object.entries(parent)) {
          if (!Object.hasOwn(child, key)) expect(Object.entries(value)).toContainEqual([key, part])
        }
        for (const [key, part] of Object.entries(child)) {
          if (typeof part !== 'object' || part === null || Array.isArray(part)) {
            expect(Object.entries(value)).toContainEqual([key, part])
          }
        }
      }),
    )
  })

  test('a policy over itself, or over nothing, is itself', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(merged(value, value)).toEqual(value)
        expect(merged(value, {})).toEqual(value)
        expect(merged({}, value)).toEqual(value)
      }),
    )
  })

  test('"extends" never loses a licence of either list', () => {
    const ids = fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 4 })
    fc.assert(
      fc.property(ids, ids, ids, (before, after, parent) => {
        const value = merged(allowing(...before, 'extends', ...after), allowing(...parent))
        expect(value).toEqual(allowing(...before, ...parent, ...after))
      }),
    )
  })
})
