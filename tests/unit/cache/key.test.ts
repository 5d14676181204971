import { cacheKey } from '#cache/key'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

test('different things have different keys', () => {
  const thing = fc.tuple(fc.string({ unit: 'binary' }), fc.nat(), fc.array(fc.string({ unit: 'binary' })))
  fc.assert(
    fc.property(thing, thing, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b)
      expect(cacheKey(a[0], a[1], ...a[2]) === cacheKey(b[0], b[1], ...b[2])).toBe(same)
    }),
  )
})

test('the border between two parts matters', () => {
  expect(cacheKey('manifest', 1, 'ab', 'c')).not.toBe(cacheKey('manifest', 1, 'a', 'bc'))
  expect(cacheKey('manifest', 1, 'a","b')).not.toBe(cacheKey('manifest', 1, 'a', 'b'))
  expect(cacheKey('manifest', 1, '\ud800')).not.toBe(cacheKey('manifest', 1, '\udfff'))
})

test('the version of the thing kept is part of the key', () => {
  expect(cacheKey('manifest', 1, 'a')).not.toBe(cacheKey('manifest', 2, 'a'))
})
