/** Judges what concerns the run as a whole: the tree, the entries of the policy, and the verdict of all together. */
import type { Finding, Verdict } from '#model/finding'
import type { TreeProblem } from '#model/inventory'
import type { Policy } from '#model/policy'
import type { PackageReport } from '#model/run-report'
import { isLapsed } from './grounds.ts'
import { applyBaseline, withKnown } from './baseline.ts'
import { staleEntry } from './rules/baseline-stale.ts'
import { unusedAllowEntries } from './rules/allow-unused.ts'
import type { LicenseUse } from './rules/allow-unused.ts'
import { unusedClarification } from './rules/clarification-unused.ts'
import { invalidDependency } from './rules/dependency-invalid.ts'
import { missingDependency } from './rules/dependency-missing.ts'
import { lapsedUnneeded } from './rules/exception-lapsed.ts'
import { unusedException } from './rules/exception-unused.ts'
import { outOfStep } from './rules/lockfile-out-of-step.ts'
import { twoLockfiles } from './rules/lockfile-twice.ts'
import { noLockfile } from './rules/no-lockfile.ts'
import { extraneousPackage } from './rules/package-extraneous.ts'
import { missingPeer } from './rules/peer-missing.ts'
import { notConfirmed } from './rules/tree-not-confirmed.ts'
import { worstOf, worstVerdict } from './verdict.ts'

export { metadataUnavailable } from './rules/metadata-unavailable.ts'
export { duplicates } from './rules/package-duplicate.ts'
export { untrustedTree } from './rules/tree-untrusted.ts'

/** What of the policy mattered to some package: indexes of its entries, and the licences that were weighed. */
export interface UsedEntries {
  exceptions: ReadonlySet<number>
  clarifications: ReadonlySet<number>
  licenses: readonly LicenseUse[]
}

/** Packages and findings once the baseline was asked. */
export interface KnownRun {
  packages: PackageReport[]
  findings: Finding[]
  /** Indexes of the entries that mean a finding. */
  matched: ReadonlySet<number>
}

/** What a run can say about entries that were not used. */
export interface RunExtent {
  /** Epoch milliseconds. */
  now: number
  /** Every package was heard. */
  complete: boolean
  /** Only a part of the tree was asked for. */
  narrowed: boolean
}

/** The findings of a tree's problems. */
export function judgeTree(problems: readonly TreeProblem[]): Finding[] {
  return problems.map((problem) => TREE_RULES[problem.type](problem))
}

const TREE_RULES: Record<TreeProblem['type'], (problem: TreeProblem) => Finding> = {
  missing: missingDependency,
  'missing-peer': missingPeer,
  invalid: invalidDependency,
  extraneous: extraneousPackage,
  'no-lockfile': noLockfile,
  'two-lockfiles': twoLockfiles,
  'out-of-step': outOfStep,
  'not-confirmed': notConfirmed,
}

/** Warnings about entries of the policy: lapsed ones that nothing needed, and unused ones if the run can know. */
export function judgePolicyUse(
  { licenses }: Pick<Policy, 'licenses'>,
  used: UsedEntries,
  { now, complete, narrowed }: RunExtent,
): Finding[] {
  const seesAll = complete && !narrowed
  const exceptions = licenses.exceptions.flatMap((exception, index) => {
    if (used.exceptions.has(index)) return []
    if (isLapsed(exception, now)) return [lapsedUnneeded(exception)]
    return seesAll ? [unusedException(exception)] : []
  })
  if (!seesAll) return exceptions
  return [
    ...unusedAllowEntries(licenses, used.licenses),
    ...exceptions,
    ...licenses.clarify.filter((_entry, index) => !used.clarifications.has(index)).map(unusedClarification),
  ]
}

/** Asks the policy's baseline about everything that a run found; packages keep their order. */
export function knowFindings(
  { packages, findings }: { packages: readonly PackageReport[]; findings: readonly Finding[] },
  { baseline }: Pick<Policy, 'baseline'>,
  now: number,
): KnownRun {
  const known = applyBaseline(findings, baseline.entries, now)
  return { ...known, packages: markKnown(packages, known.findings) }
}

/** Packages as they stand once the baseline was asked about these findings; they keep their order. */
export function markKnown(packages: readonly PackageReport[], findings: readonly Finding[]): PackageReport[] {
  const known = new Set(findings.flatMap((finding) => (finding.known === undefined ? [] : finding.package)))
  if (known.size === 0) return [...packages]
  const about = new Map<string, Finding[]>()
  for (const finding of findings) {
    if (finding.package === undefined || !known.has(finding.package)) continue
    const others = about.get(finding.package)
    if (others === undefined) about.set(finding.package, [finding])
    else others.push(finding)
  }
  return packages.map((entry) => withKnown(entry, about.get(entry.id) ?? []))
}

/** Entries of the baseline that know nothing, if the run can know. */
export function judgeBaseline(
  { baseline }: Pick<Policy, 'baseline'>,
  matched: ReadonlySet<number>,
  { complete, narrowed }: Pick<RunExtent, 'complete' | 'narrowed'>,
): Finding[] {
  if (!complete || narrowed) return []
  return baseline.entries.flatMap((entry, index) =>
    matched.has(index) ? [] : staleEntry(entry, baseline.stale),
  )
}

/** The verdict of a run: violation before unknown before incomplete before pass. */
export function runVerdict(packages: readonly Verdict[], findings: readonly Finding[]): Verdict {
  const own = worstVerdict(findings)
  return worstOf(new Set(own === undefined ? packages : [...packages, own])) ?? 'pass'
}
