/** Making folders: whole rows of them, and never a wait for one that nobody can make. */
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolders } from '#cache/folder'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'depgate-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('makes a folder and those above it with the mode, and says whether it was there', async () => {
  const path = join(folder, 'a/b/c')
  expect(await makeFolders(path, 0o700)).toBe(true)
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o700)
  expect(statSync(path).mode & 0o777).toBe(0o700)
  expect(await makeFolders(path, 0o700)).toBe(false)
})

test('two at once both succeed, and one of them made it', async () => {
  const path = join(folder, 'a/b/c')
  expect((await Promise.all([makeFolders(path), makeFolders(path)])).toSorted()).toEqual([false, true])
})

test('goes through a link to a folder', async () => {
  mkdirSync(join(folder, 'real'))
  symlinkSync('real', join(folder, 'link'))
  expect(await makeFolders(join(folder, 'link'))).toBe(false)
  expect(await makeFolders(join(folder, 'link/a'))).toBe(true)
  expect(statSync(join(folder, 'real/a')).isDirectory()).toBe(true)
})

test.each([
  ['a file in its place', 'file', 'EEXIST'],
  ['a file above it', 'file/a', 'ENOTDIR'],
  ['a link that leads nowhere', 'nowhere', 'EEXIST'],
  ['a link above it that leads nowhere', 'nowhere/a', 'EEXIST'],
])('%s: %s is %s', async (_, path, code) => {
  writeFileSync(join(folder, 'file'), '')
  symlinkSync('not-there', join(folder, 'nowhere'))
  await expect(makeFolders(join(folder, path))).rejects.toMatchObject({ code })
})

test.runIf(process.platform === 'linux')(
  'a place where nothing can be made is told, not waited for',
  async () => {
    await expect(makeFolders('/proc/depgate/a/b')).rejects.toMatchObject({ code: 'ENOENT' })
  },
)
