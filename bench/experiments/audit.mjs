/** The scheduled audit with its forecast: everything is asked anew, and the releases of every package are looked at. */
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { peakOf, secondsOf } from '../process.mjs'
import { packagesIn } from '../trees.mjs'
import { measureTogether, named, ratioOf } from '../together.mjs'

const OURS = 'depgate audit, cold'
const DOWNLOAD = 'bare download of the same documents, 64 connections'
const LATENCY = 50
/** As many as a package has on average, beside those of the tree. */
const RELEASES = 20
const HISTORY = join('.cache', 'depgate-history')

/** Beside the bare download of the same manifests and lists of releases; and what a stored run takes. */
export async function audit(bench) {
  const folder = bench.corpus('p2297-ghostfolio')
  const project = await openProject(folder, { latency: LATENCY, releases: RELEASES })
  try {
    const ours = {
      name: OURS,
      kind: 'ours',
      command: project.audit('--no-history'),
      prepare: project.forget,
      memory: true,
    }
    const download = { name: DOWNLOAD, kind: 'reference', command: project.bareDownload('releases') }
    const measured = await measureTogether([ours, download], Math.max(1, Math.ceil(bench.runs / 2)))
    const packages = packagesIn(folder)
    const work = `audit with forecast, ${packages.toLocaleString('en')} packages, ${LATENCY} ms`
    return {
      title: `Audit with forecast, ${packages.toLocaleString('en')} packages, registry at ${LATENCY} ms`,
      packages,
      measured,
      goals: [
        goal(work, DOWNLOAD, ratioOf(measured, OURS, DOWNLOAD), 1.5),
        goal(work, 'memory', named(measured, OURS).peakMb, 512, { unit: 'MiB' }),
        goal(
          `100 stored runs of ${packages.toLocaleString('en')} packages`,
          'on disk',
          storedSize(project),
          20e6 / 2 ** 20,
          {
            unit: 'MiB',
          },
        ),
      ],
    }
  } finally {
    project.close()
  }
}

/** Runs are stored each for itself: a hundred take a hundred times what one takes. In MiB. */
function storedSize(project) {
  const history = join(project.folder, HISTORY)
  rmSync(history, { recursive: true, force: true })
  secondsOf(project.audit())
  const sizes = readdirSync(history)
    .filter((name) => name.endsWith('.run'))
    .map((name) => statSync(join(history, name)).size)
  if (sizes.length !== 1) throw new Error(`${sizes.length} stored runs instead of one`)
  return (sizes[0] * 100) / 2 ** 20
}

/** Ten thousand packages, some of them with lists of releases of several megabytes. */
export async function auditMemory(bench) {
  const count = 10_000
  const project = await openProject(bench.generated(count), { latency: 20, releases: 200, large: 50 })
  try {
    project.forget()
    const file = join(project.home, 'audit.json')
    const peak = await peakOf(project.audit('--no-history', '--format', `json=${file}`))
    mustBeWhole(JSON.parse(readFileSync(file, 'utf8')))
    return {
      title: 'Memory, audit with forecast, 10,000 packages (generated)',
      packages: count,
      goals: [
        goal('audit with forecast, 10,000 packages, memory', 'process tree', peak, 512, { unit: 'MiB' }),
      ],
    }
  } finally {
    project.close()
  }
}

/** One that gave up would have needed little memory. */
function mustBeWhole({ coverage, audit: { forecast } }) {
  if (coverage.incomplete > 0 || forecast.unanswered.length > 0) {
    throw new Error(
      `not a whole audit: ${coverage.incomplete} packages not judged, ${forecast.unanswered.length} names without an answer`,
    )
  }
}
