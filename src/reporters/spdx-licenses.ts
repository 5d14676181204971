/** Licence expressions as one SPDX document may hold them, and the licences outside the list that it has to describe. */
import { concludedLicense, declaredLicense, licenseReferences, UNLICENSED } from './sbom-licenses.ts'
import type { SbomNode } from './sbom-graph.ts'

/** The name under which a document speaks of packages that grant no licence. */
const UNLICENSED_REFERENCE = 'LicenseRef-UNLICENSED'
/** Packages named in the description of one licence. */
const SHOWN = 20

/** A licence that is not on the SPDX list, as a document describes it. */
export interface ExtractedLicense {
  licenseId: string
  extractedText: string
  name: string
}

/** The expression, if the document can hold it: a reference into another document, which nobody has, it cannot. */
export function spdxExpression(license: string): string | undefined {
  if (license === UNLICENSED) return UNLICENSED_REFERENCE
  return license.includes('DocumentRef-') ? undefined : license
}

/** Descriptions of all licences outside the list that conclusions or declarations name, sorted. */
export function spdxReferences(nodes: SbomNode[]): ExtractedLicense[] {
  const users = new Map<string, Set<string>>()
  for (const { entry, ref } of nodes) {
    if (entry === undefined) continue
    for (const license of [concludedLicense(entry), declaredLicense(entry)]) {
      const expression = license === undefined ? undefined : spdxExpression(license)
      for (const reference of expression === undefined ? [] : licenseReferences(expression)) {
        const known = users.get(reference)
        if (known === undefined) users.set(reference, new Set([ref]))
        else known.add(ref)
      }
    }
  }
  return [...users.keys()].toSorted().map((licenseId) => {
    const refs = [...(users.get(licenseId) ?? [])]
    const more = refs.length > SHOWN ? ` and ${refs.length - SHOWN} more` : ''
    const where = refs.slice(0, SHOWN).join(', ') + more
    return licenseId === UNLICENSED_REFERENCE
      ? {
          licenseId,
          extractedText: `"${UNLICENSED}" is all that these packages say of a licence: ${where}.`,
          name: 'No licence is granted',
        }
      : {
          licenseId,
          extractedText: `The text is in the packages that name it and was not copied: ${where}.`,
          name: licenseId.slice('LicenseRef-'.length),
        }
  })
}
