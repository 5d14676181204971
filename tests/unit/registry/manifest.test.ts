import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Outcome } from '#model/outcome'
import { parseManifest } from '#registry/manifest'
import type { Manifest } from '#registry/manifest'

const SHASUM = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'

function parse(document: unknown): Outcome<Manifest> {
  return parseManifest(JSON.stringify(document), 'a', '1.0.0')
}

function code(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.failure.code
}

test('keeps what a judgement needs and nothing else', () => {
  const outcome = parse({
    name: 'a',
    version: '1.0.0',
    license: 'MIT',
    licenses: [{ type: 'MIT', url: 'x' }],
    dist: { integrity: 'sha512-AAAA== sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', shasum: SHASUM, tarball: 'x' },
    deprecated: 'use b',
    bundleDependencies: ['b', 7, '../c'],
    readme: 'long',
  })
  expect(outcome).toEqual({
    ok: true,
    value: {
      tarball: 'x',
      name: 'a',
      version: '1.0.0',
      license: { license: 'MIT', licenses: [{ type: 'MIT', url: 'x' }] },
      integrity: ['sha512-AAAA==', 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='],
      bundled: ['b'],
      deprecated: 'use b',
    },
  })
})

test('a shasum alone is an integrity, and no dist is none', () => {
  const old = parse({ name: 'a', version: '1.0.0', dist: { shasum: SHASUM } })
  expect(old.ok && old.value.integrity).toEqual(['sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='])
  const none = parse({ name: 'a', version: '1.0.0', dist: 'x' })
  expect(none.ok && none.value).toEqual({ name: 'a', version: '1.0.0', license: {}, integrity: [] })
})

test.each([
  [{ bundleDependencies: true }, true],
  [{ bundledDependencies: ['b'] }, ['b']],
  [{ bundleDependencies: false }, undefined],
  [{ bundleDependencies: [] }, undefined],
  [{ bundleDependencies: [{}] }, undefined],
  [{ bundleDependencies: Array.from({ length: 5001 }, () => 'b') }, undefined],
  [{}, undefined],
])('what the tarball carries: %j', (fields, bundled) => {
  const outcome = parse({ name: 'a', version: '1.0.0', ...fields })
  expect(outcome.ok && outcome.value.bundled).toEqual(bundled)
})

test.each([
  ['', undefined],
  [false, undefined],
  [null, undefined],
  [true, 'deprecated'],
  ['old', 'old'],
])('deprecated %j', (deprecated, kept) => {
  const outcome = parse({ name: 'a', version: '1.0.0', deprecated })
  expect(outcome.ok && outcome.value.deprecated).toBe(kept)
})

test.each([
  ['empty', ''],
  ['null', 'null'],
  ['an array', '[{"name":"a","version":"1.0.0"}]'],
  ['a string', '"MIT"'],
  ['a number', '1e999'],
  ['HTML', '<html><body>Log in</body></html>'],
  ['an error object', '{"error":"not found"}'],
  ['an empty object', '{}'],
  ['trailing data', '{"name":"a","version":"1.0.0"} x'],
  ['two documents', '{"name":"a","version":"1.0.0"}\n{"name":"a","version":"1.0.0"}'],
  ['a byte order mark', '\ufeff{"name":"a","version":"1.0.0"}'],
  ['inherited names', '{"__proto__":{"name":"a","version":"1.0.0"}}'],
  ['names of another type', '{"name":["a"],"version":{"toString":"1.0.0"}}'],
  ['deep arrays', '['.repeat(300_000)],
  ['a deep licence', `{"name":"a","version":"1.0.0","license":${'['.repeat(400)}${']'.repeat(400)}}`],
  ['a huge licence', `{"name":"a","version":"1.0.0","license":"${'x'.repeat(17_000)}"}`],
  ['huge licences', `{"name":"a","version":"1.0.0","licenses":["${'x'.repeat(17_000)}"]}`],
  ['two licences', '{"name":"a","version":"1.0.0","license":"GPL-3.0-only","license":"MIT"}'],
  ['two escaped licences', '{"name":"a","version":"1.0.0","license":"GPL-3.0-only","\\u006cicense":"MIT"}'],
  ['two licences lists', '{"name":"a","version":"1.0.0","licenses":[],"licenses":["MIT"]}'],
  ['two names', '{"name":"b","version":"1.0.0","name":"a"}'],
  ['two versions', '{"name":"a","version":"2.0.0","version":"1.0.0"}'],
  ['two dists', '{"name":"a","version":"1.0.0","dist":{},"dist":{}}'],
])('%s is malformed', (_, text) => {
  expect(code(parseManifest(text, 'a', '1.0.0'))).toBe('malformed')
})

test.each([
  ['b', '1.0.0'],
  ['a', '1.0.1'],
  ['A', '1.0.0'],
  ['a', '1.0.0 '],
  ['__proto__', '1.0.0'],
])('an answer for %s@%s is the wrong package', (name, version) => {
  expect(code(parse({ name, version, license: 'MIT' }))).toBe('wrong-package')
})

test('repeated keys below the top level and other repeated keys do no harm', () => {
  const text =
    '{"name":"a","version":"1.0.0","readme":"x","readme":"y","b":{"license":"GPL","license":"MIT"}}'
  expect(code(parseManifest(text, 'a', '1.0.0'))).toBe('ok')
})

test('__proto__ is data', () => {
  const text =
    '{"name":"a","version":"1.0.0","__proto__":{"license":"MIT"},"license":{"__proto__":{"type":"MIT"}}}'
  const outcome = parseManifest(text, 'a', '1.0.0')
  expect(outcome.ok && Object.keys(outcome.value.license)).toEqual(['license'])
  expect(Object.hasOwn(Object.prototype, 'license')).toBe(false)
  expect('type' in {}).toBe(false)
})

test('no prefix of a good manifest is ever believed', () => {
  const text = JSON.stringify({
    name: 'a',
    version: '1.0.0',
    license: 'MIT',
    dist: { integrity: 'sha512-AAAA' },
  })
  for (let length = 0; length < text.length; length++) {
    expect(code(parseManifest(text.slice(0, length), 'a', '1.0.0'))).toBe('malformed')
  }
})

test('no single flipped bit gives a manifest of another name', () => {
  const bytes = Buffer.from(JSON.stringify({ name: 'abc', version: '1.0.0', license: 'MIT' }))
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const copy = Buffer.from(bytes)
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    const outcome = parseManifest(copy.toString('latin1'), 'abc', '1.0.0')
    if (outcome.ok) expect([outcome.value.name, outcome.value.version]).toEqual(['abc', '1.0.0'])
  }
})

test('whatever the licence is, what is kept can be written and cloned', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (license) => {
      const outcome = parse({ name: 'a', version: '1.0.0', license })
      if (!outcome.ok) return
      const typed: unknown = JSON.parse(JSON.stringify(license))
      expect(structuredClone(outcome.value.license)).toEqual({ license: typed })
    }),
  )
})
