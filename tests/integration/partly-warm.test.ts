/** Partly warm runs: after any edit of a tree the report is, bit by bit, that of a run which knows nothing. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgementOf } from '../support/judgement.ts'
import { installPackage, integrityOf, lockfileOf } from '../support/project.ts'
import type { FakePackage } from '../support/project.ts'
import { ALLOW, startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'

/** More of them prove more; a thousand take a quarter of an hour. */
const EDITS = Number(process.env['DEPGATE_TEST_EDITS'] ?? 8)
const SEED = Number(process.env['DEPGATE_TEST_SEED'] ?? 20_261_121)

const NAMES = Array.from({ length: 12 }, (_, index) => `p${index}`)
const VERSIONS = ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '2.0.0', '3.0.0-beta.1']
/** One in ten is refused and one in ten understood by nobody, so that trees of a dozen packages have all three verdicts. */
const LICENSES = [
  'MIT',
  'MIT',
  'MIT',
  'ISC',
  'ISC',
  'Apache-2.0',
  'Apache-2.0',
  'MIT OR GPL-2.0-only',
  'GPL-3.0-only',
  'BSD',
]
/** Mostly such as are met. */
const RANGES = [
  '^1.0.0',
  '^1.0.0',
  '*',
  '*',
  '>=1',
  '1.x || 2.x',
  '^1.1.0',
  '^2.0.0',
  'latest',
  'npm:p0@^1.0.0',
]
const MIT = readFileSync(resolve(import.meta.dirname, '../../LICENSE'), 'utf8')
/** How often a tree that npm had to be asked about is left again: from there few edits lead to one that needs no npm. */
const GOES_BACK = 0.5

/** A tree as the edits see it. */
interface Tree {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  overrides?: Record<string, string>
  packages: Map<string, FakePackage>
}

let scenario: Scenario
let npmLog: string

beforeAll(async () => {
  scenario = await startScenario({ packages: [], policy: { licenses: { allow: ALLOW } } })
  for (const name of NAMES)
    for (const version of VERSIONS)
      scenario.registry.publish(name, version, {
        license: licenseOf(name, version),
        dist: { integrity: integrityOf(name, version) },
      })
  npmLog = join(dirname(scenario.project.folder), 'npm.log')
})
afterAll(() => scenario.close())

/** Always the same for one version: a registry does not change what it has published. */
function licenseOf(name: string, version: string): string {
  const [byte = 0] = createHash('sha256').update(`${name}@${version}`).digest()
  return LICENSES[byte % LICENSES.length] ?? 'MIT'
}

/** A stream of numbers from 0 to below 1 that a seed decides. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function packageAt(location: string, name: string, version: string): FakePackage {
  const license = licenseOf(name, version)
  return {
    name,
    version,
    license,
    location,
    dependencies: {},
    ...(license.startsWith('MIT') && { files: { LICENSE: MIT } }),
  }
}

function startTree(): Tree {
  const packages = new Map<string, FakePackage>()
  for (const [index, name] of NAMES.slice(0, 9).entries()) {
    const location = `node_modules/${name}`
    const next = NAMES[index + 1]
    packages.set(location, {
      ...packageAt(location, name, '1.1.0'),
      dependencies: next !== undefined && index < 8 ? { [next]: '^1.0.0' } : {},
    })
  }
  return { dependencies: { p0: '^1.0.0', p4: '*' }, devDependencies: { p6: '^1.0.0' }, packages }
}

/** One random change, mostly of the kind that an installation makes, now and then of the kind that nobody should. */
function edit(tree: Tree, random: () => number): string {
  const pick = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  const locations = [...tree.packages.keys()]
  const location = pick(locations)
  const entry = tree.packages.get(location)
  if (entry === undefined) throw new Error('no such package')
  // Now and then a name that nothing answers to.
  const name =
    random() < 0.85
      ? pick(
          locations.map((at) => at.slice(at.lastIndexOf('/') + 1)).filter((found) => NAMES.includes(found)),
        )
      : pick(NAMES)
  const nested = `${location}/node_modules/${name}`
  const kinds = [
    'version',
    'version',
    'version',
    'dependency',
    'dependency',
    'remove',
    'add',
    'nest',
    'root',
    'file',
    'alias',
    'override',
    'nothing',
  ]
  const kind = pick(kinds)
  switch (kind) {
    case 'version':
      tree.packages.set(location, {
        ...entry,
        ...packageAt(location, entry.name, pick(VERSIONS)),
        dependencies: entry.dependencies ?? {},
      })
      break
    case 'dependency':
      entry.dependencies = random() < 0.3 ? {} : { ...entry.dependencies, [name]: pick(RANGES) }
      break
    case 'remove':
      if (tree.packages.size > 4)
        for (const at of locations)
          if (at === location || at.startsWith(`${location}/`)) tree.packages.delete(at)
      break
    case 'add':
      tree.packages.set(`node_modules/${name}`, packageAt(`node_modules/${name}`, name, pick(VERSIONS)))
      if (random() < 0.8) tree.dependencies[name] = pick(RANGES)
      break
    case 'nest':
      if (!location.includes('/node_modules/')) {
        tree.packages.set(nested, packageAt(nested, name, pick(VERSIONS)))
        if (random() < 0.8) entry.dependencies = { ...entry.dependencies, [name]: pick(RANGES) }
      }
      break
    case 'root':
      if (random() < 0.5) tree.devDependencies[name] = pick(RANGES)
      else delete tree.dependencies[pick(Object.keys(tree.dependencies).concat('p0'))]
      break
    case 'file':
      entry.files = { LICENSE: `${MIT}${random()}` }
      break
    case 'alias':
      tree.packages.set('node_modules/other-name', {
        ...packageAt('node_modules/other-name', name, '1.0.0'),
        lock: { name },
      })
      tree.dependencies['other-name'] = `npm:${name}@^1.0.0`
      break
    case 'override':
      tree.overrides = random() < 0.5 ? {} : { [name]: pick(RANGES) }
      break
  }
  return kind
}

function write(tree: Tree, hiddenToo: boolean): void {
  const { folder } = scenario.project
  const { dependencies, devDependencies, overrides, packages } = tree
  const root = {
    name: 'app',
    version: '1.0.0',
    dependencies,
    devDependencies,
    ...(overrides && { overrides }),
  }
  const hidden = join(folder, 'node_modules/.package-lock.json')
  const before = existsSync(hidden) ? readFileSync(hidden) : undefined
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root, undefined, 2))
  for (const entry of packages.values()) installPackage(folder, entry)
  const lock = lockfileOf(root, [...packages.values()]) as { packages: Record<string, unknown> }
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock, undefined, 2))
  const { '': _root, ...others } = lock.packages
  if (hiddenToo) writeFileSync(hidden, JSON.stringify({ ...lock, packages: others }))
  else if (before !== undefined) writeFileSync(hidden, before)
}

/** npm with a log of its runs: told apart from the real one by nothing else. */
function watchedNpm(): string {
  const path = join(dirname(scenario.project.folder), 'watched/npm-cli.js')
  const real = join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    `require('node:fs').appendFileSync(${JSON.stringify(npmLog)}, 'x'); require(${JSON.stringify(resolve(real))})`,
  )
  writeFileSync(join(dirname(path), 'package.json'), '{}')
  return path
}

test(`${EDITS} random edits, one after another`, { timeout: 60_000 + EDITS * 10_000 }, async () => {
  const random = createRandom(SEED)
  let tree = startTree()
  let sound = structuredClone(tree)
  const env = { npm_execpath: watchedNpm() }
  const patient = ['--deadline', '2m']
  const seen = { withoutNpm: 0, verdicts: new Set<string>(), kinds: new Map<string, number>() }
  write(tree, true)
  await scenario.json(patient, { env })
  for (let at = 0; at < EDITS; at += 1) {
    const kind = edit(tree, random)
    write(tree, random() < 0.95)
    writeFileSync(npmLog, '')
    const quick = await scenario.json(patient, { env })
    const wasAsked = readFileSync(npmLog, 'utf8') !== ''
    const whole = await scenario.json([...patient, '--no-cache'], { env })
    expect({ kind, at, judgement: judgementOf(quick.report) }).toEqual({
      kind,
      at,
      judgement: judgementOf(whole.report),
    })
    expect(quick.code).toBe(whole.code)
    // A tree that nobody can judge is no place to go on from.
    if (whole.report.verdict === 'incomplete' || (wasAsked && random() < GOES_BACK))
      tree = structuredClone(sound)
    else if (!wasAsked) sound = structuredClone(tree)
    if (!wasAsked) seen.withoutNpm += 1
    seen.verdicts.add(whole.report.verdict)
    seen.kinds.set(kind, (seen.kinds.get(kind) ?? 0) + 1)
  }
  console.log(`${seen.withoutNpm} of ${EDITS} without npm; verdicts ${[...seen.verdicts].join(', ')}`)
  expect(seen.withoutNpm).toBeGreaterThan(0)
})
