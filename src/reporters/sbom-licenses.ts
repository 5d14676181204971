/** Licences as bills of materials tell them apart: an id of the SPDX list, an expression, or a name that is neither. */
import type { Claim } from '#model/claim'
import { doubtfulFiles } from '#model/package-doubt'
import type { PackageReport } from '#model/run-report'

/** One of the three. */
export type SbomLicense = { id: string } | { expression: string } | { name: string }

/** What npm's authors write for "no licence is granted". */
export const UNLICENSED = 'UNLICENSED'

const SINGLE_ID = /^[a-z\d.-]+$/i
const REFERENCE = /^(?:DocumentRef-[a-z\d.-]+:)?LicenseRef-[a-z\d.-]+$/i

/** Sorts a normalised expression. */
export function sbomLicense(license: string): SbomLicense {
  if (license === UNLICENSED || REFERENCE.test(license)) return { name: license }
  return SINGLE_ID.test(license) ? { id: license } : { expression: license }
}

/** The licence a run concluded; nothing where it is unknown, in conflict, or belied by a licence file. */
export function concludedLicense(entry: PackageReport): string | undefined {
  if (doubtfulFiles(entry).length > 0) return undefined
  return entry.license ?? (isProprietary(entry) ? UNLICENSED : undefined)
}

/** Whether everybody who was asked for a licence says that there is none to have. */
export function isProprietary({ license, claims }: PackageReport): boolean {
  const fields = claims.filter(isField)
  return license === null && fields.length > 0 && fields.every(({ reason }) => reason === 'unlicensed')
}

/** What the authors declare: the fields of registry and package.json where all that were heard say the same. */
export function declaredLicense(entry: PackageReport): string | undefined {
  const fields = entry.claims.filter((claim) => isField(claim) && claim.failure === undefined)
  const said = new Set(fields.map(({ license }) => license))
  const [only] = said
  return said.size === 1 && only !== undefined ? only : isProprietary(entry) ? UNLICENSED : undefined
}

function isField({ witness }: Claim): boolean {
  return witness === 'registry' || witness === 'installed'
}

/** The LicenseRefs in an expression, each as it is written. */
export function licenseReferences(expression: string): string[] {
  return [...expression.matchAll(/(?:DocumentRef-[a-z\d.-]+:)?LicenseRef-[a-z\d.-]+/gi)].map(([text]) => text)
}
