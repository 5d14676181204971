import { expect, test } from 'vitest'
import { decodeRecord, encodeRecord } from '#registry/manifest-record'
import type { Manifest } from '#registry/manifest'

const MANIFEST: Manifest = {
  name: '@acme/a',
  version: '1.0.0',
  license: { license: { type: 'MIT' }, licenses: ['ISC'] },
  integrity: ['sha512-AAAA'],
  tarball: 'https://registry.example/@acme/a/-/a-1.0.0.tgz',
  bundled: ['b'],
  deprecated: 'ü',
}

test('comes back as it was written', () => {
  expect(decodeRecord(encodeRecord(MANIFEST), '@acme/a', '1.0.0')).toEqual(MANIFEST)
  const bare: Manifest = { name: 'a', version: '1.0.0', license: {}, integrity: [] }
  expect(decodeRecord(encodeRecord(bare), 'a', '1.0.0')).toEqual(bare)
})

test('a record of another version is none', () => {
  expect(decodeRecord(encodeRecord(MANIFEST), '@acme/a', '1.0.1')).toBeUndefined()
  expect(decodeRecord(encodeRecord(MANIFEST), 'a', '1.0.0')).toBeUndefined()
})

test.each(['', 'null', '[]', '{}', 'x', '{"name":"a","version":"1.0.0"}'])('%j is no record', (text) => {
  expect(decodeRecord(Buffer.from(text), 'a', '1.0.0')).toBeUndefined()
})

test.each([
  { license: null, integrity: [] },
  { license: [], integrity: [] },
  { license: {}, integrity: 'sha512-AAAA' },
  { license: {}, integrity: [1] },
])('%j is no record', (fields) => {
  const body = Buffer.from(JSON.stringify({ name: 'a', version: '1.0.0', ...fields }))
  expect(decodeRecord(body, 'a', '1.0.0')).toBeUndefined()
})

test('truncated at any byte it is no record', () => {
  const bytes = encodeRecord(MANIFEST)
  for (let length = 0; length < bytes.length; length++) {
    expect(decodeRecord(bytes.subarray(0, length), '@acme/a', '1.0.0')).toBeUndefined()
  }
})
