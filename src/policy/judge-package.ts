/**
 * Judges one package by a policy. It fails closed:
 *
 * 1. A clarification whose file still has its sha256 wins over what all witnesses say. One that means the package but
 *    not its files is ignored, and the package is `unknown`.
 * 2. Every witness that is needed must have been heard. A registry that does not know the version makes the package
 *    `unknown`, any other failure makes it `incomplete`; a licence already heard that is not allowed makes it a
 *    `violation` all the same, because a pass would need every claim allowed. A clarification makes up for a version
 *    that the registry does not know, never for a registry that was not heard.
 * 3. Each licence that is stated must be allowed. If they differ it is a `conflict`, reported either way. A witness that
 *    states none beside one that does makes the package `unknown`.
 * 4. A licence file counts as its text only if every word of it is accounted for: see `conclude.ts` for what texts
 *    conclude, contradict and leave open. One that nobody knows makes the package `unknown`.
 * 5. A package that is reached in several ways must pass in each of them; see `allow-lists.ts`.
 * 6. Exceptions add to the lists. `UNLICENSED` in one lets a package pass if that very word is all that anybody says.
 * 7. An integrity that the registry contradicts is a `violation`; an address in the lockfile without one that could be
 *    compared is `incomplete`.
 * 8. `pass` comes only from {@link packageVerdict}, which asks for {@link Evidence}.
 */
import type { ConclusionType, LeafDecision } from '#model/claim'
import type { Finding, Verdict } from '#model/finding'
import type { Policy } from '#model/policy'
import { clarify } from './clarifications.ts'
import { concludeClaims, concludeClarified } from './conclude.ts'
import type { Conclusion } from './conclude.ts'
import { createGrounds } from './grounds.ts'
import { createLicenseReader, hear } from './hearing.ts'
import { contradictedIntegrity, isUnproven } from './integrity.ts'
import * as findings from './package-findings.ts'
import type { Case } from './package-findings.ts'
import type { PackageFacts } from './package-facts.ts'
import { packageVerdict } from './verdict.ts'

export type { PackageFacts } from './package-facts.ts'

/** What a policy makes of one package. */
export interface PackageJudgement {
  verdict: Verdict
  /** The concluded expression; null when unknown or in conflict. */
  license: string | null
  conclusion: ConclusionType
  leaves: LeafDecision[]
  /** Specs of the exceptions it needed to pass. */
  exceptions: string[]
  findings: Finding[]
  /** Indexes of the policy's entries that mattered, whether or not they sufficed. */
  used: { exceptions: number[]; clarifications: number[] }
}

/** Reads the policy once; `now` is the time of the run in epoch milliseconds. */
export function createJudge(policy: Policy, now: number): (facts: PackageFacts) => PackageJudgement {
  const read = createLicenseReader()
  const groundsOf = createGrounds(policy, now)
  const place = { file: policy.file, now }
  return (facts) => {
    const grounds = groundsOf(facts)
    const about: Case = { facts, grounds, place, policy }
    const hearing = hear(facts, read)
    const clarifying = clarify(policy.licenses.clarify, facts, read)
    const conclusion = clarifying.reading
      ? concludeClarified(about, hearing, clarifying.reading)
      : concludeClaims(about, hearing, read)
    const all = [
      ...conclusion.findings,
      ...conclusion.lapsed.map((entry) => findings.lapsedException(about, entry, lapsedVerdict(conclusion))),
      ...clarifying.stale.map((entry) => findings.staleClarification(about, entry)),
      ...originFindings(about),
    ]
    const verdict = packageVerdict(all, conclusion.evidence)
    const mattered = verdict === 'pass' ? [] : [...grounds.active, ...conclusion.lapsed]
    return {
      verdict,
      license: conclusion.license,
      conclusion: conclusion.type,
      leaves: conclusion.leaves,
      exceptions:
        verdict === 'pass'
          ? [...new Set(conclusion.needed.map(({ exception }) => exception.package.text))]
          : [],
      findings: all,
      used: {
        exceptions: [...new Set([...conclusion.needed, ...mattered].map(({ index }) => index))],
        clarifications: clarifying.matching,
      },
    }
  }
}

/** A lapsed exception leads to the same verdict as the finding it would have spared. */
function lapsedVerdict({ type, leaves }: Conclusion): 'violation' | 'unknown' {
  return type === 'unknown' && leaves.length === 0 ? 'unknown' : 'violation'
}

function originFindings(about: Case): Finding[] {
  const { integrity } = about.facts
  const contradicted = contradictedIntegrity(integrity.lockfile, integrity.registry)
  const unproven = isUnproven(integrity.addressed ?? [], integrity.registry)
  return [
    ...(contradicted === undefined ? [] : [findings.integrityMismatch(about, contradicted)]),
    ...(unproven ? [findings.integrityMissing(about)] : findings.integrityUnnamed(about)),
    ...findings.packageRules.flatMap((rule) => rule(about)),
  ]
}
