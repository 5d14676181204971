/** Rule: parts of others inside a package, under a licence that the policy does not allow. */
import type { Finding } from '#model/finding'
import { suggestFix } from '../exception-snippet.ts'
import { weigh } from '../grounds.ts'
import type { Grounds } from '../grounds.ts'
import { createLicenseReader } from '../hearing.ts'
import { raise } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'
import { inOneText } from '../sayings.ts'

/** One finding for all files that speak for parts of others; what they are not recognised as is no licence. */
export function bundledNotAllowed({ facts, grounds, policy, place }: Case): Finding[] {
  const read = createLicenseReader()
  const refused = facts.claims.flatMap(({ witness, text }) => {
    if (witness !== 'text' || text?.role !== 'bundled') return []
    return [...new Set(text.licenses.flat())]
      .filter((license) => !isAllowed(read(license), grounds))
      .map((license) => ({ license, file: text.file }))
  })
  if (refused.length === 0) return []
  const licenses = [...new Set(refused.map(({ license }) => license))].toSorted()
  return raise('bundled-license-not-allowed', policy.packages.bundledLicenses, {
    ...about(facts, licenses.join('\n')),
    license: inOneText(licenses),
    message: `${facts.id} carries parts of others under ${licenses.join(' and ')}, which ${licenses.length === 1 ? 'is' : 'are'} ${grounds.refused}`,
    fix: suggestFix(facts, licenses, place),
    details: [...new Set(refused.map(({ license, file }) => `${file}: ${license}`))].toSorted(),
  })
}

function isAllowed(license: ReturnType<ReturnType<typeof createLicenseReader>>, grounds: Grounds): boolean {
  return license !== undefined && weigh(license, grounds).allowed
}
