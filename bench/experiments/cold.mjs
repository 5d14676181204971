/** Cold runs: no cache at all, every manifest comes from the registry. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { peakOf, secondsOf } from '../process.mjs'
import { median } from '../statistics.mjs'
import { packagesIn } from '../trees.mjs'
import { measureTogether, named, ratioOf } from '../together.mjs'

const OURS = 'depgate, cold'
const NPM_LS = 'npm ls --all --json'
const DOWNLOAD = 'bare download, 64 connections'
const NAIVE_SAMPLE = 10
const NAIVE_COUNT = 176

/** Beside the larger of npm's look at the tree and the bare download of the same manifests. */
export async function cold(bench, name, latency) {
  const folder = bench.corpus(name)
  const project = await openProject(folder, { latency })
  try {
    const ours = {
      name: OURS,
      kind: 'ours',
      command: project.coldRun(),
      prepare: project.forget,
      memory: true,
    }
    const measured = await measureTogether(
      [
        ours,
        { name: NPM_LS, kind: 'reference', command: project.npmLs() },
        { name: DOWNLOAD, kind: 'reference', command: project.bareDownload() },
      ],
      Math.max(1, Math.ceil(bench.runs / 2)),
    )
    const floor = [NPM_LS, DOWNLOAD].toSorted(
      (a, b) => named(measured, b).seconds.median - named(measured, a).seconds.median,
    )[0]
    const packages = packagesIn(folder)
    const work = `cold, ${packages.toLocaleString('en')} packages, ${latency} ms`
    return {
      title: `Cold, ${packages.toLocaleString('en')} packages, registry at ${latency} ms`,
      packages,
      measured,
      goals: [goal(work, floor, ratioOf(measured, OURS, floor), 1.25)],
    }
  } finally {
    project.close()
  }
}

/** Beside one `npm view` a package, one after another; a sample of them is timed and scaled. */
export async function naive(bench) {
  const folder = bench.generated(NAIVE_COUNT)
  const latency = 20
  const project = await openProject(folder, { latency })
  try {
    const ours = { name: OURS, kind: 'ours', command: project.coldRun(), prepare: project.forget }
    const measured = await measureTogether([ours], bench.runs)
    const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
    const ids = Object.entries(packages)
      .filter(([location]) => location !== '')
      .slice(0, NAIVE_SAMPLE)
      .map(
        ([location, { version }]) =>
          `${location.slice(location.lastIndexOf('node_modules/') + 13)}@${version}`,
      )
    const each = median(ids.map((id) => secondsOf(project.npmView(id))))
    const all = each * NAIVE_COUNT
    const name = `npm view, ${NAIVE_COUNT} times (scaled from ${NAIVE_SAMPLE})`
    const seconds = { median: all, min: all, max: all, q1: all, q3: all, runs: 1 }
    return {
      title: `Cold, ${NAIVE_COUNT} packages (generated), registry at ${latency} ms`,
      packages: NAIVE_COUNT,
      measured: [...measured, { name, kind: 'reference', runs: [all], seconds }],
      goals: [
        goal(
          `cold, ${NAIVE_COUNT} packages, times faster`,
          'one npm view a package',
          all / named(measured, OURS).seconds.median,
          50,
          { atLeast: true, detail: `scaled from ${NAIVE_SAMPLE} of ${NAIVE_COUNT}` },
        ),
      ],
    }
  } finally {
    project.close()
  }
}

/** The largest memory of a cold run over ten thousand packages. */
export async function coldMemory(bench) {
  const count = 10_000
  const project = await openProject(bench.generated(count), { latency: 20 })
  try {
    project.forget()
    const peak = await peakOf(project.coldRun())
    return {
      title: 'Memory, cold, 10,000 packages (generated)',
      packages: count,
      goals: [goal('cold, 10,000 packages, memory', 'process tree', peak, 512, { unit: 'MiB' })],
    }
  } finally {
    project.close()
  }
}
