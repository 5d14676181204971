/**
 * Holds the lockfile's tree against an installed one: node scripts/lockfile-tree.mjs <installed project with a policy>
 *
 * Compares the inventory that the lockfile alone gives with the one of node_modules and with what `npm ls` shows, lists the
 * packages that only some platforms install, and checks a copy of package.json, lockfile and policy without any node_modules:
 * the same judgement under the name of each platform, and no finding about the lockfile itself, whether its entries have no
 * address or the one that npm writes.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import definitions from '@npmcli/config/lib/definitions/index.js'
import { inventoryFromLockfile, readTree } from '../dist/collectors/collect.js'
import { openDisk } from '../dist/disk/disk.js'

const cli = resolve(import.meta.dirname, '../dist/bundle/depgate.js')
const project = resolve(process.argv[2])
const work = mkdtempSync(join(tmpdir(), 'depgate-lockfile-tree-'))
const HONESTY = /^(?:source-|integrity-|license-noted|lockfile-|package-extraneous|tree-untrusted)/
let failures = 0

try {
  const text = readFileSync(join(project, 'package-lock.json'), 'utf8')
  const manifest = readFileSync(join(project, 'package.json'), 'utf8')
  const started = performance.now()
  const locked = valueOf(inventoryFromLockfile({ lockfile: { name: 'package-lock.json', text }, manifest }))
  say('inventory of the lockfile', `${(performance.now() - started).toFixed(0)} ms`)
  const disk = openDisk(project)
  const { inventory } = valueOf(readTree({ disk, lockfiles: disk }, { project, omitDev: false }))
  say('instances', locked.instances.length)
  same('instances', keys(locked.instances.map(plain)), keys(inventory.instances.map(plain)))
  const absent = new Set(inventory.instances.filter((one) => !one.installed).map(({ location }) => location))
  // Where this platform leaves a copy out, Node finds one further up; from the lockfile nothing is left out.
  const isStandIn = ({ from, to, name }) =>
    !absent.has(to) &&
    inventory.edges.some((edge) => edge.from === from && edge.name === name && absent.has(edge.to))
  const kept = inventory.edges.filter((edge) => !isStandIn(edge))
  same('edges', keys(locked.edges), keys(kept))
  if (kept.length < inventory.edges.length) say('edges to a stand-in', inventory.edges.length - kept.length)
  const here = locked.instances.filter(({ location, source }) => !absent.has(location) && source !== 'root')
  same(
    'what npm ls shows',
    npmLs(),
    new Set(here.map(({ location, version }) => `${folder(location)}@${version}`)),
  )
  const platform = locked.instances.filter(({ installed }) => !installed)
  say(
    'for some platforms only',
    platform.length,
    platform
      .slice(0, 4)
      .map(({ name }) => name)
      .join(', '),
  )
  say('of them absent here', platform.filter(({ location }) => absent.has(location)).length)

  for (const name of ['package.json', 'depgate.config.json'])
    copyFileSync(join(project, name), join(work, name))
  writeFileSync(join(work, 'package-lock.json'), text)
  const cold = check('linux')
  say('check --from lockfile, cold', `${cold.seconds} s`, `${cold.report.run.network.requests} requests`)
  const warm = check('linux')
  say('check --from lockfile, warm', `${warm.seconds} s`, `${warm.report.run.network.requests} requests`)
  say(
    'verdict',
    warm.report.verdict,
    `${warm.report.coverage.judged} of ${warm.report.coverage.total} judged`,
  )
  for (const name of ['darwin', 'win32'])
    same(`judgement on ${name}`, judgement(check(name)), judgement(warm))
  same('findings about the lockfile', honesty(warm), [])
  writeFileSync(join(work, 'package-lock.json'), withAddresses(text))
  same('findings about the lockfile with addresses', honesty(check('linux')), [])
} finally {
  rmSync(work, { recursive: true, force: true })
}
process.exitCode = failures === 0 ? 0 : 1

function check(platform) {
  const preload = `Object.defineProperty(process,"platform",{value:"${platform}"})`
  const started = performance.now()
  const args = [cli, 'check', '--from', 'lockfile', '--format', 'json', '--deadline', '5m']
  const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` }
  const result = spawnSync(process.execPath, args, { cwd: work, env, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (result.stdout === '') throw new Error(result.stderr)
  const seconds = ((performance.now() - started) / 1000).toFixed(2)
  return { seconds, report: JSON.parse(result.stdout) }
}

function judgement({ report: { verdict, coverage, packages, findings } }) {
  return {
    verdict,
    coverage,
    packages: packages.map(({ claims: _claims, ...entry }) => entry),
    findings: findings.map(({ fix: _fix, ...finding }) => finding),
  }
}

function honesty({ report }) {
  return report.findings
    .filter(({ rule }) => HONESTY.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`)
}

/** The lockfile as npm writes it where nothing keeps it from naming its default registry. */
function withAddresses(text) {
  const whole = JSON.parse(text)
  const registry = definitions.definitions.registry.default
  for (const [location, entry] of Object.entries(whole.packages)) {
    if (location === '' || entry.link || entry.inBundle || entry.resolved) continue
    const name = entry.name ?? folder(location)
    entry.resolved = `${registry}${name}/-/${name.split('/').at(-1)}-${entry.version}.tgz`
  }
  return JSON.stringify(whole, null, 2)
}

function npmLs() {
  const args = ['ls', '--all', '--json']
  const { stdout } = spawnSync('npm', args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 30 })
  const shown = new Set()
  const open = [JSON.parse(stdout)]
  for (let node = open.pop(); node; node = open.pop()) {
    for (const [name, child] of Object.entries(node.dependencies ?? {})) {
      if (child.version !== undefined) shown.add(`${name}@${child.version}`)
      open.push(child)
    }
  }
  return shown
}

function plain({ declared: _declared, installed: _installed, ...instance }) {
  return instance
}

function folder(location) {
  return location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

function keys(values) {
  return new Set(values.map((value) => JSON.stringify(value)))
}

function valueOf(outcome) {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

function say(what, ...words) {
  process.stdout.write(`${what.padEnd(44)} ${words.join('  ')}\n`)
}

function same(what, ours, theirs) {
  const [a, b] = [ours, theirs].map((value) => (value instanceof Set ? [...value].toSorted() : value))
  const equal = JSON.stringify(a) === JSON.stringify(b)
  say(what, equal ? 'the same' : 'DIFFERENT')
  if (equal) return
  failures += 1
  if (!Array.isArray(a) || !Array.isArray(b)) return
  const [left, right] = [a, b].map((list) => new Set(list.map(String)))
  for (const one of [...left].filter((value) => !right.has(value)).slice(0, 5)) say('  only ours', one)
  for (const one of [...right].filter((value) => !left.has(value)).slice(0, 5)) say('  only theirs', one)
}
