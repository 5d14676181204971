/** What a tarball says of its package: the same as an installed copy would, from the same files by the same rules. */
import { inventoryFromLockfile } from '#collectors/locked-inventory'
import { hashPackageFile } from '#collectors/file-hash'
import { isRecord, parseJsonText } from '#collectors/json-text'
import {
  isScript,
  MAX_SCRIPTS,
  mayBeLicenseFile,
  readLicenseFiles,
  SCRIPT_BYTES,
} from '#collectors/license-files'
import type { LicenseFile } from '#collectors/license-files'
import { manifestFields, needsOf } from '#collectors/manifest-fields'
import type { LicenseField, Need } from '#model/inventory'
import type { Failure } from '#model/outcome'
import { packageId } from '#model/package-id'
import { ARCHIVE_ROOT, openPackageArchive } from '#tarball/package-archive'
import type { PackageArchive, PackageFolder, Wanted } from '#tarball/package-archive'
import { namedLicenseFile } from './texts.ts'

/** What is kept of one package, wherever it lay. */
export interface PackageRecord {
  /** Of its package.json; absent where that does not say. */
  name?: string
  version?: string
  license: LicenseField
  needs: Need[]
  /** Licence files as the installed reader finds them; where there is none, the README and the beginnings of scripts. */
  files: LicenseFile[]
}

/** What is kept of a tarball, whoever asks and whatever for. */
export interface TarballRecord extends PackageRecord {
  /** sha256 (hex) of the files that were asked for, or why there is none. */
  hashes: [file: string, hash: { sha256: string } | { failure: Failure }][]
  /**
   * The packages that it carries, by place (`node_modules/a`), or what is wrong with their package.json; `beyond` where they are
   * more than are looked at.
   */
  carried: [place: string, found: PackageRecord | { flaw: string }][] | 'beyond'
  /**
   * What its npm-shrinkwrap.json has npm install below it, by place, with the hash that is written there; `unread` where
   * that cannot be told. Absent if it has none.
   */
  shrinkwrap?: [place: string, id: string, integrity: string][] | 'unread'
}

/** A sink for {@link RegistryClient.tarball}; `asked` are the files whose hashes are wanted. */
export function contentsSink(asked: readonly string[]): {
  push: (chunk: Buffer) => string | undefined
  finish: () => TarballRecord | { flaw: string }
} {
  const archive = openPackageArchive(
    { ...WANTED, always: (path) => mayBeLicenseFile(path) || path === SHRINKWRAP || asked.includes(path) },
    WANTED,
  )
  return {
    push: (chunk) => archive.push(chunk),
    finish() {
      const flaw = archive.finish()
      return flaw === undefined ? recordOf(archive, asked) : { flaw }
    },
  }
}

/** What is kept of each package. */
const WANTED: Wanted = {
  always: mayBeLicenseFile,
  beginning: {
    of: (path) => !path.includes('/') && isScript(path),
    files: MAX_SCRIPTS,
    bytes: SCRIPT_BYTES,
  },
  named(bytes) {
    const named = namedLicenseFile(licenseOf(bytes))
    return named === undefined ? [] : [named]
  },
}

function recordOf(archive: PackageArchive, asked: readonly string[]): TarballRecord | { flaw: string } {
  const folder = archive.folder()
  const found = packageIn(folder)
  if ('flaw' in found) return found
  const carried = archive.carried()
  const shrinkwrap = shrinkwrapIn(folder)
  return {
    ...found,
    ...(shrinkwrap && { shrinkwrap }),
    hashes: asked.map((file) => {
      const hash = hashPackageFile(folder, ARCHIVE_ROOT, '', file)
      return [file, hash.ok ? { sha256: hash.value } : { failure: hash.failure }]
    }),
    carried:
      carried === undefined ? 'beyond' : [...carried].map(([place, inside]) => [place, packageIn(inside)]),
  }
}

/** By it npm installs what it needs, whatever the lockfile of the project says. */
const SHRINKWRAP = 'npm-shrinkwrap.json'

function shrinkwrapIn(folder: PackageFolder): TarballRecord['shrinkwrap'] {
  if (folder.names(ARCHIVE_ROOT)?.includes(SHRINKWRAP) !== true) return undefined
  const read = folder.file(`${ARCHIVE_ROOT}/${SHRINKWRAP}`)
  if (!read.ok) return 'unread'
  const manifest = folder.file(`${ARCHIVE_ROOT}/package.json`)
  const planned = inventoryFromLockfile({
    lockfile: { name: SHRINKWRAP, text: read.bytes.toString('utf8') },
    manifest: manifest.ok ? manifest.bytes.toString('utf8') : '',
  })
  if (!planned.ok) return 'unread'
  // What is needed to work on the package alone nobody else gets.
  const wanted = planned.value.instances.filter(
    ({ source, kinds }) => source !== 'root' && source !== 'bundled' && kinds.some((kind) => kind !== 'dev'),
  )
  return wanted.map(({ location, name, version, integrity = '' }) => [
    location,
    packageId(name, version),
    integrity,
  ])
}

function packageIn(folder: PackageFolder): PackageRecord | { flaw: string } {
  const read = folder.file(`${ARCHIVE_ROOT}/package.json`)
  if (!read.ok) return { flaw: 'has a package.json that is too large' }
  const manifest = parse(read.bytes)
  if (manifest === undefined) return { flaw: 'has a package.json that is not a JSON object' }
  const { name, version, license, declared } = manifestFields(manifest, false)
  const named = namedLicenseFile(license)
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    license,
    needs: needsOf(declared),
    files: readLicenseFiles(folder, ARCHIVE_ROOT, '', { named, readme: true, scripts: true }),
  }
}

function licenseOf(bytes: Buffer): LicenseField {
  const manifest = parse(bytes)
  return manifest === undefined ? {} : manifestFields(manifest, false).license
}

function parse(bytes: Buffer): Record<string, unknown> | undefined {
  const parsed = parseJsonText(bytes.toString('utf8'))
  return parsed.ok && isRecord(parsed.value) ? parsed.value : undefined
}
