import { array, assert, integer, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { isScript, mayBeLicenseFile, readLicenseFiles } from '#collectors/license-files'
import { ARCHIVE_ROOT, openPackageArchive } from '#tarball/package-archive'
import type { PackageArchive } from '#tarball/package-archive'
import { TAR_END, paxBody, paxHeader, tarArchive, tarEntry, withChecksum } from '../../support/tarball.ts'
import type { TarEntry } from '../../support/tarball.ts'

const MANIFEST: TarEntry = { name: 'package/package.json', body: '{"name":"a"}' }

function open(): PackageArchive {
  return openPackageArchive({
    always: mayBeLicenseFile,
    beginning: { of: isScript, files: 2, bytes: 4 },
    named: (manifest) => /"see":"([^"]+)"/.exec(manifest.toString())?.slice(1, 2) ?? [],
  })
}

/** What is wrong with an archive, or the texts of its licence files by path. */
function read(
  archive: Buffer,
  { pieces = archive.length, named = '' } = {},
): string | Record<string, string> {
  const opened = open()
  for (let at = 0; at < archive.length; at += pieces) {
    const flaw = opened.push(archive.subarray(at, at + pieces))
    if (flaw !== undefined) return flaw
  }
  const flaw = opened.finish()
  if (flaw !== undefined) return flaw
  const files = readLicenseFiles(opened.folder(), ARCHIVE_ROOT, '', { named, readme: false })
  return Object.fromEntries(
    files.map((file) => [file.file, 'bytes' in file ? file.bytes.toString() : file.unread]),
  )
}

const LICENSE: TarEntry = { name: 'package/LICENSE', body: 'MIT' }

test('finds licence files where the installed reader does', () => {
  const archive = tarArchive(
    MANIFEST,
    LICENSE,
    { name: 'package/index.js', body: 'code' },
    { name: 'package/licenses/other.txt', body: 'BSD' },
    { name: 'package/lib/LICENSE', body: 'not of the package' },
  )
  expect(read(archive)).toEqual({ LICENSE: 'MIT', 'licenses/other.txt': 'BSD' })
})

test.each([
  ['before the package.json', (scripts: TarEntry[]) => [...scripts, MANIFEST]],
  ['behind it', (scripts: TarEntry[]) => [MANIFEST, ...scripts]],
])('keeps the beginnings of the first scripts by name, %s', (_, order) => {
  const scripts = ['c.js', 'b.js', 'd.js', 'a.js'].map((name) => ({
    name: `package/${name}`,
    body: `${name} here`,
  }))
  for (const pieces of [1, 7, 100_000]) {
    const archive = tarArchive(...order([...scripts, { name: 'package/b.js', body: 'b' }]))
    const opened = open()
    for (let at = 0; at < archive.length; at += pieces) opened.push(archive.subarray(at, at + pieces))
    expect(opened.finish()).toBeUndefined()
    const beginning = (name: string): unknown => {
      const read = opened.folder().beginning(`${ARCHIVE_ROOT}/${name}`, 4)
      return read.ok ? read.bytes.toString() : read.reason
    }
    expect(['a.js', 'b.js', 'c.js', 'package.json', 'none.js'].map(beginning)).toEqual([
      'a.js',
      'b',
      'denied',
      '{"na',
      'absent',
    ])
  }
})

test('takes the first folder away, whatever it is called, as npm does', () => {
  expect(
    read(tarArchive({ ...MANIFEST, name: 'x/package.json' }, { name: 'y/LICENSE', body: 'MIT' })),
  ).toEqual({
    LICENSE: 'MIT',
  })
  expect(read(tarArchive(MANIFEST, { name: 'LICENSE', body: 'MIT' }))).toEqual({})
  expect(read(tarArchive(MANIFEST, { name: 'package/./LICENSE', body: 'MIT' }))).toEqual({ LICENSE: 'MIT' })
})

test('believes the last of several files of one name, as npm writes them', () => {
  expect(read(tarArchive(MANIFEST, LICENSE, { ...LICENSE, body: 'AGPL' }))).toEqual({ LICENSE: 'AGPL' })
})

test.each([
  [
    'long names of GNU',
    [tarEntry({ name: '././@LongLink', type: 'L', body: 'package/LICENSE\0' }), { name: 'x', body: 'MIT' }],
  ],
  ['pax names', [paxHeader({ mtime: '1.5', path: 'package/LICENSE' }), { name: 'x', body: 'MIT' }]],
  ['prefixes of ustar', [{ name: 'LICENSE', prefix: 'package', body: 'MIT' }]],
  ['old headers without a mark', [{ ...LICENSE, alter: (header: Buffer) => void header.fill(0, 257, 265) }]],
  ['files of type NUL', [{ ...LICENSE, type: '\0' }]],
  ['global headers of git', [paxHeader({ comment: 'abc' }, 'g'), LICENSE]],
  ['folders', [{ name: 'package/', type: '5' }, LICENSE]],
])('understands %s', (_, entries) => {
  expect(read(tarArchive(MANIFEST, ...entries))).toEqual({ LICENSE: 'MIT' })
})

test.each([
  ['a symbolic link', { type: '2', link: '/etc/passwd' }],
  ['a hard link', { type: '1', link: 'package/secret' }],
  ['a device', { type: '3' }],
  ['a pipe', { type: '6' }],
])('leaves out %s, as npm does', (_, entry) => {
  expect(read(tarArchive(MANIFEST, { name: 'package/LICENSE', ...entry }))).toEqual({})
  expect(read(tarArchive(MANIFEST, LICENSE, { name: 'package/LICENSE', ...entry }))).toEqual({
    LICENSE: 'MIT',
  })
})

const record = (bytes: string): Buffer => tarEntry({ name: 'PaxHeader/x', type: 'x', body: bytes })

test.each<[string, (Buffer | TarEntry)[], RegExp]>([
  ['a path upwards', [{ ...LICENSE, name: 'package/../LICENSE' }], /path/],
  ['a path upwards with backslashes', [{ ...LICENSE, name: 'package\\..\\..\\LICENSE' }], /path/],
  ['an absolute path', [{ ...LICENSE, name: '/package/LICENSE' }], /path/],
  ['a path from here', [{ ...LICENSE, name: './package/LICENSE' }], /path/],
  ['a drive', [{ ...LICENSE, name: 'package/C:/LICENSE' }], /path/],
  ['a wrong checksum', [Buffer.concat([tarEntry(LICENSE).fill(1, 300, 301)])], /checksum/],
  ['a size that is no number', [{ ...LICENSE, alter: (h) => void h.write('size?', 124) }], /size/],
  ['a negative size', [{ ...LICENSE, alter: (h) => void h.fill(0xff, 124, 136) }], /size/],
  ['a binary size', [{ ...LICENSE, alter: (h) => void h.fill(0, 124, 135).fill(0x80, 124, 125) }], /size/],
  [
    'a binary number that npm cannot read',
    [{ ...LICENSE, alter: (h) => void h.fill(0x81, 108, 109) }],
    /number/,
  ],
  ['a huge file', [{ ...LICENSE, size: 8 * 1024 ** 3 - 1 }], /cut off/],
  ['a sparse file', [{ ...LICENSE, type: 'S' }], /kind/],
  ['a sparse file of pax', [paxHeader({ 'GNU.sparse.major': '1' }), LICENSE], /kind/],
  ['a link with a body', [{ name: 'package/x', type: '2', link: 'y', body: 'hidden' }], /body/],
  ['a file that is a link', [{ ...LICENSE, link: 'package/y' }], /link/],
  ['a name with a line break behind its end', [{ ...LICENSE, name: 'package/LICENSE\0\nx' }], /name/],
  ['no name', [{ ...LICENSE, name: '' }], /name/],
  ['a file and a folder of one name', [LICENSE, { name: 'package/LICENSE/x' }], /one name/],
  [
    'two names for an entry',
    [paxHeader({ path: 'package/a' }), tarEntry({ name: 'L', type: 'L', body: 'package/b\0' }), LICENSE],
    /twice/,
  ],
  [
    'two pax headers for an entry',
    [paxHeader({ path: 'package/a' }), paxHeader({ path: 'package/b' }), LICENSE],
    /twice/,
  ],
  [
    'one name twice in a pax header',
    [record(paxBody({ path: 'package/a' }) + paxBody({ path: 'package/b' })), LICENSE],
    /extended/,
  ],
  ['another size in a pax header', [paxHeader({ size: '512' }), LICENSE], /two sizes/],
  ['a name for all entries', [paxHeader({ path: 'package/a' }, 'g'), LICENSE], /all entries/],
  ['a record within a record', [paxHeader({ comment: 'x\n20 path=package/abc' }), LICENSE], /extended/],
  ['a pax record of a wrong length', [record('99 path=package/a\n'), LICENSE], /extended/],
  ['a pax header without records', [record('path=package/a\n'), LICENSE], /extended/],
  [
    'a name that is not UTF-8',
    [record(paxBody({ path: 'package/aa' }).replace('aa', 'a')), LICENSE],
    /extended/,
  ],
  ['a pax header that nothing follows', [LICENSE, paxHeader({ path: 'package/a' })], /cut off/],
  [
    'an enormous pax header',
    [tarEntry({ name: 'x', type: 'x', body: Buffer.alloc(300 * 1024) })],
    /extended/,
  ],
  ['an entry behind its end', [TAR_END, LICENSE], /after its end/],
  ['an end in the middle', [Buffer.alloc(512), LICENSE], /after its end/],
])('refuses %s', (_, parts, why) => {
  expect(read(tarArchive(MANIFEST, ...parts))).toMatch(why)
})

test('refuses garbage, an archive that is cut off, and one without a package.json', () => {
  expect(read(Buffer.from('<html>'.repeat(200)))).toMatch(/checksum/)
  const archive = tarArchive(MANIFEST, LICENSE)
  expect(read(archive.subarray(0, 1300))).toBe('is cut off')
  expect(read(archive.subarray(0, 1600))).toBe('is cut off')
  expect(read(tarArchive(LICENSE))).toBe('has no package.json')
  expect(read(Buffer.alloc(0))).toBe('has no package.json')
})

test('stops at too many entries', () => {
  const entries = Array.from({ length: 1000 }, (_, at) => tarEntry({ name: `package/f${at}` }))
  const thousand = Buffer.concat(entries)
  const opened = open()
  let flaw: string | undefined
  for (let lot = 0; lot < 400 && flaw === undefined; lot++) flaw = opened.push(thousand)
  expect(flaw).toMatch(/more than 250000 entries/)
})

test('reads a file that the package.json names, before it and behind it', () => {
  const manifest = { name: 'package/package.json', body: '{"see":"docs/terms.html"}' }
  const terms = { name: 'package/docs/terms.html', body: 'terms' }
  const named = 'docs/terms.html'
  expect(read(tarArchive(terms, manifest), { named })).toEqual({ [named]: 'terms' })
  expect(read(tarArchive(manifest, terms), { named })).toEqual({ [named]: 'terms' })
  expect(read(tarArchive(manifest), { named })).toEqual({})
})

test('says so where a named file was passed over before the package.json came', () => {
  const manifest = { name: 'package/package.json', body: '{"see":"rules.html"}' }
  const large = Array.from({ length: 20 }, (_, at) => ({
    name: `package/${at}.js`,
    body: Buffer.alloc(250_000),
  }))
  const terms = { name: 'package/rules.html', body: Buffer.alloc(200_000) }
  expect(read(tarArchive(...large, terms, manifest), { named: 'rules.html' })).toEqual({
    'rules.html': 'not readable',
  })
})

test('does not keep files that are too large, nor more of them than fit', () => {
  const large = { name: 'package/LICENSE', body: Buffer.alloc(256 * 1024 + 1) }
  expect(read(tarArchive(MANIFEST, large))).toEqual({ LICENSE: 'larger than 256 KiB' })
  const many = Array.from({ length: 70 }, (_, at) => ({
    name: `package/LICENSE-${String(at).padStart(2, '0')}`,
    body: Buffer.alloc(256 * 1024),
  }))
  const files = Object.values(read(tarArchive(...many, MANIFEST)))
  expect(files.filter((text) => text === 'not readable')).toHaveLength(48)
  expect(files.filter((text) => text === 'one of more than 64 licence files')).toHaveLength(6)
})

test('reads the same in pieces of any size', () => {
  const archive = tarArchive(
    paxHeader({ path: 'package/package.json' }),
    { name: 'x', body: '{}' },
    LICENSE,
    { name: 'package/COPYING', body: 'x'.repeat(1000) },
  )
  const whole = read(archive)
  assert(
    property(integer({ min: 1, max: 2000 }), (pieces) => {
      expect(read(archive, { pieces })).toEqual(whole)
    }),
    { numRuns: 50 },
  )
})

test('never throws, whatever a header holds', () => {
  const header = tarEntry(LICENSE).subarray(0, 512)
  const change = tuple(integer({ min: 0, max: 511 }), integer({ min: 0, max: 255 }))
  assert(
    property(array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const changed = Buffer.from(header)
      for (const [at, byte] of changes) changed[at] = byte
      const archive = tarArchive(MANIFEST, Buffer.concat([withChecksum(changed), Buffer.alloc(512)]))
      expect(['string', 'object']).toContain(typeof read(archive))
    }),
    { numRuns: 2000 },
  )
})
