/**
 * Other tools on packages whose licence is hard to tell: node scripts/peers.mjs [list.json] [folder] [peers' folder]
 *
 * The project is the one of hard-licenses.mjs. The peers are installed into a folder of their own (a temporary one unless
 * it is named), asked by their command line under the same two policies, and their machine-readable answers are counted
 * as depgate's are. Prints a Markdown table.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { aliasOf, askDepgate, countAnswers, POLICIES, prepareCases, setPolicy } from './hard-cases.mjs'
import { peerRunner } from './run-peer.mjs'

/** What is installed: the newest version of each under this. */
const PEERS = {
  'license-checker-rseidelsohn': { wanted: '4.4.2', ask: askLicenseChecker },
  licensee: { wanted: '12', ask: askLicensee },
  'license-compliance': { wanted: '3', ask: askLicenseCompliance },
}

const [listFile, folder, peersFolder] = process.argv.slice(2)
const { cases, project } = prepareCases(listFile, folder)
const home = peersFolder ? resolve(peersFolder) : mkdtempSync(join(tmpdir(), 'depgate-peers-'))
mkdirSync(home, { recursive: true })
const runPeer = peerRunner({ home, project, answer: join(home, 'answer') })
if (!existsSync(join(home, 'node_modules'))) installPeers()

const tools = [
  {
    title: `depgate ${versionIn(resolve(import.meta.dirname, '..'))}`,
    ask: () => askDepgate(cases, project),
  },
  ...Object.entries(PEERS).map(([name, { ask }]) => ({
    title: `${name} ${versionIn(join(home, 'node_modules', name))}`,
    ask,
  })),
]
const columns = {}
for (const [name, policy] of Object.entries(POLICIES)) {
  const allow = setPolicy(project, policy)
  columns[name] = tools.map(({ ask }) => countAnswers(cases, ask(allow), allow).counts)
}
console.log(`${cases.length} packages; false passes and needless refusals under permissive / osi\n`)
console.log('| tool | false passes | needless refusals | exact | doubts | wrong |')
console.log('| --- | --- | --- | --- | --- | --- |')
for (const [index, { title }] of tools.entries()) {
  const [permissive, osi] = Object.values(columns).map((counts) => counts[index])
  const both = (key) => `${permissive[key]} / ${osi[key]}`
  // What is answered does not depend on the policy, only what passes does.
  console.log(
    `| ${title} | ${both('falsePass')} | ${both('needless')} | ${permissive.exact} | ${permissive.doubt} | ${permissive.wrong} |`,
  )
}

function installPeers() {
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }))
  const specs = Object.entries(PEERS).map(([name, { wanted }]) => `${name}@${wanted}`)
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', ...specs], {
    cwd: home,
    stdio: 'ignore',
  })
}

function versionIn(packageFolder) {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version
}

/** What a peer says of one package; anything but text is no licence. */
function answerOf(passes, license) {
  const text = typeof license === 'string' ? license : JSON.stringify(license ?? null)
  return { passes, license: typeof license === 'string' ? license : null, answer: text, verdict: '' }
}

/** Its gate stops at the first package that it refuses: it is asked again without that one until it accepts the rest. */
function askLicenseChecker(allow) {
  const listed = JSON.parse(runPeer('license-checker-rseidelsohn', ['--json']).stdout)
  const left = new Set(cases.map(({ name, version }) => `${name}@${version}`).filter((id) => listed[id]))
  while (left.size > 0) {
    const { status, stderr } = runPeer('license-checker-rseidelsohn', [
      '--json',
      '--includePackages',
      [...left].join(';'),
      '--onlyAllow',
      allow.join(';'),
    ])
    if (status === 0) break
    const refused = /^Package "([^"]+)" is licensed under/m.exec(stderr)?.[1]
    if (!left.delete(refused)) throw new Error(`license-checker-rseidelsohn: ${stderr}`)
  }
  return cases.map(({ name, version }) => {
    const id = `${name}@${version}`
    return answerOf(left.has(id), listed[id]?.licenses)
  })
}

/** Its list of ids is read from a file in the project only. */
function askLicensee(allow) {
  const file = join(project, '.licensee.json')
  writeFileSync(file, JSON.stringify({ licenses: { spdx: allow } }))
  try {
    const { stdout, stderr } = runPeer('licensee', ['--ndjson'])
    if (stdout === '') throw new Error(`licensee: ${stderr}`)
    const answers = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
    const found = new Map(answers.map((entry) => [`${entry.name}@${entry.version}`, entry]))
    return cases.map(({ name, version }) => {
      const entry = found.get(`${name}@${version}`)
      return answerOf(entry?.approved === true, entry?.license)
    })
  } finally {
    rmSync(file)
  }
}

/** Lists what it refuses; one id that it does not know makes it refuse all, so only those that it knows are handed in. */
function askLicenseCompliance(allow) {
  const parse = createRequire(join(home, 'node_modules/license-compliance/package.json'))(
    'spdx-expression-parse',
  )
  const known = allow.filter((id) => {
    try {
      return parse(id) !== undefined
    } catch {
      return false
    }
  })
  if (known.length < allow.length) {
    console.error(`license-compliance does not know ${allow.length - known.length} of ${allow.length} ids`)
  }
  const report = ['--format', 'json', '--report', 'detailed']
  const listed = new Map(
    JSON.parse(runPeer('license-compliance', report).stdout).map((entry) => [entry.name, entry]),
  )
  const { status, stdout } = runPeer('license-compliance', [...report, '--allow', known.join(';')])
  const refused = new Set(status === 0 ? [] : JSON.parse(stdout).map((entry) => entry.name))
  return cases.map((_entry, index) => {
    const alias = aliasOf(index)
    return answerOf(listed.has(alias) && !refused.has(alias), listed.get(alias)?.license)
  })
}
