import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { findBase } from '../../../src/git/base-commit.ts'
import type { BaseWish } from '../../../src/git/base-commit.ts'
import { openGit } from '../../../src/git/git.ts'
import type { Git } from '../../../src/git/git.ts'
import { ok } from '../../../src/model/outcome.ts'
import { commitAll, gitIn, startRepository } from '../../support/repository.ts'

let top: string

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'depgate-base-')))
  onTestFinished(() => rmSync(top, { recursive: true }))
})

function opened(folder: string): Git {
  const git = openGit({ folder, env: process.env, leftMs: () => 60_000 })
  if (!git.ok) throw new Error(git.failure.message)
  return git.value
}

const MAIN: BaseWish = { kind: 'ref', ref: 'main', mergeBase: true }

describe('files of a bare repository in the folder of the project', () => {
  let project: string
  let commit: string

  beforeEach(() => {
    project = join(top, 'packages/app')
    mkdirSync(project, { recursive: true })
    writeFileSync(join(project, 'package.json'), '{}')
    commit = startRepository(top)('rev-parse', 'HEAD')
  })

  /** What anybody can commit: a repository of their own that says of its folder that it is a work tree. */
  function plant(): void {
    const theirs = `${top}-theirs`
    mkdirSync(theirs)
    onTestFinished(() => rmSync(theirs, { recursive: true }))
    writeFileSync(join(theirs, 'package.json'), '{ "name": "theirs" }')
    const git = startRepository(theirs)
    git('config', 'core.bare', 'false')
    git('config', 'core.worktree', '.')
    for (const name of ['HEAD', 'config', 'objects', 'refs', 'index'])
      cpSync(join(theirs, '.git', name), join(project, name), { recursive: true })
  }

  test('never answer', () => {
    expect(findBase(opened(project), MAIN, project)).toMatchObject({ ok: true, value: { commit } })
    plant()
    expect(gitIn(project)('rev-parse', 'main')).not.toBe(commit)
    expect(opened(project)(['rev-parse', 'main'])).toMatchObject({ ok: true, value: { exitCode: 128 } })
    expect(findBase(opened(project), MAIN, project)).toMatchObject({
      ok: false,
      failure: {
        code: 'not-a-repository',
        message: expect.stringContaining('HEAD, objects, refs') as unknown,
      },
    })
  })

  test('never answer by a git that knows no safe.bareRepository', () => {
    const answering =
      (said: string): Git =>
      (args, input) =>
        args[0] === 'rev-parse' ? answer(said) : opened(top)(args, input)
    const old = answering(`true\nfalse\n\n${project}\n`)
    expect(findBase(old, MAIN, project)).toMatchObject({ ok: false, failure: { code: 'not-a-repository' } })
    const honest = answering(`true\nfalse\npackages/app/\n${join(top, '.git')}\n`)
    expect(findBase(honest, MAIN, project)).toMatchObject({ ok: true, value: { commit } })
  })
})

function answer(stdout: string): ReturnType<Git> {
  return ok({ exitCode: 0, stdout: Buffer.from(stdout), stderr: '' })
}

describe('nothing is fetched', () => {
  test('whatever protocol the configuration of the repository allows', () => {
    const project = join(top, 'app')
    mkdirSync(project)
    const git = startRepository(project)
    const planted = join(top, 'planted')
    for (const [key, value] of [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.url', `ext::sh -c touch% ${planted}`],
      ['remote.origin.promisor', 'true'],
      ['protocol.ext.allow', 'always'],
    ] as const)
      git('config', key, value)
    const ask = opened(project)(['fetch', '--quiet', 'origin'])
    expect(ask.ok && ask.value.stderr).toContain("transport 'ext' not allowed")
    expect(existsSync(planted)).toBe(false)
  })
})

test('a name that git knows is no unknown one, even if nothing leads from here to there', () => {
  const git = startRepository(top)
  git('checkout', '--quiet', '--orphan', 'other')
  commitAll(git, 'of its own')
  expect(findBase(opened(top), MAIN, top)).toMatchObject({
    ok: false,
    failure: { code: 'no-common-commit' },
  })
  expect(findBase(opened(top), { ...MAIN, ref: 'nowhere' }, top)).toMatchObject({
    ok: false,
    failure: { code: 'unknown-base' },
  })
})
