import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { namedBase } from '../../../src/run/named-base.ts'
import { commitAll, gitIn, startRepository } from '../../support/repository.ts'
import type { RunGit } from '../../support/repository.ts'

let top: string
let project: string
let git: RunGit
let commit: string

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'depgate-named-')))
  onTestFinished(() => rmSync(top, { recursive: true }))
  project = join(top, 'app')
  write('app/package-lock.json')
  git = startRepository(project)
  commit = git('rev-parse', 'HEAD')
  git('update-ref', 'refs/remotes/origin/main', commit)
  git('checkout', '--quiet', '-b', 'change')
})

function write(path: string): string {
  mkdirSync(dirname(join(top, path)), { recursive: true })
  writeFileSync(join(top, path), '{}')
  return join(top, path)
}

/** What a word names, said in the project's folder or elsewhere. */
function named(base: string, { here = project, folder = project, env = process.env } = {}) {
  return namedBase({ base, mergeBase: true, here }, { project: folder, env, leftMs: () => 60_000 })
}

const aCommit = () => ({ ok: true, value: { place: { kind: 'commit', commit } } })
const aLockfile = (path: string) => ({ ok: true, value: { place: { kind: 'lockfile', path } } })
const refusal = (code: string, message: string, fix: string) => ({
  ok: false,
  failure: {
    code,
    message: expect.stringContaining(message) as unknown,
    fix: expect.stringContaining(fix) as unknown,
  },
})

describe('a word that git knows is a commit, whatever files the change has', () => {
  test.each([
    ['a branch', () => 'origin/main'],
    ['a hash', () => commit],
    [
      'a branch with the name of a lockfile',
      () => (git('branch', 'package-lock.json', commit), 'package-lock.json'),
    ],
  ])('%s', (_what, word) => {
    const base = word()
    write(`app/${base}`)
    commitAll(git, 'a file of that name')
    expect(named(base)).toMatchObject(aCommit())
  })

  test('and stays one if nothing leads from here to there', () => {
    git('checkout', '--quiet', '--orphan', 'other.json')
    commitAll(git, 'of its own')
    git('checkout', '--quiet', 'change')
    write('other.json')
    expect(named('other.json', { here: top })).toMatchObject(
      refusal('no-common-commit', 'no commit in common', '--no-merge-base'),
    )
  })
})

describe('a file in the checkout is never a base', () => {
  const refused = refusal('unknown-base', 'lies in the checkout', 'outside of the checkout')

  test('committed or not, at the top or below', () => {
    write('app/old.json')
    expect(named('old.json')).toMatchObject(refused)
    commitAll(git, 'more')
    expect(named('old.json')).toMatchObject(refused)
    expect(named(join(project, 'package-lock.json'))).toMatchObject(refused)
    write('app/packages/web/package.json')
    expect(named('../../old.json', { here: join(project, 'packages/web') })).toMatchObject(refused)
  })

  test('nor one that a link of the checkout leads to, or a link elsewhere that leads into it', () => {
    write('elsewhere/old.json')
    symlinkSync(join(top, 'elsewhere'), join(project, 'folder'))
    symlinkSync(join(top, 'elsewhere/old.json'), join(project, 'file.json'))
    expect(named('folder/old.json')).toMatchObject(refused)
    expect(named('file.json')).toMatchObject(refused)
    symlinkSync(project, join(top, 'link'))
    expect(named('../link/package-lock.json')).toMatchObject(refused)
  })

  test('nor where git cannot be asked', () => {
    expect(named('package-lock.json', { env: { PATH: '' } })).toMatchObject(
      refusal('git-not-found', 'lies in the checkout', 'outside of the checkout'),
    )
  })

  test('and a shallow clone is still told what it lacks', () => {
    commitAll(git, 'more')
    gitIn(top)('clone', '--quiet', '--depth', '1', pathToFileURL(project).href, 'shallow')
    write('shallow/release.json')
    const shallow = join(top, 'shallow')
    expect(named('release.json', { here: shallow, folder: shallow })).toMatchObject(
      refusal('unknown-base', 'lies in the checkout', 'fetch-depth: 0'),
    )
  })
})

describe('a file outside of the checkout', () => {
  test('is a base if its name ends with .json', () => {
    const old = write('old/package-lock.json')
    expect(named('../old/package-lock.json')).toMatchObject(aLockfile(old))
    expect(named(old)).toMatchObject(aLockfile(old))
    expect(named(old, { env: { PATH: '' } })).toMatchObject(aLockfile(old))
  })

  test('is none under another name', () => {
    write('old/lock')
    expect(named('../old/lock')).toMatchObject(refusal('unknown-base', 'ends with .json', 'ends with .json'))
  })
})

test('where there is no repository, a lockfile may lie anywhere', () => {
  rmSync(join(project, '.git'), { recursive: true })
  const old = write('app/old.json')
  expect(named('old.json')).toMatchObject(aLockfile(old))
  expect(named('nowhere.json')).toMatchObject(refusal('not-a-repository', 'no git repository', 'work tree'))
})

test('a project in another repository is not asked, and no file stands in for it', () => {
  const outer = gitIn(top)
  outer('init', '--quiet')
  write('old.json')
  expect(named('origin/main', { here: top })).toMatchObject(
    refusal('foreign-repository', 'another repository', 'in the folder of the project'),
  )
  expect(named('old.json', { here: top })).toMatchObject({ failure: { code: 'foreign-repository' } })
})
