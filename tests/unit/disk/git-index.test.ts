/** The index of a git repository is read as git reads it, and what is none, or is damaged, is never taken for one. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGitIndex } from '#disk/git-index'
import { trackedNames } from '#disk/tracked-names'
import { addFiles, emptyFolder } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'

function git(folder: string, ...args: string[]): string {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'core.hooksPath=/dev/null']
  return execFileSync('git', [...settings, ...args], { cwd: folder, encoding: 'utf8' })
}

function repository(files: ProjectFiles, ...how: string[]): string {
  const folder = emptyFolder()
  git(folder, 'init', '-q', ...how)
  addFiles(folder, files)
  git(folder, 'add', '-A', '-f')
  return folder
}

const indexOf = (folder: string): string => join(folder, '.git/index')
const listed = (folder: string): string[] =>
  git(folder, 'ls-files', '-z')
    .split('\0')
    .filter((name) => name !== '')

const LONG = `${'long/'.repeat(900)}x.ts`
const FILES: ProjectFiles = {
  'a.ts': '',
  'a/b.ts': '',
  'a/b/c.ts': '',
  'ü/é😀.ts': '',
  ' new\nline.ts': '',
  'z.js': '',
}

describe('read as git reads it', () => {
  test.each([2, 3, 4])('version %d', (version) => {
    const folder = repository({ ...FILES, 'later.ts': '' })
    git(folder, 'rm', '-q', '--cached', 'later.ts')
    // What is to be added later is what version 3 was made for.
    if (version > 2) git(folder, 'add', '-N', 'later.ts')
    git(folder, 'update-index', '--index-version', String(version))
    expect(readFileSync(indexOf(folder)).readUInt32BE(4)).toBe(version)
    expect(trackedNames(indexOf(folder))).toEqual(listed(folder))
    expect(listed(folder)).toHaveLength(version > 2 ? 7 : 6)
  })

  test('names longer than the index has room to say', () => {
    const folder = repository({ 'a.ts': '' })
    const blob = git(folder, 'hash-object', '-w', 'a.ts').trim()
    git(folder, 'update-index', '--add', '--cacheinfo', `100644,${blob},${LONG}`)
    for (const version of [2, 4]) {
      git(folder, 'update-index', '--index-version', String(version))
      expect(trackedNames(indexOf(folder))).toEqual(['a.ts', LONG])
    }
  })

  test('with ids of 32 bytes, and without a hash at the end', () => {
    const folder = repository(FILES, '--object-format=sha256')
    expect(trackedNames(indexOf(folder))).toEqual(listed(folder))
    const bytes = readFileSync(indexOf(folder))
    expect(readGitIndex(bytes.fill(0, bytes.length - 32))?.names).toEqual(listed(folder))
  })

  test('a split one, whatever was taken away or came since', () => {
    for (const version of ['2', '4']) {
      const folder = repository(FILES)
      git(folder, 'update-index', '--index-version', version)
      git(folder, 'update-index', '--split-index')
      expect(trackedNames(indexOf(folder))?.toSorted()).toEqual(listed(folder).toSorted())
      addFiles(folder, { 'new.ts': '', 'a.ts': 'changed' })
      git(folder, '-c', 'splitIndex.maxPercentChange=100', 'add', '-A')
      expect(trackedNames(indexOf(folder))?.toSorted()).toEqual(listed(folder).toSorted())
      git(folder, '-c', 'splitIndex.maxPercentChange=100', 'rm', '-q', '--cached', 'z.js')
      // That one is gone is not looked for: it counts as tracked a little longer.
      expect(trackedNames(indexOf(folder))).toEqual(expect.arrayContaining(listed(folder)))
      for (const name of execFileSync('ls', [join(folder, '.git')], { encoding: 'utf8' }).split('\n'))
        if (name.startsWith('sharedindex.')) rmSync(join(folder, '.git', name))
      expect(trackedNames(indexOf(folder))).toBeUndefined()
    }
  })

  test('a sparse one, which has folders', () => {
    const folder = repository({ 'in/a.ts': '', 'out/b.ts': '', 'out/deep/c.ts': '' })
    git(folder, 'commit', '-q', '-m', 'x')
    git(folder, 'sparse-checkout', 'set', '--cone', '--sparse-index', 'in')
    expect(trackedNames(indexOf(folder))).toEqual(['in/a.ts', 'out/'])
  })

  test('files in conflict', () => {
    const folder = repository({ 'a.ts': '1' })
    git(folder, 'commit', '-q', '-m', '1')
    git(folder, 'checkout', '-q', '-b', 'other')
    writeFileSync(join(folder, 'a.ts'), '2')
    git(folder, 'commit', '-q', '-a', '-m', '2')
    git(folder, 'checkout', '-q', '-')
    writeFileSync(join(folder, 'a.ts'), '3')
    git(folder, 'commit', '-q', '-a', '-m', '3')
    expect(() => git(folder, 'merge', '-q', 'other')).toThrow()
    expect(new Set(trackedNames(indexOf(folder)))).toEqual(new Set(['a.ts']))
  })

  test('any names', () => {
    const name = fc.stringMatching(/^[a-c/é.-]{1,12}$/)
    const folder = repository({ 'a.ts': '' })
    const blob = git(folder, 'hash-object', '-w', 'a.ts').trim()
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), fc.constantFrom(2, 4), (names, version) => {
        rmSync(indexOf(folder), { force: true })
        const lines = names.filter(isFree).map((path) => `100644 ${blob}\t${path}\0`)
        execFileSync(
          'git',
          ['update-index', '--index-version', String(version), '--add', '-z', '--index-info'],
          {
            cwd: folder,
            input: lines.join(''),
          },
        )
        expect(trackedNames(indexOf(folder))).toEqual(listed(folder))
      }),
      { numRuns: 30 },
    )
  })
})

/** What git takes for a path. */
function isFree(path: string): boolean {
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('..'))
}

describe('not taken for an index', () => {
  test('one of which any byte is another, and one that ends too soon', () => {
    const bytes = readFileSync(indexOf(repository(FILES)))
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes)
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x41, at)
      expect(readGitIndex(damaged)).toBeUndefined()
      expect(readGitIndex(bytes.subarray(0, at))).toBeUndefined()
    }
    expect(readGitIndex(bytes)?.names).toHaveLength(6)
  })

  test('whatever follows a right header, with a right hash', () => {
    const body = fc.uint8Array({ maxLength: 300 })
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 4 }),
        body,
        (version, count, rest) => {
          const header = Buffer.alloc(12)
          header.write('DIRC')
          header.writeUInt32BE(version, 4)
          header.writeUInt32BE(count, 8)
          const found = readGitIndex(sealed(Buffer.concat([header, rest])))
          if (found !== undefined)
            expect(version >= 2 && version <= 4 && found.names.length <= count).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  test('one with an extension that has to be understood, or that goes beyond the end', () => {
    const header = Buffer.from('444952430000000200000000', 'hex')
    const extension = (name: string, length: number) => {
      const size = Buffer.alloc(4)
      size.writeUInt32BE(length)
      return sealed(Buffer.concat([header, Buffer.from(name), size, Buffer.alloc(4)]))
    }
    expect(readGitIndex(extension('NEWS', 4))).toEqual({ names: [], sharedId: undefined })
    expect(readGitIndex(extension('news', 4))).toBeUndefined()
    expect(readGitIndex(extension('NEWS', 5))).toBeUndefined()
    expect(readGitIndex(extension('NEWS', 3))).toBeUndefined()
  })

  test('a folder, a link, and nothing', () => {
    const folder = emptyFolder()
    addFiles(folder, { index: { link: 'other' }, other: '', 'in/x': '' })
    expect(trackedNames(join(folder, 'index'))).toBeUndefined()
    expect(trackedNames(join(folder, 'other'))).toBeUndefined()
    expect(trackedNames(join(folder, 'in'))).toBeUndefined()
    expect(trackedNames(join(folder, 'absent'))).toEqual([])
  })
})

function sealed(body: Buffer): Buffer {
  return Buffer.concat([body, createHash('sha1').update(body).digest()])
}
