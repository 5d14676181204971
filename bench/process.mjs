/** Runs whole processes: how long one takes, and the largest memory of it with all its descendants. */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'

/**
 * A program to run.
 * @typedef {object} Command
 * @property {string} file
 * @property {string[]} args
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {readonly number[]} [codes] exit codes that count as an answer; default 0 and 1
 */

const SAMPLE_MS = 20

/**
 * Runs it with its output thrown away, as a hook or a pipeline would.
 * @param {Command} command
 * @returns {number} seconds
 */
export function secondsOf(command) {
  const started = performance.now()
  const { status, error } = spawnSync(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    stdio: 'ignore',
  })
  const seconds = (performance.now() - started) / 1000
  if (error !== undefined) throw error
  if (!(command.codes ?? [0, 1]).includes(status ?? -1)) throw failed(command, status)
  return seconds
}

/** Bash reports what the kernel counted for the program and its descendants; Node does not tell. */
const TIMED = 'TIMEFORMAT="%3U %3S"; time "$@" >/dev/null 2>&1'

/**
 * Runs it in the same way, and tells the processor time of it and its descendants beside the time by the clock.
 * @param {Command} command
 * @returns {{ clock: number, processor: number }} seconds
 */
export function timesOf(command) {
  const started = performance.now()
  const { status, stderr, error } = spawnSync('bash', ['-c', TIMED, 'bash', command.file, ...command.args], {
    cwd: command.cwd,
    env: command.env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const clock = (performance.now() - started) / 1000
  if (error !== undefined) throw error
  if (!(command.codes ?? [0, 1]).includes(status ?? -1)) throw failed(command, status)
  const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? []
  if (system === undefined) throw new Error(`bash told no times: ${stderr}`)
  return { clock, processor: Number(user) + Number(system) }
}

/**
 * Runs it for what it prints.
 * @param {Command} command
 * @returns {string}
 */
export function outputOf(command) {
  const { status, stdout, stderr } = spawnSync(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 30,
  })
  if (!(command.codes ?? [0, 1]).includes(status ?? -1)) throw failed(command, status, stderr)
  return stdout
}

/**
 * Runs it beside a sampler: pages that processes share are counted once.
 * @param {Command} command
 * @returns {Promise<number>} MiB
 */
export function peakOf(command) {
  const child = spawn(command.file, command.args, { cwd: command.cwd, env: command.env, stdio: 'ignore' })
  const { pid } = child
  let peak = 0
  const sampler = setInterval(() => {
    if (pid !== undefined) peak = Math.max(peak, treeMemory(pid))
  }, SAMPLE_MS)
  return new Promise((done, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      clearInterval(sampler)
      done(peak)
    })
  })
}

/**
 * @param {Command} command
 * @param {number | null} status
 * @param {string} [stderr]
 */
function failed({ file, args }, status, stderr = '') {
  return new Error(`${[file, ...args].join(' ')} ended with ${status} ${stderr.slice(-2000)}`)
}

/**
 * Memory of a process and its descendants in MiB, pages that they share counted once (Pss).
 * @param {number} root process id
 */
export function treeMemory(root) {
  /** @type {Map<number, number[]>} */
  const children = new Map()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid)) continue
    const stat = readProc(`${pid}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  let kib = 0
  const queue = [root]
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    kib += Number(/^Pss:\s+(\d+)/m.exec(readProc(`${pid}/smaps_rollup`))?.[1] ?? 0)
    queue.push(...(children.get(pid) ?? []))
  }
  return kib / 1024
}

/**
 * Empty for a process that ended between the listing and the look.
 * @param {string} path
 */
function readProc(path) {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return ''
  }
}
