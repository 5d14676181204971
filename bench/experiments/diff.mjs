/** What it costs to judge a change: five packages of many, known or not, and a lockfile of twenty thousand. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { pack } from '../pack.mjs'
import { lockfileLint } from '../peers.mjs'
import { peakOf } from '../process.mjs'
import { median } from '../statistics.mjs'
import { measureTogether, named, ratioOf } from '../together.mjs'
import { SHAPES } from '../tree-shapes.mjs'
import { integrityOf } from '../write-tree.mjs'

const LATENCY = 50
const CHANGED = 5
const LARGE = 20_000
const MIT = readFileSync(resolve(import.meta.dirname, '../../LICENSE'), 'utf8')
const CLI = resolve(import.meta.dirname, '../../dist/bundle/depgate.js')

/** Everything known, and the five that changed unknown. */
export async function diff(bench) {
  const tree = bench.corpus('p2297-ghostfolio')
  const project = await openProject(tree, { latency: LATENCY })
  const work = repository(tree, JSON.parse(readFileSync(join(tree, 'package-lock.json'), 'utf8')))
  try {
    await publish(project, work.changed)
    const renew = () => publish(project, work.renew())
    const peer = lockfileLint(bench.peers(), work.folder, project.env)
    const command = diffIn(work, project)
    const measured = await measureTogether(
      [
        { name: 'depgate diff, asked again', kind: 'ours', command, memory: true },
        { name: 'depgate diff, unknown', kind: 'ours', command, prepare: renew },
        { name: 'depgate diff, known', kind: 'ours', command, prepare: work.goOn, memory: true },
        { name: 'npm --version', kind: 'reference', command: project.npmVersion() },
        { name: peer.name, kind: 'peer', command: peer.command },
      ],
      bench.runs,
    )
    const seconds = (name) => median(named(measured, name).runs)
    const trips = 3 * (LATENCY / 1000)
    return {
      title: 'A change of 5 in 2,297 packages, registry at 50 ms',
      measured,
      goals: [
        goal(
          'diff, 5 of 2,297 changed, asked again',
          'npm --version',
          ratioOf(measured, 'depgate diff, asked again', 'npm --version'),
          3,
        ),
        goal(
          'diff, 5 of 2,297 changed, asked for the first time, all known',
          'npm --version',
          ratioOf(measured, 'depgate diff, known', 'npm --version'),
          3,
        ),
        goal(
          'diff, 5 of 2,297 changed, unknown',
          'known + 3 round trips',
          seconds('depgate diff, unknown') / (seconds('depgate diff, known') + trips),
          1,
        ),
      ],
    }
  } finally {
    project.close()
    work.remove()
  }
}

/** Two lockfiles of twenty thousand packages. */
export async function largeDiff(bench) {
  const { packages, dependencies } = SHAPES.mixed(LARGE)
  const entries = packages.map(({ name, version, location, dependencies: needs }) => [
    location,
    { version, integrity: integrityOf(name, version), license: 'MIT', ...(needs && { dependencies: needs }) },
  ])
  const root = { name: 'app', version: '1.0.0', dependencies }
  const head = {
    name: 'app',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...Object.fromEntries(entries) },
  }
  const work = repository(bench.corpus('p31-actions-github'), head, root)
  const project = await openProject(work.folder)
  try {
    await publish(project, work.changed)
    const command = diffIn(work, project)
    const measured = await measureTogether(
      [
        { name: 'depgate diff, known', kind: 'ours', command, prepare: work.goOn },
        { name: 'depgate diff, asked again', kind: 'ours', command },
      ],
      bench.runs,
    )
    work.goOn()
    return {
      title: 'A change of 5 in 20,000 packages',
      measured,
      goals: [
        goal(
          'diff, 5 of 20,000 changed',
          'the clock',
          1000 * median(named(measured, 'depgate diff, known').runs),
          1000,
          { unit: 'ms' },
        ),
        goal('diff, 5 of 20,000 changed, memory', 'process tree', await peakOf(command), 256, {
          unit: 'MiB',
        }),
      ],
    }
  } finally {
    project.close()
    work.remove()
  }
}

/** A repository in which five packages of a lockfile have another version than on `main`. */
function repository(tree, head, root) {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-bench-diff-'))
  const write = (file, content) => writeFileSync(join(folder, file), JSON.stringify(content, undefined, 2))
  if (root === undefined) copyFileSync(join(tree, 'package.json'), join(folder, 'package.json'))
  else write('package.json', root)
  copyFileSync(join(tree, 'depgate.config.json'), join(folder, 'depgate.config.json'))
  const places = changeable(head.packages)
  const changed = places.map((location) => upgrade(head.packages, location))
  const base = structuredClone(head)
  for (const { location, before } of changed) Object.assign(base.packages[location], before)
  write('package-lock.json', base)
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@registry.example', ...args], {
      cwd: folder,
      stdio: 'ignore',
    })
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '.')
  git('commit', '--quiet', '--message', 'base')
  write('package-lock.json', head)
  // Another base is another question; what is known of packages, and of npm's configuration, stays known.
  const goOn = () => git('commit', '--quiet', '--allow-empty', '--message', 'more')
  // Versions that nobody has asked for yet.
  const renew = () => {
    const news = places.map((location) => {
      const entry = head.packages[location]
      entry.version = entry.version.replace(/\d+$/, (patch) => String(Number(patch) + 1))
      return upgrade(head.packages, location)
    })
    write('package-lock.json', head)
    return news
  }
  return { folder, changed, goOn, renew, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Plain MIT packages of which there is one copy. */
function changeable(packages) {
  const places = Object.entries(packages).filter(
    ([location, { license, integrity, optional, version }]) =>
      /^node_modules\/[a-z\d-]+$/.test(location) &&
      license === 'MIT' &&
      integrity !== undefined &&
      optional !== true &&
      /^\d+\.\d+\.\d+$/.test(version),
  )
  if (places.length < CHANGED) throw new Error('no package of the lockfile can be changed')
  return places.slice(0, CHANGED).map(([location]) => location)
}

/** Gives the entry of a package the integrity of a tarball that the registry will have. */
function upgrade(packages, location) {
  const entry = packages[location]
  const name = location.slice('node_modules/'.length)
  const old = { version: `0.0.1-${entry.version}`, integrity: integrityOf(name, `0.0.1-${entry.version}`) }
  const manifest = { name, version: entry.version, license: 'MIT', dependencies: entry.dependencies }
  const { tarball, integrity } = pack({ 'package.json': JSON.stringify(manifest), LICENSE: MIT })
  entry.integrity = integrity
  return {
    location,
    name,
    version: entry.version,
    integrity,
    tarball: tarball.toString('base64'),
    before: old,
  }
}

async function publish(project, changed) {
  for (const { name, version, integrity, tarball, before } of changed) {
    await project.publish({ name, ...before })
    await project.publish({ name, version, integrity, tarball })
  }
}

function diffIn(work, { env }) {
  if (!existsSync(CLI)) throw new Error('npm run build comes first')
  return { file: process.execPath, args: [CLI, 'diff', 'main'], cwd: work.folder, env }
}
