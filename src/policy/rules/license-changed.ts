/** Rule: a version has another licence than the version before. */
import type { PackageChange } from '#model/change'
import type { Finding, Location } from '#model/finding'
import type { RuleSeverity } from '#model/policy'
import { raise } from '../make-finding.ts'

/** A relicensed package. `id` is that of the new version. */
export function relicensed(
  id: string,
  { name, before, after, path }: PackageChange,
  location: Location | undefined,
  severity: RuleSeverity,
): Finding[] {
  if (typeof before?.license !== 'string' || typeof after?.license !== 'string') return []
  return raise('license-changed', severity, {
    package: id,
    subject: `${before.license}\n${after.license}`,
    message: `${name} was ${before.license} in ${before.version} and is ${after.license} in ${after.version}`,
    fix: `Whoever decides on licences should know of it; to stay with the old one, keep ${name} at ${before.version}.`,
    path,
    location,
    license: after.license,
  })
}
