/** Rule: the newest release of a package declares no licence, although the installed one does. */
import type { Finding } from '#model/finding'
import type { RuleSeverity } from '#model/policy'
import { raise } from '../make-finding.ts'
import type { Outlook } from '../outlook.ts'

/** A finding for a newest release without a licence. */
export function licenseLost(
  { package: { id, name, version, paths }, entry, newest }: Outlook,
  severity: RuleSeverity,
): Finding[] {
  if (!entry.newestLacks.includes('license')) return []
  return raise('license-lost', severity, {
    package: id,
    subject: 'license',
    message: `${name} ${version} declares its licence; ${newest}, the newest release, declares none`,
    fix: `Keep ${name} below ${newest} until its author says under which licence it is; a licence field is soon forgotten and soon asked for.`,
    path: paths[0],
  })
}
