/** Looking again sees what was seen, and whatever of it has changed since. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import { lookAgain } from '#disk/look-again'
import { readLook } from '#disk/look'
import { emptyFolder } from '../collectors/project-folder.ts'
import { CHANGES, lookAround, world } from './looked-at-world.ts'

const always = (): boolean => true

test('nothing has changed: the same digest, from the same looks', () => {
  const folder = world()
  const { looks, digest } = lookAround(openDisk(folder), folder)
  expect(looks.length).toBeGreaterThan(40)
  expect(lookAgain(folder, looks, always)).toBe(digest)
})

describe('noticed', () => {
  test.each(CHANGES)('%s', (_name, change) => {
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
