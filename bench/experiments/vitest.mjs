/** Our share of `test:arch`: Vitest with depgate in its set-up, beside Vitest without. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { measureTogether, named } from '../together.mjs'

const ROOT = resolve(import.meta.dirname, '../..')
/** What the package ships. */
const SHIPPED = ['package.json', 'dist', 'data', 'schema', 'src/policy/rules']
const WITH = 'vitest run with depgate'
const WITHOUT = 'vitest run without'
const CLI = 'depgate, warm'

/** Both sides start the same Vitest. */
export async function vitestShare(bench) {
  const folder = bench.corpus('p585-actions-checkout')
  const project = await openProject(folder)
  const work = installed()
  try {
    project.prime()
    const vitest = (more) => ({
      file: process.execPath,
      args: [
        join(ROOT, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--config',
        join(work, 'vitest.config.mjs'),
      ],
      cwd: work,
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
    const detail = "the limit is the command line's time + 50 ms"
    return {
      title: 'Through Vitest, 585 packages, warm',
      measured,
      goals: [goal("Vitest, depgate's share", CLI, share, limit, { unit: 'ms', detail })],
    }
  } finally {
    project.close()
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * A folder with the tests of `bench/vitest` in which depgate is installed as in a user's project: a copy below
 * node_modules, which Vite loads as it is. From here it would transform every file of it.
 */
function installed() {
  const work = mkdtempSync(join(tmpdir(), 'depgate-bench-vitest-'))
  const modules = join(work, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
  }
  for (const part of SHIPPED) cpSync(join(ROOT, part), join(modules, 'depgate', part), { recursive: true })
  cpSync(join(ROOT, 'bench/vitest'), work, { recursive: true })
  return work
}
