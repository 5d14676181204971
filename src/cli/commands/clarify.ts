/** `depgate clarify <package>`: shows what the licence files say, and writes down what a person reads in them. */
import { resolve } from 'node:path'
import type { LicenseFile } from '#collectors/license-files'
import type { Entry } from '#config/edit-policy'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Inventory } from '#model/inventory'
import { matchesSpec, parsePackageSpec } from '#model/package-spec'
import type { PackageReport } from '#model/run-report'
import { display } from '#reporters/display'
import { licenseReading } from '#reporters/license-reading'
import { findPackages, notFound } from '../find-package.ts'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import {
  isUnfilled,
  openPolicy,
  printEntries,
  tellMissing,
  tellWrongFlags,
  TO_FILL_IN,
  writeEntries,
} from '../policy-entries.ts'
import type { PolicyTarget } from '../policy-entries.ts'
import { createFileReader, filesOf } from '../read-licenses.ts'
import { runForTerminal } from '../run-for-terminal.ts'
import { print, printError, terminalWidth, wantsColor } from '../terminal.ts'

/** Parsed flags of the command. */
export interface ClarifyFlags extends Omit<RunFlags, 'format' | 'omit' | 'workspace' | 'output' | 'quiet'> {
  license?: string
  reason?: string
  file?: string[]
  range?: string
  dryRun?: true
}

type Pinned = { file: string; sha256: string }[]

/** Why nothing can be pinned. */
interface Refusal {
  exitCode: ExitCode
  message: string
  fix: string
}

const FLAG_OF = {
  license: '--license',
  reason: '--reason',
  package: '--range',
  file: '--file',
  files: '--file',
}
const HASH = '0'.repeat(64)

/** Writes it; exit code 2 if words of a person are missing or nothing can be pinned, 3 without a tree. */
export async function clarify(wanted: string, flags: ClarifyFlags): Promise<ExitCode> {
  const target = await openPolicy(flags)
  if (target === undefined) return EXIT_CODE.usage
  if (await hasWrongFlags(wanted, flags)) return EXIT_CODE.usage
  const outcome = await runForTerminal(
    { ...runOptions(flags, 'clarify'), from: 'installed', wantsInventory: true },
    {},
  )
  if (outcome.kind !== 'report') return outcome.exitCode
  const { report, inventory } = outcome
  if (inventory === undefined) {
    const [finding] = report.findings
    await printError(
      `depgate: ${display(finding?.message ?? 'there is no tree to look at')}\n${display(finding?.fix ?? '')}\n`,
    )
    return EXIT_CODE.incomplete
  }
  const found = findPackages(wanted, report.packages)
  if (found.length === 0) {
    await printError(`depgate: ${notFound(wanted, report.packages)}\n`)
    return EXIT_CODE.usage
  }
  const unclear = found.filter(({ verdict }) => verdict !== 'pass')
  const meant = unclear.length > 0 ? unclear : found
  await show(meant, inventory, flags)
  for (const { id } of found.filter((entry) => !meant.includes(entry))) {
    await print(`\n${display(id)} passes as it is and gets no entry.\n`)
  }
  const pinned = pinAll(meant, inventory, flags)
  if ('message' in pinned) {
    await printError(`\ndepgate: ${display(pinned.message, 2000)}\n  ${display(pinned.fix, 1000)}\n`)
    return pinned.exitCode
  }
  return write(wanted, target, entriesOf(meant, pinned, flags), flags)
}

async function write(
  wanted: string,
  target: PolicyTarget,
  entries: Entry[],
  flags: ClarifyFlags,
): Promise<ExitCode> {
  if (entries.some(isUnfilled)) {
    await printEntries(target, 'clarify', entries)
    if (flags.dryRun === true) return EXIT_CODE.pass
    await tellMissing('read the files wholly, then add', [
      ...(flags.license === undefined ? ['--license "<SPDX expression>"'] : []),
      ...(flags.reason === undefined ? ['--reason "<why you read it so>"'] : []),
    ])
    return EXIT_CODE.usage
  }
  for (const note of otherReadings(target, entries)) await print(`\n${display(note, 1000)}\n`)
  return writeEntries(target, 'clarify', entries, { ...flags, wanted })
}

/** Before anything is asked of anybody: the words of the command line. */
function hasWrongFlags(wanted: string, { license, reason, file, range }: ClarifyFlags): Promise<boolean> {
  const name = wanted.replace(/(?!^)@.*$/, '')
  const spec = range === undefined || !parsePackageSpec(name).ok ? 'x' : `${name}@${range}`
  const files = (file ?? ['LICENSE']).map((path) => ({ file: path, sha256: HASH }))
  const probe = { package: spec, license: license ?? 'MIT', files, reason: reason ?? 'x' }
  return tellWrongFlags('clarify', probe, FLAG_OF)
}

async function show(packages: PackageReport[], inventory: Inventory, flags: ClarifyFlags): Promise<void> {
  const read = createFileReader()
  const style = { width: terminalWidth(), color: wantsColor(flags) }
  const texts = packages.map((entry) => {
    const files = copiesOf(entry, inventory, flags).flatMap((copy) => copy.files)
    const distinct = new Map(
      files.map((file) => [`${file.file}\n${'sha256' in file ? file.sha256 : file.unread}`, file]),
    )
    return licenseReading(entry, [...distinct.values()].map(read), style)
  })
  await print(texts.join('\n'))
}

function copiesOf(
  { locations }: PackageReport,
  { instances }: Inventory,
  { project, file = [] }: ClarifyFlags,
): { location: string; files: LicenseFile[] }[] {
  return instances
    .filter(({ location, installed }) => installed && locations.includes(location))
    .map(({ location }) => ({ location, files: filesOf(resolve(project), location, file) }))
}

/** The files of each package with their sha256; the first reason why that cannot be. */
function pinAll(packages: PackageReport[], inventory: Inventory, flags: ClarifyFlags): Pinned[] | Refusal {
  const all: Pinned[] = []
  for (const entry of packages) {
    if (flags.range !== undefined && !fits(entry, flags.range)) {
      return refused(`${entry.id} is not in the range ${flags.range}`, 'Widen --range, or name one version.')
    }
    const pinned = pin(entry, inventory, flags)
    if ('message' in pinned) return pinned
    all.push(pinned)
  }
  const texts = new Set(all.map((pinned) => JSON.stringify(pinned)))
  if (flags.range !== undefined && texts.size > 1) {
    return refused(
      `the versions ${packages.map(({ id }) => id).join(', ')} do not carry the same files, so one entry cannot pin them`,
      'Leave --range out: each version then gets an entry of its own.',
    )
  }
  return all
}

/** The files that speak for a package, or those that were chosen: the same in all of its copies. */
function pin(entry: PackageReport, inventory: Inventory, flags: ClarifyFlags): Pinned | Refusal {
  const { id } = entry
  const [first, ...others] = copiesOf(entry, inventory, flags)
  if (first === undefined) {
    const message = `${id} is not installed here, so there is no file to read`
    return { ...refused(message, 'Run this where it is installed.'), exitCode: EXIT_CODE.incomplete }
  }
  const pinned: Pinned = []
  for (const file of first.files.filter(({ role }) => role === 'package')) {
    if ('unread' in file) {
      return refused(`${first.location}/${file.file} is ${file.unread}`, 'Choose other files with --file.')
    }
    const { sha256 } = file
    for (const { location, files } of others) {
      const other = files.find((candidate) => candidate.file === file.file)
      if (other !== undefined && 'sha256' in other && other.sha256 === sha256) continue
      return refused(
        `the copies of ${id} differ: ${file.file} in ${location} is not the one in ${first.location}`,
        'A clarification holds for all copies or for none: install the tree anew (npm ci), or choose a file with --file that is the same in each.',
      )
    }
    pinned.push({ file: file.file, sha256 })
  }
  if (pinned.length > 0) return pinned
  return refused(
    `${id} ships no licence file to pin`,
    'Name the file that says what it is, for example --file package.json.',
  )
}

function refused(message: string, fix: string): Refusal {
  return { exitCode: EXIT_CODE.usage, message, fix }
}

/** One entry a version; one in all for a range. */
function entriesOf(packages: PackageReport[], pinned: Pinned[], flags: ClarifyFlags): Entry[] {
  const { license = TO_FILL_IN, reason = TO_FILL_IN, range } = flags
  const entries = packages.map(({ name, version }, at) => {
    const [first, ...others] = pinned[at] ?? []
    const files = others.length === 0 ? { ...first } : { files: pinned[at] }
    const exact = parsePackageSpec(`${name}@${version}`).ok ? `${name}@${version}` : name
    return { package: range === undefined ? exact : `${name}@${range}`, license, ...files, reason }
  })
  return range === undefined ? entries : entries.slice(0, 1)
}

function fits({ name, version }: PackageReport, range: string): boolean {
  const parsed = parsePackageSpec(`${name}@${range}`)
  return parsed.ok && matchesSpec(parsed.spec, name, version)
}

/** Clarifications that mean the same packages and say something else: while both fit, neither counts. */
function otherReadings({ policy }: PolicyTarget, entries: Entry[]): string[] {
  return policy.licenses.clarify.flatMap(({ package: spec, license, location }) =>
    entries.some((entry) => {
      const parsed = parsePackageSpec(entry.package)
      const isOther = parsed.ok && spec.name === parsed.spec.name && spec.range !== parsed.spec.range
      return isOther && license !== entry['license']
    })
      ? [
          `${location.file}:${location.line ?? 1} reads "${spec.text}" as ${license}: where both fit the same files, neither counts.`,
        ]
      : [],
  )
}
