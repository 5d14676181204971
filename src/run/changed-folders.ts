/** Finds the linked folders of a project whose licence files a change has touched: nothing of that stands in a lockfile. */
import { readLicenseFiles } from '#collectors/license-files'
import type { LicenseFile, PackageDisk } from '#collectors/license-files'
import type { LockedPlan } from '#collectors/collect'
import type { DiskReader } from '#disk/disk'
import { licensesInHeader } from '#license/text/script-header'
import { licenseHints, licenseSections } from '#license/text/sections'
import { kindOf, namedLicenseFile } from './texts.ts'

/** Files of a project, and where they lie. */
export interface ProjectFiles {
  disk: DiskReader
  folder: string
}

/** Largest script of which the beginning is compared. */
const MAX_SCRIPT_BYTES = 16 * 1024 * 1024

/** Locations of the folders of a plan that are linked and no workspaces, in which another file speaks of licences than before. */
export function changedFolders(
  { disk: { packages } }: Pick<LockedPlan, 'disk'>,
  before: ProjectFiles,
  after: ProjectFiles,
): Set<string> {
  const changed = new Set<string>()
  for (const { location, role, manifest } of packages.values()) {
    if (role !== 'link') continue
    const named = namedLicenseFile(manifest.license)
    const [old, now] = [before, after].map((files) => spokenIn(files, location, named))
    if (old !== now) changed.add(location)
  }
  return changed
}

/** All that is heard of a folder besides its package.json, as one text. */
function spokenIn({ disk, folder }: ProjectFiles, location: string, named: string | undefined): string {
  const files = readLicenseFiles(beginningsToo(disk), folder, location, {
    named,
    readme: true,
    scripts: true,
  })
  return JSON.stringify(
    files.flatMap((file) => {
      const spoken = 'unread' in file ? file.unread : wordsIn(file)
      return spoken === undefined ? [] : [[file.file, file.role, spoken]]
    }),
  )
}

/** What of a file is listened to: the rest of a README or a script may change without a word about licences. */
function wordsIn(file: LicenseFile & { bytes: Buffer }): unknown {
  const text = textOf(file.bytes)
  const kind = kindOf(file)
  if (kind === 'readme') {
    const words = { ...licenseSections(text), hints: licenseHints(text) }
    return Object.values(words).some((part) => part !== undefined) ? words : undefined
  }
  if (kind !== 'header') return text
  const named = licensesInHeader(text)
  return named.ids.length + named.families.length === 0 ? undefined : named
}

/** git may write other ends of lines than it keeps. */
function textOf(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll('\r\n', '\n')
}

/** A commit has no files that could be read in part. */
function beginningsToo(disk: DiskReader): PackageDisk {
  return {
    ...disk,
    beginning(path, length) {
      const read = disk.file(path, MAX_SCRIPT_BYTES)
      return read.ok ? { ok: true, bytes: read.bytes.subarray(0, length) } : read
    },
  }
}
