/** What counting costs: `bench/metrics-cost.mjs` measures it in paired runs by CPU time. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { outputOf } from '../process.mjs'

const PROGRAM = resolve(import.meta.dirname, '../metrics-cost.mjs')

const PAIRS = 40

/** The program prints `on / off <ratio>, 95 % interval <low> to <high>`. */
export async function metrics(bench) {
  const title = 'Metrics on and off'
  if (!existsSync(PROGRAM)) return { title, goals: [], skipped: 'this build has no metrics' }
  const project = bench.corpus('p585-actions-checkout')
  const args = [PROGRAM, project, '--pairs', String(PAIRS)]
  const text = outputOf({ file: process.execPath, args, cwd: process.cwd(), env: process.env })
  const [, ratio, low, high] = /on \/ off ([\d.]+), 95 % interval ([\d.]+) to ([\d.]+)/.exec(text) ?? []
  if (high === undefined) throw new Error(`no ratio in: ${text.slice(0, 200)}`)
  const detail = `95 % interval ${low} to ${high}, ${PAIRS} pairs`
  return { title, goals: [goal('metrics on', 'metrics off, CPU time', Number(ratio), 1.01, { detail })] }
}
