/** Reads the flags and the clarifications of license-checker and of its successor license-checker-rseidelsohn. */
import { ownValue } from '#config/layer'
import { emptyPeer } from './imported.ts'
import type { Lost, Peer, Reading } from './imported.ts'
import { readLicenseNames } from './license-names.ts'
import { flagsIn } from './shell-words.ts'

/** The names that it is called by. */
export const LICENSE_CHECKERS = ['license-checker', 'license-checker-rseidelsohn']

const WITH_VALUE = new Set(
  'onlyAllow failOn excludeLicenses includeLicenses excludePackages includePackages excludePackagesStartingWith clarificationsFile start depth direct customPath out files limitAttributes'
    .split(' ')
    .map((name) => `--${name}`),
)
const OF_THE_RUN: ReadonlyMap<string, string> = new Map([
  ['--development', 'depgate judges the whole tree; scopes.dev holds what is allowed for development alone'],
  ['--direct', 'depgate judges the whole tree: what ships is what counts'],
  ['--depth', 'depgate judges the whole tree: what ships is what counts'],
  ['--includePackages', 'depgate judges the whole tree'],
  ['--includeLicenses', 'depgate judges the whole tree'],
  ['--nopeer', 'a peer that is installed is judged like everything else'],
])

/** The call in a script; `clarifications` is the content of the file that it names, if there is one. */
export function readLicenseChecker(source: string, args: readonly string[], clarifications: unknown): Peer {
  const peer = emptyPeer(source)
  const flags = flagsIn(args, WITH_VALUE)
  const onlyAllow = flags.get('--onlyAllow')
  const allowed = readLicenseNames([
    ...(onlyAllow ?? '').split(';'),
    // What is left out of the list is never asked about.
    ...(flags.get('--excludeLicenses') ?? '').split(','),
  ])
  if (onlyAllow !== undefined) peer.allow = allowed.allow
  const denied = (flags.get('--failOn') ?? '').split(';').map((name) => name.trim())
  peer.deny = denied.filter((name) => name !== '')
  peer.productionOnly = flags.has('--production')
  for (const text of listIn(flags.get('--excludePackages'))) peer.exempt.push({ text, package: text })
  for (const text of listIn(flags.get('--excludePackagesStartingWith'))) {
    peer.exempt.push({ text: `${text}…`, prefix: text })
  }
  const read = readClarifications(clarifications)
  peer.readings = read.readings
  peer.lost = [
    ...allowed.lost,
    ...[...flags.keys()].flatMap((flag) => {
      const why = OF_THE_RUN.get(flag)
      return why === undefined ? [] : [{ what: flag, why }]
    }),
    ...read.lost,
  ]
  return peer
}

/** The file that a call names. */
export function clarificationsFile(args: readonly string[]): string | undefined {
  return flagsIn(args, WITH_VALUE).get('--clarificationsFile')
}

function readClarifications(content: unknown): { readings: Reading[]; lost: Lost[] } {
  const readings: Reading[] = []
  const lost: Lost[] = []
  if (typeof content !== 'object' || content === null) return { readings, lost }
  for (const [spec, value] of Object.entries(content)) {
    const [license, file, sha256] = ['licenses', 'licenseFile', 'checksum'].map((key) => ownValue(value, key))
    if (typeof license !== 'string') continue
    if (typeof file !== 'string' || typeof sha256 !== 'string') {
      const why = `is not bound to a file by its sha256: depgate clarify ${spec} --license "${license}"`
      lost.push({ what: `clarification of ${spec}`, why })
      continue
    }
    readings.push({ package: spec, license, file, sha256: sha256.toLowerCase() })
  }
  return { readings, lost }
}

function listIn(text = ''): string[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
