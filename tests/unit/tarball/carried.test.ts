import { expect, test } from 'vitest'
import { mayBeLicenseFile } from '#collectors/license-files'
import { ARCHIVE_ROOT, openPackageArchive } from '#tarball/package-archive'
import type { PackageArchive, Wanted } from '#tarball/package-archive'
import { tarArchive } from '../../support/tarball.ts'
import type { TarEntry } from '../../support/tarball.ts'

const WANTED: Wanted = { always: mayBeLicenseFile, named: () => [] }

function read(entries: readonly TarEntry[], ...carried: [] | [Wanted]): PackageArchive {
  const archive = openPackageArchive(WANTED, ...carried)
  archive.push(tarArchive({ name: 'package/package.json', body: '{}' }, ...entries))
  expect(archive.finish()).toBeUndefined()
  return archive
}

const entry = (path: string, body = '{}'): TarEntry => ({ name: `package/${path}`, body })

test.each([
  ['node_modules/a/package.json', 'node_modules/a'],
  ['node_modules/@s/a/package.json', 'node_modules/@s/a'],
  ['node_modules/a/node_modules/b/package.json', 'node_modules/a/node_modules/b'],
  ['node_modules/a/lib/package.json', undefined],
  ['lib/node_modules/a/package.json', undefined],
  ['node_modules/.bin/package.json', undefined],
  ['node_modules/package.json', undefined],
])('%s is the package.json of %s', (path, place) => {
  expect([
    ...(read([entry(path)], WANTED)
      .carried()
      ?.keys() ?? []),
  ]).toEqual(place === undefined ? [] : [place])
})

const text = (folder: ReturnType<PackageArchive['folder']> | undefined, file: string): string => {
  const found = folder?.file(`${ARCHIVE_ROOT}/${file}`)
  return found?.ok === true ? found.bytes.toString() : String(found?.reason)
}

test('each is a folder of its own, and the carrier stays as it is', () => {
  const archive = read(
    [
      entry('node_modules/a/LICENSE', 'of a'),
      entry('node_modules/a/package.json', '{"name":"a"}'),
      entry('node_modules/a/node_modules/b/package.json', '{"name":"b"}'),
      entry('LICENSE', 'own'),
    ],
    WANTED,
  )
  const [a, b] = ['node_modules/a', 'node_modules/a/node_modules/b'].map((place) =>
    archive.carried()?.get(place),
  )
  expect([text(a, 'LICENSE'), text(a, 'package.json'), text(b, 'package.json')]).toEqual([
    'of a',
    '{"name":"a"}',
    '{"name":"b"}',
  ])
  expect(a?.names(ARCHIVE_ROOT)).toEqual(['LICENSE', 'package.json'])
  expect(text(b, 'LICENSE')).toBe('absent')
  expect(text(archive.folder(), 'LICENSE')).toBe('own')
  expect(archive.folder().names(ARCHIVE_ROOT)).toEqual(['LICENSE', 'node_modules', 'package.json'])
})

test('nothing is looked for where nobody wants it', () => {
  expect(read([entry('node_modules/a/package.json')]).carried()?.size).toBe(0)
})

const many = (count: number): TarEntry[] =>
  Array.from({ length: count }, (_, at) => entry(`node_modules/p${at}/package.json`))

test('of more than are looked at, none is given out', () => {
  expect(read(many(2000), WANTED).carried()?.size).toBe(2000)
  expect(read(many(2001), WANTED).carried()).toBeUndefined()
})

test('of more than there is room for, none is given out, and the carrier is read all the same', () => {
  const large = 'x'.repeat(250 * 1024)
  const archive = read(
    [
      ...Array.from({ length: 40 }, (_, at) => entry(`node_modules/p${at}/LICENSE`, large)),
      entry('LICENSE', 'own'),
    ],
    WANTED,
  )
  expect(archive.carried()).toBeUndefined()
  expect(archive.folder().file(`${ARCHIVE_ROOT}/LICENSE`)).toMatchObject({ ok: true })
})
