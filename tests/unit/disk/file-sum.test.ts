/** The sum of a file is that of all its bytes, and there is none for what would not be read. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sumRegularFile } from '#disk/file-sum'
import { readRegularFile } from '#disk/safe-read'
import { emptyFolder } from '../collectors/project-folder.ts'

const MOST = 1024 * 1024

test.each([0, 1, 1000, 262_143, 262_144, 262_145, MOST - 1, MOST])('of %d bytes', (size) => {
  const path = join(emptyFolder(), 'file')
  const bytes = Buffer.alloc(size, 'some text, again and again; ')
  writeFileSync(path, bytes)
  // What was in the buffer before must not count.
  sumRegularFile(writtenBeside(path), MOST)
  expect(sumRegularFile(path, MOST)).toEqual({
    ok: true,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size,
  })
})

function writtenBeside(path: string): string {
  const other = `${path}-other`
  writeFileSync(other, 'y'.repeat(200_000))
  return other
}

test.each<[what: string, make: (path: string) => void]>([
  ['a file that is too large', (path) => writeFileSync(path, 'x'.repeat(101))],
  ['a large file that is too large', (path) => writeFileSync(path, 'x'.repeat(MOST))],
  ['a link', (path) => symlinkSync('/etc/hostname', path)],
  ['a folder', (path) => mkdirSync(path)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['nothing', () => undefined],
])('%s has none, for the reason that it would not be read', (_what, make) => {
  const path = join(emptyFolder(), 'file')
  make(path)
  const sum = sumRegularFile(path, 100)
  expect(sum.ok).toBe(false)
  expect(sum).toEqual(readRegularFile(path, 100))
})
