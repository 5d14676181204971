/** Rule: the newest release of a package does not say where its source is, although the installed one does. */
import type { Finding } from '#model/finding'
import type { RuleSeverity } from '#model/policy'
import { raise } from '../make-finding.ts'
import type { Outlook } from '../outlook.ts'

/** A finding for a newest release without a repository. */
export function repositoryMissing(
  { package: { id, name, version, paths }, entry, newest }: Outlook,
  severity: RuleSeverity,
): Finding[] {
  if (!entry.newestLacks.includes('repository')) return []
  return raise('repository-missing', severity, {
    package: id,
    subject: 'repository',
    message: `${name} ${version} names its repository; ${newest}, the newest release, names none`,
    fix: `Look at who published ${newest}, and whether its source is still open, before anything is updated to it.`,
    path: paths[0],
  })
}
