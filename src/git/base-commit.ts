/** Finds the commit that a change is compared with. */
import type { FailureCode, Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import type { Git } from './git.ts'

/** What to compare with. */
export type BaseWish =
  /** `mergeBase`: what both have in common last, and not the tip, which may have gone on since. */
  | { kind: 'ref'; ref: string; mergeBase: boolean }
  /** The newest tag that leads to the present commit. */
  | { kind: 'release' }

/** A commit, and where the project lies in it. */
export interface BaseCommit {
  /** As it was asked for; of a release its tag. */
  name: string
  /** What both sides have in common last, or the tip if that was wished for. Hexadecimal. */
  commit: string
  /** What the name stands for today: it may have gone on since. Hexadecimal. */
  tip: string
  /** It is the commit that is checked out, so that only what is not committed differs. */
  isHead: boolean
  /** Folder of the project in the repository, `''` or with `/` at its end. */
  prefix: string
}

/**
 * Finds the commit for the folder (a real path) in which git was opened. Fails with `git-failed`, `not-a-repository`,
 * `unknown-base` if git does not know the name, or `no-common-commit` if it does, but nothing that both have in common.
 */
export function findBase(git: Git, wish: BaseWish, folder: string): Outcome<BaseCommit> {
  const place = placeOf(git, folder)
  if (!place.ok) return place
  const { prefix, shallow } = place.value
  const name = wish.kind === 'ref' ? ok(wish.ref) : releaseOf(git, shallow)
  if (!name.ok) return name
  const commits = commitsOf(git, name.value, shallow)
  if (!commits.ok) return commits
  const { commit, head } = commits.value
  const common =
    wish.kind === 'ref' && wish.mergeBase
      ? mergeBase(git, { name: name.value, commit, head, shallow })
      : ok(commit)
  if (!common.ok) return common
  return ok({ name: name.value, commit: common.value, tip: commit, prefix, isHead: common.value === head })
}

interface Place {
  prefix: string
  /** Old commits are missing. */
  shallow: boolean
}

function placeOf(git: Git, folder: string): Outcome<Place> {
  const answer = git([
    'rev-parse',
    '--is-inside-work-tree',
    '--is-shallow-repository',
    '--show-prefix',
    '--absolute-git-dir',
  ])
  if (!answer.ok) return answer
  const { exitCode, stdout, stderr } = answer.value
  const [inside, shallow, prefix = '', gitFolder = ''] = stdout.toString('utf8').split('\n')
  // Before 2.38 git knows no safe.bareRepository, and such files can say that their folder is a work tree as well.
  const isPlanted = `${folder.replaceAll('\\', '/')}/`.startsWith(`${gitFolder}/`)
  if (exitCode === 0 && inside === 'true' && !isPlanted) return ok({ prefix, shallow: shallow === 'true' })
  if (/dubious ownership/.test(stderr)) {
    return fail('not-a-repository', 'git does not trust this repository: it belongs to another user.', {
      fix: 'Tell git that it is safe: git config --global --add safe.directory <folder of the repository>.',
    })
  }
  const bare = exitCode === 0 || /safe\.bareRepository/.test(stderr)
  return fail(
    'not-a-repository',
    bare
      ? 'The project lies in a bare repository, or in .git itself, or files of a bare repository (HEAD, objects, refs) lie in its folder or above.'
      : 'The project lies in no git repository.',
    {
      fix: 'Run depgate in a work tree without such files, or compare with a lockfile outside of it: depgate diff <path of the old package-lock.json>.',
    },
  )
}

/** The commits of a name and of HEAD, in one question. */
function commitsOf(git: Git, ref: string, shallow: boolean): Outcome<{ commit: string; head: string }> {
  const unknown = (name: string, code: FailureCode = 'unknown-base'): Outcome<never> =>
    fail(code, `${quoted(name)} is no commit, branch or tag of this repository.`, {
      fix: shallow
        ? DEEPEN
        : `Fetch it first, such as with git fetch origin; or name one that git log shows.`,
    })
  // A control character could only be meant to confuse whoever reads the message.
  if (ref === '' || /\p{Cc}/u.test(ref)) return unknown(ref)
  // What stands on stdin is never taken for an option.
  const question = [ref, 'HEAD'].map((name) => `${name}^{commit}\n`).join('')
  const answer = git(['cat-file', '--batch-check=%(objectname)'], question)
  if (!answer.ok) return answer
  const [commit = '', head = ''] = answer.value.stdout.toString('utf8').split('\n')
  if (answer.value.exitCode !== 0 || !HASH.test(commit)) return unknown(ref)
  return HASH.test(head) ? ok({ commit, head }) : unknown('HEAD', 'no-common-commit')
}

function mergeBase(
  git: Git,
  { name, commit, head, shallow }: { name: string; commit: string; head: string; shallow: boolean },
): Outcome<string> {
  if (commit === head) return ok(commit)
  const answer = git(['merge-base', commit, head])
  if (!answer.ok) return answer
  const common = answer.value.stdout.toString('utf8').trim()
  if (answer.value.exitCode === 0 && HASH.test(common)) return ok(common)
  return fail('no-common-commit', `${quoted(name)} and the present commit have no commit in common.`, {
    fix: shallow
      ? DEEPEN
      : 'Say --no-merge-base to compare with its tip; every package that differs counts as changed then.',
  })
}

function releaseOf(git: Git, shallow: boolean): Outcome<string> {
  const answer = git(['describe', '--tags', '--abbrev=0', 'HEAD'])
  if (!answer.ok) return answer
  const tag = answer.value.stdout.toString('utf8').trim()
  if (answer.value.exitCode === 0 && tag !== '') return ok(tag)
  return fail('unknown-base', 'No tag leads to the present commit, so there is no release to compare with.', {
    fix: shallow ? DEEPEN : 'Name a commit: depgate diff <ref>.',
  })
}

const HASH = /^[0-9a-f]{40,64}$/
const DEEPEN =
  'This clone is shallow and may lack it: run git fetch --unshallow (in GitHub Actions: actions/checkout with fetch-depth: 0).'

function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)
}
