/** What can be objected to in the releases that are not installed yet. */
import type { Finding } from '#model/finding'
import type { ForecastRules } from '#model/policy'
import type { Outlook } from './outlook.ts'
import { licenseChanging } from './rules/license-changing.ts'
import { licenseLost } from './rules/license-lost.ts'
import { packageSilent } from './rules/package-silent.ts'
import { repositoryMissing } from './rules/repository-missing.ts'

/** The findings about what is coming for one package. */
export function forecastFindings(outlook: Outlook, rules: ForecastRules): Finding[] {
  return [
    ...licenseChanging(outlook, rules.relicensed),
    ...licenseLost(outlook, rules.licenseLost),
    ...repositoryMissing(outlook, rules.repositoryMissing),
    ...packageSilent(outlook, rules),
  ]
}
