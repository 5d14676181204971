/** Runs the built command line in a process of its own and measures what it took. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { treeMemory } from '../../bench/process.mjs'

/** The built command line. */
export const CLI = resolve(import.meta.dirname, '../../dist/bundle/depgate.js')

/** Commands that end at a deadline; what begins with an option is a check. */
const TIMED = /^(?:-.*|audit|baseline|check|clarify|diff|except|explain|fetch|imports|init|notice)$/

/** What a run of the command line came to. */
export interface CliResult {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  wallMs: number
  /** Largest memory of the process and all its descendants, pages they share counted once, sampled every 50 ms, in MiB. */
  peakMb: number
}

/** How to run it. */
export interface CliOptions {
  cwd: string
  home: string
  /** The file to start. Default: {@link CLI}. */
  cli?: string
  /** Address of the registry, as the user's environment would name it. */
  registry?: string
  env?: Record<string, string>
  /** Called with the process id right after the start. */
  onStart?: (pid: number) => void
  measureMemory?: boolean
  /** The product's own deadline holds. Else there are two minutes: what else is tested must not hang on how busy a machine is. */
  onTheClock?: boolean
}

/** Runs `depgate <args>`; only the environment given here is seen, with PATH. */
export function runCli(args: string[], options: CliOptions): Promise<CliResult> {
  const { cli = CLI } = options
  if (!existsSync(cli)) throw new Error(`${cli} is missing: npm run build`)
  const started = performance.now()
  const child = spawn(process.execPath, [cli, ...args, ...patience(args, options)], {
    cwd: options.cwd,
    env: cliEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let peakMb = 0
  const sampler =
    options.measureMemory === true && child.pid !== undefined
      ? setInterval(() => {
          peakMb = Math.max(peakMb, treeMemory(child.pid ?? 0))
        }, 50)
      : undefined
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  if (child.pid !== undefined) options.onStart?.(child.pid)
  return new Promise((done, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearInterval(sampler)
      done({
        code,
        signal,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        wallMs: performance.now() - started,
        peakMb,
      })
    })
  })
}

function patience(args: readonly string[], { onTheClock }: Pick<CliOptions, 'onTheClock'>): string[] {
  const [command = '--check'] = args
  return onTheClock === true || args.includes('--deadline') || !TIMED.test(command)
    ? []
    : ['--deadline', '2m']
}

/** The environment of a user with a home of their own and nothing else. */
export function cliEnvironment(options: Pick<CliOptions, 'home' | 'registry' | 'env'>): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: options.home,
    ...(options.registry !== undefined && { npm_config_registry: options.registry }),
    ...options.env,
  }
}
