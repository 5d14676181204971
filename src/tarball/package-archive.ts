/** Keeps of a package's tarball what may speak of its licence, and of the packages that it carries. */
import { MAX_FILE_BYTES } from '#disk/safe-read'
import { createFileKeeper, bothSinks, MANIFEST } from './file-keeper.ts'
import type { FileKeeper, Room, Wanted } from './file-keeper.ts'
import { keptFolder } from './kept-folder.ts'
import type { PackageFolder } from './kept-folder.ts'
import { createTarReader } from './tar-reader.ts'
import type { FileSink } from './tar-reader.ts'
import { unpackedPath } from './unpacked-path.ts'

export type { Wanted } from './file-keeper.ts'
export { ARCHIVE_ROOT } from './kept-folder.ts'
export type { PackageFolder } from './kept-folder.ts'

/** Takes in a tarball, inflated. Both functions say what is wrong with it as soon as something is. */
export interface PackageArchive {
  push(chunk: Buffer): string | undefined
  finish(): string | undefined
  /** The package as a folder at {@link ARCHIVE_ROOT}; only for an archive that was read to its end without a flaw. */
  folder(): PackageFolder
  /**
   * The packages that it carries, each as such a folder, by place: `node_modules/a/node_modules/b`; undefined where there
   * was no room for all of them. Empty unless they are wanted.
   */
  carried(): ReadonlyMap<string, PackageFolder> | undefined
}

/** No package has a quarter of it, and many tarballs are read side by side. */
const ROOM: Readonly<Room> = { kept: 4 * 1024 * 1024, held: 2 * 1024 * 1024 }
/** For all that is carried together; npm itself, which carries most of all, needs an eighth of it. */
const CARRIED_ROOM: Readonly<Room> = { kept: 8 * 1024 * 1024, held: 2 * 1024 * 1024 }
/** Most packages that one carries; npm has two hundred. */
const MAX_CARRIED = 2000

/** The place of the package that a file belongs to, if that is one that is carried. */
const CARRIED = /^(?:node_modules\/(?:@[^/]+\/)?[^@./][^/]*\/)*node_modules\/(?:@[^/]+\/)?[^@./][^/]*(?=\/)/

/** Creates an empty archive; `carried` says which files of carried packages are kept. */
export function openPackageArchive(wanted: Wanted, carried?: Wanted): PackageArchive {
  const own = createFileKeeper(wanted, { ...ROOM })
  const others = new Map<string, FileKeeper>()
  const room = { ...CARRIED_ROOM }
  let tooMany = false

  function file(name: string, size: number): FileSink | { flaw: string } | undefined {
    const path = unpackedPath(name)
    if (path === undefined || typeof path === 'object') return path
    const sink = own.file(path, size)
    if (typeof sink === 'object') return sink
    if (carried === undefined) return sink
    const place = CARRIED.exec(path)?.[0]
    if (place === undefined) return sink
    const other = carriedFile(place, path.slice(place.length + 1), { size, wanted: carried })
    return typeof other === 'object' ? other : bothSinks(sink, other)
  }

  function carriedFile(
    place: string,
    path: string,
    { size, wanted: kept }: { size: number; wanted: Wanted },
  ): ReturnType<FileKeeper['file']> {
    const known = others.get(place)
    // Whatever is left out of one of them, nobody could say of any of them that it is whole.
    tooMany ||= room.kept < Math.min(size, MAX_FILE_BYTES) || (!known && others.size >= MAX_CARRIED)
    if (tooMany) {
      others.clear()
      return undefined
    }
    const keeper = known ?? createFileKeeper(kept, room)
    others.set(place, keeper)
    return keeper.file(path, size)
  }

  const tar = createTarReader({
    file,
    // npm makes folders only for the files in them.
    folder: () => undefined,
  })
  return {
    push: (chunk) => tar.push(chunk),
    finish: () => tar.finish() ?? (own.contents().files.has(MANIFEST) ? undefined : 'has no package.json'),
    folder: () => keptFolder(own.contents()),
    carried() {
      if (tooMany) return undefined
      const packages = [...others].filter(([, keeper]) => keeper.contents().files.has(MANIFEST))
      return new Map(packages.map(([place, keeper]) => [place, keptFolder(keeper.contents())]))
    },
  }
}
