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

/** The slope of the memory over the runs after the first fifty, times all 200. */
export async function growth(bench) {
  const project = await openProject(bench.corpus('p31-actions-github'))
  try {
    project.prime()
    const { file, cwd, env } = project.depgate()
    const args = ['--expose-gc', PROGRAM, project.folder, String(RUNS)]
    const { every, heap, resident } = JSON.parse(outputOf({ file, args, cwd, env, codes: [0] }))
    const grown = (samples) => slope(samples.slice(WARM_UP / every)) * (RUNS / every)
    const work = `growth over ${RUNS} runs in one process`
    return {
      title: `${RUNS} runs in one process, 31 packages`,
      goals: [
        goal(`${work}, heap`, 'after a collection', grown(heap), HEAP_MB, { unit: 'MiB' }),
        goal(`${work}, resident`, 'the line through the samples', grown(resident), RESIDENT_MB, {
          unit: 'MiB',
          detail: `from ${resident[0].toFixed(0)} to ${resident.at(-1).toFixed(0)} MiB`,
        }),
      ],
    }
  } finally {
    project.close()
  }
}
