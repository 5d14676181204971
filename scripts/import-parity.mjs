/**
 * Holds imported policies against the tools they come from: node scripts/import-parity.mjs <installed project> [peers' folder]
 *
 * For each configuration (their shapes are those of public projects, named beside them) the tool itself and depgate with
 * the imported policy are asked about every package of the project. Listed are the packages that one lets pass and the
 * other does not, with the licence that depgate concluded. The peers are installed at fixed versions unless their folder
 * is given.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { peerRunner } from './run-peer.mjs'

const PEERS = { 'license-checker-rseidelsohn': '4.4.2', 'license-compliance': '3.0.1', licensee: '12.0.2' }
const CLI = resolve(import.meta.dirname, '../dist/cli/main.js')

const [given, peersFolder] = process.argv.slice(2)
const source = resolve(given)
const home = peersFolder ? resolve(peersFolder) : mkdtempSync(join(tmpdir(), 'depgate-peers-'))
if (!existsSync(join(home, 'node_modules'))) installPeers()
const work = mkdtempSync(join(tmpdir(), 'depgate-parity-'))

const CASES = [
  {
    name: 'license-checker-rseidelsohn --onlyAllow (the list of a Next.js template)',
    script:
      'license-checker-rseidelsohn --onlyAllow "MIT;ISC;Apache-2.0;BSD-2-Clause;BSD-3-Clause;BSD;0BSD;Unlicense;CC0-1.0" --excludePrivatePackages',
    ask: (project) =>
      askChecker(project, [
        '--excludePrivatePackages',
        '--onlyAllow',
        'MIT;ISC;Apache-2.0;BSD-2-Clause;BSD-3-Clause;BSD;0BSD;Unlicense;CC0-1.0',
      ]),
  },
  {
    name: 'license-compliance --allow (the list of its README)',
    script: 'license-compliance --allow="MIT;ISC;Apache-2.0"',
    ask: (project) => askCompliance(project, ['--allow', 'MIT;ISC;Apache-2.0']),
  },
  {
    name: '.licensee.json (SAP/cloud-sdk-js)',
    files: {
      '.licensee.json': JSON.stringify({
        licenses: { spdx: ['CC-BY-3.0'], blueOak: 'bronze' },
        corrections: true,
        ignore: [{ scope: 'cap-js' }, { scope: 'sap' }, { prefix: 'spawndamnit' }],
      }),
    },
    ask: askLicensee,
  },
]

try {
  console.log('| configuration | packages | both pass | both refuse | only the tool | only depgate |')
  console.log('| --- | --- | --- | --- | --- | --- |')
  const notes = []
  for (const entry of CASES) {
    const project = prepare(entry)
    const imported = spawnSync(process.execPath, [CLI, 'init', '--import'], {
      cwd: project,
      encoding: 'utf8',
    })
    if (imported.status === 2 || imported.status === null) throw new Error(imported.stderr)
    rmSync(join(project, 'depgate.baseline.json'), { force: true })
    const run = spawnSync(process.execPath, [CLI, '--format', 'json', '--deadline', '5m'], {
      cwd: project,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    })
    const report = JSON.parse(run.stdout)
    const ours = new Map(report.packages.filter((one) => one.installed).map((one) => [one.id, one]))
    const theirs = entry.ask(project)
    const counts = { both: 0, neither: 0, tool: [], depgate: [] }
    for (const [id, one] of ours) {
      if (!theirs.has(id)) continue
      const [a, b] = [theirs.get(id), one.verdict === 'pass']
      if (a && b) counts.both++
      else if (!a && !b) counts.neither++
      else if (a) counts.tool.push(one)
      else counts.depgate.push(one)
    }
    const all = counts.both + counts.neither + counts.tool.length + counts.depgate.length
    console.log(
      `| ${entry.name} | ${all} | ${counts.both} | ${counts.neither} | ${counts.tool.length} | ${counts.depgate.length} |`,
    )
    for (const [who, list] of [
      ['only the tool', counts.tool],
      ['only depgate', counts.depgate],
    ]) {
      for (const { id, license, verdict, conclusion, claims } of list) {
        const said = [
          ...new Set(claims.map((claim) => claim.license ?? JSON.stringify(claim.raw) ?? claim.reason)),
        ]
        notes.push(
          `${entry.name.split(' ')[0]}: ${String(who)} lets ${id} pass: ${license ?? conclusion} (${verdict}); ${said.join(' | ')}`,
        )
      }
    }
  }
  console.log(`\n${notes.join('\n')}`)
} finally {
  rmSync(work, { recursive: true, force: true })
  if (!peersFolder) rmSync(home, { recursive: true, force: true })
}

/** The project with nothing of ours and nothing of another tool's in it, and with this configuration. */
function prepare({ script, files = {} }) {
  const project = mkdtempSync(join(work, 'project-'))
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  manifest.scripts = script === undefined ? {} : { licenses: script }
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, undefined, 2))
  writeFileSync(join(project, 'package-lock.json'), readFileSync(join(source, 'package-lock.json')))
  execFileSync('cp', ['-a', join(source, 'node_modules'), join(project, 'node_modules')])
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
  return project
}

/** Runs a peer in the project. */
function runPeer(project, command, args) {
  return peerRunner({ home, project, answer: join(work, 'answer') })(command, args)
}

/** Its gate stops at the first package that it refuses: it is asked again without that one until it accepts the rest. */
function askChecker(project, args) {
  const listed = Object.keys(JSON.parse(runPeer(project, 'license-checker-rseidelsohn', ['--json']).stdout))
  const answers = new Map(listed.map((id) => [id, true]))
  const refused = []
  while (true) {
    const excluded = refused.length === 0 ? [] : ['--excludePackages', refused.join(';')]
    const { status, stderr } = runPeer(project, 'license-checker-rseidelsohn', [
      '--json',
      ...args,
      ...excluded,
    ])
    if (status === 0) return answers
    const id = /^Package "([^"]+)" is licensed under/m.exec(stderr)?.[1]
    if (id === undefined || answers.get(id) !== true)
      throw new Error(`license-checker-rseidelsohn: ${stderr}`)
    answers.set(id, false)
    refused.push(id)
  }
}

function idOf({ name, version }) {
  return `${name}@${version}`
}

function askCompliance(project, args) {
  const report = ['--format', 'json', '--report', 'detailed']
  const listed = JSON.parse(runPeer(project, 'license-compliance', report).stdout)
  const { status, stdout } = runPeer(project, 'license-compliance', [...report, ...args])
  const refused = new Set(status === 0 ? [] : JSON.parse(stdout).map(idOf))
  return new Map(listed.map((entry) => [idOf(entry), !refused.has(idOf(entry))]))
}

function askLicensee(project) {
  const { stdout, stderr } = runPeer(project, 'licensee', ['--ndjson'])
  if (stdout === '') throw new Error(`licensee: ${stderr}`)
  const answers = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
  return new Map(answers.map((entry) => [`${entry.name}@${entry.version}`, entry.approved === true]))
}

function installPeers() {
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, dependencies: PEERS }))
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: home,
    stdio: 'ignore',
  })
}
