/** Loads a policy whose packages are those that a lockfile pins, out of their tarballs: node_modules belongs to whoever installed it. */
import { join, sep } from 'node:path'
import { openPins } from '#collectors/collect'
import type { PinnedPackage } from '#collectors/collect'
import { loadPolicy } from '#config/load'
import type { LoadedPolicy } from '#config/load'
import type { DiskReader } from '#disk/disk'
import type { Outcome } from '#model/outcome'
import { ARCHIVE_ROOT, openPackageArchive } from '#tarball/package-archive'
import type { PackageFolder } from '#tarball/package-archive'
import { noting } from './policy-parts.ts'
import type { PolicyParts } from './policy-parts.ts'

/** One side of a change: its files, the folder of its package.json, and the policy file that was asked for. */
export interface PolicySide {
  disk: DiskReader
  folder: string
  config: { configPath?: string }
  /** Gets what the policy is made of. */
  parts: PolicyParts
}

/** Reads the package of a name at the version and integrity that the lockfile pins. */
export type ReadPinned = (pinned: PinnedPackage) => Promise<Outcome<PackageFolder>>

/** A policy may extend a package that extends a package: as often as any chain may be long. */
const MAX_ROUNDS = 12

/**
 * The policy of one side. Packages are read only if it extends some; one that the lockfile does not pin at the top of
 * node_modules is missing. Fails as reading a tarball does.
 */
export async function loadPinnedPolicy(side: PolicySide, read: ReadPinned): Promise<Outcome<LoadedPolicy>> {
  const packages = new Map<string, PackageFolder | undefined>()
  const pinnedIn = openPins(side.disk, side.folder)
  for (let round = 0; ; round += 1) {
    const asked = new Set<string>()
    const loaded = loadPolicy({
      project: side.folder,
      disk: withPackages({ ...side, disk: noting(side.disk, side.parts.files) }, packages, asked),
      ...side.config,
    })
    const unknown = [...asked].filter((name) => !packages.has(name))
    if (unknown.length === 0 || round === MAX_ROUNDS) return { ok: true, value: loaded }
    for (const name of unknown) {
      side.parts.packages.add(name)
      const pinned = pinnedIn(name)
      const found = pinned && (await read(pinned))
      if (found?.ok === false) return found
      packages.set(name, found?.value)
    }
  }
}

/** The files of a side, with packages in place of its node_modules; `asked` takes the names that were looked for there. */
function withPackages(
  { disk, folder }: PolicySide,
  packages: ReadonlyMap<string, PackageFolder | undefined>,
  asked: Set<string>,
): DiskReader {
  const modules = join(folder, 'node_modules') + sep
  /** The folder and the path in it; undefined for what is no place in node_modules. */
  function placeOf(path: string): { archive: PackageFolder | undefined; inside: string } | undefined {
    if (!path.startsWith(modules)) return undefined
    const segments = path.slice(modules.length).split(sep)
    const length = segments[0]?.startsWith('@') === true ? 2 : 1
    const name = segments.slice(0, length).join('/')
    asked.add(name)
    return { archive: packages.get(name), inside: join(ARCHIVE_ROOT, ...segments.slice(length)) }
  }
  const file: DiskReader['file'] = (path, maxBytes) => {
    const place = placeOf(path)
    if (place === undefined) return disk.linkedFile(path, maxBytes)
    return place.archive?.file(place.inside, maxBytes) ?? { ok: false, reason: 'absent' }
  }
  return {
    ...disk,
    file: (path, maxBytes) =>
      placeOf(path) === undefined ? disk.file(path, maxBytes) : file(path, maxBytes),
    linkedFile: file,
    realPath: (path) => {
      const place = placeOf(path)
      if (place === undefined) return disk.realPath(path)
      return place.archive?.realPath(place.inside) === undefined ? undefined : path
    },
  }
}

/** A sink for tarballs that keeps every JSON file, among which a policy is. */
export function policySink(): {
  push: (chunk: Buffer) => string | undefined
  finish: () => PackageFolder | { flaw: string }
} {
  const archive = openPackageArchive({ always: (path) => /\.jsonc?$/.test(path), named: () => [] })
  return {
    push: (chunk) => archive.push(chunk),
    finish() {
      const flaw = archive.finish()
      return flaw === undefined ? archive.folder() : { flaw }
    },
  }
}
