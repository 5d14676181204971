/** Reads the project from disk: its package.json, its workspaces, and every package.json below node_modules. */
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Disk } from '#disk/disk'
import type { Entry } from '#disk/look'
import { UNREAD } from '#disk/safe-read'
import type { Failure, Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isRecord, own, parseJsonText } from './json-text.ts'
import { manifestFields } from './manifest-fields.ts'
import type { Manifest } from './manifest-fields.ts'
import { MAX_PACKAGES } from './lockfile.ts'
import { below, isLocation, parentOf } from './tree-location.ts'
import { workspaceFolders } from './workspace-folders.ts'
import { workspacePatterns } from './workspace-patterns.ts'

/** What kind of folder a package lies in; `installed` is an ordinary folder of node_modules. */
export type FolderRole = 'root' | 'workspace' | 'link' | 'installed'

/** One package on disk. */
export interface DiskPackage {
  location: string
  role: FolderRole
  manifest: Manifest
}

/** The project as it lies on disk. */
export interface DiskTree {
  /** Readable packages by location, the root first. */
  packages: Map<string, DiskPackage>
  /** Place of each link in node_modules to the location it leads to, inside the project. */
  links: Map<string, string>
  /** Places of links that lead outside the project; they are not followed. */
  outside: Map<string, Failure>
  /** Whether the root has a node_modules folder at all. */
  hasNodeModules: boolean
  /** The root's `overrides`, as parsed. */
  overrides: unknown
  /** What cannot be trusted, one line each. */
  differences: string[]
}

/** Walks the project, synchronously: for thousands of small files that is several times faster than asynchronously. */
export function readPackageFiles(projectPath: string, disk: Disk): Outcome<DiskTree> {
  const project = disk.realPath(projectPath)
  if (project === undefined) {
    return fail('project-unreadable', 'The project folder does not exist or cannot be read.', {
      fix: 'Run depgate in the folder of a package.json, or name it with --project.',
    })
  }
  const root = readManifest(disk, project, '')
  if (!root.ok) return root
  const tree: DiskTree = {
    packages: new Map([['', { location: '', role: 'root', manifest: manifestFields(root.value, true) }]]),
    links: new Map(),
    outside: new Map(),
    hasNodeModules: disk.kind(`${project}/node_modules`) !== 'absent',
    overrides: own(root.value, 'overrides'),
    differences: [],
  }
  const seen = new Set<string>([''])
  const queue = ['']
  const enqueue = (folder: string): void => {
    for (let at = folder; !seen.has(at); at = parentOf(at)) {
      seen.add(at)
      queue.push(at)
    }
  }

  const patterns = workspacePatterns(own(root.value, 'workspaces'))
  if (!patterns)
    return fail('project-unreadable', 'package.json: "workspaces" is no list of patterns.', FIX_JSON)
  const folders = workspaceFolders(project, patterns, disk)
  if (!folders)
    return fail('too-many-packages', 'package.json: "workspaces" asks for more folders than can be listed.')
  for (const folder of folders) {
    const location = realLocation(disk, project, folder)
    if (location === undefined) tree.differences.push(`${folder}: a workspace outside the project`)
    // npm looks for workspaces outside node_modules only: a link must not make a dependency the project's own.
    else if (location.split('/').includes('node_modules'))
      tree.differences.push(`${folder}: a workspace that is a link into node_modules`)
    else if (location !== '' && !tree.packages.has(location)) {
      const read = readManifest(disk, project, location)
      if (read.ok) {
        tree.packages.set(location, {
          location,
          role: 'workspace',
          manifest: manifestFields(read.value, true),
        })
        enqueue(location)
      } else if (!read.absent) tree.differences.push(read.failure.message)
    }
  }

  for (let at = 0; at < queue.length; at += 1) {
    const folder = queue[at] ?? ''
    for (const place of placesIn(disk, project, folder, tree)) {
      if (place.isLink) followLink(disk, project, place.location, tree, enqueue)
      else {
        if (!seen.has(place.location)) queue.push(place.location)
        seen.add(place.location)
        addInstalled(disk, project, place.location, tree)
      }
      if (tree.packages.size > MAX_PACKAGES) {
        return fail('too-many-packages', `node_modules holds more than ${MAX_PACKAGES} packages.`)
      }
    }
  }
  return ok(tree)
}

const FIX_JSON = { fix: 'Correct package.json; `npm pkg get name` shows whether npm can read it.' }

/** Reads a package.json and parses it; `absent` tells a missing file from one that cannot be used. */
function readManifest(
  disk: Disk,
  project: string,
  location: string,
): { ok: true; value: Record<string, unknown> } | { ok: false; absent: boolean; failure: Failure } {
  const file = below(location, 'package.json')
  const code = location === '' ? 'project-unreadable' : 'package-json-unreadable'
  const refuse = (what: string, absent = false) => ({ ...fail(code, `${file} ${what}.`, FIX_JSON), absent })
  const read = disk.file(`${project}/${file}`)
  if (!read.ok) return refuse(`is ${UNREAD[read.reason]}`, read.reason === 'absent')
  const parsed = parseJsonText(read.bytes.toString('utf8'))
  if (!parsed.ok) return refuse(`is not JSON: mistake in line ${parsed.line}, column ${parsed.column}`)
  if (!isRecord(parsed.value)) return refuse('is not a JSON object')
  return { ok: true, value: parsed.value }
}

/** The packages and links that stand in `<folder>/node_modules`; dot entries and plain files are none. */
function placesIn(
  disk: Disk,
  project: string,
  folder: string,
  tree: DiskTree,
): { location: string; isLink: boolean }[] {
  const modules = below(folder, 'node_modules')
  // An installed package is listed for its licence files anyway; what a root or workspace holds beside is its own affair.
  if (IN_NODE_MODULES.test(parentOf(folder))) disk.names(`${project}/${folder}`)
  const kind = disk.kind(`${project}/${modules}`)
  if (kind === 'absent') return []
  if (kind !== 'folder') {
    tree.differences.push(`${modules}: not a folder but ${kind === 'link' ? 'a symbolic link' : 'a file'}`)
    return []
  }
  const places: { location: string; isLink: boolean }[] = []
  const list = (parent: string, inScope: boolean): void => {
    for (const entry of entriesOf(disk.places(`${project}/${parent}`), parent, tree)) {
      const location = `${parent}/${entry.name}`
      if (entry.kind !== 'folder' && entry.kind !== 'link') continue
      if (!isLocation(location))
        tree.differences.push(`${JSON.stringify(location)}: not a name for a package`)
      else if (entry.kind === 'folder' && !inScope && entry.name.startsWith('@')) list(location, true)
      else places.push({ location, isLink: entry.kind === 'link' })
    }
  }
  list(modules, false)
  return places
}

/** A folder of packages: node_modules itself, or a scope in it. */
const IN_NODE_MODULES = /(?:^|\/)node_modules(?:\/@[^/]+)?$/

function entriesOf(
  entries: readonly Entry[] | undefined,
  location: string,
  tree: DiskTree,
): readonly Entry[] {
  if (entries === undefined) tree.differences.push(`${location}: the folder cannot be read`)
  return entries ?? []
}

function addInstalled(disk: Disk, project: string, location: string, tree: DiskTree): void {
  if (tree.packages.has(location)) return
  const read = readManifest(disk, project, location)
  if (read.ok) {
    tree.packages.set(location, { location, role: 'installed', manifest: manifestFields(read.value, false) })
  } else if (!read.absent) {
    tree.differences.push(read.failure.message)
  } else if (
    entriesOf(disk.places(`${project}/${location}`), location, tree).some(
      ({ name }) => name !== 'node_modules',
    )
  ) {
    tree.differences.push(`${location}: a folder without a package.json`)
  }
}

function followLink(
  disk: Disk,
  project: string,
  place: string,
  tree: DiskTree,
  enqueue: (folder: string) => void,
): void {
  const location = realLocation(disk, project, place)
  if (location === undefined) {
    if (disk.realPath(join(project, place)) === undefined) {
      tree.differences.push(`${place}: a link that leads nowhere`)
      return
    }
    tree.outside.set(
      place,
      fail('outside-project', `${place} is a link that leads outside the project; it is not followed.`, {
        fix: 'Depend on a published version, or move the folder into the project.',
      }).failure,
    )
    return
  }
  tree.links.set(place, location)
  if (tree.packages.has(location)) return
  // An ordinary folder of some node_modules: the walk of that folder, which it starts, reads its neighbours too.
  if (IN_NODE_MODULES.test(parentOf(location))) {
    enqueue(location)
    addInstalled(disk, project, location, tree)
    return
  }
  const read = readManifest(disk, project, location)
  if (!read.ok) {
    tree.differences.push(read.failure.message)
    return
  }
  tree.packages.set(location, { location, role: 'link', manifest: manifestFields(read.value, true) })
  enqueue(location)
}

/** The real place of something below the project, as a location; undefined when it is elsewhere or nowhere. */
function realLocation(disk: Disk, project: string, place: string): string | undefined {
  const real = disk.realPath(join(project, place))
  if (real === undefined) return undefined
  const path = relative(project, real)
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined
  return path.split(sep).join('/')
}
