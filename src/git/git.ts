/** Runs git's plumbing: no shell, no hook, no network, nothing of a repository's configuration that could run a program. */
import { spawnSync } from 'node:child_process'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { findGit } from './git-program.ts'
import { workTreeAbove } from './work-tree.ts'

/** What git said. */
export interface GitAnswer {
  exitCode: number
  stdout: Buffer
  stderr: string
}

/** Runs git with arguments and, if it is wanted, something on its stdin. Fails with `git-failed`. */
export type Git = (args: readonly string[], input?: string) => Outcome<GitAnswer>

/** Where and for how long git may run. */
export interface GitPlace {
  /** Real path of a folder in the work tree. */
  folder: string
  env: Record<string, string | undefined>
  /** Milliseconds that are left for it, asked before each run. */
  leftMs: () => number
}

const MAX_ANSWER_BYTES = 256 * 1024 * 1024

/**
 * What configuration of a repository could run or reach is switched off by name; environment variables of git are not
 * passed on, because they could name a program or another repository.
 */
const SAFE = [
  '--no-pager',
  '--no-optional-locks',
  '--literal-pathspecs',
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.attributesFile=/dev/null',
    'core.sshCommand=false',
    'core.askPass=',
    'core.alternateRefsCommand=',
    'credential.helper=',
    'protocol.allow=never',
    'log.showSignature=false',
    // Folders and files of a bare repository can be committed like any others; only .git may answer.
    'safe.bareRepository=explicit',
  ].flatMap((setting) => ['-c', setting]),
]

/** Variables that git needs to find itself and the settings of its user, who says which repositories are safe. */
const KEPT = [
  'PATH',
  'Path',
  'HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'XDG_CONFIG_HOME',
  'SystemRoot',
  'TMPDIR',
]

/** Opens git for a folder. Fails with `git-not-found`; whether there is a repository shows when it is asked. */
export function openGit({ folder, env, leftMs }: GitPlace): Outcome<Git> {
  const program = findGit(workTreeAbove(folder) ?? folder, env)
  if (!program.ok) return program
  const kept = Object.fromEntries(
    KEPT.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  )
  const ownEnv = {
    ...kept,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    // None at all: a repository's own protocol.<name>.allow would count for more than protocol.allow.
    GIT_ALLOW_PROTOCOL: '',
    GIT_ATTR_NOSYSTEM: '1',
  }
  return ok((args, input) => {
    const timeout = Math.floor(leftMs())
    if (timeout <= 0) return fail('git-failed', 'The time was over before git had answered.', { fix: SLOW })
    const { status, stdout, stderr, error } = spawnSync(program.value, [...SAFE, ...args], {
      cwd: folder,
      env: ownEnv,
      input: input ?? '',
      timeout,
      killSignal: 'SIGKILL',
      maxBuffer: MAX_ANSWER_BYTES,
      shell: false,
      windowsHide: true,
    })
    if (error !== undefined || status === null) {
      const code = error !== undefined && 'code' in error ? String(error.code) : 'a signal'
      return fail('git-failed', `git ${args[0] ?? ''} did not answer (${code}).`, { fix: SLOW })
    }
    return ok({ exitCode: status, stdout, stderr: stderr.toString('utf8') })
  })
}

const SLOW = 'Raise --deadline, or judge the whole tree with depgate check.'
