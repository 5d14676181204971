/** A dump in every form, and what lies there instead of one. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openOsvDump } from '#advisories/osv-dump'
import { readOsvPieces } from '#advisories/osv-reading'
import type { OsvReading } from '#advisories/osv-reading'
import { zipOf } from '../../support/zip.ts'
import type { ZipEntry } from '../../support/zip.ts'

const NOW = Date.UTC(2026, 10, 21)
const signal = new AbortController().signal

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-osv-'))
  path = join(folder, 'dump')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function record(id: string, name = 'left-pad'): string {
  return JSON.stringify({
    id,
    modified: '2026-11-20T00:00:00Z',
    affected: [{ package: { ecosystem: 'npm', name }, versions: ['1.3.0'] }],
  })
}

const read = (until = signal): Promise<OsvReading> =>
  readOsvPieces(openOsvDump(path, until), ['left-pad'], NOW)
const ids = ({ advisories }: OsvReading) => advisories.map(({ id }) => id)
const entry = (id: string, more: Partial<ZipEntry> = {}): ZipEntry => ({
  name: `${id}.json`,
  content: record(id),
  ...more,
})

describe('holds its records', () => {
  test.each<[string, () => void]>([
    ['in an array', () => writeFileSync(path, `[${record('A-1')},${record('A-2')}]`)],
    ['line by line', () => writeFileSync(path, `${record('A-1')}\n${record('A-2')}\n`)],
    ['in a zip file', () => writeFileSync(path, zipOf([entry('A-1'), entry('A-2', { method: 0 })]))],
    [
      'in folders, among other files',
      () => {
        mkdirSync(join(path, '2026/11'), { recursive: true })
        writeFileSync(join(path, 'README.md'), 'not a record')
        writeFileSync(join(path, 'A-1.json'), record('A-1'))
        writeFileSync(join(path, '2026/11/A-2.json'), record('A-2'))
      },
    ],
    [
      'behind a link',
      () => {
        writeFileSync(join(folder, 'real'), `${record('A-1')}${record('A-2')}`)
        symlinkSync(join(folder, 'real'), path)
      },
    ],
  ])('%s', async (_, write) => {
    write()
    const reading = await read()
    expect(ids(reading)).toEqual(['A-1', 'A-2'])
    expect(reading).toMatchObject({ doubtful: [], problems: [], asOf: Date.UTC(2026, 10, 20) })
  })

  test('one record', async () => {
    writeFileSync(path, record('A-1'))
    expect(ids(await read())).toEqual(['A-1'])
  })
})

describe('is none, and says why', () => {
  test.each<[string, () => void, RegExp]>([
    ['nothing', () => undefined, /does not exist/],
    ['a pipe', () => execFileSync('mkfifo', [path]), /neither a file nor a folder/],
    ['a link to nothing', () => symlinkSync(join(folder, 'gone'), path), /does not exist/],
    ['an empty file', () => writeFileSync(path, ''), /holds no record about an npm package/],
    ['an empty folder', () => mkdirSync(path), /holds no record about an npm package/],
    ['an empty zip file', () => writeFileSync(path, zipOf([])), /holds no record about an npm package/],
    ['a page of HTML', () => writeFileSync(path, '<html>Not Found</html>'), /cannot be read: "value 1"/],
    [
      'a zip file that is cut',
      () => writeFileSync(path, zipOf([entry('A-1')]).subarray(0, 60)),
      /damaged or cut/,
    ],
    ['half a record', () => writeFileSync(path, record('A-1').slice(0, -3)), /cannot be read/],
    ['an array that is cut', () => writeFileSync(path, `[${record('A-1')},`), /cannot be read: "value 2"/],
  ])('%s', async (_, write, problem) => {
    write()
    const reading = await read()
    expect(reading.doubtful).toBe('all')
    expect(reading.problems.join(' ')).toMatch(problem)
    expect(reading.problems.join(' ')).not.toContain(folder)
  })

  test('a run that is over', async () => {
    writeFileSync(path, record('A-1'))
    expect(await read(AbortSignal.abort())).toMatchObject({ doubtful: 'all', advisories: [] })
  })
})

describe('holds something else too, which is counted and named', () => {
  test.each<[string, ZipEntry]>([
    ['more than it says', entry('B-1', { uncompressedSize: 20 })],
    ['less than it says', entry('B-1', { uncompressedSize: 5000 })],
    ['a bomb', { name: 'B-1.json', content: Buffer.alloc(20 * 1024 * 1024, 0x20) }],
    [
      'a bomb that says it is small',
      { name: 'B-1.json', content: Buffer.alloc(20 * 1024 * 1024, 0x20), uncompressedSize: 100 },
    ],
    ['a method that nobody knows', entry('B-1', { method: 12 })],
    ['an encrypted record', entry('B-1', { encrypted: true })],
    ['no end of brackets', { name: 'B-1.json', content: `{"a":${'['.repeat(4_000_000)}` }],
    ['no JSON', { name: 'B-1.json', content: '<html>' }],
    ['a way out of the folder', { name: '../../B-1.json', content: '{' }],
  ])('%s', async (_, odd) => {
    writeFileSync(path, zipOf([entry('A-1'), odd, entry('A-2')]))
    const reading = await read()
    expect(ids(reading)).toEqual(['A-1', 'A-2'])
    expect(reading.doubtful).toBe('all')
    expect(reading.problems.join(' ')).toMatch(/1 record of .* cannot be read: "[./]*B-1.json"/)
  })

  test('links and large files in a folder', async () => {
    mkdirSync(path)
    writeFileSync(join(path, 'A-1.json'), record('A-1'))
    symlinkSync('/etc/hostname', join(path, 'B-1.json'))
    writeFileSync(join(path, 'B-2.json'), '')
    truncateSync(join(path, 'B-2.json'), 64 * 1024 * 1024)
    execFileSync('mkfifo', [join(path, 'B-3.json')])
    const reading = await read()
    expect(ids(reading)).toEqual(['A-1'])
    expect(reading.problems).toEqual([
      `3 records of the dump of OSV's database cannot be read: "B-1.json", "B-2.json", "B-3.json".`,
    ])
  })

  test('entries that lie on one another are no more than they say', async () => {
    const entries = Array.from({ length: 50 }, (_, at) =>
      entry(`A-${at}`, { offset: 0, content: record('A-0') }),
    )
    writeFileSync(path, zipOf(entries))
    expect(new Set(ids(await read()))).toEqual(new Set(['A-0']))
  })

  test('a record about a package of the run leaves only that package open', async () => {
    const odd = JSON.stringify({ id: 'B-1', affected: [{ package: { ecosystem: 'npm', name: 'left-pad' } }] })
    writeFileSync(path, `${record('A-1', 'right-pad')}\n${odd}`)
    expect(await read()).toMatchObject({ doubtful: ['left-pad'], advisories: [] })
    writeFileSync(path, `${record('A-1')}\n${odd.replace('left-pad', 'right-pad')}`)
    expect(await read()).toMatchObject({ doubtful: [], problems: [] })
  })
})
