/** Rule: nobody could be asked about known vulnerabilities of some packages. */
import type { Finding } from '#model/finding'
import type { RuleSeverity } from '#model/policy'
import { deny, warn } from '../make-finding.ts'

/** More packages than anybody reads of one finding. */
const MAX_NAMED = 20

/** Packages that no source spoke of, and why. */
export interface Unheard {
  /** Ids, sorted. */
  packages: readonly string[]
  /** How many were to be asked about. */
  asked: number
  /** One sentence for each source that did not answer, or not wholly. */
  problems: readonly string[]
}

/** One finding for the whole run: it never says anything about licences. */
export function unavailable({ packages, asked, problems }: Unheard, severity: RuleSeverity): Finding[] {
  if (severity === 'off') return []
  const more = packages.length - MAX_NAMED
  const matter = {
    subject: 'advisories',
    message: `Whether ${packages.length} of ${asked} packages have known vulnerabilities is not known: ${problems[0] ?? 'no source was asked.'}`,
    fix: "Run where the registry answers, or name a dump of OSV's database with --osv.",
    details: [
      ...problems.slice(1),
      `not known of ${packages.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    ],
  }
  return [
    severity === 'deny'
      ? deny('advisories-unavailable', 'incomplete', matter)
      : warn('advisories-unavailable', matter),
  ]
}
