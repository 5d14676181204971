/** Finds git's own program, outside of the repository: nothing that a change brings along may answer for git. */
import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, sep } from 'node:path'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'

/** Absolute path of git. `outside` is the real path of the repository. Fails with `git-not-found`. */
export function findGit(outside: string, env: Record<string, string | undefined>): Outcome<string> {
  const name = process.platform === 'win32' ? 'git.exe' : 'git'
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue
    const path = program(join(folder, name))
    if (path !== undefined && !path.startsWith(outside + sep)) return ok(path)
  }
  return fail('git-not-found', 'git was not found on the PATH.', {
    fix: 'Install git, or compare with a lockfile outside of the checkout: depgate diff <path of the old package-lock.json>.',
  })
}

/** The real path of a file that can be run; undefined if there is none. */
function program(path: string): string | undefined {
  try {
    const real = realpathSync(path)
    accessSync(real, constants.X_OK)
    return statSync(real).isFile() ? real : undefined
  } catch {
    return undefined
  }
}
