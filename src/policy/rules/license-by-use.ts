/** Rule: a licence that is allowed only for what does not ship, of a package that ships. */
import type { Finding } from '#model/finding'
import { licensesToAllow, suggestFix } from '../exception-snippet.ts'
import { isAllowedUnshipped } from '../grounds.ts'
import { deny } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case, WeighedLicense } from '../package-case.ts'

/** The finding of a refused licence that only what does not ship may have; undefined for any other. */
export function allowedUnshipped(
  { facts, grounds, place }: Case,
  { license, expression }: WeighedLicense,
): Finding | undefined {
  if (!isAllowedUnshipped(expression, grounds)) return undefined
  const { because = 'nobody knows what the project imports', location } = facts.use ?? {}
  return deny('license-by-use', 'violation', {
    ...about(facts, license),
    ...(location && { location }),
    license,
    message: `${facts.id} is ${license}, which licenses.scopes.notShipped allows for what does not ship, but ${because}`,
    fix: suggestFix(facts, licensesToAllow([expression], grounds), place),
  })
}
