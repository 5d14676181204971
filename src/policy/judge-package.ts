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
 * 4. A package that is reached in any other way than as a development dependency must pass `licenses.allow` alone.
 * 5. Exceptions add to the lists. `UNLICENSED` in one lets a package pass if that very word is all that anybody says.
 * 6. An integrity that the registry contradicts is a `violation`; an address in the lockfile without one that could be
 *    compared is `incomplete`.
 * 7. `pass` comes only from {@link packageVerdict}, which asks for {@link Evidence}.
 */
import type { ConclusionType, LeafDecision } from '#model/claim'
import type { Finding, Verdict } from '#model/finding'
import type { Policy } from '#model/policy'
import { clarify } from './clarifications.ts'
import { allowingUnlicensed, createGrounds, lapsedFor, UNLICENSED, weigh } from './grounds.ts'
import type { Grounds, MatchingException } from './grounds.ts'
import { createLicenseReader, hear } from './hearing.ts'
import type { Hearing, LicenseReader, ReadLicense, Statement } from './hearing.ts'
import { contradictedIntegrity, isUnproven } from './integrity.ts'
import * as findings from './package-findings.ts'
import type { Case, WeighedLicense } from './package-findings.ts'
import { neededWitnesses } from './package-facts.ts'
import type { PackageFacts } from './package-facts.ts'
import { metadataUnavailable } from './rules/metadata-unavailable.ts'
import { hearTexts, resolves, strangersTo } from './text-hearing.ts'
import type { TextHearing } from './text-hearing.ts'
import { evidenceFrom, packageVerdict } from './verdict.ts'
import type { Evidence, Weighed } from './verdict.ts'

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

/** What follows from the statements about a package, before the verdict. */
interface Conclusion {
  license: string | null
  type: ConclusionType
  leaves: LeafDecision[]
  findings: Finding[]
  evidence: Evidence | undefined
  /** Exceptions that made statements pass. */
  needed: MatchingException[]
  /** Exceptions that would have. */
  lapsed: MatchingException[]
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

function concludeClarified(about: Case, hearing: Hearing, reading: ReadLicense): Conclusion {
  const weighed = weighAll(about.grounds, [{ witness: 'clarification', ...reading }])
  const lapsed = lapsedForAny(weighed, about.grounds)
  return {
    ...conclusionFrom(weighed, lapsed),
    license: reading.license,
    type: 'clarified',
    findings: [...unheard(about, hearing), ...refusals(about, weighed, lapsed)],
    evidence: evidenceFrom(weighed, ['clarification']),
  }
}

function concludeClaims(about: Case, hearing: Hearing, read: LicenseReader): Conclusion {
  const texts = hearTexts(about.facts, read)
  const { said, mute, notFound } = hearing
  const weighed = weighAll(about.grounds, said)
  const lapsed = lapsedForAny(weighed, about.grounds)
  const open = {
    ...conclusionFrom(weighed, lapsed),
    license: null,
    type: 'unknown' as const,
    evidence: undefined,
  }

  if (notFound !== undefined || hearing.unheard.length > 0) {
    const missing = notFound === undefined ? [] : [findings.notInRegistry(about, notFound)]
    return {
      ...open,
      findings: [...refusals(about, weighed, lapsed), ...missing, ...unheard(about, hearing)],
    }
  }
  if (mute.length > 0) {
    return said.length === 0
      ? concludeMute(about, hearing, texts, read)
      : { ...open, lapsed: [], findings: [findings.unknownLicense(about, hearing, [])] }
  }
  // A licence of somebody's own has a text that nobody else knows.
  const isOwn = said.some(({ key }) => key.includes('LicenseRef-'))
  const unreadable = isOwn ? [] : unreadableTexts(about, texts)
  const evidence = evidenceFrom(weighed, neededWitnesses(about.facts))
  const [first] = weighed
  const isOne = first !== undefined && weighed.every(({ key }) => key === first.key)
  const strangers = said.flatMap(({ expression }) => strangersTo(expression, texts))
  if (!isOne || strangers.length > 0) {
    return concludeConflict(about, [...said, ...new Set(strangers)], unreadable)
  }
  return {
    ...open,
    license: first.license,
    type: 'declared',
    evidence,
    findings: [...refusals(about, weighed, lapsed), ...unreadable],
  }
}

/** Licences that differ, whoever states them: each has to be allowed. */
function concludeConflict(about: Case, said: readonly Statement[], unreadable: Finding[]): Conclusion {
  const weighed = weighAll(about.grounds, said)
  const lapsed = lapsedForAny(weighed, about.grounds)
  return {
    ...conclusionFrom(weighed, lapsed),
    license: null,
    type: 'conflict',
    evidence: evidenceFrom(weighed, neededWitnesses(about.facts)),
    findings: [findings.conflict(about, weighed, lapsed), ...unreadable],
  }
}

function unreadableTexts(about: Case, { unknown }: TextHearing): Finding[] {
  return unknown.length === 0 ? [] : [findings.unknownText(about, unknown)]
}

/** What follows from the texts where no field states a licence; undefined if they do not say what was meant. */
function textConclusion(
  about: Case,
  { mute }: Hearing,
  texts: TextHearing,
  read: LicenseReader,
): Conclusion | undefined {
  const { known, pointers, choices, unknown } = texts
  if (unknown.length > 0) return undefined
  // One statement that names one licence stands for the field; several say nothing of how they belong together.
  const spoken = known.length > 0 ? known : pointers.length === 1 ? pointers : []
  if (spoken.length === 0 || !mute.every((claim) => resolves(claim, spoken))) return undefined
  const [choice] = choices
  const isChoice = choice !== undefined && spoken.every(({ file }) => file === choice.file)
  const whole = read(spoken.map(({ ids }) => `(${ids.join(' AND ')})`).join(isChoice ? ' OR ' : ' AND '))
  if (whole === undefined) return undefined
  const weighed = weighAll(about.grounds, [{ ...whole, witness: 'text' }])
  const lapsed = lapsedForAny(weighed, about.grounds)
  const license = [...new Set(spoken.map((statement) => statement.license))].join(isChoice ? ' OR ' : ' AND ')
  return {
    ...conclusionFrom(weighed, lapsed),
    license,
    type: known.length > 0 ? 'text' : 'declared',
    evidence: evidenceFrom(weighed, ['text']),
    findings: refusals(about, weighed, lapsed),
  }
}

/** Nobody states a licence; an exception may still allow the word UNLICENSED. */
function concludeMute(about: Case, hearing: Hearing, texts: TextHearing, read: LicenseReader): Conclusion {
  const { active, lapsed } = about.grounds
  const proprietary = findings.isUnlicensed(hearing.mute)
  const concluded = proprietary ? undefined : textConclusion(about, hearing, texts, read)
  if (concluded !== undefined) return concluded
  const needed = proprietary ? allowingUnlicensed(active) : []
  const late = proprietary && needed.length === 0 ? allowingUnlicensed(lapsed) : []
  const [exception] = needed
  const words: Weighed[] = hearing.mute.map(({ witness }) => ({ witness, allowed: exception !== undefined }))
  return {
    license: null,
    type: 'unknown',
    leaves: exception ? [{ leaf: UNLICENSED, allowed: true, why: exception.allow.label }] : [],
    findings: exception
      ? []
      : [
          findings.unknownLicense(about, hearing, late, [...texts.known, ...texts.pointers]),
          ...(proprietary ? [] : unreadableTexts(about, texts)),
        ],
    evidence: evidenceFrom(words, neededWitnesses(about.facts)),
    needed,
    lapsed: late,
  }
}

function weighAll(
  grounds: Grounds,
  said: readonly (ReadLicense & Pick<Weighed, 'witness'>)[],
): WeighedLicense[] {
  return said.map((statement) => {
    const weighing = weigh(statement, grounds)
    return { ...statement, weighing, allowed: weighing.allowed }
  })
}

function conclusionFrom(
  weighed: WeighedLicense[],
  lapsed: MatchingException[],
): Pick<Conclusion, 'leaves' | 'needed' | 'lapsed'> {
  const leaves = new Map(weighed.flatMap(({ weighing }) => weighing.leaves).map((leaf) => [leaf.leaf, leaf]))
  return { leaves: [...leaves.values()], needed: weighed.flatMap(({ weighing }) => weighing.needed), lapsed }
}

/** One refusal for each licence that is not allowed, however many say it. */
function refusals(about: Case, weighed: WeighedLicense[], lapsed: MatchingException[]): Finding[] {
  const refused = new Map(weighed.filter(({ allowed }) => !allowed).map((entry) => [entry.key, entry]))
  return [...refused.values()].map((entry) => findings.notAllowed(about, entry, lapsed))
}

function lapsedForAny(weighed: WeighedLicense[], grounds: Grounds): MatchingException[] {
  const refused = weighed.filter(({ allowed }) => !allowed)
  return [...new Set(refused.flatMap(({ expression }) => lapsedFor(expression, grounds)))]
}

function unheard({ facts }: Case, hearing: Hearing): Finding[] {
  const [path = []] = facts.paths
  const all = hearing.unheard.map(({ failure }) => metadataUnavailable(facts.id, failure, path))
  // Many copies on disk may be unreadable for one reason.
  return [...new Map(all.map((finding) => [finding.fingerprint, finding])).values()]
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
