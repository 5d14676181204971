/** Reads the `packages` of a lockfile of version 2 or 3: manifests and places as npm lists them. */
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isRecord, isSameJson, own, ownString } from './json-text.ts'
import { lineFinder } from './lockfile-lines.ts'
import { lockfileRefusal } from './lockfile-text.ts'
import { MAX_PACKAGES } from './lockfile.ts'
import type { LockEntry, Lockfile, LockfileReading } from './lockfile.ts'
import { manifestFields } from './manifest-fields.ts'
import { folderName, isLocation } from './tree-location.ts'

/** Longest licence that is kept: it is only a hint. */
const MAX_LICENSE = 1000

const PLATFORM_FIELDS = ['os', 'cpu', 'libc']

/** What is read: the object, and the whole file that it stands in, for the lines. */
export interface ListedInput {
  version: 2 | 3
  packages: Record<string, unknown>
  text: string
  /** Its name, for messages. */
  file: string
}

/** Reads the object. */
export function readListedPackages(input: ListedInput, reading: LockfileReading = {}): Outcome<Lockfile> {
  const { like, keepListed } = reading
  const lockfile = readEntries(input, like)
  // Whoever reads the message wants the line.
  if (!lockfile.ok) return like === undefined ? lockfile : readEntries(input, undefined)
  if (keepListed === true) lockfile.value.listed = input.packages
  return lockfile
}

function readEntries(
  { version, packages, text, file }: ListedInput,
  like: Lockfile | undefined,
): Outcome<Lockfile> {
  const keys = Object.keys(packages)
  if (keys.length > MAX_PACKAGES + 1) {
    return fail('too-many-packages', `${file} lists more than ${MAX_PACKAGES} packages.`)
  }
  const lineOf = like === undefined ? lineFinder(text, 'packages') : () => undefined
  const lockfile: Lockfile = {
    lockfileVersion: version,
    entries: new Map(),
    links: new Map(),
    outside: new Map(),
  }
  const leading: [location: string, entry: Record<string, unknown>][] = []
  for (const location of keys) {
    const entry = own(packages, location)
    const known = sharedEntry(location, entry, like)
    if (known !== undefined) {
      lockfile.entries.set(location, known)
      continue
    }
    const line = lineOf(location, 0)
    const where = line === undefined ? '' : `line ${line}: `
    if (!isRecord(entry))
      return lockfileRefusal(file, `${where}the entry ${JSON.stringify(location)} is not an object`)
    if (location.startsWith('../')) leading.push([location, entry])
    else if (!isLocation(location))
      return lockfileRefusal(file, `${where}${JSON.stringify(location)} is no place below the project`)
    else if (own(entry, 'link') === true) lockfile.links.set(location, ownString(entry, 'resolved') ?? '')
    else lockfile.entries.set(location, lockEntry(location, entry, line))
  }
  return placeOutside(lockfile, leading)
    ? ok(lockfile)
    : lockfileRefusal(file, 'has an entry outside the project that no link points to')
}

/** What the other lockfile made of the same content at the same place. */
function sharedEntry(location: string, entry: unknown, like: Lockfile | undefined): LockEntry | undefined {
  const known = like?.entries.get(location)
  if (known === undefined || like?.listed === undefined) return undefined
  return isSameJson(own(like.listed, location), entry) ? known : undefined
}

function lockEntry(location: string, entry: Record<string, unknown>, line: number | undefined): LockEntry {
  const top = location === '' || !location.includes('node_modules/')
  const fields = manifestFields(entry, top)
  const resolved = ownString(entry, 'resolved')
  const integrity = ownString(entry, 'integrity')
  const found: LockEntry = {
    location,
    name: fields.name ?? folderName(location),
    version: fields.version ?? '',
    inBundle: own(entry, 'inBundle') === true,
    declared: fields.declared,
  }
  if (resolved !== undefined) found.resolved = resolved
  if (integrity !== undefined) found.integrity = integrity
  if (typeof fields.license.license === 'string') found.license = fields.license.license.slice(0, MAX_LICENSE)
  if (fields.bundled !== undefined) found.bundled = fields.bundled
  if (PLATFORM_FIELDS.some((field) => Object.hasOwn(entry, field))) found.limited = true
  if (line !== undefined) found.line = line
  return found
}

/** `file:../x` makes npm write `../x` and `../x/node_modules/y`: known as the target of a link, never opened. */
function placeOutside(
  lockfile: Lockfile,
  leading: [location: string, entry: Record<string, unknown>][],
): boolean {
  const targets = new Set(lockfile.links.values())
  for (const [location, entry] of leading) {
    if (targets.has(location)) {
      lockfile.outside.set(location, {
        name: ownString(entry, 'name') ?? folderName(location),
        version: ownString(entry, 'version') ?? '',
      })
    } else if (![...targets].some((target) => location.startsWith(`${target}/`))) {
      return false
    }
  }
  return true
}
