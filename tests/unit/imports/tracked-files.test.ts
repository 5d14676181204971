/** What git ignores and tracks all the same is scanned; where nobody can know what is tracked, that is said. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import { lookAgain } from '#disk/look-again'
import { openWholeCommit } from '#git/commit-disk'
import { openGit } from '#git/git'
import { openTracked } from '#imports/tracked-files'
import { addFiles, emptyFolder, makeProject } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'
import { scanOf } from './scanned.ts'

function git(folder: string, ...args: string[]): void {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'core.hooksPath=/dev/null']
  execFileSync('git', [...settings, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
}

function repository(folder: string, files: ProjectFiles, tracked: readonly string[]): void {
  addFiles(folder, files)
  git(folder, 'init', '-q')
  git(folder, 'add', '-f', ...tracked)
}

async function scannedIn(project: string, more?: Parameters<typeof scanOf>[1]): Promise<string[]> {
  const scanned = await scanOf(project, more)
  if (!scanned.ok) return [scanned.failure.code]
  return scanned.value.files.map(({ path, problem }) =>
    problem === undefined ? path : `${path} ${problem.code}`,
  )
}

const IGNORED: ProjectFiles = {
  'package.json': {},
  '.gitignore': 'dist/\n*.js\n',
  'a.ts': '',
  'tracked.js': '',
  'left.js': '',
  'dist/deep/tracked.ts': '',
  'dist/deep/.gitignore': '',
  'dist/left.ts': '',
  'dist/other/left.ts': '',
}

describe('scanned although it is ignored', () => {
  test('what is tracked, wherever it lies, and nothing beside it', async () => {
    const project = emptyFolder()
    repository(project, IGNORED, ['tracked.js', 'dist/deep/tracked.ts'])
    expect(await scannedIn(project)).toEqual(['a.ts', 'dist/deep/tracked.ts', 'tracked.js'])
  })

  test('by the repository that the project is a part of, in a worktree, and in a submodule', async () => {
    const top = emptyFolder()
    const main = join(top, 'main')
    addFiles(main, { 'packages/a': null })
    repository(main, { '.gitignore': 'gen', 'packages/a/gen/x.ts': '', 'packages/a/package.json': {} }, [
      'packages',
    ])
    addFiles(main, { 'packages/a/gen/left.ts': '', 'gen/packages/a/gen/left.ts': '' })
    expect(await scannedIn(join(main, 'packages/a'))).toEqual(['gen/x.ts'])
    git(main, 'add', '.gitignore')
    git(main, 'commit', '-q', '-m', 'x')
    git(main, 'worktree', 'add', '-q', '../other')
    addFiles(join(top, 'other'), { 'packages/a/gen/left.ts': '' })
    expect(await scannedIn(join(top, 'other/packages/a'))).toEqual(['gen/x.ts'])
    const holder = join(top, 'holder')
    addFiles(holder, { 'package.json': {} })
    git(holder, 'init', '-q')
    git(holder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', main, 'sub')
    addFiles(holder, { 'sub/packages/a/gen/left.ts': '' })
    expect(await scannedIn(join(holder, 'sub/packages/a'))).toEqual(['gen/x.ts'])
  })

  test('in a workspace that is a repository of its own, by its own index', async () => {
    const project = makeProject({
      'package.json': { workspaces: ['packages/*'] },
      '.gitignore': '*.js',
      'packages/a/package.json': {},
      'b.js': '',
    })
    repository(join(project, 'packages/a'), { 'b.js': '', 'c.js': '' }, ['b.js'])
    git(project, 'init', '-q')
    expect(await scannedIn(project)).toEqual(['packages/a/b.js'])
  })

  test.each(['', 'packages/a/'])('in a commit as in its checkout, for the project in /%s', async (prefix) => {
    const top = emptyFolder()
    addFiles(join(top, 'packages/a'), IGNORED)
    const tracked = [
      'packages/a/tracked.js',
      'packages/a/a.ts',
      'packages/a/dist/deep',
      'packages/a/package.json',
    ]
    repository(top, { 'package.json': {}, '.gitignore': 'a.ts' }, [...tracked, '.gitignore', 'package.json'])
    git(top, 'add', 'packages/a/.gitignore')
    git(top, 'commit', '-q', '-m', 'x')
    const project = prefix === '' ? top : join(top, 'packages/a')
    const asked = openGit({ folder: top, env: process.env, leftMs: () => 60_000 })
    const disk = asked.ok && openWholeCommit(asked.value, { commit: 'HEAD', prefix }, project)
    const scanned = disk && (await scanOf(project, {}, disk))
    const paths = scanned && scanned.ok && scanned.value.files.map(({ path }) => path)
    expect(paths).toEqual(
      ['a.ts', 'dist/deep/tracked.ts', 'tracked.js'].map((path) =>
        join(prefix === '' ? 'packages/a' : '', path),
      ),
    )
    expect(paths).toEqual(await scannedIn(project))
  })

  test('under a name that the disk spells otherwise', async () => {
    const project = emptyFolder()
    repository(project, { ...IGNORED, 'Fu\u0308r/x.js': '' }, ['a.ts'])
    const blob = execFileSync('git', ['hash-object', '-w', 'a.ts'], { cwd: project, encoding: 'utf8' }).trim()
    git(project, 'update-index', '--add', '--cacheinfo', `100644,${blob},f\u00fcr/x.js`)
    expect(await scannedIn(project)).toContain('Fu\u0308r/x.js')
  })

  test('what lies in a folder of which only the whole is known to be tracked', () => {
    const disk = { ...openDisk('/'), tracked: () => ['in/a.ts', 'out/', 'deep/out/'] }
    const tracked = openTracked(disk, { index: '', prefix: '', folder: '' }, () => undefined)
    expect(['out/b.ts', 'out/deep/c.ts', 'in/b.ts', 'outer/b.ts'].map((path) => tracked.has(path))).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(['out', 'out/deep', 'in', 'deep', 'deep/in'].map((path) => tracked.hasBelow(path))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })
})

function damaged(files: ProjectFiles = IGNORED): string {
  const project = emptyFolder()
  repository(project, files, ['a.ts'])
  const index = join(project, '.git/index')
  const bytes = readFileSync(index)
  writeFileSync(index, bytes.subarray(0, bytes.length - 3))
  return project
}

describe('where the index cannot be read', () => {
  test('that is a problem, and no silence', async () => {
    expect(await scannedIn(damaged())).toEqual(['.git/index unreadable', 'a.ts'])
    expect(await scannedIn(damaged(), { ignore: ['.git/**'] })).toEqual(['a.ts'])
  })

  test('nobody asks for it where nothing is ignored', async () => {
    expect(await scannedIn(damaged({ 'package.json': {}, 'a.ts': '' }))).toEqual(['a.ts'])
  })

  test('there is none before the first file is added, and without a repository', async () => {
    const project = makeProject(IGNORED)
    expect(await scannedIn(project)).toEqual(['a.ts'])
    git(project, 'init', '-q')
    expect(await scannedIn(project)).toEqual(['a.ts'])
  })
})

test('a snapshot notices what is tracked from now on, and not that git has looked at the files', () => {
  const project = emptyFolder()
  repository(project, IGNORED, ['a.ts'])
  const index = join(project, '.git/index')
  const disk = openDisk(project)
  expect(disk.tracked(index)).toEqual(['a.ts'])
  const { looks, digest } = disk.looks()
  const before = readFileSync(index)
  writeFileSync(join(project, 'a.ts'), 'changed')
  git(project, 'add', 'a.ts')
  expect(readFileSync(index)).not.toEqual(before)
  expect(lookAgain(project, looks, () => true)).toBe(digest)
  git(project, 'add', '-f', 'left.js')
  expect(lookAgain(project, looks, () => true)).not.toBe(digest)
})
