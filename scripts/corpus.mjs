/**
 * Holds depgate against a naive program on a real project: node scripts/corpus.mjs <folder with package.json and lockfile>
 *
 * Installs a copy, then compares: the name@version pairs with an independent walk of node_modules (plus the optional
 * entries of the lockfile that this platform leaves out); with the first run, in everything it says, one answered from a
 * snapshot, one that verifies it, and one that finds the lockfile changed; and every verdict with that of a sequential run
 * without a cache: one request after another, one file after another.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createJudge } from '../dist/policy/judge-package.js'
import { normaliseLicense } from '../dist/license/normalise.js'
import { loadPolicy } from '../dist/config/load.js'
import { openDisk } from '../dist/disk/disk.js'
import { readLicenseFiles } from '../dist/collectors/license-files.js'
import { loadTextIndex } from '../dist/license/text/index-file.js'
import { readText } from '../dist/license/text/read-text.js'
import { licenseFiles, textClaims } from '../dist/run/texts.js'

const cli = resolve(import.meta.dirname, '../dist/bundle/depgate.js')
const work = mkdtempSync(join(tmpdir(), 'depgate-corpus-'))
const project = join(work, 'project')
const allow = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'CC0-1.0', 'BlueOak-1.0.0']
const index = loadTextIndex()
const TEXTS = {
  files: ({ location }, hints) => readLicenseFiles(openDisk(project), project, location, hints),
  read: (file, kind) => Promise.resolve(readText(file.bytes.toString('utf8'), kind, index)),
}
let failures = 0

try {
  cpSync(resolve(process.argv[2]), project, { recursive: true })
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: project,
    stdio: 'ignore',
  })
  writeFileSync(join(project, 'depgate.config.json'), JSON.stringify({ licenses: { allow } }))

  const cold = depgate()
  const warm = depgate()
  const verified = depgate('--verify-snapshot')
  appendFileSync(join(project, 'package-lock.json'), '\n')
  const partly = depgate()
  const walked = walk('node_modules')
  const left = optionalLeftOut(walked)
  say('packages', cold.report.packages.length, `exit ${cold.status}, verdict ${cold.report.verdict}`)
  say('cold', `${cold.seconds} s`, `${cold.report.run.network.requests} requests`)
  say('warm', `${warm.seconds} s`, `${warm.report.run.network.requests} requests`)
  const installed = new Set(walked.map(({ id }) => id))
  same('installed ids', ids(cold, true), installed)
  same('left-out ids', ids(cold, false), new Set(left.map(({ id }) => id).filter((id) => !installed.has(id))))
  same('requests of the second run', warm.report.run.network.requests, 0)
  same('answered from a snapshot', warm.report.run.snapshot !== undefined, true)
  same('report of the second run', judgement(warm.report), judgement(cold.report))
  same('snapshot and whole run agree', verified.status, cold.status)
  say('partly warm', `${partly.seconds} s`, `${partly.report.run.network.requests} requests`)
  same('report after a changed lockfile', judgement(partly.report), judgement(cold.report))
  const started = performance.now()
  same('verdicts of the naive run', await naive([...walked, ...left]), verdicts(cold.report))
  say('naive', `${((performance.now() - started) / 1000).toFixed(1)} s`)
} finally {
  rmSync(work, { recursive: true, force: true })
}
process.exitCode = failures === 0 ? 0 : 1

function depgate(...flags) {
  const started = performance.now()
  const args = [cli, 'check', '--format', 'json', '--deadline', '10s', ...flags]
  const result = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 })
  const seconds = ((performance.now() - started) / 1000).toFixed(2)
  if (result.stdout === '') throw new Error(result.stderr)
  return { status: result.status, seconds, report: JSON.parse(result.stdout) }
}

function ids({ report }, installed) {
  return new Set(report.packages.filter((entry) => entry.installed === installed).map(({ id }) => id))
}

/** Every package.json below node_modules, found by walking. */
function walk(folder) {
  const found = []
  for (const name of readdirSync(join(project, folder))) {
    if (name.startsWith('.')) continue
    const location = `${folder}/${name}`
    if (name.startsWith('@')) found.push(...walk(location))
    else {
      const manifest = JSON.parse(readFileSync(join(project, location, 'package.json'), 'utf8'))
      found.push({ id: `${manifest.name}@${manifest.version}`, manifest, location })
      if (readdirSync(join(project, location)).includes('node_modules')) {
        found.push(...walk(`${location}/node_modules`))
      }
    }
  }
  return found
}

function optionalLeftOut(walked) {
  const there = new Set(walked.map(({ location }) => location))
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
  return Object.entries(lock.packages)
    .filter(
      ([location, entry]) => location !== '' && !there.has(location) && (entry.optional || entry.devOptional),
    )
    .map(([location, entry]) => {
      const name = entry.name ?? location.slice(location.lastIndexOf('node_modules/') + 13)
      return { id: `${name}@${entry.version}`, manifest: undefined, location }
    })
}

/** One request after another; the judge is the product's, what it is told is not. */
async function naive(packages) {
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim()
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'))
  const loaded = loadPolicy({ project })
  const judge = createJudge(loaded.policy, Date.now())
  const byId = Map.groupBy
    ? Map.groupBy(packages, ({ id }) => id)
    : packages.reduce((map, entry) => map.set(entry.id, [...(map.get(entry.id) ?? []), entry]), new Map())
  const result = {}
  for (const [id, copies] of byId) {
    const at = id.lastIndexOf('@')
    const [name, version] = [id.slice(0, at), id.slice(at + 1)]
    const bundled = lock.packages[copies[0].location]?.inBundle === true
    const claims = copies
      .filter(({ manifest }) => manifest)
      .map(({ manifest }) => claim('installed', manifest))
    let integrity = []
    if (!bundled) {
      const answer = await fetch(`${registry}${name.replace('/', '%2f')}/${version}`)
      const manifest = await answer.json()
      claims.push(claim('registry', manifest))
      integrity = manifest.dist?.integrity ? [manifest.dist.integrity] : []
    }
    claims.push(...(await texts(copies.filter(({ manifest }) => manifest))))
    result[id] = judge({
      id,
      name,
      version,
      source: bundled ? 'bundled' : 'registry',
      installed: copies.some(({ manifest }) => manifest),
      kinds: ['production'],
      workspaces: ['.'],
      paths: [],
      claims,
      expected: ['registry', 'installed'].filter((witness) =>
        claims.some((claim) => claim.witness === witness),
      ),
      integrity: { lockfile: [], registry: integrity },
      clarifiedFiles: [],
    }).verdict
  }
  return sorted(result)
}

/** What the licence files say: each copy by itself, nothing remembered. */
function texts(copies) {
  const instances = copies.map(({ location, manifest: { license, licenses } }) => ({
    installed: true,
    location,
    declared: { license, licenses },
  }))
  return textClaims(licenseFiles(instances, TEXTS), TEXTS, { at: '' })
}

function claim(witness, manifest) {
  const normalised = normaliseLicense({ license: manifest.license, licenses: manifest.licenses })
  return { witness, at: '', from: 'network', raw: manifest.license ?? manifest.licenses, ...normalised }
}

/** All that a report says but times, traffic, the lockfile's own digest, and where its evidence was kept. */
function judgement({ verdict, coverage, packages, firstParty, findings }) {
  const claimless = packages.map(({ claims, ...entry }) => ({
    ...entry,
    claims: claims.map(({ at: _at, from: _from, ...claim }) => claim),
  }))
  return { verdict, coverage, packages: claimless, firstParty, findings }
}

function verdicts(report) {
  return sorted(Object.fromEntries(report.packages.map(({ id, verdict }) => [id, verdict])))
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

function same(what, actual, expected) {
  const [a, b] = [actual, expected].map((value) =>
    JSON.stringify(value instanceof Set ? [...value].toSorted() : value),
  )
  if (a !== b) failures += 1
  say(what, a === b ? 'the same' : 'DIFFERENT')
  if (a !== b && actual instanceof Set) {
    console.log('  only depgate', [...actual].filter((id) => !expected.has(id)).slice(0, 10))
    console.log('  only the other', [...expected].filter((id) => !actual.has(id)).slice(0, 10))
  } else if (a !== b && typeof actual === 'object') {
    const keys = new Set([...Object.keys(actual), ...Object.keys(expected)])
    const different = [...keys].filter((key) => actual[key] !== expected[key])
    for (const key of different.slice(0, 10)) console.log(`  ${key}: ${actual[key]} / ${expected[key]}`)
  }
}

function say(what, ...values) {
  console.log(what.padEnd(30), ...values)
}
