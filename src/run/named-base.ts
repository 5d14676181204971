/** Decides what the word for a base names: a commit wherever git knows it, else a lockfile that the change cannot have written. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { findBase } from '#git/base-commit'
import type { BaseWish } from '#git/base-commit'
import { openGit } from '#git/git'
import { inOneRepository } from '#git/one-repository'
import { placeIn, workTreeAbove } from '#git/work-tree'
import { ok } from '#model/outcome'
import type { Failure, FailureCode, Outcome } from '#model/outcome'
import type { BaseSide } from '#model/run-request'
import type { OpenBase } from './base-place.ts'

/** A base that was found. */
export type NamedBase = Pick<BaseSide, 'name' | 'place'> & {
  /** It is the commit that is checked out. */
  isHead: boolean
}

/** What was asked for. */
export interface BaseWord {
  /** A git ref, or the path of a lockfile; `release` for the newest tag. */
  base: string | { release: true }
  mergeBase: boolean
  /** Real path of the folder in which it was said: paths begin there, and its repository is the one that is meant. */
  here: string
}

/** Finds it. Fails as git does, or with `foreign-repository`; where a lockfile was meant, the failure says why it cannot be one. */
export function namedBase(word: BaseWord, opened: OpenBase): Outcome<NamedBase> {
  const { base, here } = word
  const found = commitOf(word, opened)
  if (found.ok || typeof base !== 'string' || !MAY_BE_A_FILE.has(found.failure.code)) return found
  return lockfileOf(base, [here, opened.project], found.failure)
}

function commitOf({ base, mergeBase, here }: BaseWord, opened: OpenBase): Outcome<NamedBase> {
  const { project, env, leftMs } = opened
  const wish: BaseWish =
    typeof base === 'string' ? { kind: 'ref', ref: base, mergeBase } : { kind: 'release' }
  const place = { folder: project, env, leftMs }
  const git = openGit(place)
  if (!git.ok) return git
  const isOne = inOneRepository(place, here)
  if (!isOne.ok) return isOne
  const found = findBase(git.value, wish, project)
  if (!found.ok) return found
  const { name, isHead, ...commit } = found.value
  return ok({ name, place: { kind: 'commit', ...commit }, isHead })
}

/** What git has not answered for may be a lockfile; what it could not answer in time is none. */
const MAY_BE_A_FILE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'git-not-found',
  'not-a-repository',
  'unknown-base',
])

/**
 * A lockfile of an earlier state. Whatever lies in the work tree belongs to the change, which could then name what it is
 * compared with, and by which rules: a branch is easily given the name of a file.
 */
function lockfileOf(
  base: string,
  folders: [here: string, project: string],
  failure: Failure,
): Outcome<NamedBase> {
  const path = resolve(folders[0], base)
  if (!isFile(path)) return { ok: false, failure }
  if (!base.endsWith('.json')) return refused(failure, NAMED_OTHERWISE)
  const trees = folders.flatMap((folder) => workTreeAbove(folder) ?? [])
  if (trees.some((tree) => placeIn(tree, path) !== undefined)) return refused(failure, PART_OF_THE_CHANGE)
  return ok({ name: base, place: { kind: 'lockfile', path }, isHead: false })
}

const NAMED_OTHERWISE = {
  why: 'There is a file of that name, but only one that ends with .json is taken for a lockfile.',
  fix: 'If a lockfile is meant, give it a name that ends with .json.',
}

const PART_OF_THE_CHANGE = {
  why: 'There is a file of that name, but it lies in the checkout: the change could have written what it is compared with.',
  fix: 'If a lockfile is meant, put it into a folder outside of the checkout, or name the commit that it stands in.',
}

function refused(failure: Failure, { why, fix }: { why: string; fix: string }): Outcome<never> {
  const message = `${failure.message} ${why}`
  return { ok: false, failure: { ...failure, message, fix: [failure.fix, fix].join(' ').trim() } }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
