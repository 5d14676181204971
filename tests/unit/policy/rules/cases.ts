/** Packages judged by a policy of which only the rules about packages and sources matter. */
import type { Claim, TextClaim } from '#model/claim'
import type { Finding } from '#model/finding'
import type { PackageRules, Policy, SourceRules } from '#model/policy'
import { createJudge } from '#policy/judge-package'
import type { PackageFacts, PackageJudgement } from '#policy/judge-package'
import { facts, NOW, policy, spec } from '../samples.ts'

/** A policy with these rules. */
export function rulesPolicy(
  packages: Partial<PackageRules> = {},
  sources: Partial<SourceRules> = {},
): Policy {
  const base = policy()
  return { ...base, packages: { ...base.packages, ...packages }, sources: { ...base.sources, ...sources } }
}

/** What a policy makes of a package that has no fault but those that a test gives it. */
export function judged(
  more: Partial<PackageFacts>,
  packages: Partial<PackageRules> = {},
  sources: Partial<SourceRules> = {},
): PackageJudgement {
  return createJudge(rulesPolicy(packages, sources), NOW)(facts(more))
}

/** The findings of one rule, of the sample package. */
export function findingsOf(rule: Finding['rule'], judgement: PackageJudgement): Finding[] {
  return judgement.findings.filter((finding) => finding.rule === rule)
}

/** Severity and verdict of a rule's only finding, `nothing` for none. */
export function outcomeOf(rule: Finding['rule'], judgement: PackageJudgement): string {
  const [finding, ...more] = findingsOf(rule, judgement)
  if (more.length > 0) throw new Error(`${rule} has ${more.length + 1} findings`)
  return finding === undefined ? 'nothing' : `${finding.severity} ${judgement.verdict}`
}

/** A ban of a spec. */
export function ban(text: string, use?: string): PackageRules['ban'][number] {
  const location = { file: 'depgate.config.json', line: 12 }
  return { package: spec(text), reason: 'it was hijacked', location, ...(use !== undefined && { use }) }
}

/** What a licence file of a package is recognised as. */
export function textClaim(text: Partial<TextClaim>, more: Partial<Claim> = {}): Claim {
  return {
    witness: 'text',
    at: '2026-11-21T12:00:00.000Z',
    from: 'node_modules',
    text: { file: 'LICENSE', sha256: 'a'.repeat(64), role: 'package', licenses: [], ...text },
    ...more,
  }
}
