/** Runs `npm ls` as a child of its own process group: bounded in bytes, ended by a signal, never through a shell. */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { npmEnvironment, npmLsArguments } from './npm-arguments.ts'
import { withoutPlaces } from './npm-ls.ts'

/** Largest answer that is kept. */
export const MAX_NPM_LS_BYTES = 64 * 1024 * 1024
const MAX_STDERR_BYTES = 16 * 1024
/** How long a pipe may stay open after npm itself has ended, in milliseconds. */
const PIPE_GRACE_MS = 500

/** One run of npm. */
export interface NpmRun {
  /** Path of npm's cli.js. */
  program: string
  project: string
  env: NodeJS.ProcessEnv
  /** Ends npm and its whole process group at once. */
  signal: AbortSignal
  maxBytes?: number
  /** Told the process id when npm starts, undefined when it has ended, so that somebody else can end the group too. */
  onChild?: (pid: number | undefined) => void
}

/**
 * The text npm wrote to stdout, whole. Fails with `npm-ls-timeout` when the signal came first, `npm-ls-too-large`, or
 * `npm-ls-failed` with npm's own words. Never rejects.
 */
export async function runNpmLs(run: NpmRun): Promise<Outcome<string>> {
  if (run.signal.aborted) return TIMEOUT
  let scratch: string | undefined
  try {
    scratch = mkdtempSync(join(realpathSync(tmpdir()), 'depgate-npm-'))
    const child = spawn(
      process.execPath,
      [SMALL_YOUNG_GENERATION, run.program, ...npmLsArguments({ project: run.project, scratch })],
      {
        cwd: scratch,
        env: npmEnvironment(run.env),
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
        shell: false,
        windowsHide: true,
      },
    )
    run.onChild?.(child.pid)
    return await answerOf(child, run)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return fail('npm-ls-failed', `npm ls could not be started (${code}).`, { fix: FIX })
  } finally {
    run.onChild?.(undefined)
    if (scratch !== undefined) removeScratch(scratch)
  }
}

/** Takes a quarter off npm's memory on a tree of 10,000 packages (341 to 260 MB) and nothing off its speed. */
const SMALL_YOUNG_GENERATION = '--max-semi-space-size=1'

const FIX = 'Run `npm ls --all` in the project to see what npm says.'
const TIMEOUT = fail('npm-ls-timeout', 'npm ls did not finish in time.', {
  fix: 'Run once with `--deadline 5m`; later runs are faster.',
})

function answerOf(
  child: ChildProcess,
  { signal, maxBytes = MAX_NPM_LS_BYTES }: NpmRun,
): Promise<Outcome<string>> {
  return new Promise((resolve) => {
    const stdout: Buffer[] = []
    let size = 0
    let stderr = ''
    let grace: NodeJS.Timeout | undefined
    let settled = false
    const settle = (outcome: Outcome<string>): void => {
      if (settled) return
      settled = true
      clearTimeout(grace)
      signal.removeEventListener('abort', abort)
      killGroup(child)
      child.stdout?.destroy()
      child.stderr?.destroy()
      resolve(outcome)
    }
    const abort = (): void => settle(TIMEOUT)
    const end = (): void => settle(judgeExit(child, Buffer.concat(stdout).toString('utf8'), stderr))
    signal.addEventListener('abort', abort, { once: true })
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length
      stdout.push(chunk)
      grace?.refresh()
      if (size > maxBytes) {
        settle(fail('npm-ls-too-large', `npm ls wrote more than ${Math.floor(maxBytes / 1024 / 1024)} MiB.`))
      }
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      if (stderr.length < MAX_STDERR_BYTES) stderr += chunk.toString('utf8')
    })
    child.on('error', ({ message }) =>
      settle(fail('npm-ls-failed', `npm ls could not be started: ${withoutPlaces(message)}.`, { fix: FIX })),
    )
    child.on('exit', () => {
      // Whatever npm left behind may hold the pipe open for ever.
      killGroup(child)
      grace = setTimeout(end, PIPE_GRACE_MS)
    })
    child.on('close', end)
  })
}

function judgeExit({ exitCode, signalCode }: ChildProcess, stdout: string, stderr: string): Outcome<string> {
  if ((exitCode === 0 || exitCode === 1) && stdout.trim() !== '') return ok(stdout)
  const said = stderr
    .split('\n')
    .filter((line) => /^npm (?:error|ERR!)/.test(line))
    .slice(0, 3)
    .map((line) => withoutPlaces(line.replace(/^npm (?:error|ERR!)\s*/, '')))
    .join('; ')
  const how = signalCode === null ? `with ${exitCode ?? 'no exit code'}` : `by ${signalCode}`
  return fail('npm-ls-failed', `npm ls ended ${how}${said === '' ? '' : `: ${said}`}.`, { fix: FIX })
}

function removeScratch(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 2 })
  } catch {
    // npm was writing into it when it was ended: an empty folder stays in the temporary folder.
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // Nobody is left in the group.
  }
}
