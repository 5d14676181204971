import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { inOneRepository } from '../../../src/git/one-repository.ts'
import { gitIn, startRepository } from '../../support/repository.ts'

let top: string

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'depgate-one-')))
  onTestFinished(() => rmSync(top, { recursive: true }))
})

/** Makes a folder with a file in it; gives its path. */
function folder(path: string): string {
  mkdirSync(join(top, path), { recursive: true })
  writeFileSync(join(top, path, 'package.json'), '{}')
  return join(top, path)
}

const asked = (project: string, here: string) =>
  inOneRepository({ folder: project, env: process.env, leftMs: () => 60_000 }, here)

test('a project in another repository is refused, with what to do', () => {
  const inner = folder('outer/packages/app')
  startRepository(inner)
  gitIn(folder('outer'))('init', '--quiet')
  expect(asked(inner, join(top, 'outer'))).toMatchObject({
    ok: false,
    failure: {
      code: 'foreign-repository',
      fix: expect.stringContaining('in the folder of the project') as unknown,
    },
  })
})

test('a submodule is another repository, but not for whoever stands in it', () => {
  const theirs = folder('theirs')
  startRepository(theirs)
  const outer = folder('outer')
  startRepository(outer)('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', theirs, 'sub')
  expect(asked(join(outer, 'sub'), outer).ok).toBe(false)
  expect(asked(join(outer, 'sub'), join(outer, 'sub')).ok).toBe(true)
  mkdirSync(join(outer, 'sub/deeper'))
  expect(asked(join(outer, 'sub/deeper'), join(outer, 'sub')).ok).toBe(true)
})

test('folders of one repository are one, and so are its work trees', () => {
  const project = folder('outer/packages/app')
  const outer = folder('outer')
  const git = startRepository(outer)
  git('worktree', 'add', '--quiet', '--detach', join(top, 'other'))
  expect(asked(project, outer).ok).toBe(true)
  expect(asked(project, folder('outer/elsewhere')).ok).toBe(true)
  expect(asked(project, join(top, 'other')).ok).toBe(true)
  expect(asked(join(top, 'other/packages/app'), outer).ok).toBe(true)
})

test('whoever stands in no repository may name any', () => {
  const project = folder('app')
  startRepository(project)
  expect(asked(project, top).ok).toBe(true)
})
