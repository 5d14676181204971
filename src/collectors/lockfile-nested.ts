/** Reads the nested `dependencies` of a lockfile of version 1 into the places that npm makes of them. */
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { specSource } from './dependency-spec.ts'
import { isRecord, own, ownString } from './json-text.ts'
import { lineFinder } from './lockfile-lines.ts'
import { lockfileRefusal } from './lockfile-text.ts'
import { MAX_PACKAGES } from './lockfile.ts'
import type { LockEntry, Lockfile } from './lockfile.ts'
import { createLookUp } from './look-up.ts'
import { below, folderName, isLocation, parentOf } from './tree-location.ts'

/** Deepest nesting of packages; npm itself never came near it. */
const MAX_DEPTH = 200

const TARBALL = /\.(?:tgz|tar\.gz|tar)$/i

/** An entry whose `requires` is yet to be resolved. */
interface Nested {
  entry: LockEntry
  requires: Record<string, unknown>
  /** npm's flag: every way to it passes an optional dependency. */
  optional: boolean
}

/** Reads the object that the file holds; `text` is the whole file, for the lines. */
export function readNestedPackages(
  root: Record<string, unknown>,
  text: string,
  file: string,
): Outcome<Lockfile> {
  const lockfile: Lockfile = { lockfileVersion: 1, entries: new Map(), links: new Map(), outside: new Map() }
  const rootEntry: LockEntry = {
    location: '',
    name: ownString(root, 'name') ?? '',
    version: ownString(root, 'version') ?? '',
    inBundle: false,
    declared: [],
  }
  lockfile.entries.set('', rootEntry)
  const lineOf = lineFinder(text, 'dependencies')
  const nested: Nested[] = []
  let problem: string | undefined
  const walk = (holder: Record<string, unknown>, folder: string, depth: number): void => {
    const dependencies = own(holder, 'dependencies')
    if (dependencies === undefined) return
    if (!isRecord(dependencies)) problem ??= `"dependencies" of ${folder || 'the project'} is not an object`
    else if (depth > MAX_DEPTH) problem ??= `nests packages deeper than ${MAX_DEPTH} levels`
    else {
      for (const [name, record] of Object.entries(dependencies)) {
        const line = lineOf(name, depth)
        const where = line === undefined ? '' : `line ${line}: `
        const location = below(folder, `node_modules/${name}`)
        if (!isRecord(record)) problem ??= `${where}the entry ${JSON.stringify(name)} is not an object`
        else if (!isPlace(location, name))
          problem ??= `${where}${JSON.stringify(name)} is no name of a package`
        if (problem !== undefined || !isRecord(record) || nested.length > MAX_PACKAGES) return
        const inside = addEntry(lockfile, nested, { location, name, record, line })
        // What lies in a folder outside the project is never opened.
        if (!inside.startsWith('../')) walk(record, inside, depth + 1)
      }
    }
  }
  walk(root, '', 0)
  if (nested.length > MAX_PACKAGES) {
    return fail('too-many-packages', `${file} lists more than ${MAX_PACKAGES} packages.`)
  }
  if (problem !== undefined) return lockfileRefusal(file, problem)
  noteCarriers(lockfile)
  resolveRequired(lockfile, nested)
  return ok(lockfile)
}

function isPlace(location: string, name: string): boolean {
  return isLocation(location) && /^(?:@[^/@]+\/)?[^/@][^/]*$/.test(name)
}

/** Adds what an entry stands for; gives the folder in whose node_modules the entries inside it lie. */
function addEntry(
  lockfile: Lockfile,
  nested: Nested[],
  place: { location: string; name: string; record: Record<string, unknown>; line: number | undefined },
): string {
  const { location, name, record, line } = place
  const version = ownString(record, 'version') ?? ''
  const link = linkedFolder(version)
  if (link !== undefined) lockfile.links.set(location, link)
  if (link?.startsWith('../')) {
    lockfile.outside.set(link, { name, version: '' })
    return link
  }
  const at = link ?? location
  const entry: LockEntry = {
    location: at,
    ...(link === undefined ? identityOf(name, version) : { name, version: '' }),
    inBundle: own(record, 'bundled') === true,
    declared: [],
  }
  const resolved = resolvedOf(record, version)
  const integrity = ownString(record, 'integrity')
  if (resolved !== undefined && link === undefined) entry.resolved = resolved
  if (integrity !== undefined) entry.integrity = integrity
  if (own(record, 'peer') === true) entry.peer = true
  if (line !== undefined) entry.line = line
  const requires = own(record, 'requires')
  lockfile.entries.set(at, entry)
  nested.push({
    entry,
    requires: isRecord(requires) ? requires : {},
    optional: own(record, 'optional') === true,
  })
  return at
}

/** The folder that `file:packages/a` links to; undefined for a version that is no folder. */
export function linkedFolder(version: string): string | undefined {
  if (!version.startsWith('file:') || TARBALL.test(version)) return undefined
  const folder = version
    .slice('file:'.length)
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '')
  if (folder.startsWith('../')) return folder
  return folder !== '' && isLocation(folder) ? folder : undefined
}

/** An alias is written as `npm:real@1.2.3`; an address instead of a version leaves the version unknown. */
export function identityOf(name: string, version: string): Pick<LockEntry, 'name' | 'version'> {
  if (version.startsWith('npm:')) {
    const target = version.slice('npm:'.length)
    const at = target.indexOf('@', 1)
    return at === -1
      ? { name: target, version: '' }
      : { name: target.slice(0, at), version: target.slice(at + 1) }
  }
  return { name, version: specSource(version) === 'registry' ? version : '' }
}

/** The address of an entry, which may stand in the place of its version. */
export function resolvedOf(record: Record<string, unknown>, version: string): string | undefined {
  return specSource(version) === 'registry' ? ownString(record, 'resolved') : version
}

/** Version 1 flags what came inside a tarball, but not the package whose tarball it was: the next one above. */
function noteCarriers({ entries }: Lockfile): void {
  for (const entry of entries.values()) {
    if (!entry.inBundle) continue
    let carrier: LockEntry | undefined
    let child = entry.location
    for (let at = parentOf(child); at !== ''; at = parentOf(at)) {
      carrier = entries.get(at)
      if (carrier !== undefined && !carrier.inBundle) break
      if (carrier !== undefined) child = at
    }
    if (carrier === undefined || carrier.inBundle) continue
    const name = folderName(child)
    const known = carrier.bundled === true || carrier.bundled === undefined ? [] : carrier.bundled
    if (!known.includes(name)) carrier.bundled = [...known, name]
  }
}

/**
 * `requires` does not tell dependencies from optional ones. As npm does when it reads such a file: what only optional
 * ways lead to is an optional dependency of a package to which others lead.
 */
function resolveRequired({ links }: Lockfile, nested: readonly Nested[]): void {
  const byLocation = new Map(nested.map((one) => [one.entry.location, one]))
  const places = nested.map((one) => [one.entry.location, one] as const)
  const linked = [...links].flatMap(([place, target]) => {
    const found = byLocation.get(target)
    return found ? [[place, found] as const] : []
  })
  const find = createLookUp([...places, ...linked])
  for (const { entry, requires, optional } of nested) {
    entry.declared = Object.entries(requires).map(([name, spec]) => {
      const spared = !optional && find(entry.location, name)?.optional === true
      return {
        name,
        spec: typeof spec === 'string' ? spec : '',
        kind: spared ? 'optional' : 'production',
        optional: spared,
      }
    })
  }
}
