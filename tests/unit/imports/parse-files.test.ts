/** Many files: each content once, what breaks the parser is found out, and nobody reads further ahead than needed. */
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import type { DiskReader } from '#disk/disk'
import { createParseMany } from '#imports/parse-files'
import type { ParseLane } from '#imports/parse-lane'
import type { ParsedSource } from '#model/imports'
import { fail, ok } from '#model/outcome'
import { cacheIn, laneHere, parse, parseIn, temporaryFolder, write } from './project-files.ts'

/** A file that is not parsed in the process that scans. */
const DEEP = '['.repeat(2000) + ']'.repeat(2000)

function problemOf(parsed: ParsedSource | undefined): string | undefined {
  return parsed !== undefined && 'problem' in parsed ? parsed.problem.code : undefined
}

describe('what is read', () => {
  test('files come in the order in which they were asked for, each content parsed once', async () => {
    const folder = temporaryFolder()
    write(folder, { 'b.ts': `import 'x'`, 'a.ts': `import 'x'`, 'c.mts': `import 'x'` })
    const { files, statistics } = await parseIn(folder, ['b.ts', 'c.mts', 'a.ts'])
    expect(files.map(({ path }) => path)).toEqual(['b.ts', 'c.mts', 'a.ts'])
    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(1)
    expect(statistics).toEqual({
      bytes: 30,
      contents: 2,
      parsed: 2,
      memory: 0,
      disk: 0,
      rejected: 0,
      evicted: 0,
    })
  })

  test('what was parsed before in this process is remembered', async () => {
    const folder = temporaryFolder()
    write(folder, { 'a.ts': `import 'x'` })
    const cache = await cacheIn(folder)
    await parseIn(folder, ['a.ts'], { cache })
    expect((await parseIn(folder, ['a.ts'], { cache })).statistics).toMatchObject({
      contents: 1,
      memory: 1,
      parsed: 0,
    })
  })

  test('none', async () => {
    const { files, statistics } = await parseIn(temporaryFolder(), [])
    expect(files).toEqual([])
    expect(statistics).toMatchObject({ bytes: 0, contents: 0 })
  })

  test('what cannot be read is a problem, and has no hash', async () => {
    const folder = temporaryFolder()
    write(folder, { 'a.ts': '', 'big.ts': '', 'folder.ts/a': '' })
    truncateSync(join(folder, 'big.ts'), 50_000_000)
    symlinkSync('a.ts', join(folder, 'link.ts'))
    const { files } = await parseIn(folder, ['big.ts', 'folder.ts', 'link.ts', 'gone.ts'])
    expect(files.map(({ sha256, parsed }) => [sha256, problemOf(parsed)])).toEqual([
      [undefined, 'too-large'],
      [undefined, 'unreadable'],
      [undefined, 'unreadable'],
      [undefined, 'changed-meanwhile'],
    ])
  })

  test('a file that is written while it is read is not called wrong', async () => {
    const folder = temporaryFolder()
    write(folder, { 'a.ts': 'import {', 'b.ts': 'import {' })
    const disk = openDisk(folder)
    const read: string[] = []
    const written: Pick<DiskReader, 'file'> = {
      file(path, maxBytes) {
        const found = disk.file(path, maxBytes)
        if (read.push(path) === 2) writeFileSync(join(folder, 'a.ts'), `import 'x'`)
        return found
      },
    }
    const { files } = await parseIn(folder, ['a.ts', 'b.ts'], { disk: written })
    expect(files.map(({ parsed }) => problemOf(parsed))).toEqual(['changed-meanwhile', 'syntax'])
    expect((await parseIn(folder, ['a.ts'])).files[0]?.parsed).toMatchObject({
      imports: [{ specifier: 'x' }],
    })
  })
})

describe('where it is parsed', () => {
  test('a few small files here, all else in lanes', async () => {
    const folder = temporaryFolder()
    const small = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`s${at}.ts`, `import 's${at}'`]))
    write(folder, { ...small, 'deep.ts': DEEP })
    const inLanes: string[] = []
    const lane: ParseLane = {
      ...laneHere(),
      parse(files) {
        inLanes.push(...files.map(({ path }) => path))
        return laneHere().parse(files)
      },
    }
    const paths = ['deep.ts', ...Object.keys(small)]
    const { files } = await parseIn(folder, paths, { openLane: () => Promise.resolve(ok(lane)) })
    expect(inLanes).toHaveLength(100 + 1 - 64)
    expect(inLanes).toContain('deep.ts')
    for (const { path, parsed } of files.slice(1))
      expect(parsed).toMatchObject({ imports: [{ specifier: path.replace('.ts', '') }] })
  })

  test('only a file that breaks the lane by itself is too deep', async () => {
    const folder = temporaryFolder()
    const paths = Array.from({ length: 10 }, (_, at) => `${at}.ts`)
    write(folder, Object.fromEntries(paths.map((path) => [path, `${DEEP};import '${path}'`])))
    const lane: ParseLane = {
      close: () => undefined,
      parse: (files) =>
        Promise.resolve(
          files.some(({ path }) => path === '3.ts')
            ? 'broken'
            : files.map(({ bytes, path }) => parse(bytes, path)),
        ),
    }
    const { files, statistics } = await parseIn(folder, paths, { openLane: () => Promise.resolve(ok(lane)) })
    expect(files.map(({ parsed }) => problemOf(parsed))).toEqual(
      paths.map((path) => (path === '3.ts' ? 'too-deep' : undefined)),
    )
    expect(statistics).toMatchObject({ contents: 10, parsed: 10 })
    expect((await parseIn(folder, paths)).statistics).toMatchObject({ parsed: 1, disk: 9 })
  })

  test('with two slow lanes, no more is read than three batches', async () => {
    const folder = temporaryFolder()
    const paths = Array.from({ length: 40 }, (_, at) => `${at}.ts`)
    const half = `${DEEP.repeat(20)}/*${' '.repeat(200_000)}`
    write(folder, Object.fromEntries(paths.map((path) => [path, `${half}${path}*/`])))
    const disk = openDisk(folder)
    let ahead = 0
    let most = 0
    let opened = 0
    const lane: ParseLane = {
      close: () => undefined,
      async parse(files) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        ahead -= files.length
        return files.map(() => ({ imports: [] }))
      },
    }
    await parseIn(folder, paths, {
      disk: {
        file(path, maxBytes) {
          most = Math.max(most, ++ahead)
          return disk.file(path, maxBytes)
        },
      },
      openLane: () => {
        opened++
        return Promise.resolve(ok(lane))
      },
    })
    expect(opened).toBe(2)
    // Half a MiB makes a batch: three of these files, or two.
    expect(most).toBeLessThanOrEqual(9)
  })
})

describe('when it cannot go on', () => {
  test.each(['deadline', 'parser-missing'] as const)('it fails with %s', async (code) => {
    const folder = temporaryFolder()
    write(folder, { 'a.ts': DEEP })
    let asked = 0
    const parseMany = createParseMany({
      disk: openDisk(folder),
      cache: await cacheIn(folder),
      loadParser: () => Promise.resolve(fail('parser-missing', 'There is none.')),
      openLane: () => Promise.resolve(code === 'deadline' ? ok(laneHere()) : fail(code, 'There is none.')),
      lanes: 2,
      goOn: () => code !== 'deadline' || asked++ === 0,
    })
    const outcome = await parseMany([{ path: 'a.ts', absolute: join(folder, 'a.ts') }])
    expect(outcome).toMatchObject({ ok: false, failure: { code } })
  })

  test('a lane that was ended says nothing of its files', async () => {
    const folder = temporaryFolder()
    write(folder, { 'a.ts': DEEP })
    const lane: ParseLane = { close: () => undefined, parse: () => Promise.resolve('ended') }
    const parseMany = createParseMany({
      disk: openDisk(folder),
      cache: await cacheIn(folder),
      loadParser: () => Promise.resolve(ok(parse)),
      openLane: () => Promise.resolve(ok(lane)),
      lanes: 1,
      goOn: () => true,
    })
    const outcome = await parseMany([{ path: 'a.ts', absolute: join(folder, 'a.ts') }])
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'deadline' } })
  })
})
