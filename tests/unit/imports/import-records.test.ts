/** Records of imports: what goes in comes out, and nothing else comes out of bytes of somebody's. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeRecords, encodeRecords, FORMS } from '#imports/import-records'
import type { KnownSource } from '#imports/import-records'

const place = { line: fc.integer({ min: 1, max: 1e6 }), column: fc.integer({ min: 1, max: 1e6 }) }
const site = fc.record(
  {
    specifier: fc.option(fc.string(), { nil: null }),
    form: fc.constantFrom(...FORMS),
    typeOnly: fc.boolean(),
    mayStay: fc.constant(true as const),
    ...place,
  },
  { requiredKeys: ['specifier', 'form', 'typeOnly', 'line', 'column'] },
)
const source: fc.Arbitrary<KnownSource> = fc.record(
  { imports: fc.array(site), jsx: fc.record(place) },
  { requiredKeys: ['imports'] },
)
const key = fc.oneof(fc.string(), fc.constant('__proto__'), fc.constant('constructor'))

test('what goes in comes out', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(key, source), { selector: ([name]) => name }), (entries) => {
      const records = decodeRecords(encodeRecords(entries))
      expect([...(records?.keys ?? [])]).toEqual(entries.map(([name]) => name))
      for (const [name, value] of entries) expect(records?.get(name)).toEqual(value)
      expect(records?.get('no such key, ever')).toBeUndefined()
    }),
  )
})

test.each([
  ['nothing', ''],
  ['no JSON', '{'],
  ['null', 'null'],
  ['other JSON', '{"keys":[]}'],
  ['keys that are no strings', '{"keys":[1],"specifiers":[],"rows":[[]]}'],
  ['fewer rows than keys', '{"keys":["a"],"specifiers":[],"rows":[]}'],
])('%s is no record', (_what, text) => {
  expect(decodeRecords(Buffer.from(text))).toBeUndefined()
})

test.each([
  ['a specifier that is not there', '[0,0,2,0,1,1]'],
  ['a form that is not there', '[0,0,1,99,1,1]'],
  ['no numbers', '[0,0,"1"]'],
  ['no list', '{}'],
])('%s is no entry', (_what, row) => {
  const records = decodeRecords(Buffer.from(`{"keys":["a"],"specifiers":["x"],"rows":[${row}]}`))
  expect(records?.get('a')).toBeUndefined()
})
