/** The cache of what files say: content alone decides, and what is not ours is not believed. */
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openParseCache } from '#imports/parse-cache'
import type { ParsedSource } from '#model/imports'
import { cacheIn, parse, parseIn, temporaryFolder, write } from './project-files.ts'

const FILES = { 'a.ts': `import 'x'`, 'b.ts': `export * from './a'`, 'c.tsx': 'const c = <br/>' }
const PATHS = Object.keys(FILES)
const FRESH = { parsed: 0, memory: 0, disk: 0, rejected: 0, evicted: 0 }

function recordFiles(folder: string): string[] {
  const root = join(folder, '.cache')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /imports[\\/][0-9a-f]{40}$/.test(name))
    .map((name) => join(root, name))
}

describe('in memory', () => {
  test('the same call with and without a cache, and each content is parsed once', async () => {
    const calls: string[] = []
    const cache = await openParseCache({ parser: '1', now: Date.now })
    const cached = cache.around((bytes, path) => {
      calls.push(path)
      return parse(bytes, path)
    })
    for (const path of ['a.ts', 'b.ts', 'a.ts', 'a.tsx', 'a.d.ts', 'c.d.ts']) {
      const bytes = Buffer.from(`import type { A } from 'x'`)
      expect(cached(bytes, path)).toEqual(parse(bytes, path))
    }
    expect(calls).toEqual(['a.ts', 'a.tsx', 'a.d.ts'])
    expect(cache.takeStatistics()).toEqual({ ...FRESH, parsed: 3, memory: 3 })
    expect(cache.takeStatistics()).toEqual(FRESH)
  })

  test('problems are found anew each time', async () => {
    const cache = await openParseCache({ parser: '1', now: Date.now })
    const answers: ParsedSource[] = [
      { problem: { code: 'syntax', message: 'It cannot be parsed.' } },
      { imports: [] },
    ]
    const cached = cache.around(() => answers.shift() ?? { imports: [] })
    expect(cached(Buffer.from('let'), 'a.ts')).toHaveProperty('problem')
    expect(cached(Buffer.from('let'), 'a.ts')).toEqual({ imports: [] })
    expect(cache.takeStatistics()).toEqual({ ...FRESH, parsed: 2 })
  })

  test('what was used longest ago makes room', async () => {
    const cache = await openParseCache({ parser: '1', now: Date.now, memoryBytes: 1000 })
    const cached = cache.around(parse)
    const read = (name: string): ParsedSource => cached(Buffer.from(`let ${name}`), 'a.ts')
    for (const name of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) read(name)
    expect(cache.takeStatistics()).toEqual({ ...FRESH, parsed: 5, memory: 2, evicted: 2 })
  })
})

describe('on disk', () => {
  test('the next run parses nothing; a content that is back is known', async () => {
    const folder = temporaryFolder()
    write(folder, FILES)
    const first = await parseIn(folder, PATHS)
    expect(first.statistics).toMatchObject({ contents: 3, parsed: 3, disk: 0 })
    const second = await parseIn(folder, PATHS)
    expect(second.files).toEqual(first.files)
    expect(second.statistics).toMatchObject({ contents: 3, parsed: 0, disk: 3, rejected: 0 })

    write(folder, { 'a.ts': `import 'y'` })
    const changed = await parseIn(folder, PATHS)
    expect(changed.statistics).toMatchObject({ contents: 3, parsed: 1, disk: 2 })
    write(folder, { 'a.ts': FILES['a.ts'] })
    const back = await parseIn(folder, PATHS)
    expect(back.files).toEqual(first.files)
    expect(back.statistics).toMatchObject({ contents: 3, parsed: 0, disk: 3 })
  })

  test('another content of the same size and time is another content', async () => {
    const folder = temporaryFolder()
    write(folder, FILES)
    utimesSync(join(folder, 'a.ts'), 1, 1)
    await parseIn(folder, PATHS)
    write(folder, { 'a.ts': `import 'z'` })
    utimesSync(join(folder, 'a.ts'), 1, 1)
    const { files, statistics } = await parseIn(folder, PATHS)
    expect(files[0]?.parsed).toMatchObject({ imports: [{ specifier: 'z' }] })
    expect(statistics).toMatchObject({ parsed: 1, disk: 2 })
  })

  test('a renamed file is known, unless its new name makes it another language', async () => {
    const folder = temporaryFolder()
    write(folder, { ...FILES, 'lib/d.ts': FILES['a.ts'], 'lib/d.js': FILES['a.ts'] })
    await parseIn(folder, PATHS)
    const moved = await parseIn(folder, ['lib/d.ts', 'b.ts'])
    expect(moved.statistics).toMatchObject({ contents: 2, parsed: 0, disk: 2 })
    const other = await parseIn(folder, ['lib/d.js'])
    expect(other.statistics).toMatchObject({ contents: 1, parsed: 1 })
  })

  test('what another parser said counts for nothing', async () => {
    const folder = temporaryFolder()
    write(folder, FILES)
    await parseIn(folder, PATHS)
    const { statistics } = await parseIn(folder, PATHS, { cache: await cacheIn(folder, '2.0.0') })
    expect(statistics).toMatchObject({ parsed: 3, disk: 0, rejected: 0 })
  })

  test('problems are not kept', async () => {
    const folder = temporaryFolder()
    write(folder, { 'a.ts': 'let = (', 'b.ts': '' })
    await parseIn(folder, ['a.ts', 'b.ts'])
    const { files, statistics } = await parseIn(folder, ['a.ts', 'b.ts'])
    expect(files[0]?.parsed).toMatchObject({ problem: { code: 'syntax', line: 1 } })
    expect(statistics).toMatchObject({ contents: 2, parsed: 1, disk: 1 })
  })

  test.each([
    ['damaged', (bytes: Buffer) => bytes.fill(0x20, bytes.length - 5)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
    ['empty', () => Buffer.alloc(0)],
  ])('a %s record is a miss, is counted, and is replaced', async (_what, spoil) => {
    const folder = temporaryFolder()
    write(folder, FILES)
    const first = await parseIn(folder, PATHS)
    const records = recordFiles(folder)
    expect(records.length).toBeGreaterThan(1)
    for (const path of records) writeFileSync(path, spoil(readFileSync(path)))
    const spoiled = await parseIn(folder, PATHS)
    expect(spoiled.files).toEqual(first.files)
    expect(spoiled.statistics).toMatchObject({ parsed: 3, disk: 0 })
    expect(spoiled.statistics.rejected).toBeGreaterThan(1)
    const healed = await parseIn(folder, PATHS)
    expect(healed.statistics).toMatchObject({ parsed: 0, disk: 3, rejected: 0 })
  })

  test('a record that was sealed with another key is not believed', async () => {
    const folder = temporaryFolder()
    write(folder, FILES)
    await parseIn(folder, PATHS, { cache: await cacheIn(folder, '1.0.0', Buffer.alloc(32, 8)) })
    const { statistics } = await parseIn(folder, PATHS)
    expect(statistics).toMatchObject({ parsed: 3, disk: 0 })
    expect(statistics.rejected).toBeGreaterThan(0)
  })

  test('two runs at a time leave records that are right', async () => {
    const folder = temporaryFolder()
    const mine = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`m${at}.ts`, `import 'm${at}'`]))
    const theirs = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`t${at}.ts`, `import 't${at}'`]),
    )
    write(folder, { ...mine, ...theirs })
    await Promise.all([parseIn(folder, Object.keys(mine)), parseIn(folder, Object.keys(theirs))])
    const all = [...Object.keys(mine), ...Object.keys(theirs)]
    const { files, statistics } = await parseIn(folder, all)
    expect(statistics.parsed + statistics.disk).toBe(400)
    expect(statistics).toMatchObject({ contents: 400, rejected: 0 })
    for (const { path, parsed } of files)
      expect(parsed).toMatchObject({ imports: [{ specifier: path.replace('.ts', '') }] })
  })

  test('without a place to write, all is parsed anew', async () => {
    const folder = temporaryFolder()
    write(folder, { ...FILES, '.cache': 'no folder' })
    await parseIn(folder, PATHS)
    expect((await parseIn(folder, PATHS)).statistics).toMatchObject({ parsed: 3, disk: 0 })
  })
})
