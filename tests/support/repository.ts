/** A git repository in a test's folder, by the machine's own git and nobody's configuration. */
import { execFileSync } from 'node:child_process'

/** Runs `git <args>` in a folder; gives what it prints. */
export type RunGit = (...args: string[]) => string

const WHO = { name: 'Test', email: 'test@registry.example' }

/** git for a folder. */
export function gitIn(folder: string): RunGit {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: WHO.name,
    GIT_AUTHOR_EMAIL: WHO.email,
    GIT_COMMITTER_NAME: WHO.name,
    GIT_COMMITTER_EMAIL: WHO.email,
  }
  return (...args) =>
    execFileSync('git', args, {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
}

/** Makes a repository of everything in a folder, with one commit on `main`. */
export function startRepository(folder: string): RunGit {
  const git = gitIn(folder)
  git('init', '--quiet', '--initial-branch', 'main')
  commitAll(git, 'base')
  return git
}

/** Commits everything there is; gives the commit. */
export function commitAll(git: RunGit, message: string): string {
  git('add', '--all', '--force', '.')
  git('commit', '--quiet', '--allow-empty', '--no-verify', '--message', message)
  return git('rev-parse', 'HEAD')
}
