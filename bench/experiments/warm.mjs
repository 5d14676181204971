/** Warm runs: nothing changed since the last one. */
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { peerCommands } from '../peers.mjs'
import { packagesIn } from '../trees.mjs'
import { measureTogether, named, ratioOf } from '../together.mjs'

const OURS = 'depgate, warm'
const NPM_LS = 'npm ls --all --json'
const READER = 'reading the same files'

/** The references of a warm run. */
function references(project) {
  return [
    { name: NPM_LS, kind: 'reference', command: project.npmLs(), memory: true },
    { name: READER, kind: 'reference', command: project.bareReader() },
  ]
}

/** What every process pays before it does anything. */
function floors(project) {
  return [
    { name: 'node -e 0', kind: 'reference', command: project.nothing() },
    { name: 'npm --version', kind: 'reference', command: project.npmVersion() },
  ]
}

function peersIn(bench, project) {
  return peerCommands(bench.peers(), project.folder, project.env).map(({ name, command }) => ({
    name,
    command,
    kind: 'peer',
  }))
}

/** Primes the project, measures ours beside the others, and closes. */
async function measureWarm(folder, runs, others) {
  const project = await openProject(folder)
  try {
    project.prime()
    const ours = { name: OURS, kind: 'ours', command: project.depgate(), memory: true }
    return await measureTogether([ours, ...others(project)], runs)
  } finally {
    project.close()
  }
}

/** The class of 585 packages, end to end, beside everybody. */
export async function warmSmall(bench) {
  const folder = bench.corpus('p585-actions-checkout')
  const measured = await measureWarm(folder, bench.runs, (project) => [
    ...references(project),
    ...floors(project),
    ...peersIn(bench, project),
  ])
  const milliseconds = named(measured, OURS).seconds.median * 1000
  return {
    title: 'Warm, 585 packages',
    packages: packagesIn(folder),
    measured,
    goals: [
      goal('warm, 585 packages, end to end', 'the clock', milliseconds, 200, { unit: 'ms' }),
      goal('warm, 585 packages', NPM_LS, ratioOf(measured, OURS, NPM_LS), 0.2, {
        detail: 'the goal of the larger class',
      }),
    ],
  }
}

/** The class of 2,297 packages beside everybody. */
export async function warmCorpus(bench) {
  const folder = bench.corpus('p2297-ghostfolio')
  const measured = await measureWarm(folder, bench.runs, (project) => [
    ...references(project),
    ...floors(project),
    ...peersIn(bench, project),
  ])
  const peers = measured.filter(({ kind }) => kind === 'peer')
  const fastest = peers.toSorted((a, b) => a.seconds.median - b.seconds.median)[0]
  const work = 'warm, 2,297 packages'
  return {
    title: 'Warm, 2,297 packages',
    packages: packagesIn(folder),
    measured,
    goals: [
      goal(work, NPM_LS, ratioOf(measured, OURS, NPM_LS), 0.2),
      goal(`${work}, times faster`, fastest.name, ratioOf(measured, fastest.name, OURS), 4, {
        atLeast: true,
        detail: 'the fastest of the peers',
      }),
      goal(work, READER, ratioOf(measured, OURS, READER), 1.5),
    ],
  }
}

/** A generated tree of `count` packages. */
export async function warmGenerated(bench, count, limit, memoryLimit) {
  const measured = await measureWarm(bench.generated(count), fewer(bench.runs), references)
  const work = `warm, ${count.toLocaleString('en')} packages`
  const goals = [goal(work, NPM_LS, ratioOf(measured, OURS, NPM_LS), limit)]
  if (memoryLimit !== undefined) {
    const { peakMb } = named(measured, OURS)
    goals.push(goal(`${work}, memory`, 'process tree', peakMb, memoryLimit, { unit: 'MiB' }))
  }
  return {
    title: `Warm, ${count.toLocaleString('en')} packages (generated)`,
    packages: count,
    measured,
    goals,
  }
}

/** Other shapes of the same size; no goal speaks of them, but none of them may stand out. */
export async function shapes(bench) {
  const measured = []
  for (const shape of ['mixed', 'wide', 'deep', 'workspaces']) {
    const found = await measureWarm(bench.generated(1000, shape), fewer(bench.runs), references)
    for (const entry of found) measured.push({ ...entry, name: `${shape}: ${entry.name}` })
  }
  return { title: 'Warm, 1,000 packages in four shapes (generated)', packages: 1000, measured, goals: [] }
}

function fewer(runs) {
  return Math.max(1, Math.ceil(runs / 2))
}
