/** Reads files as they are in a commit, without a checkout: nothing is filtered, converted or executed. */
import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import type { DiskReader } from '#disk/disk'
import type { Entry, Kind } from '#disk/look'
import { MAX_FILE_BYTES } from '#disk/safe-read'
import type { FileBytes } from '#disk/safe-read'
import type { Outcome } from '#model/outcome'
import type { BaseCommit } from './base-commit.ts'
import { openObjects } from './commit-objects.ts'
import type { CommitObjects, Folder, TreeEntry } from './commit-objects.ts'
import type { Git } from './git.ts'

/** The files of a commit. */
export interface CommitDisk extends DiskReader {
  /** The first failure of git; whatever was answered since then may be wrong. */
  failure: () => Outcome<never> | undefined
  /** Whether a file is sure to hold other bytes than these; told by their hash, so that nobody has to read them. */
  holdsOther: (path: string, bytes: Uint8Array) => boolean
}

/** What a disk over a commit is made of. */
interface CommitFiles {
  /** All names in it, from the top, in a commit everything being tracked; as far as anybody may ask. */
  tracked: () => string[]
  objects: CommitObjects
  /** Absolute path of the top of the repository, with `/` at the end. */
  top: string
  /** By the place of a folder. */
  folder: (place: string) => Folder | undefined
  /** Content of a file; undefined where git does not have it. `path` is absolute. */
  content: (entry: TreeEntry, path: string) => Buffer | undefined
}

/**
 * The files of a commit, under the paths that they have on disk, for whoever wants a few of them: folders are listed and
 * contents read as they are asked for. `project` is the real path of the project's folder. Links are not followed.
 * Whatever git does not answer is absent, and {@link CommitDisk.failure} tells of it.
 */
export function openCommit(
  git: Git,
  { commit, prefix }: Pick<BaseCommit, 'commit' | 'prefix'>,
  project: string,
): CommitDisk {
  const objects = openObjects(git, commit)
  const top = topOf(project, prefix)
  const folders = new Map<string, Folder | undefined>()
  const contents = new Map<string, Buffer>()

  function folder(place: string): Folder | undefined {
    if (!folders.has(place)) folders.set(place, objects.folder(place))
    return folders.get(place)
  }

  function content(entry: TreeEntry, path: string): Buffer | undefined {
    if (!contents.has(entry.hash)) {
      const hashes = [entry, ...besides(path)].map(({ hash }) => hash)
      for (const [hash, bytes] of objects.contents(hashes)) contents.set(hash, bytes)
    }
    return contents.get(entry.hash)
  }

  /** What is read of nearly every folder with one of them: asked for together, because each question is a process. */
  function besides(path: string): TreeEntry[] {
    if (!USUAL.has(basename(path))) return []
    return [...(folder(placeOf(dirname(path), top))?.values() ?? [])].filter(
      ({ name, kind, bytes, hash }) =>
        kind === 'file' && USUAL.has(name) && bytes <= MAX_BESIDES_BYTES && !contents.has(hash),
    )
  }

  const tracked = (): string[] => namesIn(objects.foldersBelow(''))
  return diskOf({ tracked, objects, top, folder, content })
}

/**
 * The same for whoever wants all files of a kind, one after another in the order of their paths: the project is listed
 * at once, and contents are read ahead, as many as fit into a few megabytes. The top counts as that of a repository.
 */
export function openWholeCommit(
  git: Git,
  { commit, prefix }: Pick<BaseCommit, 'commit' | 'prefix'>,
  project: string,
): CommitDisk {
  const objects = openObjects(git, commit)
  const top = topOf(project, prefix)
  const folders: Map<string, Folder | undefined> = objects.foldersBelow(prefix)
  const files = [...folders].flatMap(([place, folder]) =>
    [...(folder?.values() ?? [])].flatMap((entry) =>
      entry.kind === 'file' ? [{ path: `${top}${place}${entry.name}`, entry }] : [],
    ),
  )
  files.sort((a, b) => (a.path < b.path ? -1 : 1))
  const turn = new Map(files.map(({ path }, at) => [path, at]))
  const ahead = new Map<string, Map<string, Buffer>>()

  function folder(place: string): Folder | undefined {
    // Above the project there may be files that say what git ignores.
    if (!folders.has(place) && !place.startsWith(prefix)) folders.set(place, objects.folder(place))
    return folders.get(place)
  }

  function content(entry: TreeEntry, path: string): Buffer | undefined {
    const kind = kindOfFile(entry.name)
    if (ahead.get(kind)?.has(entry.hash) !== true)
      ahead.set(kind, new Map(objects.contents([entry.hash, ...following(path, kind)])))
    return ahead.get(kind)?.get(entry.hash)
  }

  /** Files of the same kind that come next. */
  function following(path: string, kind: string): string[] {
    const hashes: string[] = []
    let bytes = 0
    for (let at = (turn.get(path) ?? files.length) + 1; at < files.length; at++) {
      const next = files[at]?.entry
      if (next === undefined || kindOfFile(next.name) !== kind || next.bytes > MAX_FILE_BYTES) continue
      bytes += next.bytes
      if (bytes > MAX_AHEAD_BYTES) break
      hashes.push(next.hash)
    }
    return hashes
  }

  const disk = diskOf({ tracked: () => namesIn(folders), objects, top, folder, content })
  return { ...disk, kind: (path) => (path === join(top, '.git') ? 'folder' : disk.kind(path)) }
}

function namesIn(folders: ReadonlyMap<string, Folder | undefined>): string[] {
  return [...folders].flatMap(([place, folder]) => [...(folder?.keys() ?? [])].map((name) => place + name))
}

function diskOf({ tracked, objects, top, folder, content }: CommitFiles): CommitDisk {
  function list(path: string): Folder | undefined {
    const place = join(path, '/')
    return place.startsWith(top) ? folder(placeOf(path, top)) : undefined
  }

  function entryAt(path: string): TreeEntry | undefined {
    return list(dirname(path))?.get(basename(path))
  }

  function file(path: string, maxBytes = MAX_FILE_BYTES): FileBytes {
    const entry = entryAt(path)
    if (entry === undefined) return { ok: false, reason: 'absent' }
    if (entry.kind !== 'file') return { ok: false, reason: entry.kind === 'link' ? 'link' : 'not-a-file' }
    if (entry.bytes > maxBytes) return { ok: false, reason: 'too-large' }
    const bytes = content(entry, path)
    return bytes === undefined ? { ok: false, reason: 'denied' } : { ok: true, bytes }
  }

  function holdsOther(path: string, bytes: Uint8Array): boolean {
    const entry = entryAt(path)
    return (
      entry !== undefined && (entry.bytes !== bytes.byteLength || entry.hash !== blobHash(bytes, entry.hash))
    )
  }

  function kind(path: string): Kind {
    return join(path, '/') === top ? 'folder' : (entryAt(path)?.kind ?? 'absent')
  }

  function entries(path: string): Entry[] | undefined {
    const found = list(path)
    return found && [...found.values()].map(({ name, kind: is }) => ({ name, kind: is })).toSorted(byName)
  }

  return {
    file,
    linkedFile: file,
    kind,
    tracked,
    realPath: (path) => (kind(path) === 'absent' || kind(path) === 'link' ? undefined : join(path)),
    names: (path) => entries(path)?.map(({ name }) => name),
    entries,
    places: (path) => entries(path)?.filter(({ name }) => !name.startsWith('.')),
    folders: (path) => entries(path)?.filter(({ kind: is }) => is === 'folder' || is === 'link'),
    failure: () => objects.failure(),
    holdsOther,
  }
}

/** What git would call a file with these bytes, in a repository whose names are as long as `like`. */
function blobHash(bytes: Uint8Array, like: string): string {
  return createHash(like.length === SHA1_LENGTH ? 'sha1' : 'sha256')
    .update(`blob ${bytes.byteLength}\0`)
    .update(bytes)
    .digest('hex')
}

const SHA1_LENGTH = 40

/** Files that a project is known by. */
const USUAL: ReadonlySet<string> = new Set([
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'depgate.config.json',
  'depgate.baseline.json',
])
/** Whoever asks for a larger one of them asks for it alone: a worker reads such a lockfile, and it is not read twice. */
const MAX_BESIDES_BYTES = 2 * 1024 * 1024
/** So much is read ahead where all files are wanted. */
const MAX_AHEAD_BYTES = 8 * 1024 * 1024

function topOf(project: string, prefix: string): string {
  return join(prefix === '' ? project : project.slice(0, -prefix.length), '/')
}

/** Of a folder below the top, as git has it. */
function placeOf(path: string, top: string): string {
  return join(path, '/').slice(top.length).replaceAll('\\', '/')
}

/** Those that are asked for one after another: by their ending, or by their name where the ending says little. */
function kindOfFile(name: string): string {
  return /^\.|\.json$/.test(name) ? name : name.slice(name.lastIndexOf('.') + 1)
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : 1
}
