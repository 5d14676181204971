/** Whether a process that runs many times keeps what it should let go. */
import { resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { outputOf } from '../process.mjs'
import { slope } from '../statistics.mjs'

const PROGRAM = resolve(import.meta.dirname, '../growth.mjs')
const RUNS = 200
/** The first runs load modules and fill caches that are bounded. */
const WARM_UP = 50
/** Over all 200 runs: less than one more report in memory. */
const HEAP_MB = 2
const RESIDENT_MB = 20

/** Runs that are answered from one record. */
export function warmGrowth(bench) {
  return growth(bench, 'warm')
}

/** Runs that ask npm and the registry each time, in a worker of their own; takes minutes. */
export function fullGrowth(bench) {
  return growth(bench, 'refresh')
}

async function growth(bench, how) {
  const project = await openProject(bench.corpus('p31-actions-github'))
  try {
    project.prime()
    const { file, cwd, env } = project.depgate()
    const args = ['--expose-gc', PROGRAM, project.folder, String(RUNS), how]
    const samples = JSON.parse(outputOf({ file, args, cwd, env, codes: [0] }))
    const work = `${RUNS} ${how === 'warm' ? 'warm' : 'full'} runs in one process`
    return { title: `${work}, 31 packages`, goals: goalsOf(work, samples) }
  } finally {
    project.close()
  }
}

/** The slope of the memory over the runs after the first fifty, times all 200. */
function goalsOf(work, { every, heap, resident }) {
  const grown = (samples) => slope(samples.slice(WARM_UP / every)) * (RUNS / every)
  return [
    goal(`${work}, heap`, 'after a collection', grown(heap), HEAP_MB, { unit: 'MiB' }),
    goal(`${work}, resident`, 'the line through the samples', grown(resident), RESIDENT_MB, {
      unit: 'MiB',
      detail: `from ${resident[0].toFixed(0)} to ${resident.at(-1).toFixed(0)} MiB`,
    }),
  ]
}
