/** What every rule is by nature: what it is about, how bad its findings are, and which key of the policy governs it. */
import type { RuleId, Severity } from './finding.ts'

/** What rules are about, in the order in which they are listed. */
export const RULE_GROUPS = ['licences', 'packages', 'sources', 'imports', 'tree', 'policy'] as const

/** One of {@link RULE_GROUPS}. */
export type RuleGroup = (typeof RULE_GROUPS)[number]

/** The nature of one rule. */
export interface RuleTraits {
  group: RuleGroup
  /** Severity without any word of the policy; `off` for a rule that only a policy brings to life. */
  severity: Severity | 'off' | 'deny or warn'
  /** Key of the policy that governs the rule; absent for what no policy can change. */
  key?: string
  /** Whether that key sets the severity to `deny`, `warn` or `off`. */
  configurable: boolean
}

/** The nature of every rule. */
export const RULE_TRAITS: Readonly<Record<RuleId, RuleTraits>> = {
  'license-not-allowed': fixed('licences', 'deny', 'licenses.allow'),
  'license-unknown': fixed('licences', 'deny', 'licenses.clarify'),
  'license-conflict': fixed('licences', 'deny or warn', 'licenses.allow'),
  'license-changed': set('licences', 'warn', 'packages.relicensed'),
  'license-changing': set('licences', 'warn', 'forecast.relicensed'),
  'license-lost': set('licences', 'warn', 'forecast.licenseLost'),
  'license-noted': fixed('licences', 'warn'),
  'license-text-missing': set('licences', 'warn', 'packages.licenseText'),
  'license-text-unknown': fixed('licences', 'deny', 'licenses.clarify'),
  'bundled-license-not-allowed': set('licences', 'warn', 'packages.bundledLicenses'),
  'license-by-use': fixed('licences', 'off', 'licenses.scopes.notShipped.allow'),
  'package-banned': fixed('packages', 'off', 'packages.ban'),
  'package-deprecated': set('packages', 'warn', 'packages.deprecated'),
  'package-vulnerable': fixed('packages', 'deny or warn', 'advisories.level'),
  'package-duplicate': set('packages', 'off', 'packages.duplicates'),
  'package-too-young': fixed('packages', 'off', 'packages.minimumAge'),
  'package-silent': set('packages', 'off', 'forecast.silent'),
  'repository-missing': set('packages', 'warn', 'forecast.repositoryMissing'),
  'source-registry': fixed('sources', 'off', 'sources.registries'),
  'source-address': set('sources', 'deny', 'sources.addresses'),
  'source-name': fixed('sources', 'deny'),
  'source-not-registry': set('sources', 'warn', 'sources.git, sources.file and sources.url'),
  'integrity-missing': set('sources', 'warn', 'sources.integrity'),
  'integrity-mismatch': fixed('sources', 'deny'),
  'integrity-changed': fixed('sources', 'deny'),
  'import-undeclared': set('imports', 'deny', 'imports.undeclared'),
  'import-unresolved': set('imports', 'warn', 'imports.unresolved'),
  'import-unreadable': set('imports', 'deny', 'imports.unreadable'),
  'import-cycle': set('imports', 'warn', 'imports.cycles'),
  'import-banned': fixed('imports', 'off', 'imports.ban'),
  'layer-breached': fixed('imports', 'off', 'imports.layers'),
  'dev-in-production': set('imports', 'deny', 'imports.devInProduction'),
  'production-could-be-dev': set('imports', 'warn', 'imports.couldBeDev'),
  'type-only-in-production': set('imports', 'warn', 'imports.typeOnlyInProduction'),
  'dependency-unused': set('imports', 'warn', 'imports.unused'),
  'dependency-misplaced': set('imports', 'warn', 'imports.misplaced'),
  'imports-unmatched': fixed('imports', 'deny', 'imports'),
  'metadata-unavailable': fixed('tree', 'deny'),
  'advisories-unavailable': set('tree', 'warn', 'advisories.unavailable'),
  'dependency-missing': fixed('tree', 'deny'),
  'dependency-invalid': fixed('tree', 'warn'),
  'peer-missing': fixed('tree', 'warn'),
  'package-extraneous': fixed('tree', 'warn'),
  'lockfile-out-of-step': fixed('tree', 'deny'),
  'lockfile-twice': fixed('tree', 'warn'),
  'no-lockfile': fixed('tree', 'warn'),
  'tree-not-confirmed': fixed('tree', 'deny'),
  'tree-untrusted': fixed('tree', 'deny'),
  'exception-lapsed': fixed('policy', 'deny or warn', 'licenses.exceptions'),
  'allow-unused': fixed('policy', 'warn', 'licenses.allow'),
  'exception-unused': fixed('policy', 'warn', 'licenses.exceptions'),
  'advisory-ignore-lapsed': fixed('policy', 'warn', 'advisories.ignore'),
  'advisory-ignore-unused': fixed('policy', 'warn', 'advisories.ignore'),
  'clarification-stale': fixed('policy', 'deny', 'licenses.clarify'),
  'clarification-unused': fixed('policy', 'warn', 'licenses.clarify'),
  'policy-changed': fixed('policy', 'deny or warn'),
  'baseline-stale': set('policy', 'warn', 'baseline.stale'),
}

/** The line of a rule's page that says how bad its findings are and what governs them. */
export function severityLine({ severity, key, configurable }: RuleTraits): string {
  const keys = key?.replaceAll(/[\w.]+\.\w+/g, '`$&`')
  if (configurable) return `Severity: \`${severity}\`, set by ${keys}.`
  if (severity === 'off') return `Severity: \`deny\`, not configurable; off without ${keys}.`
  const fixedAt = severity.replaceAll(/deny|warn/g, '`$&`')
  return `Severity: ${fixedAt}, not configurable. ${keys === undefined ? 'No policy key.' : `Policy key: ${keys}.`}`
}

function fixed(group: RuleGroup, severity: RuleTraits['severity'], key?: string): RuleTraits {
  return { group, severity, configurable: false, ...(key !== undefined && { key }) }
}

function set(group: RuleGroup, severity: RuleTraits['severity'], key: string): RuleTraits {
  return { group, severity, configurable: true, key }
}
