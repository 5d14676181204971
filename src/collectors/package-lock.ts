/** Reads a package-lock.json (lockfileVersion 2 and 3): what npm says it installed, entry by entry with its line. */
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isRecord, own, ownString, parseJsonText } from './json-text.ts'
import type { Declared } from './manifest-fields.ts'
import { manifestFields } from './manifest-fields.ts'
import { folderName, isLocation } from './tree-location.ts'

/** Most packages of one tree that are looked at. */
export const MAX_PACKAGES = 100_000

/** Longest licence that is kept: it is only a hint. */
const MAX_LICENSE = 1000

const PLATFORM_FIELDS = ['os', 'cpu', 'libc']

/** One package of the lockfile. */
export interface LockEntry {
  location: string
  /** Real name; for an alias not the folder's name. */
  name: string
  /** `''` where the lockfile has none, as for a workspace without a version. */
  version: string
  resolved?: string
  integrity?: string
  /** It came inside the tarball of a package above it. npm's other flags follow from the edges and are not believed. */
  inBundle: boolean
  declared: Declared[]
  /** What npm noted of its licence when it was installed. */
  license?: string
  bundled?: string[] | true
  /** It says for which systems it is: on others npm leaves it out. */
  limited?: true
  /** 1-based; absent in a file that npm did not format. */
  line?: number
}

/** A lockfile, read. */
export interface Lockfile {
  lockfileVersion: 2 | 3
  /** Packages by location; links are in `links`. Holds no prototype, so no name is special. */
  entries: Map<string, LockEntry>
  /** Location of each link to the folder it points to, as written (`../x` for one outside the project). */
  links: Map<string, string>
  /** Name and version of folders outside the project that a link points to. */
  outside: Map<string, { name: string; version: string }>
}

/** Reads the text of a lockfile. Fails with `lockfile-unreadable`, naming file and line, or `too-many-packages`. */
export function readPackageLock(text: string, file = 'package-lock.json'): Outcome<Lockfile> {
  const refuse = (problem: string): Outcome<never> =>
    fail('lockfile-unreadable', `${file} ${problem}.`, {
      fix: `Restore ${file} from version control, or write it anew with \`npm install --package-lock-only\`.`,
    })
  const conflict = /^(?:<{7}|>{7}) /m.exec(text)
  const parsed = parseJsonText(text)
  if (!parsed.ok) {
    if (conflict) return refuse(`has merge conflict markers in line ${lineAt(text, conflict.index)}`)
    return refuse(`is not JSON: mistake in line ${parsed.line}, column ${parsed.column}`)
  }
  if (!isRecord(parsed.value)) return refuse('is not a JSON object (line 1)')
  const version = own(parsed.value, 'lockfileVersion')
  const packages = own(parsed.value, 'packages')
  if (version !== 2 && version !== 3) {
    const said = typeof version === 'number' ? String(version) : 'missing'
    const line = lineAt(text, Math.max(0, text.indexOf('"lockfileVersion"')))
    return fail(
      'lockfile-unreadable',
      `${file} line ${line}: lockfileVersion is ${said}; 2 and 3 can be read.`,
      {
        fix: 'Write it anew with npm 7 or later: `npm install --package-lock-only --lockfile-version 3`.',
      },
    )
  }
  if (!isRecord(packages)) return refuse('has no "packages" object (line 1)')
  const keys = Object.keys(packages)
  if (keys.length > MAX_PACKAGES + 1) {
    return fail('too-many-packages', `${file} lists more than ${MAX_PACKAGES} packages.`)
  }
  const lines = linesOf(text, keys)
  const lockfile: Lockfile = {
    lockfileVersion: version,
    entries: new Map(),
    links: new Map(),
    outside: new Map(),
  }
  const leading: [location: string, entry: Record<string, unknown>][] = []
  for (const location of keys) {
    const entry = own(packages, location)
    const line = lines.get(location)
    const where = line === undefined ? '' : ` line ${line}:`
    if (!isRecord(entry))
      return refuse(`${where} the entry ${JSON.stringify(location)} is not an object`.trim())
    if (location.startsWith('../')) leading.push([location, entry])
    else if (!isLocation(location))
      return refuse(`${where} ${JSON.stringify(location)} is no place below the project`.trim())
    else if (own(entry, 'link') === true) lockfile.links.set(location, ownString(entry, 'resolved') ?? '')
    else lockfile.entries.set(location, lockEntry(location, entry, line))
  }
  return placeOutside(lockfile, leading) ?? refuse('has an entry outside the project that no link points to')
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
): Outcome<Lockfile> | undefined {
  const targets = new Set(lockfile.links.values())
  for (const [location, entry] of leading) {
    if (targets.has(location)) {
      lockfile.outside.set(location, {
        name: ownString(entry, 'name') ?? folderName(location),
        version: ownString(entry, 'version') ?? '',
      })
    } else if (![...targets].some((target) => location.startsWith(`${target}/`))) {
      return undefined
    }
  }
  return ok(lockfile)
}

/** The line of each key, found in one pass because npm writes keys in the order in which JSON.parse returns them. */
function linesOf(text: string, keys: readonly string[]): Map<string, number> {
  const lines = new Map<string, number>()
  const start = /"packages"\s*:\s*\{(\r?\n[ \t]+)"/.exec(text)
  if (!start) return lines
  const indent = start[1] ?? ''
  let at = start.index
  let line = lineAt(text, at)
  for (const key of keys) {
    const found = text.indexOf(`${indent}${JSON.stringify(key)}:`, at)
    if (found === -1) return lines
    const end = found + indent.length
    for (let next = text.indexOf('\n', at); next !== -1 && next < end; next = text.indexOf('\n', next + 1))
      line += 1
    lines.set(key, line)
    at = end
  }
  return lines
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
