/** Runs the built command line in a process of its own and measures what it took. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { treeMemory } from '../../bench/process.mjs'

/** The built command line. */
export const CLI = resolve(import.meta.dirname, '../../dist/bundle/depgate.js')

/** Milliseconds after which a run was cut off by the product's own deadline, or nearly so. */
const CUT_OFF_MS = 9000

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
  /** The run may last until its deadline: what it waits for never comes, or all that is there takes so long. */
  mayTakeAll?: boolean
}

/**
 * Runs `depgate <args>`; only the environment given here is seen, with PATH. Rejects where a run without a deadline of its own
 * was cut off by the product's, so that no test takes what is left of such a run for an answer.
 */
export function runCli(args: string[], options: CliOptions): Promise<CliResult> {
  const { cli = CLI } = options
  if (!existsSync(cli)) throw new Error(`${cli} is missing: npm run build`)
  const started = performance.now()
  const child = spawn(process.execPath, [cli, ...args], {
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
      const wallMs = performance.now() - started
      if (wallMs > CUT_OFF_MS && options.mayTakeAll !== true && !args.includes('--deadline')) {
        reject(
          new Error(`depgate ${args.join(' ')} took ${wallMs} ms: it hangs, or this machine has stood still`),
        )
        return
      }
      done({
        code,
        signal,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
        wallMs,
        peakMb,
      })
    })
  })
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
