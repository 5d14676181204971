/** What was kept of a package's files, as a folder that can be looked at but never was on disk. */
import { join, relative, sep } from 'node:path'
import type { Disk } from '#disk/disk'
import type { FileBytes } from '#disk/safe-read'

/** What of a disk it takes to look at one package. */
export type PackageFolder = Pick<Disk, 'file' | 'beginning' | 'names' | 'kind' | 'realPath'>

/** Where the folder of an archive seems to lie. */
export const ARCHIVE_ROOT = join(sep, 'package')

/** A file: its bytes, or why they were not kept. */
export type KeptFile = Buffer | 'too-large' | 'denied'

/** What was kept, by paths in the package. */
export interface KeptFiles {
  files: ReadonlyMap<string, KeptFile>
  beginnings: ReadonlyMap<string, Buffer>
  folders: ReadonlySet<string>
  /** What lies at the top. */
  top: ReadonlyMap<string, 'file' | 'folder'>
  /** Files were let go of before it was known that they would not be asked for. */
  lostSome: boolean
}

/** The folder, at {@link ARCHIVE_ROOT}. */
export function keptFolder({ files, beginnings, folders, top, lostSome }: KeptFiles): PackageFolder {
  const kind = (place: string): 'file' | 'folder' | 'absent' => {
    if (place === '' || folders.has(place)) return 'folder'
    return files.has(place) || lostSome ? 'file' : (top.get(place) ?? 'absent')
  }
  const file = (place: string): FileBytes => {
    const kept = files.get(place)
    if (Buffer.isBuffer(kept)) return { ok: true, bytes: kept }
    if (kept !== undefined) return { ok: false, reason: kept }
    const reason = { file: 'denied', folder: 'not-a-file', absent: 'absent' } as const
    return { ok: false, reason: reason[kind(place)] }
  }
  return {
    file: (path) => file(inside(path)),
    beginning(path, length) {
      const begun = beginnings.get(inside(path))
      const read = begun === undefined ? file(inside(path)) : { ok: true as const, bytes: begun }
      return read.ok ? { ok: true, bytes: read.bytes.subarray(0, length) } : read
    },
    names(folder) {
      const place = inside(folder)
      if (place === '') return [...top.keys()].toSorted()
      const below = [...files.keys()].filter((path) => path.startsWith(`${place}/`))
      const names = [...below, ...folders].filter((path) => path.startsWith(`${place}/`))
      return [...new Set(names.map((path) => path.slice(place.length + 1).split('/')[0] ?? ''))].toSorted()
    },
    kind: (path) => kind(inside(path)),
    realPath: (path) => (kind(inside(path)) === 'absent' ? undefined : path),
  }
}

/** A path as entries have it: below the package, with `/`. */
function inside(path: string): string {
  return relative(ARCHIVE_ROOT, path).split(sep).join('/')
}
