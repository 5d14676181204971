/** Reads folders and contents of a commit as git's plumbing gives them. */
import type { Entry } from '#disk/look'
import type { Outcome } from '#model/outcome'
import type { Git } from './git.ts'

/** What stands in a folder of a commit. */
export interface TreeEntry {
  name: string
  kind: Entry['kind']
  /** Of its content. */
  hash: string
  bytes: number
}

/** The entries of a folder, by name. */
export type Folder = Map<string, TreeEntry>

/** The objects of one commit. Places are below the top of the repository, `''` or with `/` at the end. */
export interface CommitObjects {
  /** One folder; undefined for what is none. */
  folder(place: string): Folder | undefined
  /** A folder and all below it, by place; one question. */
  foldersBelow(place: string): Map<string, Folder>
  /** Contents by hash; what is not there is absent. */
  contents(hashes: Iterable<string>): Iterable<[hash: string, bytes: Buffer]>
  /** The first failure of git; whatever was answered since then may be wrong. */
  failure(): Outcome<never> | undefined
}

/** The objects of a commit; each answer is a process. */
export function openObjects(git: Git, commit: string): CommitObjects {
  let failed: Outcome<never> | undefined

  function list(place: string, ...flags: string[]): { folder: string; entry: TreeEntry }[] {
    const below = place === '' ? [] : ['--', place]
    const answer = git(['ls-tree', ...flags, '-z', '-l', '--full-tree', commit, ...below])
    if (!answer.ok) failed ??= answer
    if (!answer.ok || answer.value.exitCode !== 0) return []
    return answer.value.stdout.toString('utf8').split('\0').flatMap(parseEntry)
  }

  return {
    folder(place) {
      const entries = list(place)
      return entries.length === 0 ? undefined : new Map(entries.map(({ entry }) => [entry.name, entry]))
    },
    foldersBelow(place) {
      const folders = new Map<string, Folder>()
      for (const { folder, entry } of list(place, '-r', '-t')) {
        // The folders that lead there are among the answers, each without what else stands in it.
        if (!folder.startsWith(place)) continue
        const known = folders.get(folder)
        if (known === undefined) folders.set(folder, new Map([[entry.name, entry]]))
        else known.set(entry.name, entry)
      }
      return folders
    },
    contents(hashes) {
      const answer = git(['cat-file', '--batch'], `${[...new Set(hashes)].join('\n')}\n`)
      if (!answer.ok) failed ??= answer
      return answer.ok ? parseContents(answer.value.stdout) : []
    },
    failure: () => failed,
  }
}

/** `<hash> blob <bytes>\n<content>\n`, one after another; what is not there has a line without content. */
function* parseContents(answer: Buffer): Generator<[hash: string, bytes: Buffer]> {
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

/** `100644 blob <hash> <bytes>\t<path>`, the path from the top of the repository. */
function parseEntry(text: string): { folder: string; entry: TreeEntry }[] {
  const match = /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(\d+|-)\t([^]+)$/.exec(text)
  if (match === null) return []
  const [, mode = '', hash = '', bytes = '', path = ''] = match
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const name = path.slice(folder.length)
  return [{ folder, entry: { name, kind: kindOf(mode), hash, bytes: Number(bytes) || 0 } }]
}

function kindOf(mode: string): Entry['kind'] {
  if (mode === '040000') return 'folder'
  if (mode === '120000') return 'link'
  return mode.startsWith('100') ? 'file' : 'other'
}
