/** Makes findings: one that fails the run says to which verdict it leads, a warning cannot. */
import type { Finding, Location, RuleId, Verdict } from '#model/finding'
import type { RuleSeverity } from '#model/policy'
import { fingerprint } from './fingerprint.ts'

/** What a finding is about. */
export interface Matter {
  /** Id of the package concerned. */
  package?: string | undefined
  /** What tells this finding from another of the same rule and package; never a message or a time. */
  subject: string
  /** One sentence. */
  message: string
  fix?: string | undefined
  path?: string[] | undefined
  location?: Location | undefined
  details?: string[] | undefined
  /** What names it to a baseline besides rule and package: see {@link Finding.license}. */
  license?: string | undefined
  /** What names it to a baseline besides rule and package: see {@link Finding.subject}. */
  knownBy?: string | undefined
}

/** A finding that fails the run. */
export function deny(rule: RuleId, verdict: Exclude<Verdict, 'pass'>, matter: Matter): Finding {
  return { rule, severity: 'deny', verdict, ...describe(rule, matter) }
}

/** A finding that is only shown. */
export function warn(rule: RuleId, matter: Matter): Finding {
  return { rule, severity: 'warn', verdict: 'pass', ...describe(rule, matter) }
}

/** The finding of a rule whose severity the policy sets: a violation, a warning, or none. */
export function raise(rule: RuleId, severity: RuleSeverity, matter: Matter): Finding[] {
  if (severity === 'off') return []
  return [severity === 'deny' ? deny(rule, 'violation', matter) : warn(rule, matter)]
}

function describe(rule: RuleId, matter: Matter): Omit<Finding, 'rule' | 'severity' | 'verdict'> {
  return {
    ...(matter.package !== undefined && { package: matter.package }),
    message: matter.message,
    ...(matter.fix !== undefined && { fix: matter.fix }),
    path: matter.path ?? [],
    fingerprint: fingerprint(rule, matter.package, matter.subject),
    ...(matter.location !== undefined && { location: matter.location }),
    ...(matter.license !== undefined && { license: matter.license }),
    ...(matter.knownBy !== undefined && { subject: matter.knownBy }),
    ...(matter.details !== undefined && matter.details.length > 0 && { details: matter.details }),
  }
}
