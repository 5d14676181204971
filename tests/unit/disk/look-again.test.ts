/** Looking again sees what was seen, and whatever of it has changed since. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import type { Disk, Looks } from '#disk/disk'
import { lookAgain } from '#disk/look-again'
import { readLook } from '#disk/look'
import { addFiles, emptyFolder } from '../collectors/project-folder.ts'

const always = (): boolean => true

/** Looks at a folder in every way there is. */
function lookAround(disk: Disk, folder: string): Looks {
  disk.realPath(folder)
  for (const name of disk.names(folder) ?? []) {
    const path = join(folder, name)
    disk.file(path, 1000)
    disk.linkedFile(path)
    disk.kind(path)
    disk.realPath(path)
  }
  disk.kind(join(folder, 'nothing'))
  disk.file(join(folder, 'nothing'))
  disk.places(join(folder, 'folder'))
  disk.folders(join(folder, 'folder'))
  disk.places(join(folder, 'file'))
  return disk.looks()
}

function world(): string {
  const folder = emptyFolder()
  addFiles(folder, {
    file: 'text',
    other: 'text',
    empty: '',
    large: 'x'.repeat(1001),
    'just-right': 'x'.repeat(1000),
    'folder/inner': 'text',
    'folder/.dot': 'text',
    'folder/sub/x': '',
    link: { link: 'file' },
    nowhere: { link: 'missing' },
  })
  execFileSync('mkfifo', [join(folder, 'pipe')])
  return folder
}

test('nothing has changed: the same digest, from the same looks', () => {
  const folder = world()
  const { looks, digest } = lookAround(openDisk(folder), folder)
  expect(looks.length).toBeGreaterThan(40)
  expect(lookAgain(folder, looks, always)).toBe(digest)
})

describe('noticed', () => {
  test.each<[name: string, change: (folder: string) => void]>([
    ['a letter', (folder) => writeFileSync(join(folder, 'file'), 'tExt')],
    [
      'two files swapped',
      (folder) => {
        writeFileSync(join(folder, 'file'), 'a')
        writeFileSync(join(folder, 'other'), 'b')
      },
    ],
    [
      'an empty file that is a pipe now',
      (folder) => {
        rmSync(join(folder, 'empty'))
        execFileSync('mkfifo', [join(folder, 'empty')])
      },
    ],
    [
      'a pipe that is an empty file now',
      (folder) => {
        rmSync(join(folder, 'pipe'))
        writeFileSync(join(folder, 'pipe'), '')
      },
    ],
    ['a file that is too large now', (folder) => writeFileSync(join(folder, 'just-right'), 'x'.repeat(1001))],
    [
      'a file that is a link to its own text',
      (folder) => {
        renameSync(join(folder, 'file'), join(folder, 'moved'))
        symlinkSync('moved', join(folder, 'file'))
      },
    ],
    [
      'a link that leads elsewhere',
      (folder) => {
        rmSync(join(folder, 'link'))
        symlinkSync('other', join(folder, 'link'))
      },
    ],
    ['a link that leads somewhere at last', (folder) => writeFileSync(join(folder, 'missing'), '')],
    ['a file that was not there', (folder) => writeFileSync(join(folder, 'nothing'), '')],
    ['a folder more', (folder) => mkdirSync(join(folder, 'folder/more'))],
    [
      'a folder that is a file now',
      (folder) => {
        rmSync(join(folder, 'folder/sub'), { recursive: true })
        writeFileSync(join(folder, 'folder/sub'), '')
      },
    ],
  ])('%s', (_name, change) => {
    const folder = world()
    const { looks, digest } = lookAround(openDisk(folder), folder)
    change(folder)
    const after = lookAgain(folder, looks, always)
    expect(after).toMatch(/^[0-9a-f]{64}$/)
    expect(after).not.toBe(digest)
  })
})

test('whatever files hold: equal digests for equal worlds, different ones for different worlds', () => {
  const contents = fc.array(fc.string({ maxLength: 30 }), { minLength: 3, maxLength: 3 })
  const folder = emptyFolder()
  const names = ['a', 'b', 'c']
  const write = (texts: string[]): void =>
    names.forEach((name, index) => writeFileSync(join(folder, name), texts[index] ?? ''))
  fc.assert(
    fc.property(contents, contents, (before, after) => {
      write(before)
      const disk = openDisk(folder)
      for (const name of names) disk.file(join(folder, name))
      const { looks, digest } = disk.looks()
      write(after)
      expect(lookAgain(folder, looks, always) === digest).toBe(
        JSON.stringify(before) === JSON.stringify(after),
      )
    }),
    {
      numRuns: 200,
      examples: [
        [
          ['a', 'bc', ''],
          ['ab', 'c', ''],
        ],
        [
          ['', '', 'x'],
          ['x', '', ''],
        ],
      ],
    },
  )
})

test('a file larger than the buffer of the second look', () => {
  const folder = emptyFolder()
  const path = join(folder, 'lockfile')
  writeFileSync(path, 'x'.repeat(5_000_000))
  const disk = openDisk(folder)
  disk.file(path, 64_000_000)
  disk.file(path, 64_000_000)
  const { looks, digest } = disk.looks()
  expect(lookAgain(folder, looks, always)).toBe(digest)
  writeFileSync(path, `${'x'.repeat(4_999_999)}y`)
  expect(lookAgain(folder, looks, always)).not.toBe(digest)
})

test('what are no looks, or no time, gives no digest', () => {
  const folder = world()
  const { looks } = lookAround(openDisk(folder), folder)
  expect(lookAgain(folder, looks, () => false)).toBeUndefined()
  for (const odd of ['', 'x:file', 'f', 'ff:file', 'f-1:file', 'fx:file'])
    expect(lookAgain(folder, [odd], always)).toBeUndefined()
  expect(readLook('f12:a:b')).toEqual({ type: 'f', path: 'a:b', maxBytes: 12 })
})

test('a listing tells what stands in the folder, and is looked at once', () => {
  const folder = world()
  const disk = openDisk(folder)
  disk.names(folder)
  disk.names(folder)
  disk.places(join(folder, 'folder'))
  expect(disk.kind(join(folder, 'nothing'))).toBe('absent')
  expect(disk.kind(join(folder, 'folder/sub'))).toBe('folder')
  expect(disk.looks().looks).toEqual([`l:${folder}`, 'p:folder'])
})
