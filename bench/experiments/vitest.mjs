/** Our share of `test:arch`: Vitest with depgate in its set-up, beside Vitest without. */
import { resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { measureTogether, named } from '../together.mjs'

const CONFIG = resolve(import.meta.dirname, '../vitest/vitest.config.mjs')
const VITEST = resolve(import.meta.dirname, '../../node_modules/vitest/vitest.mjs')
const WITH = 'vitest run with depgate'
const WITHOUT = 'vitest run without'
const CLI = 'depgate, warm'

/** Both sides start the same Vitest. */
export async function vitestShare(bench) {
  const folder = bench.corpus('p585-actions-checkout')
  const project = await openProject(folder)
  try {
    project.prime()
    const vitest = (more) => ({
      file: process.execPath,
      args: [VITEST, 'run', '--config', CONFIG],
      cwd: resolve(CONFIG, '..'),
      env: { ...project.env, ...more },
      codes: [0],
    })
    const measured = await measureTogether(
      [
        { name: WITH, kind: 'ours', command: vitest({ BENCH_PROJECT: folder }) },
        { name: WITHOUT, kind: 'reference', command: vitest({}) },
        { name: CLI, kind: 'ours', command: project.depgate() },
      ],
      bench.runs,
    )
    const of = (name) => named(measured, name).seconds.median
    const share = (of(WITH) - of(WITHOUT)) * 1000
    const limit = of(CLI) * 1000 + 50
    const detail = `the limit is the command line's time + 50 ms in the same run`
    return {
      title: '`test:arch` through Vitest, 585 packages, warm',
      measured,
      goals: [goal("Vitest, depgate's share", CLI, share, limit, { unit: 'ms', detail })],
    }
  } finally {
    project.close()
  }
}
