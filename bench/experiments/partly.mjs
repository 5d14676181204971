/** Partly warm runs: one package of many changed since the last one. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { secondsOf } from '../process.mjs'
import { median, spread } from '../statistics.mjs'
import { integrityOf } from '../write-tree.mjs'

const LATENCY = 20
const LOCKS = ['package-lock.json', 'node_modules/.package-lock.json']

/** Raises one package by a patch version on disk and in both lockfiles before each run, and puts all back at the end. */
export async function partly(bench) {
  const folder = bench.corpus('p2297-ghostfolio')
  const location = changeable(JSON.parse(read(folder, LOCKS[0])).packages)
  const files = [`${location}/package.json`, ...LOCKS]
  const before = new Map(files.map((file) => [file, read(folder, file)]))
  const project = await openProject(folder, { latency: LATENCY })
  try {
    project.prime()
    const warm = []
    const changed = []
    const trips = []
    for (let run = 0; run < bench.runs; run += 1) {
      warm.push(secondsOf(project.depgate()))
      await project.publish(raise(folder, location, run + 1))
      changed.push(secondsOf(project.depgate()))
      trips.push(await roundTrip(project.url))
    }
    const allowed = 2 * median(warm) + 2 * median(trips)
    return {
      title: 'Partly warm, 1 of 2,297 packages changed, registry at 20 ms',
      measured: [
        { name: 'depgate, 1 changed', kind: 'ours', runs: changed, seconds: spread(changed) },
        { name: 'depgate, warm', kind: 'ours', runs: warm, seconds: spread(warm) },
      ],
      goals: [
        goal('partly warm, 1 of 2,297 changed', '2 x warm + 2 round trips', median(changed) / allowed, 1),
      ],
    }
  } finally {
    project.close()
    for (const [file, text] of before) writeFileSync(join(folder, file), text)
  }
}

/** The first package of which there is one copy, wanted by ranges that a patch version satisfies. */
function changeable(packages) {
  const wanted = new Map()
  const copies = new Map()
  for (const [location, entry] of Object.entries(packages)) {
    const name = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length)
    copies.set(name, (copies.get(name) ?? 0) + 1)
    for (const list of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
      for (const [to, range] of Object.entries(entry[list] ?? {})) {
        wanted.set(to, [...(wanted.get(to) ?? []), range])
      }
    }
  }
  const found = Object.entries(packages).find(([location, { version, integrity, optional, license }]) => {
    const name = location.replace('node_modules/', '')
    return (
      location === `node_modules/${name}` &&
      copies.get(name) === 1 &&
      license === 'MIT' &&
      integrity !== undefined &&
      optional !== true &&
      /^[1-9]\d*\.\d+\.\d+$/.test(version) &&
      (wanted.get(name) ?? []).every((range) => /^\^[1-9]/.test(range))
    )
  })
  if (found === undefined) throw new Error('no package of the project can be raised by a patch version')
  return found[0]
}

function raise(folder, location, by) {
  const manifest = JSON.parse(read(folder, `${location}/package.json`))
  const version = manifest.version.replace(/\d+$/, (patch) => String(Number(patch) + by))
  const integrity = integrityOf(manifest.name, version)
  write(folder, `${location}/package.json`, { ...manifest, version })
  for (const file of LOCKS) {
    const lock = JSON.parse(read(folder, file))
    Object.assign(lock.packages[location], { version, integrity })
    write(folder, file, lock)
  }
  return { name: manifest.name, version, integrity }
}

async function roundTrip(url) {
  const started = performance.now()
  await (await fetch(new URL('no-such-package', url))).arrayBuffer()
  return (performance.now() - started) / 1000
}

function read(folder, file) {
  return readFileSync(join(folder, file), 'utf8')
}

function write(folder, file, content) {
  writeFileSync(join(folder, file), `${JSON.stringify(content, undefined, 2)}\n`)
}
