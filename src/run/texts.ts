/** Hears the text witness: the licence files of a package's installed copies, each distinct file as one claim or two. */
import { isReadme } from '#collectors/license-files'
import type { LicenseFile, LicenseFileHints } from '#collectors/license-files'
import { narrowest } from '#license/narrowest'
import { normaliseLicense, wordsOf } from '#license/normalise'
import type { Recognition } from '#license/text/recognise'
import { fileSeen } from '#license/unclear'
import type { TextKind, TextReading } from '#license/text/read-text'
import type { ProseNames } from '#license/text/prose-names'
import type { Claim, TextClaim } from '#model/claim'
import type { LicenseField, PackageInstance } from '#model/inventory'

/** The two effects behind the witness. */
export interface TextSource {
  /** The licence files of an installed package. */
  files: (instance: PackageInstance, hints: LicenseFileHints) => LicenseFile[]
  /** What a file says; the same bytes are read once in all runs. */
  read: (file: LicenseFile & { bytes: Uint8Array }, kind: TextKind) => Promise<TextReading>
}

/** The licence files of all installed copies, each distinct file once. */
export function licenseFiles(
  instances: readonly PackageInstance[],
  source: Pick<TextSource, 'files'>,
): LicenseFile[] {
  const distinct = new Map<string, LicenseFile>()
  for (const instance of instances) {
    if (!instance.installed) continue
    const files = source.files(instance, hintsOf(instance.declared))
    for (const file of heardFiles(files, instance.declared)) {
      distinct.set(JSON.stringify([file.file, 'sha256' in file ? file.sha256 : file.unread]), file)
    }
  }
  return [...distinct.values()]
}

/** Claims of licence files; `at` is the ISO 8601 time of the run, `from` where the files were. Never rejects. */
export async function textClaims(
  files: readonly LicenseFile[],
  source: Pick<TextSource, 'read'>,
  { at, from = 'node_modules' }: { at: string; from?: 'node_modules' | 'tarball' },
): Promise<Claim[]> {
  const origin = { witness: 'text', at, from } as const
  const claims = await Promise.all(files.map((file) => claimsOf(file, source, origin)))
  return claims.flat()
}

/** What to look at in a package whose fields say this. */
export function hintsOf(declared: LicenseField = {}): LicenseFileHints {
  return {
    named: namedLicenseFile(declared),
    readme: true,
    // Asked only of the few packages without a licence file: normalising the fields of all takes longer than it looks.
    get scripts() {
      return statesLicense(declared)
    },
  }
}

/**
 * The files as what they are heard: where a field states a licence, the README of a package without a licence file is a
 * hint, unless the field names it; where none does, the README speaks for the package and scripts are not heard.
 */
export function heardFiles(files: readonly LicenseFile[], declared: LicenseField = {}): LicenseFile[] {
  if (!files.some(({ file, role }) => role === 'hint' || isReadme(file))) return [...files]
  if (!statesLicense(declared)) return files.filter(({ role }) => role !== 'hint')
  const named = namedLicenseFile(declared)
  return files.map((file) =>
    isReadme(file.file) && file.file !== named ? { ...file, role: 'hint' as const } : file,
  )
}

function statesLicense(declared: LicenseField): boolean {
  return 'license' in normaliseLicense(declared)
}

/** The file that `SEE LICENSE IN <file>` names, in either field; undefined if none does. */
export function namedLicenseFile(declared: LicenseField): string | undefined {
  const values = [declared.license, declared.licenses].flat()
  return values.map((value) => fileSeen(wordsOf(value))).find((name) => name !== undefined)
}

type Origin = Pick<Claim, 'witness' | 'at' | 'from'>

async function claimsOf(
  file: LicenseFile,
  source: Pick<TextSource, 'read'>,
  origin: Origin,
): Promise<Claim[]> {
  const { file: path, role } = file
  if ('unread' in file) {
    // What cannot be read gives no hint.
    if (role === 'hint') return []
    const text = { file: path, sha256: '', role, licenses: [], differences: [`${path} is ${file.unread}`] }
    return [{ ...origin, reason: 'unknown-text', text }]
  }
  const { own, bundled, named } = await source.read(file, kindOf(file))
  const { sha256 } = file
  const place = { file: path, sha256, role }
  if (role === 'hint')
    return hintOf(named ?? { ids: namesIn(own), families: own?.families ?? [] }, place, origin)
  return [
    ...(own ? [{ ...origin, ...spoken(own, place) }] : []),
    ...(bundled
      ? [{ ...origin, text: { file: path, sha256, role: 'bundled' as const, licenses: bundled } }]
      : []),
  ]
}

/** As what a licence file is read. */
export function kindOf({ file, role }: Pick<LicenseFile, 'file' | 'role'>): TextKind {
  if (role === 'bundled') return 'bundled'
  if (isReadme(file)) return 'readme'
  return role === 'hint' ? 'header' : 'package'
}

/** The licences that a README has the text of, or names. */
function namesIn({ licenses, mentions = [] }: Recognition = NOTHING): string[] {
  return [...new Set([...licenses.flat(), ...mentions])].toSorted()
}

const NOTHING = { licenses: [], choice: false, differences: [] }

type Place = Pick<TextClaim, 'file' | 'sha256' | 'role'>

function hintOf({ ids, families }: ProseNames, place: Place, origin: Origin): Claim[] {
  if (ids.length + families.length === 0) return []
  const text = { ...place, licenses: [], mentions: ids, ...(families.length > 0 && { families }) }
  return [{ ...origin, reason: 'pointer', text }]
}

function spoken(own: Recognition, place: Place): Pick<Claim, 'license' | 'reason' | 'text'> {
  const { licenses, choice, mentions, families, nearest, differences } = own
  const text: TextClaim = {
    ...place,
    licenses,
    ...(choice && { choice: true }),
    ...(mentions && { mentions }),
    ...(families && { families }),
    ...(nearest && { nearest }),
    ...(differences.length > 0 && { differences }),
  }
  if (mentions !== undefined) return { reason: 'pointer', text }
  if (licenses.length === 0) return { reason: 'unknown-text', text }
  return { license: printed(licenses, choice), text }
}

/** A text that serves several ids is shown as the one that grants least; each of them has to be allowed. */
function printed(licenses: readonly string[][], choice: boolean): string {
  return licenses.map(narrowest).join(choice ? ' OR ' : ' AND ')
}
