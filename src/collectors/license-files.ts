/** Reads the licence files of an installed package: only regular files inside its own folder, never more than a few. */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { Disk } from '#disk/disk'
import { MAX_FILE_BYTES, UNREAD } from '#disk/safe-read'
import type { TextRole } from '#model/claim'
import { isInsidePackage } from './file-hash.ts'

/** A licence file: its bytes, or why they could not be read. */
export type LicenseFile = {
  /** Path inside the package, with `/`. */
  file: string
  role: TextRole
} & ({ bytes: Buffer; sha256: string } | { unread: string })

/** What else to look at, besides the files whose names say what they are. */
export interface LicenseFileHints {
  /** The file that the package's `SEE LICENSE IN` names. */
  named?: string | undefined
  /** Read the README too, if there is no licence file. */
  readme: boolean
  /** Read the beginnings of scripts too, if there is no licence file. */
  scripts?: boolean
  /** Largest file to read, in bytes. Default: {@link MAX_FILE_BYTES}, more than any licence has. */
  maxBytes?: number
}

/** What of a disk it takes to look at one package. */
export type PackageDisk = Pick<Disk, 'file' | 'beginning' | 'names' | 'kind' | 'realPath'>

/** No real package ships more; what lies beyond is not read, and that is said. */
const MAX_FILES = 64

/** A word for a licence, wherever it stands in the name: `MIT-LICENSE.txt`, `LicenseAgreement.txt`, `LIZENZ`. */
const LICENSE_WORD =
  /(?:^|[-_. ])(?:(?:un)?licen[cs](?:e(?:v?\d)?|ing|e[-_. ]?agreement)|eula|enduserlicen[cs]e(?:agreement)?|commons[-_. ]?clause|lizenz|licenza|licencia|licen[çc]a)(?:[-_. (]|$)/i
/** A word that means terms only where the name begins with it. */
const FIRST_WORD =
  /^(?:copying(?:v?\d)?|copyright|commercial|proprietary|terms|tos|patents?|[al]?gpl(?:[-_. ]?v?\d(?:\.\d)?)?)(?:[-_. ]|$)/i
/** `LICENSES.txt` lists those of others; so do notices, and whatever is said to be of third parties. */
const BUNDLED_NAME =
  /^notices?(?:[-_. ]|$)|(?:third|3rd)[-_. ]?part(?:y|ies)|^licen[cs]es[-_. ]|bundled|vendored|^attributions?(?:[-_. ]|$)/i
const FOLDER_NAME = /^licen[cs]es?$/i
const SCRIPT_NAME = /\.[cm]?js$/i
/** Scripts whose beginnings are read, the first by name of those at the top. */
export const MAX_SCRIPTS = 4
/** As far as a script is read: no opening comment that names a licence is longer. */
export const SCRIPT_BYTES = 8 * 1024
const README_NAME = /^readme(?:\.(?:md|markdown|txt|rst))?$/i
/** The last of the bytes that show nothing. */
const BLANK = 0x20
/** Programs and data that only have the word in their name. */
const NO_TEXT =
  /\.(?:[cm]?[jt]sx?|json5?|map|ya?ml|css|s[ac]ss|less|node|wasm|png|jpe?g|svg|gif|sh|py|rb|exe)$/i

/**
 * All licence files of the package at `location`, sorted by path. Files in a folder `licenses` or `license`, notices and
 * third-party lists speak for what it carries, the beginnings of scripts are hints, all others and the one that a field
 * names speak for the package itself. Synchronous: the reads of a whole tree take less time so than it takes to queue them.
 */
export function readLicenseFiles(
  disk: PackageDisk,
  project: string,
  location: string,
  hints: LicenseFileHints,
): LicenseFile[] {
  const folder = join(project, location)
  const names = listFolder(disk, folder)
  if (names === undefined) return [{ file: '.', role: 'package', unread: UNREAD.denied }]
  const { named, maxBytes = MAX_FILE_BYTES } = hints
  const found: LicenseFile[] = []
  /** Whether there is a folder in place of the file. */
  const take = (file: string, role: TextRole): boolean => {
    if (found.length >= MAX_FILES) {
      found.push({ file, role, unread: `one of more than ${MAX_FILES} licence files` })
      return false
    }
    const read = disk.file(join(folder, file), maxBytes)
    if (read.ok) found.push({ file, role, bytes: read.bytes, sha256: sha256Of(read.bytes) })
    else if (read.reason === 'too-large')
      found.push({ file, role, unread: `larger than ${maxBytes / 1024} KiB` })
    // Asked only now: nearly everything with such a name is a file, and the question would cost as much as reading it.
    else if (
      (read.reason === 'not-a-file' || read.reason === 'denied') &&
      disk.kind(join(folder, file)) === 'folder'
    )
      return true
    else found.push({ file, role, unread: UNREAD[read.reason] })
    return false
  }
  for (const name of names) {
    const role = name === named ? 'package' : roleOf(name)
    if (role === undefined || !take(name, role) || !FOLDER_NAME.test(name)) continue
    const files = filesIn(disk, folder, name)
    for (const file of files ?? []) take(file, file === named ? 'package' : 'bundled')
    if (files === undefined) found.push({ file: name, role: 'bundled', unread: UNREAD.denied })
  }
  if (
    named?.includes('/') &&
    !found.some(({ file }) => file === named) &&
    isInsidePackage(disk, project, location, named)
  ) {
    take(named, 'package')
  }
  const hasOwn = found.some((file) => file.role === 'package' && !isBlank(file))
  if (!hasOwn && hints.readme) {
    const readme = names.find(isReadme)
    if (readme !== undefined) take(readme, 'package')
  }
  if (!hasOwn && hints.scripts === true) {
    for (const name of names.filter(isScript).slice(0, MAX_SCRIPTS)) {
      const read = disk.beginning(join(folder, name), SCRIPT_BYTES)
      // What cannot be read gives no hint.
      if (read.ok) found.push({ file: name, role: 'hint', bytes: read.bytes, sha256: sha256Of(read.bytes) })
    }
  }
  return found.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

/** Whether a file may be read whatever the hints say of names: by its own name, or because it lies in a folder of licences. */
export function mayBeLicenseFile(path: string): boolean {
  const [first = '', ...below] = path.split('/')
  if (below.length === 0) return roleOf(first) !== undefined || isReadme(first)
  return below.length === 1 && FOLDER_NAME.test(first) && !NO_TEXT.test(below[0] ?? '')
}

/** Whether a file is read only where nothing else states a licence. */
export function isReadme(name: string): boolean {
  return README_NAME.test(name)
}

/** Whether a file at the top of a package is a script, of which only the opening comment is heard. */
export function isScript(name: string): boolean {
  return SCRIPT_NAME.test(name)
}

function sha256Of(bytes: Buffer): string {
  return hash('sha256', bytes)
}

/** Whether a file says nothing, as if it were not there. */
function isBlank(file: LicenseFile): boolean {
  return 'bytes' in file && file.bytes.every((byte) => byte <= BLANK)
}

/** What a file of this name speaks for; undefined for one that is no licence file. */
function roleOf(name: string): TextRole | undefined {
  if (NO_TEXT.test(name)) return undefined
  if (BUNDLED_NAME.test(name)) return 'bundled'
  const isLicense = FOLDER_NAME.test(name) || LICENSE_WORD.test(name) || FIRST_WORD.test(name)
  return isLicense ? 'package' : undefined
}

/** The files in a folder of licences; undefined if it cannot be listed. */
function filesIn(disk: PackageDisk, folder: string, below: string): string[] | undefined {
  const names = listFolder(disk, join(folder, below))
  return names?.filter((name) => !NO_TEXT.test(name)).map((name) => `${below}/${name}`)
}

/**
 * What is in the folder: nothing, if it is a link (what it leads to is not the package, and may be anything on this
 * machine) or absent; undefined if it is there and cannot be listed.
 */
function listFolder(disk: PackageDisk, folder: string): readonly string[] | undefined {
  const kind = disk.kind(folder)
  return kind === 'link' || kind === 'absent' ? [] : disk.names(folder)
}
