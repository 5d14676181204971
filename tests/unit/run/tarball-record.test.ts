import {
  array,
  assert,
  constantFrom,
  json,
  option,
  property,
  record,
  string,
  tuple,
  uint8Array,
} from 'fast-check'
import { expect, test } from 'vitest'
import { decodeTarball, encodeTarball } from '../../../src/run/tarball-record.ts'
import type { PackageRecord, TarballRecord } from '../../../src/run/package-contents.ts'

const EMPTY: TarballRecord = { license: {}, needs: [], files: [], hashes: [], carried: [] }

test('comes back as it was', () => {
  const role = constantFrom('package' as const, 'bundled' as const)
  const read = record({
    file: string(),
    role,
    sha256: string(),
    bytes: uint8Array().map((bytes) => Buffer.from(bytes)),
  })
  const unread = record({ file: string(), role, unread: string() })
  const contents = record({
    license: json(),
    needs: array(
      tuple(
        string({ minLength: 1 }),
        constantFrom('production' as const, 'optional' as const, 'peer' as const),
      ),
    ),
    name: option(string()),
    files: array(read),
    more: array(unread),
    carried: array(tuple(string(), array(read))),
    shrinkwrap: option(array(tuple(string(), string(), string()))),
  })
  assert(
    property(contents, ({ license, needs, name, files, more, carried, shrinkwrap }) => {
      const kept: TarballRecord = {
        ...(name !== null && { name }),
        version: '1.0.0',
        license: { license: JSON.parse(license) as unknown },
        needs: needs.map(([name, kind]) => ({ name, kind })),
        files: [...files, ...more],
        hashes: [
          ['a.js', { sha256: 'abc' }],
          ['b.js', { failure: { code: 'not-found', message: 'b.js does not exist.' } }],
        ],
        carried: [
          ...carried.map(([place, inside]): [string, PackageRecord] => [
            place,
            { name: 'in', license: {}, needs: [{ name: 'other', kind: 'peer' }], files: inside },
          ]),
          ['node_modules/wrong', { flaw: 'is wrong' }],
        ],
        ...(shrinkwrap !== null && { shrinkwrap }),
      }
      const bytes = encodeTarball(kept)
      expect(bytes && decodeTarball(bytes)).toEqual(kept)
    }),
  )
})

test('says that more is carried than is looked at', () => {
  const kept: TarballRecord = { ...EMPTY, carried: 'beyond', shrinkwrap: 'unread' }
  expect(decodeTarball(encodeTarball(kept) ?? new Uint8Array())).toEqual(kept)
})

test('is not kept if it is too large', () => {
  const bytes = Buffer.alloc(5 * 1024 * 1024)
  expect(
    encodeTarball({ ...EMPTY, files: [{ file: 'LICENSE', role: 'package', sha256: '', bytes }] }),
  ).toBeUndefined()
})

test('is nothing if its bytes are no record', () => {
  const whole = Buffer.from(encodeTarball({ ...EMPTY, files: [LICENSE] }) ?? [])
  expect(decodeTarball(whole)).toBeDefined()
  expect(decodeTarball(whole.subarray(0, -1))).toBeUndefined()
  expect(decodeTarball(Buffer.alloc(0))).toBeUndefined()
  expect(decodeTarball(Buffer.from('{"files":[]}'))).toBeUndefined()
  expect(decodeTarball(withHead('{"files":[],"license":{},"needs":[]}'))).toBeUndefined()
  expect(
    decodeTarball(withHead('{"files":[{"file":"a"}],"license":{},"needs":[],"hashes":[]}')),
  ).toBeUndefined()
  const carrying = (carried: string) =>
    decodeTarball(withHead(`{"files":[],"license":{},"needs":[],"hashes":[],"carried":${carried}}`))
  expect(['{}', '[1]', '[["a"]]', '[["a",{}]]', '[[1,{"flaw":"x"}]]'].map(carrying)).toEqual(
    Array(5).fill(undefined),
  )
  expect(carrying('[]')).toEqual(EMPTY)
  expect(decodeTarball(withHead('{"files":[],"license":{},"needs":[],"hashes":[]}'))).toBeUndefined()
  const needing = (needs: string) =>
    decodeTarball(withHead(`{"files":[],"license":{},"needs":${needs},"hashes":[],"carried":[]}`))
  expect(needing('[{"name":"b","kind":"optional"}]')?.needs).toEqual([{ name: 'b', kind: 'optional' }])
  expect(
    ['null', '{}', '[1]', '[{"name":"b"}]', '[{"name":1,"kind":"peer"}]', '[{"name":"b","kind":"dev"}]'].map(
      needing,
    ),
  ).toEqual(Array(6).fill(undefined))
  const shrinkwrapped = (shrinkwrap: string) => carrying(`[],"shrinkwrap":${shrinkwrap}`)
  expect(['1', '[1]', '[["a","b"]]', '[["a","b",1]]', 'null'].map(shrinkwrapped)).toEqual(
    Array(5).fill(undefined),
  )
})

const LICENSE = { file: 'LICENSE', role: 'package' as const, sha256: 'x', bytes: Buffer.from('MIT') }

function withHead(text: string): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, Buffer.from(text)])
}
