import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scanPackument } from '#registry/packument-scan'
import type { Wanted } from '#registry/packument-scan'

const TIMES = { values: new Set(['name', 'time']) }

/** What is left of a text that arrives in pieces of a size. */
function scanned(text: string | Buffer, size = 7, wanted: Wanted = TIMES): string | undefined {
  const bytes = Buffer.from(text)
  const scan = scanPackument(wanted)
  for (let at = 0; at < bytes.length; at += size) scan.push(bytes.subarray(at, at + size))
  return scan.finish()?.toString('utf8')
}

test('name and time stay, wherever they stand; keys of the same name further down do not', () => {
  const text = JSON.stringify({
    versions: { '1.0.0': { name: 'b', time: 'no', dist: [{ time: 1 }] } },
    time: { '1.0.0': '2020-01-01T00:00:00.000Z', odd: ['}', '"'] },
    readme: '"time":{"1.0.0":"2021-01-01T00:00:00.000Z"},\\"name\\":\\',
    name: 'ä',
  })
  expect(scanned(text)).toBe('{"time":{"1.0.0":"2020-01-01T00:00:00.000Z","odd":["}","\\""]},"name":"ä"}')
})

test('for any document and any pieces, what is left means the same', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('tim', 'Time', 'versions', '\\', '"'))
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.jsonValue()),
      fc.option(fc.jsonValue(), { nil: undefined }),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (rest, time, size, spaced) => {
        const document = { ...rest, name: 'a', ...(time !== undefined && { time }), last: 1 }
        const left = scanned(JSON.stringify(document, undefined, spaced ? 2 : undefined), size)
        expect(JSON.parse(left ?? '')).toEqual(
          JSON.parse(JSON.stringify({ name: 'a', ...(time !== undefined && { time }) })),
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('an escaped spelling of a key is seen as what it is', () => {
  expect(JSON.parse(scanned('{"t\\u0069me":{"a":1}}') ?? '')).toEqual({ time: { a: 1 } })
})

test.each([
  ['nothing', ''],
  ['a page', '<!doctype html><p>"time"</p>'],
  ['a list', '[{"time":{}}]'],
  ['a word', '"time"'],
  ['a document that ends early', '{"name":"a","time":{"1.0.0":"2020-01-01T00:00:00.000Z"'],
  ['a document that ends in a string', '{"name":"a","time":{},"readme":"…'],
  ['a second document', '{"name":"a"}{"time":{}}'],
  ['text after the document', '{"name":"a"} x'],
  ['times that are said twice', '{"name":"a","time":{},"time":{}}'],
  ['times that are said twice, once in disguise', '{"name":"a","time":{},"\\u0074ime":{}}'],
  ['a key without a value', '{"name" "time":{}}'],
  ['a value with two colons', '{"name":"a":"b"}'],
  ['a bracket too many', '{"name":"a"}}'],
])('%s is no packument', (_, text) => {
  expect(scanned(text)).toBeUndefined()
})

test('more times than any package has are refused', () => {
  expect(scanned(`{"name":"a","time":{"x":"${'x'.repeat(9 * 1024 * 1024)}"}}`, 65_536)).toBeUndefined()
})

test('50 MB of versions leave nothing behind and take little time', () => {
  const scan = scanPackument(TIMES)
  const megabyte = Buffer.from(`"${'x'.repeat(200)}":{"dist":{"a":[1,2,"\\""]}},`.repeat(4500))
  scan.push(Buffer.from('{"name":"a","versions":{'))
  const before = process.memoryUsage().arrayBuffers
  const started = performance.now()
  for (let part = 0; part < 50; part++) scan.push(megabyte)
  expect(performance.now() - started).toBeLessThan(5000)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024)
  scan.push(Buffer.from('"last":{}},"time":{"1.0.0":"2020-01-01T00:00:00.000Z"}}'))
  expect(scan.finish()?.toString()).toBe('{"name":"a","time":{"1.0.0":"2020-01-01T00:00:00.000Z"}}')
})

const VERSIONS: Wanted = { values: new Set(['name']), keysOf: 'versions' }

test('of an object whose keys alone are wanted, for any document and any pieces, just they are left', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('versions', 'name', '\\', '"', '__proto__'))
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.jsonValue()),
      fc.dictionary(key, fc.jsonValue()),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (rest, versions, size, spaced) => {
        const document = { ...rest, name: 'a', versions, last: { versions: { no: 1 } } }
        const left = scanned(JSON.stringify(document, undefined, spaced ? 2 : undefined), size, VERSIONS)
        expect(JSON.parse(left ?? '')).toEqual({ name: 'a', versions: Object.keys(versions) })
      },
    ),
    { numRuns: 300 },
  )
})

test.each([
  ['a list', '{"versions":["1.0.0","2.0.0"]}', undefined],
  ['keys without values', '{"versions":{"1.0.0","2.0.0"}}', undefined],
  ['said twice', '{"versions":{"1.0.0":{}},"versions":{"2.0.0":{}}}', undefined],
  ['a text', '{"versions":"1.0.0"}', '{"versions":[]}'],
  ['nothing', '{"versions":null}', '{"versions":[]}'],
  ['an empty object', '{"versions":{ }}', '{"versions":[]}'],
])('versions that are %s', (_, text, left) => {
  expect(scanned(text, 3, VERSIONS)).toBe(left)
})

test('more keys than any package has are refused', () => {
  const text = `{"versions":{${Array.from({ length: 100_000 }, (_, at) => `"${'x'.repeat(100)}${at}":{}`).join()}}}`
  expect(scanned(text, 65_536, VERSIONS)).toBeUndefined()
})

const MEMBERS: Wanted = {
  values: new Set(['name']),
  membersOf: { key: 'versions', values: new Set(['license', 'deprecated']) },
}

test('of an object of objects only wanted fields are left, for any document and any pieces', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('license', 'licens', 'versions', 'name', '\\', '"'))
  const manifest = fc.dictionary(key, fc.jsonValue())
  fc.assert(
    fc.property(
      fc.dictionary(key, fc.jsonValue()),
      fc.dictionary(fc.string(), manifest),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      (rest, versions, size, spaced) => {
        const document = { ...rest, name: 'a', versions, last: { versions: { no: { license: 1 } } } }
        const left = scanned(JSON.stringify(document, undefined, spaced ? 2 : undefined), size, MEMBERS)
        const expected = Object.fromEntries(
          Object.entries(versions).map(([version, fields]) => [
            version,
            Object.fromEntries(Object.entries(fields).filter(([name]) => name === 'license')),
          ]),
        )
        expect(JSON.parse(left ?? '')).toEqual(JSON.parse(JSON.stringify({ name: 'a', versions: expected })))
      },
    ),
    { numRuns: 300 },
  )
})

test.each([
  ['a list', '{"versions":[{"license":"MIT"}]}'],
  ['a text', '{"versions":"1.0.0"}'],
  ['a member that is no object', '{"versions":{"1.0.0":"MIT"}}'],
  ['a member that is a list', '{"versions":{"1.0.0":["MIT"]}}'],
  ['a field said twice', '{"versions":{"1.0.0":{"license":"MIT","license":"ISC"}}}'],
  ['a field said twice, once in disguise', '{"versions":{"1.0.0":{"license":"MIT","licens\\u0065":"ISC"}}}'],
  ['a member that ends early', '{"versions":{"1.0.0":{"license":"MIT"'],
  ['a key without a value', '{"versions":{"1.0.0"}}'],
])('members in %s are no packument', (_, text) => {
  expect(scanned(text, 3, MEMBERS)).toBeUndefined()
})
