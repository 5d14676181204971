/** Lays out what a lockfile plans, as if it lay on disk already, so that the same rules make a tree of it. */
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isRecord, own, parseJsonText } from './json-text.ts'
import type { LockEntry, Lockfile } from './lockfile.ts'
import { manifestFields } from './manifest-fields.ts'
import type { DiskPackage, DiskTree, FolderRole } from './package-files.ts'
import { below, parentOf } from './tree-location.ts'
import { matchesPath, workspacePatterns } from './workspace-patterns.ts'

/** The project's own manifests, parsed. */
export interface OwnManifests {
  /** The root's package.json; absent where only the lockfile's copy of it is to be had. */
  root?: Record<string, unknown>
  /** Those of workspaces and of other folders of the project that are linked, by location. */
  folders: ReadonlyMap<string, Record<string, unknown>>
}

/** Parses the texts of package.json files. Fails with `project-unreadable` or `package-json-unreadable`. */
export function parseManifests(
  root: string,
  folders: Iterable<readonly [location: string, text: string]> = [],
): Outcome<OwnManifests & { root: Record<string, unknown> }> {
  const own = parseManifest('', root)
  if (!own.ok) return own
  const parsed = new Map<string, Record<string, unknown>>()
  for (const [location, text] of folders) {
    const manifest = parseManifest(location, text)
    if (!manifest.ok) return manifest
    parsed.set(location, manifest.value)
  }
  return ok({ root: own.value, folders: parsed })
}

function parseManifest(location: string, text: string): Outcome<Record<string, unknown>> {
  const file = below(location, 'package.json')
  const code = location === '' ? 'project-unreadable' : 'package-json-unreadable'
  const fix = { fix: `Correct ${file}; \`npm pkg get name\` shows whether npm can read it.` }
  const parsed = parseJsonText(text)
  if (!parsed.ok)
    return fail(code, `${file} is not JSON: mistake in line ${parsed.line}, column ${parsed.column}.`, fix)
  if (isRecord(parsed.value)) return ok(parsed.value)
  return fail(code, `${file} is not a JSON object.`, fix)
}

/** A lockfile, and the tree that it plans. */
export interface Planned {
  lockfile: Lockfile
  disk: DiskTree
}

/**
 * The tree that the lockfile plans for every system. Places where no package can lie are differences. What stands in the
 * same entry of `like` is taken over from there.
 */
export function plannedTree(lockfile: Lockfile, manifests: OwnManifests, like?: Planned): DiskTree {
  const tree: DiskTree = {
    packages: new Map(),
    links: new Map(),
    outside: new Map(),
    hasNodeModules: true,
    overrides: manifests.root && own(manifests.root, 'overrides'),
    differences: [],
  }
  // Without the root's word every folder of the project counts as its own.
  const isWorkspace = manifests.root ? workspaceTest(own(manifests.root, 'workspaces')) : () => true
  const add = (location: string, role: FolderRole, entry: LockEntry | undefined): void => {
    const manifest = location === '' ? manifests.root : manifests.folders.get(location)
    if (manifest !== undefined && role !== 'installed') {
      tree.packages.set(location, { location, role, manifest: manifestFields(manifest, true) })
    } else if (entry !== undefined) tree.packages.set(location, planned(entry, role))
  }
  if (manifests.root !== undefined) add('', 'root', undefined)
  for (const location of [...manifests.folders.keys()].toSorted())
    if (isWorkspace(location)) add(location, 'workspace', undefined)
  for (const entry of lockfile.entries.values()) {
    const known = like && sharedPackage(entry, like)
    if (known !== undefined) {
      tree.packages.set(entry.location, known)
      continue
    }
    const role = roleOf(entry.location, isWorkspace)
    if (role === undefined) tree.differences.push(`${entry.location}: no place for a package`)
    else if (!mayBeLeftOut(entry, lockfile)) add(entry.location, role, entry)
  }
  for (const [place, target] of lockfile.links) {
    if (tree.packages.has(target)) tree.links.set(place, target)
    else tree.outside.set(place, unopened(place, target))
  }
  return tree
}

/** What is installed as itself, whatever lies around it. */
function sharedPackage(entry: LockEntry, like: Planned): DiskPackage | undefined {
  if (entry.inBundle || like.lockfile.entries.get(entry.location) !== entry) return undefined
  const known = like.disk.packages.get(entry.location)
  return known?.role === 'installed' ? known : undefined
}

/** Whether every way to a package is for some systems only: it, or what carries it, says for which. */
export function isForSomeSystems({ location }: { location: string }, { entries }: Lockfile): boolean {
  for (let at = location; at !== ''; at = parentOf(at)) {
    const entry = entries.get(at)
    if (entry?.limited === true) return true
    if (entry !== undefined && !entry.inBundle) return false
  }
  return false
}

function unopened(place: string, target: string) {
  const leads = target.startsWith('../') ? 'leads outside the project' : 'leads to no folder that it lists'
  return fail('outside-project', `${place} is a link of the lockfile that ${leads}; it is not followed.`, {
    fix: 'Depend on a published version, or move the folder into the project.',
  }).failure
}

const INSTALLED = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^@/][^/]*$/

/** What npm would make of an entry's place; undefined for one where no package can lie. */
function roleOf(location: string, isWorkspace: (location: string) => boolean): FolderRole | undefined {
  if (location === '') return 'root'
  if (INSTALLED.test(location)) return 'installed'
  if (location.split('/').includes('node_modules')) return undefined
  return isWorkspace(location) ? 'workspace' : 'link'
}

function workspaceTest(field: unknown): (location: string) => boolean {
  const patterns = workspacePatterns(field)
  if (patterns === undefined) return () => false
  return (location) => {
    const path = location.split('/')
    return (
      patterns.include.some((pattern) => matchesPath(pattern, path)) &&
      !patterns.exclude.some((pattern) => matchesPath(pattern, path))
    )
  }
}

/** A carried package is not there where its carrier is for another system; then a registry has to speak for it. */
function mayBeLeftOut(entry: LockEntry, { entries }: Lockfile): boolean {
  if (!entry.inBundle) return false
  for (let at = entry.location; at !== ''; at = parentOf(at))
    if (entries.get(at)?.limited === true) return true
  return false
}

function planned({ location, name, version, declared, bundled }: LockEntry, role: FolderRole): DiskPackage {
  return { location, role, manifest: { name, version, license: {}, declared, ...(bundled && { bundled }) } }
}
