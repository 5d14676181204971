/** What was found of a tarball, as what an installed copy would have given, if it is the package that was meant. */
import type { CacheTier } from '#cache/store'
import type { LicenseFile } from '#collectors/license-files'
import { sameVersion } from '#collectors/same-version'
import type { LicenseField, Need } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import type { TarballRecord } from './package-contents.ts'

/** What a tarball says of its package: what reading an installed copy would have given. */
export interface PackageContents {
  /** Licence fields of its package.json, as {@link PackageInstance.declared}. */
  declared: LicenseField
  /** By its package.json. */
  needs: readonly Need[]
  /** As {@link TextSource.files} gives them for an installed copy, with all that an installed copy might be asked for. */
  files: LicenseFile[]
  /** sha256 (hex) of each file that was asked for, as {@link World.hashFile} gives it. */
  hashes: ReadonlyMap<string, Outcome<string>>
  /** The hash that the tarball has: one of the lockfile's. */
  integrity: string
  /** When it was fetched, ISO 8601. */
  at: string
  from: 'network' | CacheTier
  /** What comes with it and is no package of its own in a registry's eyes; `unknown` where nobody can tell all of it. */
  brings: readonly Brought[] | 'unknown'
}

/** A package that is installed below another one because that one's tarball says so. */
export interface Brought {
  /** Where, such as `node_modules/a`. */
  place: string
  /** Absent for one that the tarball carries: then whatever is there is judged by the tarball. */
  locked?: { id: string; integrity: string }
}

/** A record, with where and when it was obtained. */
export interface FoundTarball {
  record: TarballRecord
  integrity: string
  at: string
  from: 'network' | CacheTier
}

/** What is in the tarball has to be the package that was meant: its registry says of which version the integrity is. */
export function contentsOf(
  name: string,
  version: string,
  { record, integrity, at, from }: FoundTarball,
): Outcome<PackageContents> {
  if (!isOf(record, name, version)) {
    return fail('tarball-mismatch', `The tarball of ${name}@${version} holds another package or version.`, {
      fix: 'Do not use this version before whoever publishes it has explained it.',
    })
  }
  const hashes = record.hashes.map(([file, hash]): [string, Outcome<string>] => [
    file,
    'sha256' in hash ? ok(hash.sha256) : { ok: false, failure: hash.failure },
  ])
  return ok({
    declared: record.license,
    needs: record.needs,
    files: record.files,
    hashes: new Map(hashes),
    integrity,
    at,
    from,
    brings: broughtBy(record),
  })
}

function broughtBy({ carried, shrinkwrap = [] }: TarballRecord): PackageContents['brings'] {
  if (carried === 'beyond' || shrinkwrap === 'unread') return 'unknown'
  return [
    ...carried.map(([place]) => ({ place })),
    ...shrinkwrap.map(([place, id, integrity]) => ({ place, locked: { id, integrity } })),
  ]
}

/** Whether a record is one of a package. */
export function isOf(
  record: Pick<TarballRecord, 'name' | 'version'>,
  name: string,
  version: string,
): boolean {
  return record.name?.trim() === name && record.version !== undefined && sameVersion(record.version, version)
}
