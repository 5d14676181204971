/** What counting costs: `bench/metrics-cost.mjs --json` measures it in paired runs by CPU time. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { goal } from '../goals.mjs'

const PROGRAM = resolve(import.meta.dirname, '../metrics-cost.mjs')

/** The program prints `{ ratio, upper95 }`. */
export async function metrics(bench) {
  const title = 'Metrics on and off'
  if (!existsSync(PROGRAM)) return { title, goals: [], skipped: 'this build has no metrics' }
  const project = bench.corpus('p585-actions-checkout')
  const args = [PROGRAM, '--json', '--project', project]
  const { ratio, upper95 } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
  const detail = `upper 95 % bound ${upper95.toFixed(4)}`
  return { title, goals: [goal('metrics on', 'metrics off, CPU time', ratio, 1.01, { detail })] }
}
