/** What licence texts cost: whole runs with and without them, all in the cache and nothing, and recognition by itself. */
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { outputOf } from '../process.mjs'
import { median } from '../statistics.mjs'
import { measureTogether, named, ratioOf } from '../together.mjs'

const HERE = resolve(import.meta.dirname, '..')
/** Module by module, so that the one that finds licence files can be left out. */
const UNBUNDLED = resolve(HERE, '../dist/cli/main.js')
const HOOK = ['--import', join(HERE, 'texts-hook.mjs')]

/** Both ways start with the same hook and without a snapshot, which would spare either of them the texts. */
export async function texts(bench) {
  const folder = bench.corpus('p2297-ghostfolio')
  const project = await openProject(folder, { cli: UNBUNDLED, nodeArgs: HOOK })
  try {
    project.prime()
    const prepare = () =>
      rmSync(join(folder, '.cache/depgate/v1/snapshots'), { recursive: true, force: true })
    const subject = (name, way) => ({
      name,
      kind: 'ours',
      prepare,
      command: project.depgate(['--deadline', '60s'], { DEPGATE_BENCH_TEXTS: way }),
    })
    const subjects = [subject('with licence texts', 'on'), subject('without licence texts', 'off')]
    const measured = await measureTogether(subjects, bench.runs)
    const { load, each, files } = recognition(folder, bench.runs)
    const colds = [coldRun(project, 'with licence texts', 'on'), coldRun(project, 'without them', 'off')]
    const measuredCold = await measureTogether(colds, bench.runs)
    const [withTexts, without] = namesOf(colds).map((name) => named(measuredCold, name).runs)
    const felt = median(withTexts.map((seconds, at) => seconds - without[at])) * 1000
    return {
      title: 'Licence texts, 2,297 packages, all in the cache; then nothing',
      measured: [...measured, ...measuredCold],
      goals: [
        goal(
          'judging 2,297 packages anew',
          'without licence texts',
          ratioOf(measured, ...namesOf(subjects)),
          1.1,
        ),
        goal('the index of licence texts', 'loading it', load, 30, { unit: 'ms' }),
        goal('a licence text', 'a cold run without them', felt / files, 1, {
          unit: 'ms',
          detail: `what the run takes longer, for each of ${files} distinct`,
        }),
        goal('a licence text', 'recognising it by itself, on average', each, 1, {
          unit: 'ms',
          detail: `${files} distinct`,
        }),
      ],
    }
  } finally {
    project.close()
  }
}

/** Nothing is known: texts are read and recognised beside all else that a cold run does. */
function coldRun(project, what, way) {
  return {
    name: `cold, ${what}`,
    kind: 'ours',
    prepare: project.forget,
    command: project.depgate(['--deadline', '10m'], { DEPGATE_BENCH_TEXTS: way }),
  }
}

function namesOf(subjects) {
  return subjects.map(({ name }) => name)
}

/** A process of its own each time: loading counts. */
function recognition(folder, runs) {
  const command = {
    file: process.execPath,
    args: [join(HERE, 'texts.mjs'), folder],
    cwd: process.cwd(),
    env: process.env,
  }
  const results = Array.from({ length: runs }, () => JSON.parse(outputOf(command)))
  return {
    files: results[0].files,
    load: median(results.map(({ load }) => load)),
    each: median(results.map(({ each }) => each)),
  }
}
