/** The files of a commit: what they hold is told by their hash, and a large lockfile is only read for whoever asks for it. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCommit } from '#git/commit-disk'
import type { CommitDisk } from '#git/commit-disk'
import { openGit } from '#git/git'
import { addFiles, emptyFolder } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'

const FORMATS = ['sha1', 'sha256']

/** A commit of these files, and how many objects were read of it. */
function commitOf(
  files: ProjectFiles,
  format = 'sha1',
): { folder: string; disk: CommitDisk; read: () => number } {
  const folder = emptyFolder()
  addFiles(folder, files)
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'core.hooksPath=/dev/null']
  const run = (...args: string[]): string =>
    execFileSync('git', [...settings, ...args], { cwd: folder, encoding: 'utf8' }).trim()
  run('init', '-q', `--object-format=${format}`)
  run('add', '-f', '.')
  run('commit', '-q', '-m', 'all')
  const git = openGit({ folder, env: process.env, leftMs: () => 10_000 })
  if (!git.ok) throw new Error(git.failure.message)
  let read = 0
  const disk = openCommit(
    (args, input) => {
      if (args[0] === 'cat-file') read += (input ?? '').trim().split('\n').length
      return git.value(args, input)
    },
    { commit: run('rev-parse', 'HEAD'), prefix: '' },
    folder,
  )
  return { folder, disk, read: () => read }
}

test.each(FORMATS)('with %s: what a file holds is told without reading it', (format) => {
  const { folder, disk, read } = commitOf({ 'a.json': 'abc', 'deep/b.json': 'äöü' }, format)
  const holdsOther = (path: string, text: string): boolean =>
    disk.holdsOther(join(folder, path), Buffer.from(text))
  expect(holdsOther('a.json', 'abc')).toBe(false)
  expect(holdsOther('a.json', 'abd')).toBe(true)
  expect(holdsOther('a.json', 'abcd')).toBe(true)
  expect(holdsOther('deep/b.json', 'äöü')).toBe(false)
  expect(holdsOther('deep/b.json', 'äöu')).toBe(true)
  expect(holdsOther('none.json', 'abc')).toBe(false)
  expect(read()).toBe(0)
})

test.each([
  { bytes: 2 * 1024 * 1024, objects: 2 },
  { bytes: 2 * 1024 * 1024 + 1, objects: 1 },
])(
  'with the package.json beside it, a lockfile of $bytes bytes makes $objects objects',
  ({ bytes, objects }) => {
    const { folder, disk, read } = commitOf({ 'package.json': {}, 'package-lock.json': ' '.repeat(bytes) })
    expect(disk.file(join(folder, 'package.json'))).toMatchObject({ ok: true })
    expect(read()).toBe(objects)
    expect(disk.file(join(folder, 'package-lock.json'), bytes)).toMatchObject({ ok: true })
    expect(read()).toBe(2)
  },
)
