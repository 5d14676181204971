/** Failures as data: everything that can go wrong outside our own code has a stable code and travels as a value. */

/** Stable codes of what could not be done. `registry` codes come from asking the registry, `tree` codes from collecting. */
export const FAILURE_CODES = [
  // tree
  'project-unreadable',
  'package-json-unreadable',
  'lockfile-unreadable',
  'lockfile-missing',
  'not-installed',
  'not-read',
  'npm-not-found',
  'npm-ls-failed',
  'npm-ls-unreadable',
  'npm-ls-too-large',
  'npm-ls-timeout',
  'tree-mismatch',
  'outside-project',
  'too-many-packages',
  'too-many-files',
  // git
  'git-not-found',
  'git-failed',
  'not-a-repository',
  'foreign-repository',
  'unknown-base',
  'no-common-commit',
  'base-without-sources',
  // registry
  'not-found',
  'unauthorized',
  'throttled',
  'server-error',
  'unexpected-status',
  'unreachable',
  'tls',
  'timeout',
  'deadline',
  'breaker-open',
  'redirected',
  'too-large',
  'truncated',
  'malformed',
  'wrong-package',
  'offline',
  'insecure-registry',
  'untrusted-registry',
  'invalid-name',
  // tarball
  'no-integrity',
  'integrity-mismatch',
  'foreign-tarball',
  'tarball-unreadable',
  'tarball-mismatch',
  // run
  'out-of-memory',
  'npmrc-unreadable',
  'parser-missing',
] as const

/** One of {@link FAILURE_CODES}. */
export type FailureCode = (typeof FAILURE_CODES)[number]

/** Why something could not be done: a code for programs, a sentence for people, and what to do about it. */
export interface Failure {
  code: FailureCode
  /** One sentence; never holds a token, an absolute path or a stack. */
  message: string
  /** What to do about it, as a sentence. */
  fix?: string
  /** Further lines, for example the list of differences between two trees. */
  details?: string[]
}

/** A value, or the failure that stands in its place. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** Wraps a value as a success. */
export function ok<T>(value: T): Outcome<T> {
  return { ok: true, value }
}

/** Wraps a code and a sentence as a failure. */
export function fail(
  code: FailureCode,
  message: string,
  more: Pick<Failure, 'fix' | 'details'> = {},
): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, message, ...more } }
}
