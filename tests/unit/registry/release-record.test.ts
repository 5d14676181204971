import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { KnownReleases } from '#registry/release-record'
import { decodeReleases, encodeReleases } from '#registry/release-record'

/** A list of so many releases, half of them relicensed. */
function listOf(count: number): KnownReleases {
  const list = Array.from({ length: count }, (_, at) => ({
    version: `1.0.${at}`,
    license: at < count / 2 ? { license: 'MIT' } : { licenses: [{ type: 'ISC' }] },
    repository: at % 2 === 0,
    deprecated: at % 3 === 0,
    publishedAt: 1_500_000_000_000 + at,
  }))
  const tags = new Map([['latest', `1.0.${count - 1}`]])
  return { cover: { since: '1.0.0', preReleases: false }, tags, list }
}

test.each([1, 20, 200, 5000])('%i releases come back as they were kept', (count) => {
  const known = listOf(count)
  const body = encodeReleases('a', known)
  expect(body).toBeDefined()
  expect(decodeReleases(body ?? Buffer.alloc(0), 'a')).toEqual(known)
  expect(decodeReleases(body ?? Buffer.alloc(0), 'b')).toBeUndefined()
})

test('many releases take little room, and too many none', () => {
  expect(encodeReleases('a', listOf(200))?.length).toBeLessThan(2048)
  expect(encodeReleases('a', listOf(20_000))).toBeUndefined()
})

test('what was kept by an older version is read', () => {
  const row = ['1.0.0', 0, true, false, null]
  const record = { name: 'a', since: '1.0.0', preReleases: false, tags: {}, licenses: [{ license: 'MIT' }] }
  const text = JSON.stringify({ ...record, rows: Array.from({ length: 500 }, () => row) })
  expect(decodeReleases(Buffer.from(text), 'a')?.list).toHaveLength(500)
})

test('bytes that do not inflate, or to too much, are no record', () => {
  const body = Buffer.from(encodeReleases('a', listOf(200)) ?? [])
  expect(decodeReleases(body.subarray(0, -10), 'a')).toBeUndefined()
  const bomb = `{"name":"a","since":"1.0.0","preReleases":false,"tags":{},"licenses":[],"rows":[]${' '.repeat(1 << 20)}}`
  expect(decodeReleases(deflateSync(bomb), 'a')).toBeUndefined()
})
