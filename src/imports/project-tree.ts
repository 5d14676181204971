/** What stands where in the project: each folder is listed once, and names keep their case as the disk has it. */
import type { DiskReader } from '#disk/disk'
import type { Entry, Kind } from '#disk/look'
import { below, parentOf } from '#collectors/tree-location'

/** What a path leads to, links followed. `path` is where it really lies, below the project. */
export type Place =
  | { kind: 'file' | 'folder'; path: string }
  | { kind: 'absent' }
  /** A link leads out of the project. */
  | { kind: 'outside' }

/** The project's folders. Paths are below the project, with `/`; `''` is the project itself. */
export interface ProjectTree {
  /** Undefined for what cannot be listed. */
  entries(folder: string): readonly Entry[] | undefined
  /** What a folder's path leads to; asked for again and again at no cost. */
  folder(path: string): Place
  /** Tells what stands in a folder under a name, a link being a link. */
  kindsIn(folder: string): (name: string) => Kind
  /** What stands at a path, a link being a link. */
  kind(path: string): Kind
  /** What a path leads to. */
  place(path: string): Place
  /** The text of a file; undefined where there is none, or it is too large. */
  text(path: string, maxBytes?: number): string | undefined
}

/** A tree over a disk; `project` is the real path of the project's folder. */
export function openTree(disk: DiskReader, project: string): ProjectTree {
  const lists = new Map<string, (name: string) => Kind>()
  const installed = new Map<string, Kind>()
  const links = new Map<string, Place>()
  const folders = new Map<string, Place>([['', { kind: 'folder', path: '' }]])
  const absolute = (path: string): string => (path === '' ? project : `${project}/${path}`)

  function kindsIn(folder: string): (name: string) => Kind {
    const known = lists.get(folder)
    if (known !== undefined) return known
    const found = IN_NODE_MODULES.test(folder) ? askIn(folder) : listIn(folder)
    lists.set(folder, found)
    return found
  }

  function listIn(folder: string): (name: string) => Kind {
    const kinds = new Map((disk.entries(absolute(folder)) ?? []).map(({ name, kind }) => [name, kind]))
    return (name) => kinds.get(name) ?? 'absent'
  }

  /** A folder of installed packages is asked for single names: its list changes with every package. */
  function askIn(folder: string): (name: string) => Kind {
    return (name) => installedKind(below(folder, name))
  }

  function installedKind(path: string): Kind {
    const known = installed.get(path)
    if (known !== undefined) return known
    const kind = disk.kind(absolute(path))
    installed.set(path, kind)
    return kind
  }

  function folderPlace(folder: string): Place {
    const known = folders.get(folder)
    if (known !== undefined) return known
    const found = placeIn(folder)
    folders.set(folder, found)
    return found
  }

  function placeIn(path: string): Place {
    const parent = folderPlace(parentOf(path))
    if (parent.kind === 'file') return ABSENT
    if (parent.kind !== 'folder') return parent
    const real = below(parent.path, nameOf(path))
    const kind = kindsIn(parent.path)(nameOf(path))
    if (kind === 'file' || kind === 'folder') return { kind, path: real }
    if (kind !== 'link') return ABSENT
    const known = links.get(real)
    if (known !== undefined) return known
    const found = behindLink(real)
    links.set(real, found)
    return found
  }

  function behindLink(link: string): Place {
    const real = disk.realPath(absolute(link))
    if (real === undefined) return ABSENT
    if (real === project) return { kind: 'folder', path: '' }
    if (!real.startsWith(`${project}/`)) return { kind: 'outside' }
    const kind = disk.kind(real)
    return kind === 'file' || kind === 'folder'
      ? { kind, path: real.slice(project.length + 1) }
      : { kind: 'absent' }
  }

  return {
    entries: (folder) => disk.entries(absolute(folder)),
    folder: folderPlace,
    kindsIn,
    kind: (path) => (path === '' ? 'folder' : kindsIn(parentOf(path))(nameOf(path))),
    place: (path) => (path === '' ? folderPlace('') : placeIn(path)),
    text(path, maxBytes = MAX_TEXT_BYTES) {
      const read = disk.file(absolute(path), maxBytes)
      return read.ok ? read.bytes.toString('utf8').replace(/^\uFEFF/, '') : undefined
    },
  }
}

const ABSENT: Place = { kind: 'absent' }
const MAX_TEXT_BYTES = 1024 * 1024
const IN_NODE_MODULES = /(?:^|\/)node_modules(?:\/|$)/

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
