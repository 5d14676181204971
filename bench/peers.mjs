/** The other tools that are measured, at pinned versions, in a folder of their own. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Each judges or lists the licences of a whole installed tree.
 * @type {{ name: string, version: string, args: string[] }[]}
 */
export const PEERS = [
  { name: 'license-compliance', version: '3.0.1', args: ['--format', 'json'] },
  { name: 'licensee', version: '12.0.2', args: ['--osi', '--errors-only'] },
  { name: 'license-checker', version: '25.0.1', args: ['--json'] },
  { name: 'license-checker-rseidelsohn', version: '4.4.2', args: ['--json'] },
  {
    name: '@onebeyond/license-checker',
    version: '2.2.0',
    args: ['scan', '--failOn', 'AGPL-3.0-only', '--disableReport', '--disableErrorReport'],
  },
  { name: '@cyclonedx/cyclonedx-npm', version: '6.0.1', args: ['--ignore-npm-errors'] },
]

/** Looks at lockfiles only: at their addresses and integrities, not at licences. */
const LOCKFILE_PEER = { name: 'lockfile-lint', version: '5.0.1' }

/**
 * Look at imports: the same files, and what they import that is not declared or goes in circles.
 * @type {{ name: string, version: string, bin: string, args: string[] }[]}
 */
const IMPORT_PEERS = [
  {
    name: 'dependency-cruiser',
    version: '17.4.3',
    bin: 'depcruise',
    args: ['--config', '.dependency-cruiser.json', '--output-type', 'err', 'src'],
  },
  { name: 'knip', version: '6.42.0', bin: 'knip', args: ['--no-exit-code', '--no-progress'] },
]

/**
 * Installs them, if they are not there yet.
 * @param {string} home
 */
export function installPeers(home) {
  mkdirSync(home, { recursive: true })
  const all = [...PEERS, LOCKFILE_PEER, ...IMPORT_PEERS, { name: 'typescript', version: '5.9.3' }]
  if (all.every(({ name }) => existsSync(join(home, 'node_modules', name)))) return
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  const specs = all.map(({ name, version }) => `${name}@${version}`)
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact', ...specs], {
    cwd: home,
    stdio: 'ignore',
  })
}

/**
 * The commands to run in a project. Two of them share the name of their command, so each is started by its file.
 * @param {string} home
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
export function peerCommands(home, cwd, env) {
  return PEERS.map(({ name, version, args }) => ({
    name: `${name} ${version}`,
    command: { file: process.execPath, args: [binOf(home, name), ...args], cwd, env },
  }))
}

/**
 * The command that looks at a project's lockfile as far as `depgate diff` does that too.
 * @param {string} home
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
export function lockfileLint(home, cwd, env) {
  const { name, version } = LOCKFILE_PEER
  const args = [
    binOf(home, name),
    '--path',
    'package-lock.json',
    '--type',
    'npm',
    '--validate-https',
    '--validate-integrity',
  ]
  return { name: `${name} ${version}`, command: { file: process.execPath, args, cwd, env } }
}

/**
 * The commands that look at the imports of a project.
 * @param {string} home
 * @param {string} cwd
 */
export function importPeers(home, cwd) {
  return IMPORT_PEERS.map(({ name, version, bin, args }) => ({
    name: `${name} ${version}`,
    command: { file: process.execPath, args: [binOf(home, name, bin), ...args], cwd, env: process.env },
  }))
}

/**
 * @param {string} home
 * @param {string} name
 * @param {string} [command] which one, where there are several
 */
function binOf(home, name, command) {
  const folder = join(home, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : (bin[command] ?? Object.values(bin)[0]))
}
