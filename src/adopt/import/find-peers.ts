/** Finds the configurations of other tools in a project, and reads them; none of their code is run. */
import { join, relative, sep } from 'node:path'
import { readJson } from '#config/json-source'
import { ownValue } from '#config/layer'
import type { Disk } from '#disk/disk'
import { readDependencyReview, reviewSteps } from './dependency-review.ts'
import type { Peer } from './imported.ts'
import { clarificationsFile, LICENSE_CHECKERS, readLicenseChecker } from './license-checker.ts'
import { complianceFlags, LICENSE_COMPLIANCE, readLicenseCompliance } from './license-compliance.ts'
import { readLicensee } from './licensee.ts'
import { toolCalls } from './shell-words.ts'

/** What was found, and what is there but could not be read. */
export interface FoundPeers {
  peers: Peer[]
  /** One sentence each. */
  problems: string[]
}

const LICENSEE_FILE = '.licensee.json'
const COMPLIANCE_FILES = ['', '.json', '.yaml', '.yml'].map((end) => `.license-compliancerc${end}`)
const COMPLIANCE_CODE = [
  '.license-compliancerc.js',
  'license-compliance.config.js',
  '.license-compliancerc.cjs',
]
const REVIEW_FILES = ['.github/dependency-review-config.yml', '.github/dependency-review-config.yaml']
const WORKFLOWS = '.github/workflows'
/** Anchors in a file of ours mean nothing; a bomb is made of them. */
const MAX_ALIASES = 20

/** Looks everywhere that the tools themselves look; with `file` (absolute) only there. */
export async function findPeers(disk: Disk, project: string, file?: string): Promise<FoundPeers> {
  const found: FoundPeers = { peers: [], problems: [] }
  const yaml = await import('yaml')
  const names = file === undefined ? everywhere(disk, project) : [nameOf(project, file)]
  for (const name of names) {
    const read = disk.file(file ?? join(project, name))
    if (!read.ok) {
      if (file !== undefined) found.problems.push(`${name} cannot be read (${read.reason})`)
      continue
    }
    const text = read.bytes.toString('utf8')
    if (COMPLIANCE_CODE.some((code) => name.endsWith(code))) {
      found.problems.push(
        `${name} is code, which is not run: write what it holds into .license-compliancerc.json`,
      )
      continue
    }
    const content = /\.ya?ml$/.test(name) || name.endsWith('rc') ? parseYaml(text) : parseJson(text)
    if (content === undefined) {
      // A workflow that nobody can read runs nothing, of no tool.
      if (file === undefined && name.startsWith(`${WORKFLOWS}/`)) continue
      found.problems.push(`${name} is not what its name says, and was not read`)
      continue
    }
    found.peers.push(...peersIn(name, content, disk, project))
  }
  if (file !== undefined && found.peers.length + found.problems.length === 0) {
    found.problems.push(`${names[0] ?? ''} holds no configuration of a tool that depgate knows`)
  }
  return found

  function parseYaml(text: string): unknown {
    try {
      const document = yaml.parseDocument(text, { logLevel: 'silent' })
      return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: MAX_ALIASES })
    } catch {
      return undefined
    }
  }
}

function parseJson(text: string): unknown {
  const read = readJson(text)
  return read.ok ? read.source.value : undefined
}

function everywhere(disk: Disk, project: string): string[] {
  const workflows = (disk.names(join(project, WORKFLOWS)) ?? [])
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${WORKFLOWS}/${name}`)
  return [
    'package.json',
    LICENSEE_FILE,
    ...COMPLIANCE_FILES,
    ...COMPLIANCE_CODE,
    ...REVIEW_FILES,
    ...workflows,
  ]
}

/** By the name of a file, and by what it holds where the name says nothing. */
function peersIn(name: string, content: unknown, disk: Disk, project: string): Peer[] {
  const last = name.split('/').at(-1) ?? ''
  if (last === 'package.json') return inPackage(content, disk, project)
  if (last.startsWith('.licensee')) return [readLicensee(name, content)]
  if (last.startsWith('.license-compliance')) return present(readLicenseCompliance(name, content))
  const steps = reviewSteps(content)
  if (steps.length > 0) {
    return steps.flatMap((inputs) =>
      present(readDependencyReview(`dependency-review-action in ${name}`, inputs)),
    )
  }
  const review = readDependencyReview(name, content)
  if (review !== undefined) return [review]
  return ownValue(content, 'licenses') === undefined
    ? present(readLicenseCompliance(name, content))
    : [readLicensee(name, content)]
}

function inPackage(content: unknown, disk: Disk, project: string): Peer[] {
  const scripts = ownValue(content, 'scripts')
  const peers: Peer[] = []
  for (const [script, line] of Object.entries(
    typeof scripts === 'object' && scripts !== null ? scripts : {},
  )) {
    if (typeof line !== 'string') continue
    for (const { tool, args } of toolCalls(line, [...LICENSE_CHECKERS, LICENSE_COMPLIANCE])) {
      const source = `${tool} in the script "${script}" of package.json`
      if (tool === LICENSE_COMPLIANCE) {
        peers.push(...present(readLicenseCompliance(source, complianceFlags(args))))
        continue
      }
      const peer = readLicenseChecker(source, args, clarificationsOf(args, disk, project))
      if (peer.allow !== undefined || peer.deny.length > 0) peers.push(peer)
    }
  }
  return [
    ...peers,
    ...present(
      readLicenseCompliance(`package.json#${LICENSE_COMPLIANCE}`, ownValue(content, LICENSE_COMPLIANCE)),
    ),
  ]
}

function clarificationsOf(args: readonly string[], disk: Disk, project: string): unknown {
  const file = clarificationsFile(args)
  const read = file === undefined ? undefined : disk.file(join(project, file))
  return read?.ok === true ? parseJson(read.bytes.toString('utf8')) : undefined
}

function present(peer: Peer | undefined): Peer[] {
  return peer === undefined ? [] : [peer]
}

/** As people know it: below the project, else by its own name. */
function nameOf(project: string, file: string): string {
  const way = relative(project, file).split(sep).join('/')
  return way.startsWith('../') ? (way.split('/').at(-1) ?? way) : way
}
