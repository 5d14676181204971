/** Reads files as they are in a commit, without a checkout: nothing is filtered, converted or executed. */
import { basename, dirname, join } from 'node:path'
import type { DiskReader } from '#disk/disk'
import type { Entry, Kind } from '#disk/look'
import { MAX_FILE_BYTES } from '#disk/safe-read'
import type { FileBytes } from '#disk/safe-read'
import type { Outcome } from '#model/outcome'
import type { BaseCommit } from './base-commit.ts'
import type { Git } from './git.ts'

/** The files of a commit. */
export interface CommitDisk extends DiskReader {
  /** The first failure of git; whatever was answered since then may be wrong. */
  failure: () => Outcome<never> | undefined
}

interface TreeEntry {
  name: string
  kind: Entry['kind']
  hash: string
  bytes: number
}

/**
 * The files of a commit, under the paths that they have on disk. `project` is the real path of the project's folder.
 * Links are not followed. Whatever git does not answer is absent, and {@link CommitDisk.failure} tells of it.
 */
export function openCommit(
  git: Git,
  { commit, prefix }: Pick<BaseCommit, 'commit' | 'prefix'>,
  project: string,
): CommitDisk {
  const top = join(prefix === '' ? project : project.slice(0, -prefix.length), '/')
  const listings = new Map<string, Map<string, TreeEntry> | undefined>()
  const blobs = new Map<string, Buffer>()
  let failed: Outcome<never> | undefined

  function list(folder: string): Map<string, TreeEntry> | undefined {
    const place = join(folder, '/')
    if (!place.startsWith(top)) return undefined
    if (!listings.has(place)) listings.set(place, read(place.slice(top.length).replaceAll('\\', '/')))
    return listings.get(place)
  }

  function read(place: string): Map<string, TreeEntry> | undefined {
    const answer = git(['ls-tree', '-z', '-l', '--full-tree', commit, ...(place === '' ? [] : ['--', place])])
    if (!answer.ok) failed ??= answer
    if (!answer.ok || answer.value.exitCode !== 0) return undefined
    const entries = answer.value.stdout.toString('utf8').split('\0').flatMap(parseEntry)
    return entries.length === 0 ? undefined : new Map(entries.map((entry) => [entry.name, entry]))
  }

  function entryAt(path: string): TreeEntry | undefined {
    return list(dirname(path))?.get(basename(path))
  }

  function file(path: string, maxBytes = MAX_FILE_BYTES): FileBytes {
    const entry = entryAt(path)
    if (entry === undefined) return { ok: false, reason: 'absent' }
    if (entry.kind !== 'file') return { ok: false, reason: entry.kind === 'link' ? 'link' : 'not-a-file' }
    if (entry.bytes > maxBytes) return { ok: false, reason: 'too-large' }
    if (!blobs.has(entry.hash)) readBlobs([entry, ...besides(path)])
    const bytes = blobs.get(entry.hash)
    return bytes === undefined ? { ok: false, reason: 'denied' } : { ok: true, bytes }
  }

  /** What is read of nearly every folder with one of them: asked for together, because each question is a process. */
  function besides(path: string): TreeEntry[] {
    const usual = [...(list(dirname(path))?.values() ?? [])].filter(
      ({ name, kind: is, bytes, hash }) =>
        is === 'file' && USUAL.has(name) && bytes <= MAX_USUAL_BYTES && !blobs.has(hash),
    )
    return usual.some(({ name }) => name === basename(path)) ? usual : []
  }

  function readBlobs(entries: readonly TreeEntry[]): void {
    const hashes = [...new Set(entries.map(({ hash }) => hash))]
    const answer = git(['cat-file', '--batch'], `${hashes.join('\n')}\n`)
    if (!answer.ok) failed ??= answer
    else for (const [hash, bytes] of parseBlobs(answer.value.stdout)) blobs.set(hash, bytes)
  }

  function kind(path: string): Kind {
    return join(path, '/') === top ? 'folder' : (entryAt(path)?.kind ?? 'absent')
  }

  function entries(folder: string): Entry[] | undefined {
    const found = list(folder)
    return found && [...found.values()].map(({ name, kind: is }) => ({ name, kind: is })).toSorted(byName)
  }

  return {
    file,
    linkedFile: file,
    kind,
    realPath: (path) => (kind(path) === 'absent' || kind(path) === 'link' ? undefined : join(path)),
    names: (folder) => entries(folder)?.map(({ name }) => name),
    entries,
    places: (folder) => entries(folder)?.filter(({ name }) => !name.startsWith('.')),
    folders: (folder) => entries(folder)?.filter(({ kind: is }) => is === 'folder' || is === 'link'),
    failure: () => failed,
  }
}

/** Files that a project is known by. */
const USUAL: ReadonlySet<string> = new Set([
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'depgate.config.json',
  'depgate.baseline.json',
])
/** Whoever asks for a larger one asks for it alone. */
const MAX_USUAL_BYTES = 8 * 1024 * 1024

/** `<hash> blob <bytes>\n<content>\n`, one after another; what is not there has a line without content. */
function* parseBlobs(answer: Buffer): Generator<[hash: string, bytes: Buffer]> {
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf('\n', at)
    if (end === -1) return
    const [, hash, size] = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(answer.toString('latin1', at, end)) ?? []
    at = end + 1
    if (hash === undefined) continue
    const bytes = answer.subarray(at, at + Number(size))
    if (bytes.length !== Number(size)) return
    yield [hash, bytes]
    at += bytes.length + 1
  }
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : 1
}

/** `100644 blob <hash> <bytes>\t<path>`, the path from the top of the repository. */
function parseEntry(text: string): TreeEntry[] {
  const match = /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(\d+|-)\t([^]+)$/.exec(text)
  if (match === null) return []
  const [, mode = '', hash = '', bytes = '', path = ''] = match
  return [
    { name: path.slice(path.lastIndexOf('/') + 1), kind: kindOf(mode), hash, bytes: Number(bytes) || 0 },
  ]
}

function kindOf(mode: string): Entry['kind'] {
  if (mode === '040000') return 'folder'
  if (mode === '120000') return 'link'
  return mode.startsWith('100') ? 'file' : 'other'
}
